//! Countries named in running text, in any case form.
//!
//! Words are compared by their folded form and then by their marks: a word without marks may stand
//! for one with them (`Spanelsko`) unless that makes it another word (adverbs: `německy`). Names
//! need a capital, adjectives do not, acronyms need their exact case. Languages (`v anglickém
//! jazyce`) are no countries.

use std::ops::Range;

use super::fold::{fold, fold_onto};
use super::terms::{Form, Term, Walk, may_begin, terms};
use crate::lang::text::is_letter;

/// A country named between two byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryMention {
    /// Byte offset of the first letter.
    pub start: usize,
    /// Byte offset behind the last letter.
    pub end: usize,
    /// `None` for a former state (SSSR, Jugoslávie). The host country is given like any other (`CZ`).
    pub iso2: Option<&'static str>,
    pub form: Form,
}

/// Lower-case words that are no countries although they are spelled so: mortar, partridge, pen, jersey.
const WORDS: &[&str] = &["malta", "malty", "maltu", "maltou", "maltě", "peru", "jersey", "man", "togo", "indie", "mali", "chile", "niger"];

/// The words of a text, folded one behind the other.
struct Folded<'t> {
    text: &'t str,
    words: Vec<Word>,
    letters: String,
}

/// A word between two bytes of the text, and its folded form.
struct Word {
    start: usize,
    end: usize,
    folded: Range<usize>,
}

/// All countries named in the text, in its order; the longest form wins and mentions do not overlap.
pub fn countries_in(text: &str) -> Vec<CountryMention> {
    let folded = Folded::of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < folded.words.len() {
        let Some((length, term)) = folded.longest_term(at) else {
            at += 1;
            continue;
        };
        if !(term.is_adjective && folded.names_language(at + length)) {
            let (start, end) = (folded.words[at].start, folded.words[at + length - 1].end);
            found.push(CountryMention { start, end, iso2: term.iso2, form: term.form });
        }
        at += length;
    }
    found
}

/// The country whose name or adjective this is, whatever its marks and case; `None` also for a former state.
pub fn country_of_term(term: &str) -> Option<&'static str> {
    let terms = terms(&fold(term));
    terms.iter().filter(|term| matches!(term.form, Form::Name | Form::Adjective)).find_map(|term| term.iso2)
}

impl<'t> Folded<'t> {
    fn of(text: &'t str) -> Self {
        let (mut words, mut letters) = (Vec::with_capacity(text.len() / 6), String::with_capacity(text.len()));
        let is_letter = |c: char| is_letter(c) || c.is_numeric() || matches!(c, '’' | '\u{301}' | '\u{30c}' | '\u{30a}');
        let mut end = 0;
        while let Some(gap) = text[end..].find(is_letter) {
            let start = end + gap;
            end = start + text[start..].find(|c| !is_letter(c)).unwrap_or(text.len() - start);
            let from = letters.len();
            fold_onto(&text[start..end], &mut letters);
            words.push(Word { start, end, folded: from..letters.len() });
        }
        Self { text, words, letters }
    }

    fn folded(&self, word: &Word) -> &str {
        &self.letters[word.folded.clone()]
    }

    /// The longest term that begins with a word, and its words; only blanks or hyphens may stand between them.
    fn longest_term(&self, first: usize) -> Option<(usize, Term)> {
        if !may_begin(self.folded(&self.words[first])) {
            return None;
        }
        let mut walk = Walk::new();
        let mut longest = None;
        for (before, word) in self.words[first..].iter().enumerate() {
            if before > 0 {
                let gap = &self.text[self.words[first + before - 1].end..word.start];
                if !gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–')) || !walk.advance(" ") {
                    break;
                }
            }
            if !walk.advance(self.folded(word)) {
                break;
            }
            let term = choose(&walk.terms(), self.text, self.words[first].start, word.end).cloned();
            longest = term.map(|term| (before + 1, term)).or(longest);
        }
        longest
    }

    /// Whether what follows an adjective makes it a language: `anglickém (nebo německém) jazyce`.
    fn names_language(&self, following: usize) -> bool {
        let also =
            |word: &&str| terms(word).iter().any(|term| term.is_adjective) || matches!(*word, "a" | "i" | "nebo" | "ci" | "and" | "or");
        let mut following = self.words[following..].iter().map(|word| self.folded(word));
        following.find(|word| !also(word)).is_some_and(|word| word.starts_with("jazy") || word.starts_with("language"))
    }
}

/// The term that the words between the offsets may stand for.
fn choose<'a>(candidates: &'a [Term], text: &str, start: usize, end: usize) -> Option<&'a Term> {
    let surface = &text[start..end];
    let lower = surface.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let exact = candidates.iter().position(|term| term.form == Form::Acronym && term.written == surface);
    let exact = exact.or_else(|| candidates.iter().position(|term| term.form != Form::Acronym && term.written == lower));
    let is_capital = surface.starts_with(char::is_uppercase);
    if let Some(term) = exact.and_then(|at| candidates.get(at)) {
        let before_hyphen = text[end..].starts_with('-');
        let may_be_lower = term.form == Form::Name && (before_hyphen || surface.len() > 4 && !WORDS.contains(&surface));
        return (is_capital || term.is_adjective || term.form == Form::Acronym || may_be_lower).then_some(term);
    }
    let first = candidates.iter().find(|term| term.form != Form::Acronym)?;
    let agree = candidates.iter().all(|term| term.iso2 == first.iso2);
    let adverb = surface.ends_with('y') && first.is_adjective && !text.is_ascii();
    let usual_case = first.is_adjective || is_capital && first.form != Form::Demonym;
    (surface.is_ascii() && surface.len() >= 4 && agree && usual_case && !adverb).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::terms::Form;
    use super::countries_in;

    fn codes(text: &str) -> Vec<&'static str> {
        countries_in(text).iter().map(|mention| mention.iso2.unwrap_or("-")).collect()
    }

    #[test]
    fn names_adjectives_and_demonyms_in_any_case() {
        for (text, expected) in [
            ("Obec v Norsku hledá", &["NO"][..]),
            ("CHORVATSKÉ MĚSTO (CHORVATSKO)", &["HR", "HR"]),
            ("s rumunskými i maďarskými obcemi", &["RO", "HU"]),
            ("francouzští a němečtí starostové", &["FR", "DE"]),
            ("setkání Ukrajinců s Rakušany v Polsku", &["UA", "AT", "PL"]),
            ("o Turcích a Lotyších", &["TR", "LV"]),
            ("starosta Turek z Gruzie", &["GE"]),
            ("česko-ukrajinská spolupráce", &["CZ", "UA"]),
            ("polsko-slovenské pohraničí", &["PL", "SK"]),
            ("Spanelsko, Recko i Svedsko", &["ES", "GR", "SE"]),
            ("z Tanzanie, do Ugandy", &["TZ", "UG"]),
            ("Talianske mesto hľadá, z Poľska", &["IT", "PL"]),
            ("A Ukrainian town in Northern Ireland", &["UA", "GB"]),
            ("v SRN a UK, ne však srn", &["DE", "GB"]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn the_longest_form_wins() {
        for (text, expected) in [
            ("v Republice srbské", &["BA"][..]),
            ("v Republice Srbsko", &["RS"]),
            ("ze Severního Irska", &["GB"]),
            ("v Bosně a Hercegovině", &["BA"]),
            ("Srbsko a Černá Hora", &["-"]),
            ("Srbsko, Černá Hora", &["RS", "ME"]),
            ("bývalý SSSR a Jugoslávie", &["-", "-"]),
            ("československé dějiny", &["-"]),
            ("rakousko-uherské pevnosti", &["-"]),
            ("v Podkarpatském vojvodství", &["PL"]),
            ("Severní Makedonie", &["MK"]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn other_words_are_no_countries() {
        for text in
            ["malta a písek", "peru prádlo", "hovoří německy", "v anglickém jazyce", "v anglickém nebo německém jazyce", "malí a velcí", ""]
        {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn offsets_are_those_of_the_words() {
        let text = "Žďár – „řecké město“";
        let mention = countries_in(text)[0];
        assert_eq!((&text[mention.start..mention.end], mention.form), ("řecké", Form::Adjective));
        assert_eq!(countries_in("v Bavorsku")[0].form, Form::Entity);
    }
}
