//! Citations for reference managers: RIS, two letters and a value a line, CRLF; `ELEC` is a source on the web.
//!
//! Refuses: values of more than a line, which would begin another field.

use std::fmt::Write as _;

use super::item::{Citation, line};

pub(super) fn lines(citation: &Citation<'_>) -> String {
    let slashed = |day: jiff::civil::Date| day.strftime("%Y/%m/%d").to_string();
    let mut lines = vec![("TY", "ELEC".to_owned()), ("AU", citation.publisher.clone()), ("TI", citation.title.to_string())];
    if let Some(day) = citation.published {
        lines.extend([("PY", day.year().to_string()), ("DA", slashed(day))]);
    }
    lines.extend([("UR", citation.url.to_string()), ("Y2", slashed(citation.accessed_on())), ("AN", citation.id.to_string())]);
    lines.extend(citation.language.as_deref().map(|language| ("LA", language.to_owned())));
    lines.extend(citation.summary.map(|summary| ("AB", line(summary).into_owned())));
    lines.extend([("N1", citation.archived()), ("ER", String::new())]);
    let mut text = String::new();
    for (tag, value) in lines {
        let _infallible = write!(text, "{tag}  - {value}\r\n");
    }
    text
}
