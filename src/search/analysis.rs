//! Text into tokens, the one door to language: the same chain for what is indexed, asked and marked.
//!
//! Czech goes through `czech`; Slovak and English texts through a light chain of their own whose stems carry the
//! language (`sk~mest`), so that they share the fields without colliding. A question does not say its language: its
//! tokens carry the Czech lemmas and both light stems.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::light;

/// Moves whenever the same text may give other terms; the index is then rebuilt.
pub const ANALYZER_VERSION: u32 = 1;

/// A word of a text with every form under which it can be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte offset in the analysed text.
    pub start: usize,
    /// Byte offset, exclusive.
    pub end: usize,
    /// The word itself, lowercased, in NFC.
    pub surface: String,
    /// The word without marks.
    pub folded: String,
    /// Lemmas, folded.
    pub lemmas: Vec<String>,
    /// Relational adjectives of its family, folded.
    pub links: Vec<String>,
    /// Stem of a capitalised or unknown word, folded.
    pub name: Option<String>,
}

/// Lowercases and drops marks; letters that no decomposition splits are mapped.
pub fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)).map(plain).collect()
}

fn plain(letter: char) -> char {
    match letter {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ı' => 'i',
        other => other,
    }
}

/// Tokens of a text of the archive in the given language (ISO 639-1; Czech when unknown).
pub fn text(lang: Option<&str>, text: &str) -> Vec<Token> {
    let mut tokens = czech(text, false);
    if let Some(light) = lang.and_then(light::Language::of) {
        for token in &mut tokens {
            token.lemmas = vec![light.stem(&token.folded)];
            token.links.clear();
        }
    }
    tokens
}

/// Tokens of a question.
pub fn query(text: &str) -> Vec<Token> {
    let mut tokens = czech(text, true);
    for token in &mut tokens {
        token.lemmas.extend(light::Language::ALL.map(|language| language.stem(&token.folded)));
    }
    tokens
}

/// Closed-class words: they are asked only when nothing else is.
pub fn is_stop(token: &Token) -> bool {
    const STOP: &str = " a aby ale ani ano asi az bez by byt ci co do ho i ja jak jako je jeho jej jejich jen jeste ji jiz jsem jsou k kde kdo kdy kdyz ke ktera ktere kteri ktery ma me mezi mi na nad nam nas nebo nez o od on ona oni po pod podle pokud pro proc proto protoze pred pres pri s se si sve svuj ta tak take te tedy ten tento to toho tu ty u uz v vam vas ve vice vsak vy z za zda ze ";
    STOP.contains(&format!(" {} ", token.folded))
}

fn czech(text: &str, asked: bool) -> Vec<Token> {
    words(text)
        .map(|(start, end)| {
            let surface: String = text[start..end].nfc().flat_map(char::to_lowercase).collect();
            let folded = fold(&surface);
            let stem = fold(&frostem::Stemmer::new(frostem::Algorithm::Czech).stem(&surface));
            let capital = asked || text[start..end].starts_with(char::is_uppercase);
            Token { start, end, lemmas: vec![stem.clone()], links: Vec::new(), name: capital.then_some(stem), surface, folded }
        })
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, first) = rest.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|(_, c)| inside(*c)) {
            end = at + c.len_utf8();
        }
        Some((start, end))
    })
}
