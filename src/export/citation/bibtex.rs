//! Citations for biblatex (`@online`, UTF-8): `date` for biblatex, `year` for styles of plain BibTeX.
//!
//! Refuses: commands. No title and no address can end a field or call TeX.

use std::fmt::Write as _;

use super::item::Citation;

pub(super) fn entry(citation: &Citation<'_>) -> String {
    let mut fields = vec![
        // A second pair of braces keeps the name of an institution whole, and the capitals of a title.
        ("author", format!("{{{}}}", escaped(&citation.publisher))),
        ("title", format!("{{{}}}", escaped(&citation.title))),
    ];
    if let Some(day) = citation.published {
        fields.push(("date", day.to_string()));
        fields.push(("year", day.year().to_string()));
    }
    fields.push(("url", address(&citation.url)));
    fields.push(("urldate", citation.accessed_on().to_string()));
    if let Some(language) = citation.language.as_deref().and_then(babel) {
        fields.push(("langid", language.to_owned()));
    }
    fields.push(("note", escaped(&citation.archived())));
    let mut entry = format!("@online{{{},\n", key(&citation.id));
    for (name, value) in fields {
        let _infallible = writeln!(entry, "  {name} = {{{value}}},");
    }
    entry + "}\n"
}

/// The identifier with what a key may hold.
fn key(id: &str) -> String {
    id.chars().map(|char| if char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '_') { char } else { ':' }).collect()
}

/// The address percent-encodes what would unbalance the braces.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

/// Text in which TeX finds no commands.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '#' | '$' | '%' | '&' | '_' => out.extend(['\\', char]),
            char => out.push(char),
        }
    }
    out
}

/// The language as babel and biblatex name it.
fn babel(code: &str) -> Option<&'static str> {
    Some(match code {
        "cs" => "czech",
        "sk" => "slovak",
        "en" => "english",
        "de" => "german",
        "pl" => "polish",
        _ => return None,
    })
}
