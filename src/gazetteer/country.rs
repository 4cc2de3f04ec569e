//! The table of countries and their Czech forms.

/// A country or territory with an ISO 3166-1 code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code (`XK` for Kosovo).
    pub iso2: &'static str,
    pub name_cs: &'static str,
    /// Masculine nominative: `ukrajinský`.
    pub adjective_cs: Option<&'static str>,
    pub name_en: &'static str,
    /// Every name, case form and other name of the country itself (not of its parts).
    pub names: Vec<&'static str>,
}

/// The country with this ISO code.
pub fn country(_iso2: &str) -> Option<&'static Country> {
    None
}
