//! The language of a text: Czech, Slovak, English and their neighbours, by function words and letters.
//!
//! Small and offline: `data/language.tsv` lists the words and letters that tell languages apart. A tie
//! falls to the hint, then to Czech; text without any known word has only the hint.

use std::borrow::Cow;

use crate::lang::fnv::FnvMap;
use crate::lang::rows;
use crate::lang::text::is_letter;
use std::sync::LazyLock;

/// Words of a text that are looked at; more cannot change the answer.
const ENOUGH: usize = 400;

static WORDS: LazyLock<FnvMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: FnvMap<_, Vec<_>> = FnvMap::default();
    for row in rows(include_str!("data/language.tsv")) {
        for word in row[1].split(' ') {
            words.entry(word).or_default().push(row[0]);
        }
    }
    words
});

/// Whether a language uses the word so often that it tells the language; no name, if it is not known as one.
pub fn is_function_word(word: &str) -> bool {
    WORDS.contains_key(word.to_lowercase().as_str())
}

/// ISO 639-1 code of the language that most words of the texts speak.
pub fn detect<'a>(texts: impl IntoIterator<Item = &'a str>, hint: Option<&str>) -> Option<String> {
    let mut votes: FnvMap<&str, usize> = FnvMap::default();
    let mut vote = |word: &str| {
        for language in WORDS.get(word).into_iter().flatten() {
            *votes.entry(language).or_default() += 1;
        }
    };
    let words = texts.into_iter().flat_map(|text| text.split(|char: char| !is_letter(char))).filter(|word| !word.is_empty());
    for word in words.take(ENOUGH) {
        let is_name = word.starts_with(char::is_uppercase);
        let lower = if word.contains(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) };
        vote(&lower);
        // The letters of a name are its country's.
        if is_name {
            continue;
        }
        let mut buffer = [0; 4];
        lower.chars().filter(|char| !char.is_ascii()).for_each(|char| vote(char.encode_utf8(&mut buffer)));
    }
    let hint = hint.and_then(|hint| hint.get(..2)).map(str::to_lowercase);
    let rank = |code: &str| (hint.as_deref() == Some(code), code == "cs", std::cmp::Reverse(code.to_owned()));
    votes.into_iter().max_by_key(|&(code, count)| (count, rank(code))).map(|(code, _)| code.to_owned()).or(hint)
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn neighbours_are_told_apart() {
        let table = [
            ("Polská obec hledá partnera v České republice", "cs"),
            ("Mesto hľadá partnera v Českej republike, ktorý má záujem o spoluprácu", "sk"),
            ("The town of Ware is looking for a twin town in the Czech Republic", "en"),
            ("Gmina szuka partnera w Czechach i jest otwarta na współpracę", "pl"),
            ("Die Stadt sucht eine Partnerstadt in Tschechien", "de"),
            ("Місто шукає партнера в Чехії", "uk"),
            ("Kežmarok", "cs"),
        ];
        for (text, want) in table {
            assert_eq!(detect([text], Some("cs")).as_deref(), Some(want), "{text}");
        }
        assert_eq!(detect(["…"], None), None);
    }
}
