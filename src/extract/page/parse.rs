//! Bytes to a document tree in bounded time: what would cost too much is cut, distinct, and read on behind.
//!
//! html5ever's tree builder has no nesting limit and is quadratic in nesting, so the tree is looked at after each token. Where it
//! grows too deep or multiplies itself, the page is read on as if all open elements had ended there, and what follows is joined
//! to the same body. Nothing else is lost.

use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::{Html, HtmlTreeSink, Node};

use super::charset::decode;
use super::tokens::{MAX_ATTRIBUTES, Raw, Tokens};
use crate::extract::{Page, Problem, ProblemKind};

/// Open elements at once; real pages stay below 60.
const MAX_DEPTH: usize = 400;
/// Elements and texts of a page: each costs a few hundred bytes, and the largest real lists stay below a tenth of it.
const MAX_NODES: usize = 400_000;
/// Nodes beyond proportion that no page is blamed for.
const SPARE: usize = 10_000;

/// A tree, and what was wrong with the page.
pub struct Parsed {
    pub html: Html,
    pub problems: Vec<Problem>,
}

/// The page as a tree; any bytes have one.
pub fn parse(page: &Page) -> Parsed {
    let decoded = decode(page.bytes, page.content_type);
    let (html, cuts) = tree(&decoded.text);
    let charset = decoded.fault.map(|what| Problem { kind: ProblemKind::Charset, what });
    let mut distinct: Vec<Cut> = Vec::new();
    for cut in cuts {
        if !distinct.contains(&cut) {
            distinct.push(cut);
        }
    }
    let cuts = distinct.into_iter().map(|cut| Problem { kind: ProblemKind::Cut, what: cut.words() });
    Parsed { html, problems: charset.into_iter().chain(cuts).collect() }
}

/// Why a page was not read in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    Deep,
    Multiplied,
    Attributes,
    /// Too many nodes: the rest is not read.
    Ended,
}

impl Cut {
    fn words(self) -> String {
        match self {
            Self::Deep => format!("more than {MAX_DEPTH} elements inside one another: read on as if they had ended"),
            Self::Multiplied => "unclosed formatting that multiplies itself: read on as if it had ended".to_owned(),
            Self::Attributes => format!("a tag with more than {MAX_ATTRIBUTES} attributes: left out"),
            Self::Ended => format!("the rest of the page: more than {MAX_NODES} elements and texts"),
        }
    }
}

/// The text as a tree, and where it was cut.
pub(super) fn tree(text: &str) -> (Html, Vec<Cut>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut html, mut at, mut cuts) = (None::<Html>, 0, Vec::new());
    loop {
        let nodes = html.as_ref().map_or(0, |html| html.tree.values().len());
        let segment = segment(&text[at..], MAX_NODES - nodes.min(MAX_NODES));
        cuts.extend(segment.left_out.then_some(Cut::Attributes).into_iter().chain(segment.cut));
        at += segment.read;
        let joined = match html.take() {
            Some(before) => join(before, segment.html),
            None => segment.html,
        };
        if at >= text.len() || segment.cut == Some(Cut::Ended) {
            return (joined, cuts);
        }
        html = Some(joined);
    }
}

/// A tree of the beginning of a text, and how much of the text that is.
struct Segment {
    html: Html,
    read: usize,
    cut: Option<Cut>,
    /// A tag was left out for its attributes.
    left_out: bool,
}

fn segment(text: &str, room: usize) -> Segment {
    // No script runs here, so what stands in `noscript` is of the page.
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options);
    let mut tokens = Tokens::of(text);
    let (mut known, mut cut) = (0, None);
    while cut.is_none()
        && let Some(token) = tokens.next(&|| builder.adjusted_current_node_present_but_not_in_html_namespace())
    {
        match builder.process_token(token, 1) {
            TokenSinkResult::RawData(kind) => tokens.set_raw(Raw::ToItsEndTag(kind)),
            TokenSinkResult::Plaintext => tokens.set_raw(Raw::ToTheEnd),
            TokenSinkResult::Continue | TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => {}
        }
        // Never inside a script, which would be taken for text.
        if !tokens.is_raw() {
            cut = excess(&builder.sink.0.borrow(), tokens.offset(), &mut known, room);
        }
    }
    // An end of the page asks for nothing more.
    drop(builder.process_token(Token::EOFToken, 1));
    builder.end();
    Segment { html: builder.sink.finish(), read: tokens.offset(), cut, left_out: tokens.left_out > 0 }
}

/// What the tree has too much of, after so many bytes of its text; `known` nodes were looked at before.
fn excess(html: &Html, read: usize, known: &mut usize, room: usize) -> Option<Cut> {
    let count = html.tree.values().len();
    let new = count - std::mem::replace(known, count);
    if count > room {
        return Some(Cut::Ended);
    }
    if count > read + SPARE {
        return Some(Cut::Multiplied);
    }
    // Only what the parser built counts: tags in comments and scripts, or closed in vain, deceive any other count.
    html.tree.nodes().rev().take(new).any(|node| node.ancestors().nth(MAX_DEPTH).is_some()).then_some(Cut::Deep)
}

/// The second tree's body behind the first one's.
fn join(mut first: Html, second: Html) -> Html {
    let body = |html: &Html| {
        let element = |name: &str| html.tree.nodes().find(|node| node.value().as_element().is_some_and(|element| element.name() == name));
        element("body").or_else(|| element("html")).map(|node| node.id())
    };
    let Some(target) = body(&first) else { return second };
    let added = first.tree.extend_tree(second.tree).id();
    let source = first.tree.get(added).and_then(|root| {
        let element = |node: &ego_tree::NodeRef<Node>| node.value().as_element().is_some_and(|element| element.name() == "body");
        root.descendants().find(element).map(|node| node.id())
    });
    if let (Some(source), Some(mut target)) = (source, first.tree.get_mut(target)) {
        target.reparent_from_id_append(source);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(html: &Html) -> String {
        html.root_element().text().collect()
    }

    #[test]
    fn pages_that_cost_too_much_are_cut_and_read_on() {
        let numbered = |count: usize| (0..count).map(|n| format!(" a{n}=1")).collect::<Vec<_>>().concat();
        let formats = (0..300).map(|n| format!("<b id={n}>")).collect::<Vec<_>>().concat();
        for (dear, why) in [
            ("<div>".repeat(MAX_DEPTH * 3), Cut::Deep),
            ("<div><!--</div>-->".repeat(20_000), Cut::Deep),
            ("<div><select></div></select>".repeat(20_000), Cut::Deep),
            ("<div><object></div></object>".repeat(20_000), Cut::Deep),
            ("<div><script></div></script>".repeat(20_000), Cut::Deep),
            (format!("<table>{}", "<div><i a='></div>'>".repeat(20_000)), Cut::Deep),
            (format!("<p>{formats}</p>{}", "<p>x</p>".repeat(20_000)), Cut::Multiplied),
            (format!("<div a='>'{}>", numbered(90_000)), Cut::Attributes),
            (format!("<!-- <a b=\" --><div {}>", numbered(90_000)), Cut::Attributes),
        ] {
            let (html, cuts) = tree(&format!("<p>begin</p>{dear}<p>the end</p>"));
            assert!(cuts.contains(&why), "{dear:.40}: {cuts:?}");
            let words = words(&html);
            assert!(
                words.starts_with("begin") && words.contains("the end"),
                "{dear:.40}: {:?}",
                words.get(words.len().saturating_sub(60)..)
            );
        }
        let (html, cuts) = tree(&format!("<p>begin</p>{}<p>the end</p>", "<p>a ".repeat(MAX_NODES)));
        assert!(cuts == [Cut::Ended] && words(&html).starts_with("begin") && !words(&html).contains("the end"), "{cuts:?}");
        for cheap in [
            "<div></div>".repeat(10_000),
            "<li><p>x<br>".repeat(10_000),
            format!("<img src='data:{}'>ž", "x".repeat(700_000)),
            format!("<div data-x=\"{}\">", "<p class='y'>z</p>".repeat(9000)),
            "a < b <<< </ <! <é".to_owned(),
            "<!--".to_owned() + &"</div>".repeat(9000),
            "<a/b=".repeat(50_000),
            format!("<script>{}</script><p>x</p>", "for(i=0;i<a.length;i++)a[i]+=1;".repeat(4000)),
        ] {
            assert_eq!(tree(&cheap).1, [], "{cheap:.40}");
        }
        assert_eq!(tree("<p>žluť</p>").0.html(), Html::parse_document("<p>žluť</p>").html());
        assert_eq!(tree("").1, []);
    }

    #[test]
    fn an_item_that_never_ends_hides_none_of_the_next() {
        let items =
            (0..1500).map(|n| format!("<div class=\"item number {n}\"><a href=\"/{n}\">Title {n}</a>")).collect::<Vec<_>>().concat();
        let (html, cuts) = tree(&format!("<h1>News</h1>{items}"));
        assert!(cuts.iter().all(|cut| *cut == Cut::Deep) && cuts.len() >= 3, "{cuts:?}");
        let said = words(&html);
        for n in 0..1500 {
            assert_eq!(said.matches(&format!("Title {n}T")).count() + usize::from(said.ends_with(&format!("Title {n}"))), 1, "{n}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(<div>|<p>|<b>|</div>|<script>|</script>|<table><tr>|<!--|-->|<title>|\\PC){0,60}", times in 1..80_usize) {
            tree(&text.repeat(times));
        }
    }
}
