//! Bytes to a document tree in bounded time: what would cost too much is cut, told, and read on behind.
//!
//! html5ever has no nesting limit and is quadratic in nesting and in the attributes of a tag, so it is fed in pieces. Where
//! the tree grows too deep or multiplies itself, or one tag does not end, the page is read on as if all open elements had
//! ended there, and what follows is joined to the same body. Nothing else is lost.

use html5ever::ParseOpts;
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node};

use super::charset::decode;
use super::quotes;
use super::tags::{RAW, end_of_raw};
use crate::extract::{Page, Problem, ProblemKind};

/// Open elements at once; real pages stay below 60.
const MAX_DEPTH: usize = 400;
/// Attributes of one tag; each is compared with each.
const MAX_ATTRIBUTES: usize = 2000;
/// Elements and texts of a page: each costs a few hundred bytes, and the largest real lists stay below a tenth of it.
const MAX_NODES: usize = 400_000;
/// Bytes given to the parser between two looks at the tree.
const PIECE: usize = 1024;
/// Pieces without a new node or text after which the tag being read is looked at.
const STALLED: usize = 16;
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
    let (html, cuts) = tree(&quotes::mend(&decoded.text));
    let charset = decoded.fault.map(|what| Problem { kind: ProblemKind::Charset, what });
    let mut told: Vec<Cut> = Vec::new();
    for cut in cuts {
        if !told.contains(&cut) {
            told.push(cut);
        }
    }
    let cuts = told.into_iter().map(|cut| Problem { kind: ProblemKind::Cut, what: cut.words() });
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
    let (mut html, mut at, mut cuts) = (None::<Html>, 0, Vec::new());
    loop {
        let nodes = html.as_ref().map_or(0, |html| html.tree.values().len());
        let segment = segment(&text[at..], MAX_NODES - nodes.min(MAX_NODES));
        cuts.extend(segment.cut);
        at += segment.read;
        let joined = match html.take() {
            Some(before) => join(before, segment.html),
            None => segment.html,
        };
        if at >= text.len() || cuts.last() == Some(&Cut::Ended) {
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
}

fn segment(text: &str, room: usize) -> Segment {
    let mut parser = html5ever::driver::parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut stall = Stall::default();
    let (mut read, mut known, mut before) = (0, 0, (0, 0));
    let mut cut = None;
    while read < text.len() && cut.is_none() {
        let start = read;
        read += text[read..].floor_char_boundary(PIECE);
        parser.process(StrTendril::from_slice(&text[start..read]));
        let html = parser.tokenizer.sink.sink.0.borrow();
        let count = html.tree.values().len();
        let now = progress(&html);
        if count > room {
            cut = Some(Cut::Ended);
        } else if let Some(end) = stall.look(text, start, now) {
            (read, cut) = (end, Some(Cut::Attributes));
        } else if count > read + SPARE {
            (read, cut) = (resume(&html, text, read), Some(Cut::Multiplied));
        // Only what the parser built counts: tags in comments and scripts, or closed in vain, deceive any other count.
        } else if html.tree.nodes().rev().take(count - known).any(|node| node.ancestors().nth(MAX_DEPTH).is_some()) {
            (read, cut) = (resume(&html, text, read), Some(Cut::Deep));
        } else if now.0 == before.0 && now.1 > before.1 {
            read = unread(&html, text, start..read);
        }
        (known, before) = (count, now);
    }
    Segment { html: parser.finish(), read, cut }
}

/// Elements whose text nobody reads, unless it is JSON.
const UNREAD: [&str; 2] = ["script", "style"];
/// Where to read on inside a script or a style sheet to which the last piece only added: where it may end.
fn unread(html: &Html, text: &str, piece: std::ops::Range<usize>) -> usize {
    // What may end such a text, or change how it ends (HTML standard §13.2.5.4, .15).
    let next = |text: &str, at: usize| matches!(text.as_bytes().get(at + 1), Some(b'/' | b'!' | b's' | b'S'));
    let ends = |text: &str| text.match_indices('<').map(|(at, _)| at).find(|at| next(text, *at));
    let inside = html.tree.nodes().next_back().filter(|node| {
        let known = node.value().as_text().is_some_and(|text| !text.contains("<!--"));
        let element = node.parent().and_then(|up| up.value().as_element().filter(|up| UNREAD.contains(&up.name())));
        known && element.is_some_and(|element| element.attr("type").is_none_or(|kind| !kind.contains("json")))
    });
    if inside.is_none() || text[..piece.end].ends_with('<') || ends(&text[piece.clone()]).is_some() {
        return piece.end;
    }
    piece.end + ends(&text[piece.end..]).unwrap_or(text.len() - piece.end)
}

/// Grows with whatever the parser makes of its input, unless it is inside one tag or comment.
fn progress(html: &Html) -> (usize, usize) {
    let last = html.tree.nodes().next_back();
    let written = last.and_then(|node| node.value().as_text()).map_or(0, |text| text.len());
    (html.tree.values().len(), written)
}

/// Where the parser stands still.
#[derive(Default)]
struct Stall {
    progress: (usize, usize),
    /// Offset of the piece in which it last went on.
    since: usize,
    pieces: usize,
}

impl Stall {
    /// End of a monstrous tag that the parser is inside.
    fn look(&mut self, text: &str, start: usize, progress: (usize, usize)) -> Option<usize> {
        if progress != self.progress {
            (self.progress, self.since, self.pieces) = (progress, start, 0);
            return None;
        }
        self.pieces += 1;
        if self.pieces != STALLED {
            return None;
        }
        let piece = &text.as_bytes()[self.since..start];
        let tags = piece.windows(2).enumerate().filter(|(_, pair)| pair[0] == b'<' && pair[1].is_ascii_alphabetic());
        tags.take(PIECE / 2).find_map(|(at, _)| monstrous(text.as_bytes(), self.since + at))
    }
}

/// Offset behind a tag that begins here, if it has more attributes than a tag may.
fn monstrous(bytes: &[u8], tag: usize) -> Option<usize> {
    let from = |at: usize, stop: &dyn Fn(u8) -> bool| bytes[at..].iter().position(|b| stop(*b)).map_or(bytes.len(), |n| at + n);
    let mut at = from(tag, &|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
    for count in 0.. {
        at = from(at, &|b| !b.is_ascii_whitespace() && b != b'/');
        if matches!(bytes.get(at), None | Some(b'>')) {
            return (count > MAX_ATTRIBUTES).then_some((at + 1).min(bytes.len()));
        }
        at = from(at + 1, &|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
        let equals = from(at, &|b| !b.is_ascii_whitespace());
        if bytes.get(equals) == Some(&b'=') {
            at = from(equals + 1, &|b| !b.is_ascii_whitespace());
            at = match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => (from(at + 1, &|b| b == *quote) + 1).min(bytes.len()),
                _ => from(at, &|b| b.is_ascii_whitespace() || b == b'>'),
            };
        }
    }
    None
}

/// Where to read on after a cut: not inside a tag, nor inside a script that would be taken for text.
fn resume(html: &Html, text: &str, read: usize) -> usize {
    let last = html.tree.nodes().next_back();
    let open = [last, last.and_then(|node| node.parent())].into_iter().flatten().filter_map(|node| node.value().as_element());
    let before = &text.as_bytes()[..read];
    for name in open.map(Element::name).filter(|name| RAW.contains(name)) {
        let begins = |window: &[u8]| window[0] == b'<' && window[1..].eq_ignore_ascii_case(name.as_bytes());
        let begin = before.windows(name.len() + 1).rposition(begins).unwrap_or(0);
        if end_of_raw(&before[begin..], name).is_none() {
            return end_of_raw(&text.as_bytes()[read..], name).map_or(text.len(), |end| read + end);
        }
    }
    match (text[..read].rfind('<'), text[..read].rfind('>')) {
        (Some(open), close) if open > 0 && close.is_none_or(|close| open > close) => open,
        _ => read,
    }
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

    #[test]
    fn long_scripts_are_passed_over_and_nothing_behind_them() {
        let long = "a{b:c}\n".repeat(2000);
        for (page, shown) in [
            (format!("<style>{long}</style><p>one</p>"), "one"),
            (format!("<script>{long}if(a<b)x='<p>no</p>';{long}</SCRIPT ><p>one</p>"), "one"),
            (format!("<script>{long}<!-- <script>{long}</script>{long}--></script><p>one</p>"), "one"),
            (format!("<script>{long}</script><img alt='{long}'>one<script>{long}"), "one"),
            (format!("<script>{long}</script><!-- {long} -->one"), "one"),
        ] {
            let (html, cuts) = tree(&page);
            assert_eq!((crate::extract::page::Dom::of(&html).text.as_str(), cuts), (shown, Vec::new()), "{page:.20}");
            assert!(html.html().len() < page.len(), "{page:.20}");
        }
        let data = format!("<script type=application/ld+json>{{\"a\":\"{long}\"}}</script>");
        assert!(tree(&data).0.html().contains(&long));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(<div>|<p>|<b>|</div>|<script>|</script>|<table><tr>|<!--|-->|<title>|\\PC){0,60}", times in 1..80_usize) {
            tree(&text.repeat(times));
        }
    }
}
