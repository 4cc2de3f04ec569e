//! Where dates stand on a page: in a line, split over small boxes, in the `datetime` or the tooltip of an element.
//!
//! Every date is an anchor, also those inside sentences; which of them date entries is decided later, for a whole list
//! at once.

use std::ops::Range;

use jiff::civil::Date;

use crate::extract::dates::{self, Civil, Form, Found, Impossible, Order, Setting, Year};
use crate::extract::page::{Dom, What};

/// Characters of a box whose parts make one date.
const LONGEST_BOX: usize = 40;
/// Characters of a text around an attribute that says its day in a way of its own.
const LONGEST_SAID: usize = 120;
/// Nodes of such a box.
const MOST_NODES: usize = 24;

/// A date and where it stands.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The lowest node that holds it.
    pub node: usize,
    /// Bytes of the page's text; empty where only an attribute says it.
    pub span: Range<usize>,
    pub date: Result<Date, Impossible>,
    /// The other reading of figures that leave the order open.
    pub month_first: Option<Result<Date, Impossible>>,
    pub order: Order,
    pub form: Form,
    pub year: Year,
    /// Day that an attribute of an element around it says.
    pub machine: Option<Date>,
}

impl Anchor {
    fn of(found: &Found, node: usize, span: Range<usize>) -> Self {
        let Found { date, month_first, order, form, year, .. } = *found;
        Self { node, span, date, month_first, order, form, year, machine: None }
    }
}

/// Signs that part a day from what a line says besides.
const PARTS: [&str; 6] = [" · ", " | ", " • ", " – ", " — ", ": "];

/// All dates in document order, none overlapping another; those whose year is assumed only if that is wanted.
pub fn find(dom: &Dom, setting: Setting, years: Year) -> Vec<Anchor> {
    let texts: Vec<usize> = (0..dom.nodes.len()).filter(|at| !dom.is_element(*at) && !dom.nodes[*at].text.is_empty()).collect();
    let mut found: Vec<Anchor> = Vec::new();
    let mut headed = Headed::default();
    for line in lines(dom) {
        let text = &dom.text[line.clone()];
        headed.pass(dom, &texts, &line, setting);
        let dates = in_line(text, setting);
        let period = if dates.is_empty() { headed.period() } else { None };
        let yearless =
            period.and_then(|period| dates::within(text, period, setting).or_else(|| opens(dom, &texts, &line, period, setting)));
        for one in dates.into_iter().chain(yearless) {
            let span = line.start + one.start..line.start + one.end;
            found.push(Anchor::of(&one, lowest_node(dom, &texts, &span), span));
        }
    }
    in_boxes(dom, &mut found, |text| dates::alone(text, setting).or_else(|| broken(text, setting)));
    in_texts(dom, &mut found, |text| dates::alone(text, setting));
    machine(dom, setting, &mut found);
    in_texts(dom, &mut found, |text| dates::relative(text, setting));
    if years == Year::Assumed {
        in_texts(dom, &mut found, |text| dates::of_late(text, setting));
        in_boxes(dom, &mut found, |text| dates::of_late(text, setting));
    }
    found
}

/// The open headings that name a year, a month or both, by level: days below them are written without those. Below all
/// headings in level is a block that names a period and nothing else.
#[derive(Default)]
struct Headed(Vec<(u8, Civil)>);

impl Headed {
    /// A heading ends those of its level and below.
    fn pass(&mut self, dom: &Dom, texts: &[usize], line: &Range<usize>, setting: Setting) {
        let node = &dom.nodes[lowest_node(dom, texts, line)];
        let (level, period) = if let Some(heading) = node.heading {
            let level = dom.tag(heading).bytes().last().unwrap_or(b'6');
            (level, dates::period(dom.text_of(heading), setting))
        } else {
            let words = dom.text[line.clone()].trim();
            let alone = words.len() <= LONGEST_BOX && words == dom.text_of(node.block) && node.link.is_none();
            let period = alone.then(|| dates::period(words, setting)).flatten().filter(|period| period.year.is_some());
            if period.is_none() {
                return;
            }
            (b'7', period)
        };
        self.0.retain(|(known, _)| *known < level);
        self.0.extend(period.map(|period| (level, period)));
    }

    /// The period that the innermost heading names; a month without a year is one of the year above it.
    fn period(&self) -> Option<Civil> {
        let (_, last) = self.0.last()?;
        let year = self.0.iter().rev().find_map(|(_, period)| period.year)?;
        Some(last.in_year(year))
    }
}

/// Lines of the page's text, cut also where a link begins or ends: no date runs on from one link into the next.
fn lines(dom: &Dom) -> Vec<Range<usize>> {
    let mut cuts: Vec<usize> = dom.text.match_indices('\n').map(|(at, _)| at).collect();
    let anchors = dom.nodes.iter().enumerate().filter(|(at, node)| node.link == Some(*at) && !node.text.is_empty());
    cuts.extend(anchors.flat_map(|(_, node)| [node.text.start, node.text.end]));
    cuts.sort_unstable();
    let mut start = 0;
    let mut found: Vec<Range<usize>> = Vec::new();
    for cut in cuts.into_iter().chain([dom.text.len()]) {
        if cut > start {
            found.push(start..cut);
            start = cut;
        }
    }
    found
}

/// Dates of a line; of a line that is nothing else, perhaps behind a label, also one with a year of two digits.
fn in_line(line: &str, setting: Setting) -> Vec<Found> {
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let found = dates::in_line(line, setting);
    let behind = line.find(": ").map(|colon| colon + 2).filter(|from| found.is_empty() && *from <= LONGEST_BOX);
    let labelled = |from| dates::alone(&line[from..], setting).map(|one| Found { start: from + one.start, end: from + one.end, ..one });
    if let Some(one) = behind.and_then(labelled) { vec![one] } else { found }
}

/// The day at the beginning of a line, in an element of its own or before a sign that parts it from the rest, under a heading that
/// names its year.
fn opens(dom: &Dom, texts: &[usize], line: &Range<usize>, period: Civil, setting: Setting) -> Option<Found> {
    let first = *texts.get(texts.partition_point(|at| dom.nodes[*at].text.end <= line.start))?;
    let node = &dom.nodes[first];
    let own = node.text.start.checked_sub(line.start).filter(|_| node.block != node.parent);
    let in_element = own.and_then(|before| Some((before, dates::within(dom.text_of(first), period, setting)?)));
    let (before, found) = in_element.or_else(|| {
        let text = &dom.text[line.clone()];
        let parted = PARTS.iter().filter_map(|sign| text.find(sign)).min().filter(|end| *end <= LONGEST_BOX)?;
        Some((0, dates::within(&text[..parted], period, setting)?))
    })?;
    Some(Found { start: before + found.start, end: before + found.end, ..found })
}

/// The lowest node whose text holds the span.
fn lowest_node(dom: &Dom, texts: &[usize], span: &Range<usize>) -> usize {
    let first = texts.partition_point(|at| dom.nodes[*at].text.end <= span.start);
    let last = texts.partition_point(|at| dom.nodes[*at].text.start < span.end).saturating_sub(1);
    match (texts.get(first), texts.get(last)) {
        (Some(first), Some(last)) if first == last => *first,
        (Some(first), Some(last)) => dom.common(*first, *last),
        _ => 0,
    }
}

/// Texts that are nothing but a date and hold none that is known.
fn in_texts(dom: &Dom, found: &mut Vec<Anchor>, read: impl Fn(&str) -> Option<Found>) {
    let short = (0..dom.nodes.len()).filter(|at| !dom.is_element(*at) && (2..=LONGEST_BOX).contains(&dom.nodes[*at].text.len()));
    let free = short.filter(|at| {
        let span = &dom.nodes[*at].text;
        found.get(found.partition_point(|anchor| anchor.span.end <= span.start)).is_none_or(|next| next.span.start >= span.end)
    });
    let of_text = |at: usize| {
        let (one, start) = (read(dom.text_of(at))?, dom.nodes[at].text.start);
        Some(Anchor::of(&one, at, start + one.start..start + one.end))
    };
    let new: Vec<Anchor> = free.filter_map(of_text).collect();
    found.extend(new);
    found.sort_by_key(|anchor| (anchor.span.start, anchor.node));
}

/// Parts of a date in boxes of their own: the smallest element that is nothing but a date.
fn in_boxes(dom: &Dom, found: &mut Vec<Anchor>, read: impl Fn(&str) -> Option<Found>) {
    let known: Vec<Range<usize>> = found.iter().map(|anchor| anchor.span.clone()).collect();
    let mut boxes: Vec<Anchor> = Vec::new();
    // From the last to the first: children before parents.
    for at in (0..dom.nodes.len()).rev() {
        let node = &dom.nodes[at];
        let size = node.text.len();
        if !dom.is_element(at) || !(5..=LONGEST_BOX).contains(&size) || node.end - at > MOST_NODES || node.end - at < 3 {
            continue;
        }
        let overlaps = |span: &Range<usize>| span.start < node.text.end && node.text.start < span.end;
        let first = known.partition_point(|span| span.end <= node.text.start);
        if known.get(first).is_some_and(overlaps) || boxes.last().is_some_and(|last| overlaps(&last.span)) {
            continue;
        }
        if let Some(one) = read(dom.text_of(at)) {
            boxes.push(Anchor::of(&one, at, node.text.clone()));
        }
    }
    found.extend(boxes);
    found.sort_by_key(|anchor| anchor.span.start);
}

/// The first date of a few lines that is broken over some of them: `9.11.`, `2026`, `until further notice`.
fn broken(text: &str, setting: Setting) -> Option<Found> {
    let joined = text.contains('\n').then(|| text.replace('\n', " "))?;
    dates::in_line(&joined, setting).into_iter().next().filter(|found| text[found.start..found.end].contains('\n'))
}

/// The day in an attribute: a witness for the date shown inside, else a date itself.
fn machine(dom: &Dom, setting: Setting, found: &mut Vec<Anchor>) {
    let latest = setting.seen.saturating_add(jiff::Span::new().days(1));
    for at in (0..dom.nodes.len()).filter(|at| dom.is_element(*at) && dom.nodes[*at].visible) {
        let Some(day) = in_attribute(dom, at, setting) else { continue };
        let text = &dom.nodes[at].text;
        match found.iter_mut().find(|anchor| dom.contains(at, anchor.node)) {
            Some(shown) => shown.machine = Some(day),
            None if text.len() <= LONGEST_BOX || says(&dom.text[text.clone()], day) => {
                let date = if day > latest { Err(Impossible::Future(day)) } else { Ok(day) };
                let (span, order, form, year) = (text.clone(), Order::Settled, Form::Day, Year::Stated);
                found.push(Anchor { node: at, span, date, month_first: None, order, form, year, machine: Some(day) });
            }
            None => {}
        }
    }
    found.sort_by_key(|anchor| (anchor.span.start, anchor.node));
}

/// `<time datetime>`, or the tooltip of a few words that tell a day as a distance from today (`2 days ago`).
fn in_attribute(dom: &Dom, at: usize, setting: Setting) -> Option<Date> {
    if dom.tag(at) == "time" {
        return dom.attr(at, "datetime").and_then(dates::iso);
    }
    let short = (1..=LONGEST_BOX).contains(&dom.nodes[at].text.len());
    let tip = dom.attr(at, "title").filter(|_| short)?;
    dates::whole(tip, setting).filter(|found| found.order != Order::Open)?.date.ok()
}

/// Whether a text has the numbers of a day and its year, in whatever words between them.
fn says(text: &str, day: Date) -> bool {
    let numbers = || text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<i32>().ok());
    text.len() <= LONGEST_SAID && [i32::from(day.day()), i32::from(day.year())].iter().all(|part| numbers().any(|number| number == *part))
}

/// The words of the date.
pub fn words<'d>(dom: &'d Dom, anchor: &Anchor) -> &'d str {
    match dom.nodes[anchor.node].what {
        What::Element(_) if anchor.span.is_empty() => "",
        _ => &dom.text[anchor.span.clone()],
    }
}
