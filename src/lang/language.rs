//! A language by its two letters (ISO 639-1), as the data files and a page's `lang` name it.
//!
//! Refuses nothing: a language without rows is simply never preferred.

/// `cs`, `en`; regions and scripts are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language([u8; 2]);

impl Language {
    /// The language of a tag (BCP 47): `cs-CZ` is `cs`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?.as_bytes();
        match *primary {
            [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Some(Self([first.to_ascii_lowercase(), second.to_ascii_lowercase()]))
            }
            _ => None,
        }
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}
