//! Words that name a file: its ending in the text of a link, and the note of type and size beside it.
//!
//! Download scripts hide the ending from the address, but people read "letter.pdf (120 kB)". The note is no
//! text of an entry.

use std::collections::HashSet;
use std::sync::LazyLock;

use url::Url;

use super::text::fold;

/// File types, units and words for fetching, folded.
static NOTES: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split('|').collect());
const WORDS: &str = "pdf|doc|docx|odt|rtf|xls|xlsx|ods|ppt|pptx|zip|txt|k|kb|mb|b|kib|mib|bytes|byte|bajtu|bajtov|bajt|octets|ko|mo|soubor|\
    subor|velikost|velkost|rozmiar|size|taille|grosse|format|typ|stahnout|stazeni|stiahnut|ke|na|stiahnutie|pobierz|download|\
    herunterladen|telecharger|kbyte|mbyte|letoltes|meret|кб|мб|байт|розмір|завантажити";

/// Endings of documents, lower case.
pub const ENDINGS: &str = "pdf|doc|docx|odt|rtf|xls|xlsx|ods|ppt|pptx|odp|zip|txt|csv|docm|dotx|pages|rar|7z|epub";

/// The text ends with the name of a document.
pub fn names_file(text: &str) -> bool {
    let word = text.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    word.rsplit_once('.').is_some_and(|(stem, ending)| {
        let ending = ending.to_ascii_lowercase();
        !stem.is_empty() && ENDINGS.split('|').any(|known| known == ending)
    })
}

/// The address ends like a file, in its path or in a parameter, or its link says that it is one.
pub fn is_document(url: &Url, declared: bool) -> bool {
    matches!(url.scheme(), "http" | "https")
        && (declared || names_file(url.path()) || url.query_pairs().any(|(_, value)| names_file(&value)))
}

/// Nothing but file types, sizes, numbers and words for fetching.
pub fn is_size_note(text: &str) -> bool {
    // Word by word: the first of most texts is enough.
    let mut words = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| {
        let folded = fold(word);
        let unit = folded.trim_start_matches(|char: char| char.is_ascii_digit());
        unit.is_empty() || NOTES.contains(unit)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_size_note, names_file};

    #[test]
    fn sizes_are_no_words() {
        assert!(is_size_note("(PDF, 1,2 MB)") && is_size_note("812 bajtů") && is_size_note("") && is_size_note("[docx · 14kB]"));
        assert!(names_file("dopis starosty.PDF") && !names_file("Dopis.") && !names_file("viz zákon č. 1"));
        assert!(!is_size_note("Mapa (PDF)") && !is_size_note("12 obcí"));
    }
}
