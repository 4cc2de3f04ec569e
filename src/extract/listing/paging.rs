//! How the addresses of the pages of one list differ: in a parameter or a part of the path that counts.
//!
//! Names that count, and tools that show the same entries in another way, are words in `data/addresses.tsv`.

use std::sync::LazyLock;

use jiff::civil::Date;
use url::Url;

use crate::extract::page::same_site;
use crate::lang::rows;

/// The one count in which an address differs from another.
pub struct Step {
    /// The count of the address that is left; an address without one is that of the first page.
    pub from: Option<u64>,
    pub to: u64,
    /// The name beside the count is one that counts pages.
    pub named: bool,
    /// What stands beside the count; the same in all pages of a list.
    pub name: String,
}

impl Step {
    /// Not any number below the address of a first page: that may be an entry's.
    fn is_near(&self) -> bool {
        self.named || self.from.is_some() || self.to == SECOND
    }

    /// From an address without a count to the second page, or to any page by a name that counts.
    pub fn is_from_first(&self) -> bool {
        self.from.is_none() && (self.named || self.to == SECOND)
    }
}

/// The count of the page after the first.
const SECOND: u64 = 2;

/// A part of a path or a parameter: its name, and what may be a count.
#[derive(PartialEq)]
struct Part {
    name: String,
    value: String,
}

impl Part {
    fn count(&self) -> Option<u64> {
        self.value.parse().ok()
    }

    /// `seite-2` is `seite` and `2`, `p1=1010` is `p1` and `1010`, `news` has no value.
    fn of_path(part: &str) -> Self {
        let part = page_file(part);
        let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
        Self { name: name.trim_end_matches(['-', '_', '=']).to_ascii_lowercase(), value: part[name.len()..].to_owned() }
    }
}

/// The step from one address to another, if one count is all that differs.
pub fn step(page: &Url, url: &Url) -> Option<Step> {
    let path = |url: &Url| -> Vec<Part> {
        parts(url).filter(|part| page_file(part) != "index" && *part != "index.php").map(Part::of_path).collect()
    };
    let query = |url: &Url| -> Vec<Part> {
        url.query_pairs().map(|(name, value)| Part { name: name.to_ascii_lowercase(), value: value.into_owned() }).collect()
    };
    let (here, there) = ((path(page), query(page)), (path(url), query(url)));
    let found = if here.1 == there.1 {
        step_of_path(&here.0, &there.0)
    } else if here.0 == there.0 {
        step_of_query(&here.1, &there.1)
    } else {
        None
    };
    found.filter(|step| same_site(url, page) && !has_tool(url, page) && (step.named || !YEARS.contains(&step.to)))
}

fn step_of_path(here: &[Part], there: &[Part]) -> Option<Step> {
    let shared = here.iter().zip(there).take_while(|(a, b)| a == b).count();
    let (from, introduced, last) = match (&here[shared..], &there[shared..]) {
        ([own, after @ ..], [other, rest @ ..]) if own.name == other.name && after == rest => {
            (own.count(), shared.checked_sub(1).map(|before| &here[before]), other)
        }
        ([], [last]) => (None, None, last),
        ([], [word, last]) if last.name.is_empty() => (None, Some(word), last),
        _ => return None,
    };
    let introduced = introduced.filter(|_| last.name.is_empty()).map(|word| word.name.as_str());
    let named = names_page(introduced.unwrap_or(&last.name));
    Some(Step { from, to: last.count()?, named, name: format!("/{}/{}", introduced.unwrap_or_default(), last.name) })
}

fn step_of_query(here: &[Part], there: &[Part]) -> Option<Step> {
    let new: Vec<&Part> = there.iter().filter(|part| !here.contains(part)).collect();
    let mut gone = here.iter().filter(|part| !there.contains(part));
    if !gone.clone().all(|part| new.iter().any(|other| other.name == part.name)) {
        return None;
    }
    // A limit or a digest may come along with a parameter that counts pages by its name.
    let mut counting = new.iter().filter(|part| part.count().is_some() && (new.len() == 1 || names_page(&part.name)));
    let part = counting.next().filter(|_| counting.next().is_none())?;
    let from = gone.find(|own| own.name == part.name).and_then(Part::count);
    Some(Step { from, to: part.count()?, named: names_page(&part.name), name: part.name.clone() })
}

/// The day of a parameter that names the last entry shown by its time, as `updated-max=2020-03-02T08:00`.
pub fn day_before(url: &Url) -> Option<Date> {
    url.query_pairs().find_map(|(name, value)| value.get(..10)?.parse().ok().filter(|_| names_page(&name)))
}

/// Same listing: same site, same path but for page numbers (or a page parameter), no tool parameter of its own.
pub fn is_family(url: &Url, page: &Url) -> bool {
    let paged = url.query_pairs().any(|(name, _)| names_page(&name));
    let same_path = stem(url) == stem(page);
    let paged_elsewhere = paged && (directory(url) == directory(page) || (script(url).is_some() && script(url) == script(page)));
    same_site(url, page) && !has_tool(url, page) && (same_path || paged_elsewhere)
}

/// A page of a pager whose address is not below the listing's own, beside a word that says so: counted in a parameter
/// while it shares a number with the listing's address, or one count away.
pub fn is_pager_form(url: &Url, page: &Url) -> bool {
    let counted = url.query_pairs().any(|(name, _)| names_page(&name));
    let numbers = |url: &Url| -> Vec<String> {
        let text = url.path().to_owned() + "?" + url.query().unwrap_or_default();
        text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() > 1).map(str::to_owned).collect()
    };
    let shared = || numbers(page).iter().any(|number| numbers(url).contains(number));
    let near = directory(url) == directory(page) || stem(url).starts_with(&stem(page)) || stem(page).starts_with(&stem(url));
    let segments: Vec<&str> = url.path_segments().into_iter().flatten().collect();
    let is_word = |segment: &str| words("page").any(|known| known.len() > 2 && known == segment);
    let worded = segments.windows(2).any(|pair| is_word(pair[0]) && number_in_segment(pair[1]).is_some());
    same_site(url, page)
        && !has_tool(url, page)
        && (counted && (near || shared()) || step(page, url).is_some_and(|step| step.is_near()) || worded)
}

/// Whether a number is the value of a parameter that shows the same entries in another way, as a month.
pub fn is_of_tool(url: &Url, number: &str) -> bool {
    url.query_pairs().any(|(name, value)| value == number && words("tool").any(|known| known == name.to_ascii_lowercase()))
}

fn has_tool(url: &Url, page: &Url) -> bool {
    let here: Vec<_> = page.query_pairs().collect();
    let counted = url.query_pairs().any(|(name, _)| names_page(&name));
    !counted && url.query_pairs().any(|pair| !here.contains(&pair) && words("tool").any(|known| known == pair.0.to_ascii_lowercase()))
}

/// Names of parameters and path parts, each with its kind.
static WORDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let of_row = |row: Vec<&'static str>| row[1].split('|').map(|name| (row[0], name)).collect::<Vec<_>>();
    rows(include_str!("data/addresses.tsv")).flat_map(of_row).collect()
});

/// The names of a kind.
fn words(kind: &str) -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(move |(of, _)| *of == kind).map(|(_, name)| *name)
}

pub fn names_page(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    words("page").any(|known| known == name) || words("ending").any(|ending| name.ends_with(ending))
}

/// Ending of a script: such sites name one list by several scripts, and tell its pages by parameters.
fn script(url: &Url) -> Option<&str> {
    let (_, ending) = url.path().rsplit_once('.')?;
    words("script").find(|known| *known == ending)
}

fn directory(url: &Url) -> &str {
    url.path().rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// Without the ending of a page's file.
fn page_file(path: &str) -> &str {
    path.strip_suffix(".html").or(path.strip_suffix(".htm")).unwrap_or(path)
}

/// Parts of a path, with the parameters that stand in it.
fn parts(url: &Url) -> impl Iterator<Item = &str> {
    url.path_segments().into_iter().flatten().flat_map(|segment| segment.split([';', ','])).filter(|part| !part.is_empty())
}

/// Path without page numbers and the words that introduce them.
fn stem(url: &Url) -> String {
    let segments = parts(url);
    let kept: Vec<&str> = segments
        .filter(|segment| number_in_segment(segment).is_none() && !words("page").any(|known| known == segment.to_ascii_lowercase()))
        .collect();
    let joined = kept.join("/");
    page_file(joined.strip_suffix("/index.html").or(joined.strip_suffix("/index.php")).unwrap_or(&joined)).to_owned()
}

/// Numbers from which four figures are a year, not a page.
const YEARS: std::ops::Range<u64> = 1900..2100;

/// `3`, `page-3`, `strana3`, `strana=3`; a year that stands alone is an archive of its own.
fn number_in_segment(segment: &str) -> Option<u64> {
    if let Some((name, value)) = segment.split_once('=') {
        return value.parse().ok().filter(|_| names_page(name));
    }
    let digits = segment.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = segment[..segment.len() - digits.len()].trim_end_matches(['-', '_', '=', ',']).to_ascii_lowercase();
    let digits = page_file(digits);
    let number = digits.parse().ok()?;
    let counts = if word.is_empty() { !YEARS.contains(&number) } else { words("page").any(|known| known == word) };
    counts.then_some(number)
}

/// Page number or offset in an address.
pub fn page_number(url: &Url) -> Option<u64> {
    let in_query = url.query_pairs().find_map(|(name, value)| value.parse().ok().filter(|_| names_page(&name)));
    in_query.or_else(|| parts(url).filter_map(number_in_segment).last())
}

/// Whether the page number of an address is that of this page or one before it.
pub fn is_back(page: &Url, url: &Url) -> bool {
    matches!((page_number(url), page_number(page)), (Some(there), Some(here)) if there <= here)
}
