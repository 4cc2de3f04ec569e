//! `search`: a question, its best answers, its facets.

use anyhow::bail;
use jiff::civil::Date;
use url::Url;

use super::moment::{self, Time};
use super::output::{DIM, Output, clean, styled};
use super::{Exit, Global, asking, engine, hits, lists, store, table};
use crate::archive::{Found, Moment};
use crate::lang::dates::{Context, period};
use crate::search::{Answer, Dimension, Facets, GRAMMAR, Hit, Index, Level, Options, SavedSearches, Sort};

/// Values of a facet shown to a person.
const FACET: usize = 8;

/// Search the archive
///
/// Words in any Czech form, with or without diacritics; best matches first. `twindex search --grammar` explains the query language.
#[derive(Debug, clap::Args)]
#[command(after_long_help = GRAMMAR)]
pub struct Args {
    /// Words, "phrases", field:value, AND OR NOT + -
    #[arg(value_name = "QUERY", required_unless_present_any = ["grammar", "like", "fields", "values", "facet"])]
    query: Vec<String>,
    /// Published on this day or later (2009, 2009-05, 2009-05-31 or "květen 2009")
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    from: Option<Date>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    to: Option<Date>,
    /// relevance, date, place or population; with - in front the other way round
    #[arg(long, value_name = "KEY", default_value = "relevance", allow_hyphen_values = true)]
    sort: Sort,
    /// Hits on a page
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Hits to skip
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    #[command(flatten)]
    how: asking::How,
    /// Instead of hits: how many have which value, by one dimension or two (`country,year`)
    #[arg(long, value_name = "A[,B]", value_delimiter = ',')]
    facet: Vec<Dimension>,
    /// Say which word met each hit by which path, and how much that gave
    #[arg(long)]
    explain: bool,
    /// Keep the query under this name; `twindex watch` tells what is new in it
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
    /// Instead of a query: notices like this one
    #[arg(long, value_name = "ID", conflicts_with = "query")]
    like: Option<String>,
    /// Ask a Quickwit that was given `twindex export --format quickwit` instead of the archive here
    #[arg(long, value_name = "URL", value_parser = engine::address)]
    engine: Option<Url>,
    #[command(flatten)]
    time: Time,
    /// Print the query language with examples
    #[arg(long)]
    grammar: bool,
    /// List the fields of the query language
    #[arg(long)]
    fields: bool,
    /// List the values of a field with their counts: kind, theme, country, region, …
    #[arg(long, value_name = "FIELD")]
    values: Option<String>,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    if args.grammar {
        out.line(format_args!("{}", GRAMMAR.trim_end()))?;
        return Ok(Exit::Done);
    }
    if args.fields {
        return lists::print_fields(out);
    }
    if let Some(address) = &args.engine {
        let answer = engine::ask(address, &args.question(), &args.options(), &args.of_the_archive())?;
        return tell(&answer, args.offset, out);
    }
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    let index = store::index_of(&home, &archive, args.time.moment(), out)?;
    if let Some(field) = &args.values {
        return lists::print_values(&index.values(field).map_err(anyhow::Error::msg)?, out);
    }
    if let Some(id) = &args.like {
        let Found::One(record) = archive.find(id)? else {
            bail!("{id:?} is not the identifier of one notice; `twindex search` prints identifiers")
        };
        return print_alike(&index.similar(&record.id, args.limit)?, out);
    }
    let (query, options) = (args.question(), args.options());
    if let Some(rows) = args.facet.first() {
        return lists::tabulate(&index, &query, &options, (*rows, &args.facet[1..]), out);
    }
    let mut answer = index.search(&query, &options)?;
    if let Some(name) = &args.save {
        if args.how.any || args.how.literal {
            bail!("a saved search counts what has all of it and reads facts; leave --any and --literal out of --save");
        }
        SavedSearches::open(&home.saved_searches())?.save(name, &query, index.matching(&query, &options)?)?;
        out.say(format_args!("Saved as {name:?}: `twindex watch` tells what is new in it."));
    }
    for hit in answer.hits.iter_mut().filter(|_| out.json && args.time.moment() == Moment::Newest) {
        hit.record = store::seen_now(&archive, hit.record.clone());
    }
    let exit = tell(&answer, args.offset, out)?;
    if !out.json {
        moment::print_versions(&archive, &answer, args.time, out)?;
    }
    Ok(exit)
}

impl Args {
    fn question(&self) -> String {
        self.query.join(" ").trim().to_owned()
    }

    fn options(&self) -> Options {
        let Self { from, to, sort, limit, offset, explain, how, .. } = self;
        Options { from: *from, to: *to, sort: *sort, limit: *limit, offset: *offset, explain: *explain, ..how.options() }
    }

    /// Options given that only the archive here can heed.
    fn of_the_archive(&self) -> Vec<&'static str> {
        let given = [
            ("--explain", self.explain),
            ("--save", self.save.is_some()),
            ("--like", self.like.is_some()),
            ("--facet", !self.facet.is_empty()),
            ("--values", self.values.is_some()),
            ("--as-of and --all-versions", self.time.moment() != Moment::Newest),
        ];
        given.into_iter().filter_map(|(name, given)| given.then_some(name)).collect()
    }
}

/// An answer as JSON, or for people with how to see more of it.
fn tell(answer: &Answer, offset: usize, out: &mut Output) -> anyhow::Result<Exit> {
    if out.json {
        out.json(answer)?;
    } else {
        print(answer, offset, out)?;
        let shown = offset + answer.hits.len();
        if !answer.hits.is_empty() && shown < answer.total + answer.partial {
            out.hint(format_args!("more with --offset {shown}"));
        }
    }
    Ok(if answer.hits.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// For the demo: the first hits of a query, printed as `search` prints them.
pub fn ask_and_print(index: &Index, query: &str, limit: usize, out: &mut Output) -> anyhow::Result<()> {
    let answer = index.search(query, &Options { limit, ..Options::default() })?;
    if out.json { out.json(&answer) } else { print(&answer, 0, out) }
}

fn print(answer: &Answer, offset: usize, out: &mut Output) -> anyhow::Result<()> {
    asking::tell(&answer.read_as, &answer.hints, &answer.unmet, out);
    for suggestion in &answer.suggestions {
        out.hint(format_args!("for \"{}\" did you mean: {}?", clean(&suggestion.word), clean(&suggestion.instead.join(", "))));
    }
    for (number, hit) in answer.hits.iter().enumerate() {
        let first_partial = hit.level == Level::Partial && (number == 0 || answer.hits[number - 1].level == Level::Full);
        if first_partial {
            let what = table::number(answer.partial as u64, "notice has", "notices have");
            out.line(format_args!("{}\n", styled(DIM, format_args!("── {what} only a part of it ──"))))?;
        }
        hits::print(offset + number + 1, hit, out)?;
    }
    let (total, partial, shown) = (answer.total, answer.partial, answer.hits.len());
    match (total + partial, shown) {
        (0, _) => out.say(format_args!("Nothing found.")),
        (all, 0) => out.say(format_args!("{all} hits, none after the first {offset}.")),
        _ => {
            let last = (offset + shown).min(total);
            let counted = if total == 0 {
                "0 with all of it".to_owned()
            } else if offset >= last {
                format!("{total} with all of it")
            } else {
                format!("{} to {last} of {total}", offset + 1)
            };
            let more = if partial == 0 { String::new() } else { format!(" · {partial} more with a part of it") };
            out.line(format_args!("{}", styled(DIM, format_args!("{counted}{more}"))))?;
            print_facets(&answer.facets, out)?;
        }
    }
    Ok(())
}

fn print_alike(hits: &[Hit], out: &mut Output) -> anyhow::Result<Exit> {
    if out.json {
        out.json(&hits)?;
    } else {
        for (number, hit) in hits.iter().enumerate() {
            hits::print(number + 1, hit, out)?;
        }
    }
    Ok(if hits.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn print_facets(facets: &Facets, out: &mut Output) -> anyhow::Result<()> {
    for (name, values) in [("year", &facets.year), ("kind", &facets.kind), ("country", &facets.country), ("theme", &facets.theme)] {
        if values.is_empty() {
            continue;
        }
        let mut shown: Vec<String> = values.iter().take(FACET).map(|(value, count)| format!("{value} {count}")).collect();
        if values.len() > FACET {
            shown.push(format!("and {} more", values.len() - FACET));
        }
        out.hung(format_args!("  {} ", styled(DIM, format_args!("{name:8}"))), 11, &clean(&shown.join(" · ")))?;
    }
    Ok(())
}

/// The first day that a year, a month, a day or a span means.
pub fn first_day(text: &str) -> Result<Date, String> {
    period(text, &Context::default()).map(|(first, _)| first).ok_or_else(|| no_day(text))
}

/// The last day that a year, a month, a day or a span means.
pub fn last_day(text: &str) -> Result<Date, String> {
    period(text, &Context::default()).map(|(_, last)| last).ok_or_else(|| no_day(text))
}

fn no_day(text: &str) -> String {
    format!("{text:?} is not a day: write 2009, 2009-05, 2009-05-31, 31. 5. 2009 or \"květen 2009\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_and_a_month_are_whole() {
        assert_eq!((first_day("2009"), last_day("2009")), (Ok(date(2009, 1, 1)), Ok(date(2009, 12, 31))));
        assert_eq!((first_day("2012-02"), last_day("2012-02")), (Ok(date(2012, 2, 1)), Ok(date(2012, 2, 29))));
        assert_eq!(last_day("2012-02-03"), Ok(date(2012, 2, 3)));
        assert_eq!((first_day("3. 2. 2012"), last_day("únor 2012")), (Ok(date(2012, 2, 3)), Ok(date(2012, 2, 29))));
        for text in ["", "x", "2012-13", "2012-02-30", "2012-02-03-04", "2012-300"] {
            assert!(first_day(text).is_err() && last_day(text).is_err(), "{text}");
        }
    }
}
