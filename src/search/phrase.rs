//! Words in order, words near each other, beginnings of words.
//!
//! A phrase means its words in this order, in the very forms (marks aside) rather than in others; a single word in quotation
//! marks that is typed with marks means exactly that spelling. `near` works on lemmas alone.

use tantivy::Term;
use tantivy::schema::Field;

use super::analysis::Token;
use super::component::Part;
use super::matching::{Matching, Phrase};
use super::query;
use super::word::Scope;

/// What a phrase in other forms counts beside the very one.
const INFLECTED: f32 = 0.5;
/// Readings of an ambiguous phrase that are tried.
const READINGS: usize = 16;

/// Empty where the words occur nowhere; whether they stand together only the search can tell.
pub fn phrase(scope: &Scope, tokens: &[Token], near: Option<u32>) -> Vec<Part> {
    let place = scope.part == Some(query::Part::Place);
    let fields: Vec<(Field, f32)> = match near {
        _ if place => vec![(scope.fields.place, 1.0), (scope.fields.mention, 1.0)],
        Some(_) => scope.channels().into_iter().map(|(_, channel, weight)| (channel.lemma, weight)).collect(),
        None => scope.channels().into_iter().map(|(_, channel, weight)| (channel.folded, weight)).collect(),
    };
    let best = |field, terms: &[&str], weight| {
        let mut best = scope.best(field, terms)?;
        best.boost(weight);
        Some(best)
    };
    match tokens {
        [] => Vec::new(),
        [word] if near.is_none() && !place && word.surface != word.folded => {
            let exact = scope.channels().into_iter().map(|(_, channel, weight)| (channel.exact, weight));
            exact.filter_map(|(field, weight)| best(field, &[&word.surface], weight)).collect()
        }
        [word] => fields.into_iter().filter_map(|(field, weight)| best(field, &terms(word, near), weight)).collect(),
        _ => {
            let inflected = if near.is_none() { scope.channels() } else { Vec::new() };
            let inflected = inflected.into_iter().map(|(_, channel, weight)| (channel.lemma, weight * INFLECTED, Some(0)));
            let all = fields.into_iter().map(|(field, weight)| (field, weight, near)).chain(inflected);
            all.filter_map(|(field, weight, near)| together(scope, field, tokens, near).map(|readings| Part::Phrase(readings, weight)))
                .collect()
        }
    }
}

fn terms(token: &Token, near: Option<u32>) -> Vec<&str> {
    if near.is_some() { token.lemmas.iter().map(String::as_str).collect() } else { vec![&token.folded] }
}

fn together(scope: &Scope, field: Field, tokens: &[Token], near: Option<u32>) -> Option<Vec<Phrase>> {
    let mut readings: Vec<Vec<Term>> = vec![Vec::new()];
    for token in tokens {
        let words: Vec<Term> = terms(token, near).into_iter().map(|text| Term::from_field_text(field, text)).collect();
        let words: Vec<Term> = words.into_iter().filter(|term| scope.corpus.doc_freq(term).unwrap_or(1) > 0).collect();
        readings = readings
            .iter()
            .flat_map(|so_far| words.iter().map(move |word| [so_far.as_slice(), std::slice::from_ref(word)].concat()))
            .take(READINGS)
            .collect();
    }
    let slop = near.unwrap_or(0);
    (!readings.is_empty()).then(|| readings.into_iter().map(|terms| Phrase::new(terms, slop)).collect())
}

/// Every word of the part that begins so; all count the same.
pub fn prefix(scope: &Scope, beginning: &str) -> Part {
    let mut fields: Vec<Field> = scope.channels().into_iter().map(|(_, channel, _)| channel.folded).collect();
    if matches!(scope.part, None | Some(query::Part::Place)) {
        fields.push(scope.fields.place);
    }
    let terms = fields.into_iter().map(|field| Term::from_field_text(field, beginning)).collect();
    Part::Constant(Matching::beginnings(terms), 1.0)
}
