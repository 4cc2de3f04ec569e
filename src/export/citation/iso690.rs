//! Citations in Czech after ČSN ISO 690:2022 (contribution to a web site), one a line, for the end of a paper.
//!
//! Refuses: an author of its own; the publisher stands first, as the norm has it where none is named.

use super::item::{Citation, day};

/// Publisher. Title [online]. Date [cit. day]. Address. The archived copy.
pub(super) fn reference(citation: &Citation<'_>) -> String {
    // "b. r.": without a year.
    let published = citation.published.map_or_else(|| "[b. r.]".to_owned(), |day| day.strftime("%-d. %-m. %Y").to_string());
    let gone = citation.gone_since.map_or_else(String::new, |since| format!(" Na webu odstraněno, zjištěno {}.", day(since)));
    let archived = format!(
        "Archivní kopie {}, {}, záznam {}, verze {}.",
        citation.accessed.strftime("%F %T UTC"),
        citation.digest,
        citation.id,
        citation.version
    );
    format!(
        "{} {} [online]. {published} [cit. {}]. Dostupné z: {}.{gone} {archived}\n",
        ended(&citation.publisher),
        citation.title,
        citation.accessed_on(),
        citation.url
    )
}

/// With a full stop, unless the name has one.
fn ended(name: &str) -> String {
    if name.ends_with('.') { name.to_owned() } else { format!("{name}.") }
}
