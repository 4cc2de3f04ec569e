//! One paragraph of several lines, cut where `<br>` parts the text from a line of another kind.
//!
//! Hand-made pages put the date above the text, and tools, a label or file links below it, with a single
//! `<br>` between. Such lines become blocks of their own; all other line breaks stay inside their block.

use super::blocks::Anchor;
use super::labels;

/// Longest line that can be cut off, in characters.
const SHORT: usize = 60;
/// Lines at the end of a paragraph that may be cut off.
const LAST: usize = 6;

/// Blocks of a paragraph, each with whether it carries on the one before.
pub fn split(lines: &[String], anchors: impl Iterator<Item = Anchor>) -> Vec<(String, bool)> {
    let words: Vec<String> = if lines.len() > 1 { anchors.map(|anchor| anchor.text).collect() } else { Vec::new() };
    // Only at the ends of a paragraph: the cost stays linear, and the text whole.
    let at_end = |at: usize| at < 2 || at + LAST >= lines.len();
    let apart: Vec<bool> = lines.iter().enumerate().map(|(at, line)| lines.len() > 1 && at_end(at) && is_apart(line, at, &words)).collect();
    let mut out: Vec<(String, bool)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match out.last_mut() {
            Some((text, _)) if !apart[at] && !apart[at - 1] => {
                text.push('\n');
                text.push_str(line);
            }
            _ => out.push((line.clone(), at > 0)),
        }
    }
    out
}

/// A line of nothing but links, a label of files, a line about the page, figures before the text.
fn is_apart(line: &str, at: usize, links: &[String]) -> bool {
    let rest = || {
        let own = links.iter().filter(|link| !link.is_empty());
        own.fold(line.to_owned(), |rest, link| rest.replacen(link.as_str(), " ", 1))
    };
    let short = line.chars().count() <= SHORT;
    let label = short && (labels::names_meta(line) || line.ends_with(':') && labels::names_downloads(line));
    let digits = || line.chars().filter(char::is_ascii_digit).count();
    // The title may open the paragraph; its date is then the second line.
    let figures = short && (at == 0 && digits() >= 4 || at == 1 && digits() >= 6);
    label || figures || !links.is_empty() && !rest().contains(char::is_alphanumeric)
}
