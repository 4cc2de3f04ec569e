//! Addresses in parts, and the one comparison that says how an address differs from the listing's own.
//!
//! A number that stands alone in a path belongs to the word before it, so that `news/page/2`, `news/page-2` and
//! `news?page=2` all are a name with a count. Names that count, and tools that show the same entries in another way,
//! are words in `data/addresses.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use url::Url;

use crate::lang::rows;

/// Unnamed numbers that are a year, not a page.
pub const YEARS: Range<u64> = 1900..2100;
/// The count of the page after the first.
const SECOND: u64 = 2;
/// Figures from which a number that two addresses share is no chance.
const TELLING: usize = 2;

/// A part of a path or a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Part {
    name: String,
    value: String,
}

impl Part {
    /// `seite-2` is `seite` and `2`, `p1=1010` is `p1` and `1010`, `news` has no value.
    fn of_path(piece: &str) -> Self {
        let piece = piece.strip_suffix(".html").or(piece.strip_suffix(".htm")).unwrap_or(piece);
        let name = piece.trim_end_matches(|c: char| c.is_ascii_digit());
        Self { name: name.trim_end_matches(['-', '_', '=']).to_ascii_lowercase(), value: piece[name.len()..].to_owned() }
    }

    fn count(&self) -> Option<u64> {
        self.value.parse().ok()
    }

    /// Its name is one that counts pages, and its value counts.
    fn is_page(&self) -> bool {
        self.value.contains(|c: char| c.is_ascii_digit()) && names_page(&self.name)
    }
}

/// An address without its site and fragment. Two ways to write one address are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    path: Vec<Part>,
    query: Vec<Part>,
}

/// How an address differs from another.
#[derive(Debug)]
pub struct Change {
    pub likeness: Likeness,
    /// The one count in which they differ.
    pub count: Option<Count>,
    /// What differs has a name that counts pages.
    pub named: bool,
    /// It shows the same entries in another way.
    pub tool: bool,
    /// To a page before, or the same.
    pub back: bool,
}

/// What two addresses have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// All but a count that may be one of pages.
    Counted,
    /// The path but for page numbers.
    Path,
    /// As much as the pages of one list must have: the directory, the script, a number of their own.
    Near,
    Nothing,
}

/// A count in which an address differs from another.
#[derive(Clone, Debug)]
pub struct Count {
    /// What stands beside it; the same in all pages of a list.
    pub key: String,
    /// The count of the address that is left; one without a count is that of the first page.
    pub from: Option<u64>,
    /// Nought leads to an address without a count.
    pub to: u64,
    pub in_path: bool,
    /// A part of the path that is new, with a number that no page need have.
    below: bool,
}

impl Address {
    pub fn of(url: &Url) -> Self {
        let mut path: Vec<Part> = Vec::new();
        let pieces = url.path_segments().into_iter().flatten().flat_map(|segment| segment.split([';', ',', '&']));
        for part in pieces.filter(|piece| !piece.is_empty()).map(Part::of_path) {
            match path.last_mut().filter(|before| part.name.is_empty() && before.value.is_empty()) {
                Some(word) => word.value = part.value,
                None if matches!(&*part.name, "index" | "index.php") => {}
                None => path.push(part),
            }
        }
        let query = url.query_pairs().map(|(name, value)| Part { name: name.to_ascii_lowercase(), value: value.into_owned() });
        Self { path, query: query.collect() }
    }

    /// How the other address differs from this one.
    pub fn change(&self, other: &Self) -> Change {
        let named = other.parts().any(|part| part.is_page() && !self.parts().any(|own| own == part));
        let count = self.count(other).filter(|count| named || !YEARS.contains(&count.to));
        let of_tool = |part: &&Part| words("tool").any(|known| known == part.name);
        let tool = !named && other.query.iter().filter(|part| !self.query.contains(part)).any(|part| of_tool(&part));
        let likeness = match &count {
            Some(count) if !tool && (named || !count.below) => Likeness::Counted,
            _ if self.contradicts(other) => Likeness::Nothing,
            _ if self.path.iter().filter(|part| !part.is_page()).eq(other.path.iter().filter(|part| !part.is_page())) => Likeness::Path,
            _ if count.is_some() || named && self.is_near(other) => Likeness::Near,
            _ => Likeness::Nothing,
        };
        let counted_back = count.as_ref().is_some_and(|count| count.from.is_some_and(|from| count.to <= from));
        let numbered_back = matches!((other.number(), self.number()), (Some(there), Some(here)) if there <= here);
        let named = named && likeness != Likeness::Nothing;
        Change { likeness, named, tool, back: self == other || counted_back || numbered_back, count: count.filter(|_| !tool) }
    }

    /// A word in place of another as the value of a parameter: another part of the site.
    fn contradicts(&self, other: &Self) -> bool {
        let is_word = |part: &Part| !part.value.is_empty() && part.value.chars().all(char::is_alphabetic);
        let replaced = |own: &Part| other.query.iter().any(|part| part.name == own.name && part.value != own.value && is_word(part));
        self.query.iter().any(|own| is_word(own) && replaced(own))
    }

    /// The years in which they differ, if the other address names one and that is all it says, but for page numbers. A page further on in a
    /// list of all years differs from none.
    pub fn years(&self, other: &Self) -> Option<(Option<u64>, u64)> {
        let first = |parts: &[Part]| parts.iter().filter(|part| !part.is_page()).cloned().collect();
        let count = Self { path: first(&self.path), query: first(&self.query) }.count(other)?;
        let from = count.from.filter(|from| YEARS.contains(from));
        (YEARS.contains(&count.to) && (from.is_some() || self.number().is_none())).then_some((from, count.to))
    }

    /// The one count in which the other address differs from this one.
    fn count(&self, other: &Self) -> Option<Count> {
        match (self.query == other.query, self.path == other.path) {
            (true, false) => self.count_of_path(other),
            (false, true) => self.count_of_query(other),
            _ => None,
        }
    }

    fn count_of_path(&self, other: &Self) -> Option<Count> {
        let shared = self.path.iter().zip(&other.path).take_while(|(a, b)| a == b).count();
        let (own, next, below) = match (&self.path[shared..], &other.path[shared..]) {
            ([own, after @ ..], [next, rest @ ..]) if own.name == next.name && after == rest => (own.count(), next, false),
            ([], [next]) => (None, next, next.count()? != SECOND),
            ([], [_, next]) if next.name.is_empty() => (None, next, next.count()? != SECOND),
            ([own], []) => (Some(own.count()?), own, false),
            _ => return None,
        };
        let to = if self.path.len() > other.path.len() || next.value.is_empty() { 0 } else { next.count()? };
        let before = other.path[shared..].iter().find(|part| *part != next).map_or("", |part| &part.value);
        Some(Count { key: format!("/{before}/{}", next.name), from: own, to, in_path: true, below })
    }

    fn count_of_query(&self, other: &Self) -> Option<Count> {
        let new: Vec<&Part> = other.query.iter().filter(|part| !self.query.contains(part)).collect();
        let gone: Vec<&Part> = self.query.iter().filter(|part| !other.query.contains(part)).collect();
        if let ([], [own]) = (&*new, &*gone) {
            return Some(Count { key: own.name.clone(), from: Some(own.count()?), to: 0, in_path: false, below: false });
        }
        if !gone.iter().all(|part| new.iter().any(|other| other.name == part.name)) {
            return None;
        }
        // A limit or a digest may come along with a parameter that counts pages by its name.
        let mut counting = new.iter().filter(|part| part.count().is_some() && (new.len() == 1 || part.is_page()));
        let part = counting.next().filter(|_| counting.next().is_none())?;
        let from = gone.iter().find(|own| own.name == part.name).and_then(|own| own.count());
        let to = part.count()?;
        Some(Count { key: part.name.clone(), from, to, in_path: false, below: from.is_none() && to != SECOND })
    }

    /// The same directory or kind of script, one below the other, a number of its own, or a path that says "page".
    fn is_near(&self, other: &Self) -> bool {
        fn directory(path: &[Part]) -> &[Part] {
            &path[..path.len().saturating_sub(1)]
        }
        let script = |address: &Self| {
            let (_, ending) = address.path.last()?.name.rsplit_once('.')?;
            words("script").find(|known| *known == ending)
        };
        let says_page = other.path.iter().any(|part| part.is_page() && part.name.len() > TELLING);
        let shared =
            |part: &Part| part.value.len() >= TELLING && part.count().is_some() && other.parts().any(|one| one.value == part.value);
        let below = self.path.starts_with(&other.path) || other.path.starts_with(&self.path);
        let beside = directory(&self.path) == directory(&other.path);
        says_page || beside || below || script(self).is_some() && script(self) == script(other) || self.parts().any(shared)
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        self.path.iter().chain(&self.query)
    }

    /// Page number or offset, by its name.
    pub fn number(&self) -> Option<u64> {
        self.query.iter().chain(self.path.iter().rev()).find_map(|part| part.count().filter(|_| part.is_page()))
    }

    /// The day of a parameter that names the last entry shown by its time, as `updated-max=2020-03-02T08:00`.
    pub fn until(&self) -> Option<Date> {
        self.query.iter().find_map(|part| part.value.get(..10)?.parse().ok().filter(|_| part.is_page()))
    }
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

/// `tx_news[currentPage]` is named by what stands in the brackets.
fn names_page(name: &str) -> bool {
    let name = name.strip_suffix(']').and_then(|name| name.rsplit_once('[')).map_or(name, |(_, inner)| inner);
    words("page").any(|known| known == name) || words("ending").any(|ending| name.ends_with(ending))
}
