//! Bytes to a document tree, with a guard against trees that cost quadratic time.
//!
//! html5ever has no nesting limit and is quadratic in it, so it is fed in pieces and stopped when the tree grows too
//! deep; a scan before finds monstrous tags.

use html5ever::ParseOpts;
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};

use super::charset::decode;
use crate::extract::{Page, Problem, ProblemKind};

/// Open elements at once; real pages stay below 60.
const MAX_DEPTH: usize = 400;
/// Attributes of one tag; each is compared with each.
const MAX_ATTRIBUTES: usize = 2000;
/// Elements and texts of a page: each costs a few hundred bytes, and the largest real lists stay below a tenth of it.
const MAX_NODES: usize = 400_000;
/// Bytes given to the parser between two looks at the tree.
const PIECE: usize = 1024;
/// Nodes or bytes beyond proportion that no page is blamed for.
const SPARE: usize = 10_000;
/// Looks at a byte, on the whole, before tags inside tags are taken for an attack.
const WORK: usize = 64;

/// The page as a tree, or why it is none.
pub fn parse(page: &Page) -> Result<Html, Problem> {
    let text = decode(page.bytes, page.content_type);
    let unreadable = |what: String| Problem { kind: ProblemKind::Unreadable, what };
    guard(text.as_bytes()).and_then(|()| tree(&text)).map_err(unreadable)
}

/// The tree, given up as soon as it grows deeper, or more numerous than its bytes, than a page may.
fn tree(text: &str) -> Result<Html, String> {
    let mut parser = html5ever::driver::parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let (mut rest, mut known) = (text, 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        let html = parser.tokenizer.sink.sink.0.borrow();
        let count = html.tree.values().len();
        if count > text.len() - rest.len() + SPARE {
            return Err("unclosed formatting that multiplies itself".to_owned());
        }
        if count > MAX_NODES {
            return Err(format!("more than {MAX_NODES} elements and texts"));
        }
        // Only what the parser built counts: tags in comments and scripts, or closed in vain, deceive any other count.
        if html.tree.nodes().rev().take(count - known).any(|node| node.ancestors().nth(MAX_DEPTH).is_some()) {
            return Err(format!("more than {MAX_DEPTH} elements inside one another"));
        }
        known = count;
    }
    Ok(parser.finish())
}

/// Refuses tags with so many attributes that comparing each with each takes seconds.
///
/// Every place where a tag could begin is looked at by itself, so that no comment or quote hides one.
fn guard(bytes: &[u8]) -> Result<(), String> {
    let from = |at: usize, stop: &dyn Fn(u8) -> bool| bytes[at..].iter().position(|b| stop(*b)).map_or(bytes.len(), |n| at + n);
    let mut spent = 0;
    for start in bytes.iter().enumerate().filter(|(_, b)| **b == b'<').map(|(at, _)| at) {
        let name = start + 1 + usize::from(bytes.get(start + 1) == Some(&b'/'));
        if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let mut at = from(name, &|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
        for count in 0.. {
            at = from(at, &|b| !b.is_ascii_whitespace() && b != b'/');
            spent += at - start;
            if count == MAX_ATTRIBUTES || spent / WORK > bytes.len() + SPARE {
                return Err(format!("a tag with more than {MAX_ATTRIBUTES} attributes, or tags without an end"));
            }
            if matches!(bytes.get(at), None | Some(b'>')) {
                break;
            }
            at = from(at + 1, &|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
            let equals = from(at, &|b| !b.is_ascii_whitespace());
            if bytes.get(equals) != Some(&b'=') {
                continue;
            }
            at = from(equals + 1, &|b| !b.is_ascii_whitespace());
            at = match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => (from(at + 1, &|b| b == *quote) + 1).min(bytes.len()),
                _ => from(at, &|b| b.is_ascii_whitespace() || b == b'>'),
            };
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_cost_too_much_are_refused_and_long_lists_are_not() {
        let numbered = |count: usize| (0..count).map(|n| format!(" a{n}=1")).collect::<Vec<_>>().concat();
        let formats = (0..300).map(|n| format!("<b id={n}>")).collect::<Vec<_>>().concat();
        for (dear, why) in [
            ("<div>".repeat(MAX_DEPTH + 9), "inside"),
            ("<div><!--</div>-->".repeat(20_000), "inside"),
            ("<div><select></div></select>".repeat(20_000), "inside"),
            ("<div><object></div></object>".repeat(20_000), "inside"),
            ("<div><script></div></script>".repeat(20_000), "inside"),
            (format!("<table>{}", "<div><i a='></div>'>".repeat(20_000)), "inside"),
            (format!("<p>{formats}</p>{}", "<p>x</p>".repeat(20_000)), "multiplies"),
            (format!("<div a='>'{}>", numbered(90_000)), "attributes"),
            (format!("<!-- <a b=\" --><div {}>", numbered(90_000)), "attributes"),
            ("<a/b=".repeat(50_000), "attributes"),
            ("<p>a ".repeat(MAX_NODES), "elements and texts"),
        ] {
            let page = guard(dear.as_bytes()).and_then(|()| tree(&dear));
            assert!(page.as_ref().is_err_and(|error| error.contains(why)), "{:.40}: {:?}", dear, page.map(|_| ()));
        }
        for cheap in [
            "<div></div>".repeat(10_000),
            "<li><p>x<br>".repeat(10_000),
            format!("<img src='data:{}'>ž", "x".repeat(700_000)),
            format!("<div data-x=\"{}\">", "<p class='y'>z</p>".repeat(9000)),
            "a < b <<< </ <! <é".to_owned(),
            "<!--".to_owned() + &"</div>".repeat(9000),
        ] {
            assert!(guard(cheap.as_bytes()).is_ok() && tree(&cheap).is_ok(), "{cheap:.40}");
        }
        assert_eq!(tree("<p>žluť</p>").expect("a page").html(), Html::parse_document("<p>žluť</p>").html());
    }
}
