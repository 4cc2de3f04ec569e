//! What elements of HTML mean for a reader: unseen, beside the text, a block, a row of data.
//!
//! Tags, a few attributes and ARIA roles decide (HTML standard §15.3, WAI-ARIA 1.2 landmarks); names of classes
//! and ids never do.

use scraper::ElementRef;

use super::super::text::normalise;
use super::words::is_one;

/// Longest cell of a row that is still data and not layout, in bytes.
const MAX_CELL: usize = 240;
/// Line breaks in such a cell.
const MAX_BREAKS: usize = 3;
/// Never text, whatever they hold.
const UNSEEN: &str = "head|script|style|noscript|template|svg|math|iframe|object|embed|canvas|video|audio|map|select|option|button|\
    input|textarea|label|legend|dialog|progress|meter|datalist|rp";
/// Elements that begin and end a run of text.
const BLOCKS: &str = "html|body|main|article|section|header|footer|nav|aside|menu|div|p|pre|blockquote|address|center|ul|ol|li|dl|\
    dt|dd|table|caption|thead|tbody|tfoot|tr|td|th|form|fieldset|figure|figcaption|details|summary|h1|h2|h3|h4|h5|\
    h6|hgroup|search|frameset|noframes";

/// Landmarks and widgets that are not the main text.
const ASIDE_ROLES: &str = "navigation|complementary|contentinfo|banner|search|dialog|alertdialog|menu|toolbar|tablist";

/// Controls, scripts and whatever the author hid.
pub fn unseen(element: ElementRef) -> bool {
    let attr = |name: &str| element.attr(name).unwrap_or_default();
    let style: String = attr("style").to_ascii_lowercase().split_whitespace().collect();
    is_one(element.value().name(), UNSEEN)
        || element.attr("hidden").is_some()
        || attr("aria-hidden") == "true"
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

pub fn is_aside(element: ElementRef) -> bool {
    match element.value().name() {
        "nav" | "aside" | "footer" | "menu" => true,
        // Old systems wrap whole pages in one form; a small one to fill in is a search or a comment box.
        "form" => element.text().map(str::len).sum::<usize>() < 400 && element.descendent_elements().any(is_control),
        _ => is_one(element.attr("role").unwrap_or_default(), ASIDE_ROLES),
    }
}

/// Something to fill in or to press.
pub fn is_control(element: ElementRef) -> bool {
    match element.value().name() {
        "textarea" | "select" | "button" => true,
        "input" => element.attr("type").is_none_or(|kind| !kind.eq_ignore_ascii_case("hidden")),
        _ => false,
    }
}

pub fn is_block(name: &str) -> bool {
    is_one(name, BLOCKS)
}

/// Two or more filled cells, each short and without blocks or paragraphs of its own.
pub fn is_data_row(row: ElementRef) -> bool {
    let mut filled = 0;
    for cell in row.child_elements() {
        let plain = cell.descendent_elements().skip(1).all(|inner| {
            let name = inner.value().name();
            !is_block(name) || (name == "p" && cell.child_elements().count() == 1)
        });
        let breaks = cell.descendent_elements().filter(|inner| inner.value().name() == "br").count();
        let ruled = cell.descendent_elements().any(|inner| inner.value().name() == "hr");
        let length = normalise(&cell.text().collect::<String>()).len();
        if !plain || ruled || breaks > MAX_BREAKS || length > MAX_CELL {
            return false;
        }
        filled += usize::from(length > 0);
    }
    filled >= 2
}
