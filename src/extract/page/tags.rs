//! What the name of an element says by the HTML standard: whether it is shown, runs inside a line, or is a heading.
//!
//! These are the standard's default styles (HTML §15 Rendering), not habits of any site.

/// Elements whose content is never shown as text of the page.
const UNSHOWN: [&str; 18] = [
    "script", "style", "noscript", "template", "head", "select", "textarea", "svg", "math", "iframe", "object", "video", "audio", "canvas",
    "datalist", "dialog", "noframes", "title",
];
/// Elements that run inside a line of text.
const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
/// Elements that only change the look of the text they hold.
const FORMATTING: [&str; 13] = ["b", "i", "em", "strong", "font", "small", "u", "big", "abbr", "mark", "center", "nobr", "tbody"];
const BOLD: [&str; 5] = ["b", "strong", "th", "dt", "caption"];
/// Sectioning elements that the standard sets apart from the main content.
const ASIDE: [&str; 4] = ["nav", "aside", "footer", "header"];

pub fn is_unshown(tag: &str) -> bool {
    UNSHOWN.contains(&tag)
}

pub fn is_inline(tag: &str) -> bool {
    tag == "#text" || INLINE.contains(&tag)
}

pub fn is_formatting(tag: &str) -> bool {
    FORMATTING.contains(&tag)
}

pub fn is_bold(tag: &str) -> bool {
    BOLD.contains(&tag)
}

pub fn is_aside(tag: &str) -> bool {
    ASIDE.contains(&tag)
}

pub fn is_heading(tag: &str) -> bool {
    matches!(tag.as_bytes(), [b'h', b'1'..=b'6'])
}
