//! English words: the Snowball English stemmer (Porter 2) over the folded word.
//!
//! Calls for partners come in English too, and a reader of the archive types `twinning` for `twinned`.

use frostem::{Algorithm, Stemmer};

pub(super) fn stem(folded: &str) -> String {
    Stemmer::new(Algorithm::English).stem(folded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn plural_and_participle_meet() {
        assert_eq!(stem("partners"), stem("partner"));
        assert_eq!(stem("twinned"), stem("twinning"));
        assert_ne!(stem("city"), stem("citrus"));
    }
}
