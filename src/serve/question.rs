//! What a reader asked of the search page: every state of it is an address, and every address a state.
//!
//! Read leniently: what cannot be used is told on the page, the rest holds. Written without what is the default, in one order,
//! so that equal states have equal addresses.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use url::form_urlencoded::{Serializer, parse};

use super::names::{key, parsed};
use super::words::Tongue;
use crate::gazetteer;
use crate::lang::dates::{Context, period};
use crate::record::{Kind, Theme};
use crate::search::{Count, Options, Reading, Seeker, Sort, SortKey};

/// Characters of a query.
pub const LONGEST: usize = 500;
/// Hits before the last page that is shown: deeper ones cost as much as a download, which is there for them.
pub const DEEPEST: usize = 10_000;

/// How the results are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    List,
    Table,
    Timeline,
    Map,
}

impl View {
    pub const ALL: [Self; 4] = [Self::List, Self::Table, Self::Timeline, Self::Map];

    pub fn key(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Table => "table",
            Self::Timeline => "timeline",
            Self::Map => "map",
        }
    }

    /// Hits on a page.
    fn hits(self) -> usize {
        match self {
            Self::List => 20,
            Self::Table => 50,
            Self::Timeline | Self::Map => 0,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    pub q: String,
    /// As typed: a day, month or year.
    pub from: String,
    pub to: String,
    pub as_of: String,
    pub kinds: Vec<Kind>,
    pub themes: Vec<Theme>,
    /// ISO 3166-1 alpha-2 codes.
    pub countries: Vec<String>,
    pub wanted: Vec<String>,
    /// Identifier of `GeoNames`.
    pub place: Option<i64>,
    pub any: bool,
    pub literal: bool,
    pub sort: Sort,
    pub view: View,
    /// From 1.
    pub page: usize,
    /// Hits on a page where it is not the view's own number; never in an address.
    pub per_page: Option<usize>,
    /// Columns of the table, by key; empty for the usual ones.
    pub columns: Vec<String>,
    /// Values that could not be used.
    pub unused: Vec<String>,
}

impl Question {
    pub fn read(query: &str) -> Self {
        let mut asked = Self { page: 1, ..Self::default() };
        for (name, value) in parse(query.as_bytes()) {
            let value = value.trim();
            if !value.is_empty() && asked.take(&name, value).is_none() {
                asked.unused.push(value.chars().take(100).collect());
            }
        }
        for day in [&asked.from, &asked.to, &asked.as_of] {
            if !day.is_empty() && span(day).is_none() {
                asked.unused.push(day.clone());
            }
        }
        asked
    }

    /// `None` where the value means nothing; a parameter that is not ours is let be.
    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        let country = |code: &str| gazetteer::country(code).map(|_| code.to_owned());
        match name {
            "q" => value.clone_into(&mut self.q),
            "from" => value.clone_into(&mut self.from),
            "to" => value.clone_into(&mut self.to),
            "as-of" => value.clone_into(&mut self.as_of),
            "kind" => once(&mut self.kinds, parsed(value)?),
            "theme" => once(&mut self.themes, parsed(value)?),
            "country" => once(&mut self.countries, country(value)?),
            "wanted" => once(&mut self.wanted, country(value)?),
            "place" => self.place = Some(value.parse().ok()?),
            "any" => self.any = true,
            "literal" => self.literal = true,
            "sort" => self.sort = value.parse().ok()?,
            "view" => self.view = View::ALL.into_iter().find(|view| view.key() == value)?,
            "page" => self.page = value.parse().ok().filter(|page| *page > 0)?,
            "column" => once(&mut self.columns, value.to_owned()),
            _ => {}
        }
        Some(())
    }

    /// The part after `?`, without it; empty for the state that has nothing.
    pub fn query(&self) -> String {
        let mut out = Serializer::new(String::new());
        for (name, value) in [("q", &self.q), ("from", &self.from), ("to", &self.to), ("as-of", &self.as_of)] {
            if !value.is_empty() {
                out.append_pair(name, value);
            }
        }
        out.extend_pairs(self.kinds.iter().map(|kind| ("kind", key(kind))));
        out.extend_pairs(self.themes.iter().map(|theme| ("theme", key(theme))));
        out.extend_pairs(self.countries.iter().map(|code| ("country", code)));
        out.extend_pairs(self.wanted.iter().map(|code| ("wanted", code)));
        out.extend_pairs(self.place.map(|id| ("place", id.to_string())));
        out.extend_pairs(self.any.then_some(("any", "1")));
        out.extend_pairs(self.literal.then_some(("literal", "1")));
        if self.sort != Sort::default() {
            out.append_pair("sort", &sort_key(self.sort));
        }
        out.extend_pairs((self.view != View::List).then_some(("view", self.view.key())));
        out.extend_pairs(self.columns.iter().map(|column| ("column", column)));
        out.extend_pairs((self.page > 1).then(|| ("page", self.page.to_string())));
        out.finish()
    }

    /// The address of the search page in this state.
    pub fn href(&self, tongue: Tongue) -> String {
        let query = self.query();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}/{mark}{query}", tongue.prefix())
    }

    /// Another state, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = Self { page: 1, unused: Vec::new(), ..self.clone() };
        change(&mut other);
        other
    }

    pub fn is_narrowed(&self) -> bool {
        let Self { kinds, themes, countries, wanted, place, from, to, .. } = self;
        let lists = [kinds.is_empty(), themes.is_empty(), countries.is_empty(), wanted.is_empty()];
        lists.contains(&false) || place.is_some() || [from, to].iter().any(|day| !day.is_empty())
    }

    /// What the index is asked; `place` is what the identifier stands for.
    pub fn options(&self, place: Option<&Seeker>) -> Options {
        Options {
            from: span(&self.from).map(|(first, _)| first),
            to: span(&self.to).map(|(_, last)| last),
            within: self.within(place),
            sort: self.sort,
            limit: self.hits(),
            offset: self.offset(),
            count: if self.any { Count::Any } else { Count::Full },
            reading: if self.literal { Reading::Literal } else { Reading::Facts },
            ..Options::default()
        }
    }

    fn hits(&self) -> usize {
        self.per_page.unwrap_or(self.view.hits())
    }

    pub fn offset(&self) -> usize {
        (self.page - 1).saturating_mul(self.hits())
    }

    /// Pages that so many hits have, where no more than `most` are shown.
    pub fn pages(&self, hits: usize, most: Option<usize>) -> usize {
        hits.min(most.unwrap_or(hits)).div_ceil(self.hits().max(1))
    }

    fn within(&self, place: Option<&Seeker>) -> String {
        let of = |field: &str, values: Vec<String>| (!values.is_empty()).then(|| format!("{field}:{}", values.join(",")));
        let spot = self.place.map(|_| match place.and_then(|place| place.lat.zip(place.lon)) {
            Some((lat, lon)) => format!("near:{lat},{lon}~1km"),
            // No notice has that place.
            None => "id:-".to_owned(),
        });
        [
            of("kind", self.kinds.iter().map(key).collect()),
            of("theme", self.themes.iter().map(key).collect()),
            of("country", self.countries.clone()),
            of("wanted.country", self.wanted.clone()),
            spot,
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
    }

    /// All that is asked in the query language, for whoever reads a file made of it; `None` where everything is.
    pub fn in_words(&self, within: &str) -> Option<String> {
        let day = |text: &str, end: fn((Date, Date)) -> Date| span(text).map_or_else(String::new, |days| end(days).to_string());
        let days = format!("{}..{}", day(&self.from, |days| days.0), day(&self.to, |days| days.1));
        let dated = (days != "..").then(|| format!("date:{days}"));
        let narrowed =
            [Some(within.to_owned()).filter(|within| !within.is_empty()), dated].into_iter().flatten().collect::<Vec<_>>().join(" ");
        match (self.q.as_str(), narrowed.as_str()) {
            ("", "") => None,
            (query, "") => Some(query.to_owned()),
            ("", narrowed) => Some(narrowed.to_owned()),
            (query, narrowed) => Some(format!("({query}) {narrowed}")),
        }
    }

    /// The moment of which the archive is asked: the end of what was typed.
    pub fn moment(&self) -> Option<Timestamp> {
        end(span(&self.as_of)?.1)
    }
}

/// The last moment of a day that the archive tells apart, in UTC.
pub fn end(day: Date) -> Option<Timestamp> {
    let tomorrow = day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    tomorrow.checked_sub(jiff::SignedDuration::from_millis(1)).ok()
}

/// The first and last day that a text means.
pub fn span(text: &str) -> Option<(Date, Date)> {
    period(text, &Context::default())
}

/// As addresses have it.
pub fn sort_key(sort: Sort) -> String {
    let name = match sort.by {
        SortKey::Relevance => "relevance",
        SortKey::Date => "date",
        SortKey::Place => "place",
        SortKey::Population => "population",
    };
    format!("{}{name}", if sort.reversed { "-" } else { "" })
}

fn once<T: PartialEq>(values: &mut Vec<T>, value: T) {
    if !values.contains(&value) {
        values.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_its_address() {
        let query =
            "q=l%C3%A1zn%C4%9B+%26+voda&from=2009&kind=partner_search&kind=project&country=UA&place=703448&sort=-date&view=table&page=3";
        let asked = Question::read(query);
        assert_eq!((asked.q.as_str(), asked.page, asked.offset(), asked.unused.len()), ("lázně & voda", 3, 100, 0));
        assert_eq!(Question::read(&asked.query()), asked);
        assert_eq!(asked.with(|asked| asked.page = 1).query(), query.trim_end_matches("&page=3"));
        assert_eq!(Question::read("").href(Tongue::English), "/en/");
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        let asked = Question::read("kind=feast&country=QQ&from=yesterday&page=0&sort=up&view=cube&other=1&q=x");
        assert_eq!(asked.unused, ["feast", "QQ", "0", "up", "cube", "yesterday"]);
        assert_eq!((asked.q.as_str(), asked.page), ("x", 1));
        assert_eq!(asked.options(None).from, None);
    }

    #[test]
    fn all_that_is_asked_is_said_in_words() {
        let words = |query: &str| {
            let asked = Question::read(query);
            asked.in_words(&asked.options(None).within)
        };
        assert_eq!(words("view=map&sort=date"), None);
        assert_eq!(words("q=voda").as_deref(), Some("voda"));
        assert_eq!(
            words("q=voda+OR+les&country=UA&from=2009&to=2010-05").as_deref(),
            Some("(voda OR les) country:UA date:2009-01-01..2010-05-31")
        );
        assert_eq!(words("to=2010").as_deref(), Some("date:..2010-12-31"));
    }

    #[test]
    fn filters_stand_in_the_query_language() {
        let asked = Question::read("country=UA&country=PL&theme=eu_funds&wanted=CZ");
        assert_eq!(asked.options(None).within, "theme:eu_funds country:UA,PL wanted.country:CZ");
    }
}
