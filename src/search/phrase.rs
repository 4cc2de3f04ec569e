//! Words in order, words near each other, beginnings of words.
//!
//! A phrase means its words in this order, in the very forms (marks aside) rather than in others; a single word in quotation
//! marks that is typed with marks means exactly that spelling. `near` works on lemmas alone.

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, PhraseQuery, Query, TermSetQuery};
use tantivy::schema::Field;

use super::analysis::Token;
use super::query::Part;
use super::word::{Scope, boosted};

/// What a phrase in other forms counts beside the very one.
const INFLECTED: f32 = 0.5;
/// Readings of an ambiguous phrase that are tried.
const READINGS: usize = 16;
/// Words that a beginning is expanded to.
const EXPANSIONS: usize = 1000;

/// `None` where the words occur nowhere; whether they stand together only the search can tell.
pub fn phrase(scope: &Scope, tokens: &[Token], near: Option<u32>) -> Option<Box<dyn Query>> {
    let fields: Vec<(Field, f32)> = match (near, scope.part) {
        (_, Some(Part::Place)) => vec![(scope.fields.place, 1.0), (scope.fields.mention, 1.0)],
        (Some(_), _) => scope.channels().into_iter().map(|(_, channel, weight)| (channel.lemma, weight)).collect(),
        (None, _) => scope.channels().into_iter().map(|(_, channel, weight)| (channel.folded, weight)).collect(),
    };
    let met: Vec<Box<dyn Query>> = match tokens {
        [] => Vec::new(),
        [word] if near.is_none() && scope.part != Some(Part::Place) && word.surface != word.folded => scope
            .channels()
            .into_iter()
            .filter_map(|(_, channel, weight)| Some(boosted(scope.best(channel.exact, &[&word.surface])?, weight)))
            .collect(),
        [word] => fields.into_iter().filter_map(|(field, weight)| Some(boosted(scope.best(field, &terms(word, near))?, weight))).collect(),
        _ => {
            let inflected = if near.is_none() { scope.channels() } else { Vec::new() };
            let inflected = inflected.into_iter().map(|(_, channel, weight)| (channel.lemma, weight * INFLECTED, Some(0)));
            let all = fields.into_iter().map(|(field, weight)| (field, weight, near)).chain(inflected);
            all.filter_map(|(field, weight, near)| Some(boosted(together(scope, field, tokens, near)?, weight))).collect()
        }
    };
    (!met.is_empty()).then(|| Box::new(BooleanQuery::union(met)) as Box<dyn Query>)
}

fn terms(token: &Token, near: Option<u32>) -> Vec<&str> {
    if near.is_some() { token.lemmas.iter().map(String::as_str).collect() } else { vec![&token.folded] }
}

fn together(scope: &Scope, field: Field, tokens: &[Token], near: Option<u32>) -> Option<Box<dyn Query>> {
    let mut readings: Vec<Vec<Term>> = vec![Vec::new()];
    for token in tokens {
        let words: Vec<Term> = terms(token, near).into_iter().map(|text| Term::from_field_text(field, text)).collect();
        let words: Vec<Term> = words.into_iter().filter(|term| scope.searcher.doc_freq(term).unwrap_or(1) > 0).collect();
        readings = readings
            .iter()
            .flat_map(|so_far| words.iter().map(move |word| [so_far.as_slice(), std::slice::from_ref(word)].concat()))
            .take(READINGS)
            .collect();
    }
    let queries: Vec<Box<dyn Query>> = readings
        .into_iter()
        .map(|terms| {
            let mut query = PhraseQuery::new(terms);
            query.set_slop(near.unwrap_or(0));
            Box::new(query) as Box<dyn Query>
        })
        .collect();
    (!queries.is_empty()).then(|| Box::new(DisjunctionMaxQuery::new(queries)) as Box<dyn Query>)
}

/// Every word of the part that begins so; all count the same.
pub fn prefix(scope: &Scope, beginning: &str) -> Option<Box<dyn Query>> {
    let mut fields: Vec<Field> = scope.channels().into_iter().map(|(_, channel, _)| channel.folded).collect();
    if matches!(scope.part, None | Some(Part::Place)) {
        fields.push(scope.fields.place);
    }
    let mut words = Vec::new();
    for segment in scope.searcher.segment_readers() {
        for field in &fields {
            let Ok(index) = segment.inverted_index(*field) else { continue };
            let Ok(mut stream) = index.terms().range().ge(beginning).into_stream() else { continue };
            let mut left = EXPANSIONS;
            while left > 0 && stream.advance() && stream.key().starts_with(beginning.as_bytes()) {
                words.push(Term::from_field_text(*field, &String::from_utf8_lossy(stream.key())));
                left -= 1;
            }
        }
    }
    (!words.is_empty()).then(|| Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(words)), 1.0)) as Box<dyn Query>)
}
