//! Pages of the demonstration site. Every value that comes from a notice is escaped.

use std::fmt::Write as _;

use super::{LISTING, Notice, old_cms, path};

/// The institution behind the sample site.
pub const UNION: &str = "Spolek pro partnerství obcí (ukázka)";

/// One page of the list, newest first.
pub fn listing(notices: &[Notice], page: usize, pages: usize) -> String {
    let mut main = String::from(
        "<h1>Nabídky partnerství</h1>\n<p>Zahraniční města a obce, které hledají partnera v České republice, a další zprávy \
         spolku. Chcete-li na některou nabídku odpovědět, pište přímo uvedenému kontaktu.</p>\n",
    );
    for notice in notices {
        let summary = notice.perex.as_deref().map(|perex| format!("<p>{}</p>\n", nbsp(&escape(perex)))).unwrap_or_default();
        let _infallible = write!(
            main,
            "<article>\n<h2><a href=\"{}\">{}</a></h2>\n<p><time datetime=\"{}\">{}</time></p>\n{summary}</article>\n",
            path(notice),
            escape(&notice.title),
            notice.date,
            czech_date(&notice.date)
        );
    }
    main.push_str("<p>");
    for number in 1..=pages {
        if number == page {
            let _infallible = write!(main, "<strong>{number}</strong> ");
        } else if number == 1 {
            let _infallible = write!(main, "<a href=\"{LISTING}\">1</a> ");
        } else {
            let _infallible = write!(main, "<a href=\"{LISTING}?strana={number}\">{number}</a> ");
        }
    }
    main.push_str("</p>\n");
    document("Nabídky partnerství", "utf-8", &main)
}

/// A notice's own page with two neighbours under "Další zprávy".
pub fn detail<'a>(notice: &Notice, others: impl Iterator<Item = &'a Notice>) -> String {
    let mut main = format!("<h1>{}</h1>\n<p>{}</p>\n", escape(&notice.title), czech_date(&notice.date));
    if let Some(perex) = &notice.perex {
        let _infallible = writeln!(main, "<p><strong>{}</strong></p>", nbsp(&escape(perex)));
    }
    main.push_str(&paragraphs(&notice.text));
    if let Some(attachment) = &notice.attachment {
        let _infallible = writeln!(
            main,
            "<h2>Ke stažení</h2>\n<ul><li><a href=\"/soubory/{}\">{}</a></li></ul>",
            attachment.file,
            escape(&attachment.label)
        );
    }
    main.push_str("<p><a href=\"javascript:window.print()\">Vytisknout</a></p>\n<h2>Další zprávy</h2>\n<ul>\n");
    for other in others {
        let _infallible = writeln!(main, "<li>{} <a href=\"{}\">{}</a></li>", czech_date(&other.date), path(other), escape(&other.title));
    }
    main.push_str("</ul>\n");
    document(&notice.title, if old_cms(notice) { "windows-1250" } else { "utf-8" }, &main)
}

/// Paragraphs; runs of lines that begin with `* ` or `1. ` become lists.
fn paragraphs(text: &[String]) -> String {
    let item = |line: &'_ String| {
        line.strip_prefix("* ")
            .or_else(|| line.split_once(". ").filter(|(n, _)| n.len() == 1 && n.as_bytes()[0].is_ascii_digit()).map(|(_, rest)| rest))
            .map(escape)
    };
    let mut out = String::new();
    let mut in_list = false;
    for line in text {
        let found = item(line);
        match (&found, in_list) {
            (Some(_), false) => out.push_str("<ul>\n"),
            (None, true) => out.push_str("</ul>\n"),
            _ => {}
        }
        in_list = found.is_some();
        let _infallible = match found {
            Some(text) => writeln!(out, "<li>{text}</li>"),
            None => writeln!(out, "<p>{}</p>", escape(line)),
        };
    }
    if in_list {
        out.push_str("</ul>\n");
    }
    out
}

fn document(title: &str, charset: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"cs\">\n<head>\n<meta charset=\"{charset}\">\n<title>{} | {UNION}</title>\n</head>\n<body>\n\
         <p>Používáme jen nezbytné cookies. <button>Rozumím</button></p>\n\
         <nav><ul><li><a href=\"/\">Úvod</a></li><li><a href=\"{LISTING}\">Partnerství</a></li>\
         <li><a href=\"/cs/hledani\">Hledat</a></li></ul></nav>\n<main>\n{main}</main>\n\
         <aside><h2>Kalendář</h2>\n<ul><li>12. 9. 2024 Valná hromada</li><li>3. - 4. 10. 2024 Výjezdní seminář</li></ul></aside>\n\
         <footer><p>{UNION}, Radniční 1, Kdekoliv. Stránka byla sestavena pro ukázku programu twindex.</p></footer>\n</body>\n</html>\n",
        escape(title)
    )
}

/// No-break space after one-letter prepositions, as Czech editors write them.
fn nbsp(text: &str) -> String {
    let mut out = text.to_owned();
    for word in ["k", "s", "v", "z", "o", "u"] {
        out = out.replace(&format!(" {word} "), &format!(" {word}&nbsp;"));
    }
    out
}

/// `2024-05-21` as `21. 5. 2024`.
fn czech_date(iso: &str) -> String {
    let mut parts = iso.split('-').map(|part| part.trim_start_matches('0'));
    let (year, month, day) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    format!("{day}. {month}. {year}")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
