//! Notes beside the link of a file: "(PDF, 1,2 MB)", "812 bajtů". They are no text of an entry.

use super::text::fold;

/// File types, units and words for fetching, folded.
const NOTES: &str = "pdf|doc|docx|odt|rtf|xls|xlsx|ods|ppt|pptx|zip|txt|kb|mb|b|kib|mib|bytes|byte|bajtu|bajtov|bajt|octets|ko|mo|soubor|\
    subor|velikost|velkost|rozmiar|size|taille|grosse|format|typ|stahnout|stazeni|stiahnut|ke|na|stiahnutie|pobierz|download|\
    herunterladen|telecharger";

/// Nothing but file types, sizes, numbers and words for fetching.
pub fn is_size_note(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| {
        let unit = word.trim_start_matches(|char: char| char.is_ascii_digit());
        unit.is_empty() || NOTES.split('|').any(|note| note == unit)
    })
}

#[cfg(test)]
mod tests {
    use super::is_size_note;

    #[test]
    fn sizes_are_no_words() {
        assert!(is_size_note("(PDF, 1,2 MB)") && is_size_note("812 bajtů") && is_size_note("") && is_size_note("[docx · 14kB]"));
        assert!(!is_size_note("Mapa (PDF)") && !is_size_note("12 obcí"));
    }
}
