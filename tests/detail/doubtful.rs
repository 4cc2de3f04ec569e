//! Texts that may be wrong are told; a text beyond doubt is not.

use super::layout;

/// Kinds of problems of a page of this text.
fn problems(text: &str) -> Vec<&'static str> {
    let page = format!("<body><h1>Volné domy</h1>{text}</body>");
    layout(&page, "Volné domy", "").problems.iter().map(|problem| problem.kind.name()).collect()
}

#[test]
fn lines_that_may_as_well_be_links_to_other_pages() {
    let lines = "<li><a href=/d/0>Dům u kostela, tři pokoje a zahrada</a> volné</li><li><a href=/d/1>Chalupa pod lesem, bez vody</a> volné</li>\
        <li><a href=/d/2>Byt v bývalé škole, druhé patro</a> volné</li>";
    assert_eq!(problems(lines).len(), 1, "not taken, or doubtful");
    let told = "<p>Dům u kostela má tři pokoje, zahradu a studnu s dobrou vodou. Klíče má paní Nová na obecním úřadě.</p>\
        <p>Chalupa pod lesem stojí na pozemku obce, vodu je třeba nosit ze studánky na návsi.</p>";
    assert!(problems(told).is_empty());
}
