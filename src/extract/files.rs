//! What tells a file: its ending somewhere in an address or in the text of a link, and the note of type and size beside it.
//!
//! Download scripts hide the ending inside the address or away from it, but people read "letter.pdf (120 kB)". The note is no
//! text of an entry.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::text::fold;

/// File types, units and words for fetching, folded.
static NOTES: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split('|').chain(UNITS.split('|')).collect());
const WORDS: &str = "pdf|doc|docx|odt|rtf|xls|xlsx|ods|ppt|pptx|zip|txt|k|b|bytes|byte|bajtu|bajtov|bajt|octets|soubor|\
    subor|velikost|velkost|rozmiar|size|taille|grosse|format|typ|stahnout|stazeni|stiahnut|ke|na|stiahnutie|pobierz|download|\
    herunterladen|telecharger|kbyte|mbyte|letoltes|meret|байт|розмір|завантажити";

/// Units of sizes: bytes (or octets) by the thousand or more.
const UNITS: &str = "kb|mb|gb|kib|mib|ko|mo|кб|мб";

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

/// A part of the address has the ending of a document, though more may follow: `name.pdf/1f2a?t=3`, `name.xlsx.aspx?ext=.xlsx`,
/// `get?file=name.pdf`, `name.pdf.p7m`. A page about a file (`name.pdf.html`) is none.
pub fn is_in_address(href: &str) -> bool {
    let path = href.split_once("//").map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    path.split(['/', '?', '&', '=', '#', ';']).any(|part| {
        let mut endings = part.split('.').skip(1);
        endings.any(is_type) && !part.to_ascii_lowercase().ends_with(".html") && !part.to_ascii_lowercase().ends_with(".htm")
    })
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

/// The words of a link to a file without the note of its type and size, and without the dash before it.
pub fn without_note(words: &str) -> &str {
    type_note(words).map_or(words, |at| words[..at].trim_end_matches([' ', '-', '–', ',', '|'])).trim()
}

/// Where a note of a file's type ends the words of its link: `(PDF, 120 kB)`, or without brackets a type with a size, `PDF – 5,4 Mo`.
pub fn type_note(words: &str) -> Option<usize> {
    let words = words.trim_end();
    if let Some(inside) = words.strip_suffix([')', ']']) {
        let at = inside.rfind(['(', '['])?;
        return is_type_note(&inside[at + 1..]).then_some(at);
    }
    let starts = words.char_indices().filter(|(at, char)| !is_between(*char) && words[..*at].ends_with(is_between));
    let notes = starts.map(|(at, _)| at).filter(|at| is_size_note(&words[*at..]) && words[*at..].split(is_between).any(is_unit));
    notes.into_iter().find(|at| words[*at..].split(is_between).next().is_some_and(is_type))
}

/// A note that tells a file's type, or its size with the unit.
pub fn is_type_note(text: &str) -> bool {
    text.split(is_between).any(|word| is_type(word) || is_unit(word)) && is_size_note(text)
}

fn is_between(char: char) -> bool {
    !char.is_alphanumeric()
}

fn is_type(word: &str) -> bool {
    ENDINGS.split('|').any(|ending| word.eq_ignore_ascii_case(ending))
}

/// A unit of a size, with or without its number.
fn is_unit(word: &str) -> bool {
    let unit = word.trim_start_matches(|char: char| char.is_ascii_digit()).to_lowercase();
    UNITS.split('|').any(|known| known == unit)
}

#[cfg(test)]
mod tests {
    use super::{is_in_address, is_size_note, is_type_note, names_file, type_note, without_note};

    #[test]
    fn sizes_are_no_words() {
        assert!(is_size_note("(PDF, 1,2 MB)") && is_size_note("812 bajtů") && is_size_note("") && is_size_note("[docx · 14kB]"));
        assert!(names_file("dopis starosty.PDF") && !names_file("Dopis.") && !names_file("viz zákon č. 1"));
        assert!(!is_size_note("Mapa (PDF)") && !is_size_note("12 obcí"));
    }

    #[test]
    fn an_ending_anywhere_in_an_address() {
        for address in [
            "/documents/20121/61230/list.pdf/c2b9?t=1728896001",
            "/getmedia/8d2b/Annex_1.xlsx.aspx?ext=.xlsx",
            "/download.php?file=data/427.docx&original=proxy",
            "https://a.example/acts/act_12.pdf.p7m",
            "GET.ASHX?EXT=.PDF",
        ] {
            assert!(is_in_address(address), "{address}");
        }
        for address in ["/list.html", "https://www.zip.example/a", "//maps.pages.example", "/pdf/list", "/list.pdf.html", "/x?type=pdf"] {
            assert!(!is_in_address(address), "{address}");
        }
        assert!(is_type_note(" (112 KB) - .PDF") && is_type_note("pdf 356.1 KB") && !is_type_note("(3)") && !is_type_note(" and a PDF"));
    }

    #[test]
    fn a_note_of_a_type_tells_a_file() {
        for (words, title) in [
            ("Price list (PDF)", "Price list "),
            ("Price list [docx, 14 kB]", "Price list "),
            ("Price list (2 MB)", "Price list "),
            ("Recueil n° 12 du 3 mai 2026 PDF – 5,4 Mo", "Recueil n° 12 du 3 mai 2026 "),
            ("Zápis 2026 - pdf, 120kB", "Zápis 2026 - "),
        ] {
            assert_eq!(type_note(words).map(|at| &words[..at]), Some(title));
        }
        for words in ["Pages (text)", "How to open a file (pdf is best)", "Price list", "Report PDF", "Zápis 12 MB", "Usnesení 5/2026"] {
            assert_eq!(type_note(words), None, "{words}");
        }
        assert_eq!(without_note("Zápis 2026 - pdf, 120kB"), "Zápis 2026");
        assert_eq!((without_note("Zápis – "), without_note("(PDF)")), ("Zápis –", ""));
    }
}
