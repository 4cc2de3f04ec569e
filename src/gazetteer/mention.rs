//! Countries named in running text, in any case form.

/// How a text names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `Ukrajina`, `na Ukrajině`.
    Name,
    /// `ukrajinského`.
    Adjective,
    /// `Ukrajinci`; plural only, the singular is as often a surname.
    Demonym,
    /// A part that implies the country: `Republika srbská`, `Severní Irsko`, `Bavorsko`, `bavorský`.
    Entity,
    /// `SRN`, `UK`: upper case only.
    Acronym,
}

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

/// All countries named in the text, in its order; the longest form wins and mentions do not overlap.
pub fn countries_in(_text: &str) -> Vec<CountryMention> {
    Vec::new()
}
