//! `search`: a question, its best answers, its facets.

use std::ffi::{OsStr, OsString};

use anyhow::bail;
use clap::CommandFactory;
use jiff::civil::Date;

use super::output::{BOLD, DIM, HIT, Output, clean, styled};
use super::{Exit, Global, store, table};
use crate::archive::Found;
use crate::search::{Answer, At, Count, Facets, GRAMMAR, Hit, Index, Level, Met, Options, Path, Reading, Shelf, Snippet, Sort};

/// Before the lines of a hit.
const INDENT: &str = "     ";

/// Values of a facet shown to a person.
const FACET: usize = 8;

/// Search the archive
///
/// Words in any Czech form, with or without diacritics; best matches first. `twindex search --grammar` explains the query language.
#[derive(Debug, clap::Args)]
#[command(after_long_help = GRAMMAR)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub struct Args {
    /// Words, "phrases", field:value, AND OR NOT + -
    #[arg(value_name = "QUERY", required_unless_present_any = ["grammar", "like"])]
    query: Vec<String>,
    /// Published on this day or later (2009, 2009-05 or 2009-05-31)
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
    /// Refuse a query that cannot be read as written, and say how to mend it
    #[arg(long)]
    strict: bool,
    /// Count every notice that has any of the words, not only those that have all of them
    #[arg(long)]
    any: bool,
    /// Take words as words: read no dates, sizes or countries out of them
    #[arg(long)]
    literal: bool,
    /// Say which word met each hit by which path, and how much that gave
    #[arg(long)]
    explain: bool,
    /// Keep the query under this name; `twindex watch` tells what is new in it
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
    /// Instead of a query: notices like this one
    #[arg(long, value_name = "ID", conflicts_with = "query")]
    like: Option<String>,
    /// Print the query language with examples
    #[arg(long)]
    grammar: bool,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    if args.grammar {
        out.line(format_args!("{}", GRAMMAR.trim_end()))?;
        return Ok(Exit::Done);
    }
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    let index = store::index(&home, &archive, out)?;
    if let Some(id) = &args.like {
        let Found::One(record) = archive.find(id)? else {
            bail!("{id:?} is not the identifier of one notice; `twindex search` prints identifiers")
        };
        return print_alike(&index.similar(&record.id, args.limit)?, out);
    }
    let query = args.query.join(" ").trim().to_owned();
    let options = Options {
        from: args.from,
        to: args.to,
        sort: args.sort,
        limit: args.limit,
        offset: args.offset,
        strict: args.strict,
        facets: true,
        explain: args.explain,
        count: if args.any { Count::Any } else { Count::Full },
        reading: if args.literal { Reading::Literal } else { Reading::Facts },
    };
    let answer = index.search(&query, &options)?;
    if let Some(name) = &args.save {
        Shelf::open(&home.saved_searches())?.save(name, &query, &index)?;
        out.say(format_args!("Saved as {name:?}: `twindex watch` tells what is new in it."));
    }
    if out.json {
        out.json(&answer)?;
    } else {
        print(&answer, args.offset, out)?;
        let shown = args.offset + answer.hits.len();
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
    print_reading(answer, out);
    for (number, hit) in answer.hits.iter().enumerate() {
        let first_partial = hit.level == Level::Partial && (number == 0 || answer.hits[number - 1].level == Level::Full);
        if first_partial {
            let what = table::number(answer.partial as u64, "notice has", "notices have");
            out.line(format_args!("{}\n", styled(DIM, format_args!("── {what} only a part of it ──"))))?;
        }
        print_hit(offset + number + 1, hit, out)?;
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

/// How the question was understood, where that is not plain.
fn print_reading(answer: &Answer, out: &mut Output) {
    if !answer.read_as.is_empty() {
        let read: Vec<&str> = answer.read_as.iter().map(|read| read.filter.as_str()).collect();
        let words: Vec<String> = answer.read_as.iter().map(|read| format!("\"{}\"", read.words)).collect();
        let (read, words) = (clean(&read.join(" · ")), clean(&words.join(" ")));
        out.hint(format_args!("read as: {read}; --literal, or quotation marks as in {words}, keeps the words"));
    }
    for hint in &answer.hints {
        out.hint(format_args!("{}", clean(hint)));
    }
    if !answer.unmet.is_empty() {
        out.hint(format_args!("no notice has: {}", clean(&answer.unmet.join(", "))));
    }
    for suggestion in &answer.suggestions {
        out.hint(format_args!("for \"{}\" did you mean: {}?", clean(&suggestion.word), clean(&suggestion.instead.join(", "))));
    }
}

fn print_alike(hits: &[Hit], out: &mut Output) -> anyhow::Result<Exit> {
    if out.json {
        out.json(&hits)?;
    } else {
        for (number, hit) in hits.iter().enumerate() {
            print_hit(number + 1, hit, out)?;
        }
    }
    Ok(if hits.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn print_hit(number: usize, hit: &Hit, out: &mut Output) -> anyhow::Result<()> {
    let record = &hit.record;
    let title =
        hit.snippets.iter().find(|snippet| snippet.field == "title").map_or_else(|| clean(&record.title), |snippet| marked(snippet, out));
    let date = record.published.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    out.hung(format_args!("{number:>3}. "), INDENT.len(), &format!("{date}  {}", styled(BOLD, title)))?;
    let mut facts =
        vec![record.facts.kind.map(table::kind).unwrap_or_default().to_owned(), clean(&table::who(record)), table::population(record)];
    if record.gone_since.is_some() {
        facts.push("gone from the site".to_owned());
    }
    facts.retain(|fact| !fact.is_empty());
    if !facts.is_empty() {
        out.hung(INDENT, INDENT.len(), &styled(DIM, facts.join(" · ")).to_string())?;
    }
    for snippet in hit.snippets.iter().filter(|snippet| snippet.field != "title") {
        let text = marked(snippet, out);
        out.hung(INDENT, INDENT.len(), &text)?;
    }
    if !hit.lacks.is_empty() {
        out.hung(INDENT, INDENT.len(), &styled(DIM, format_args!("without: {}", clean(&hit.lacks.join(", ")))).to_string())?;
    }
    if let Some(explanation) = &hit.explanation {
        print_explanation(explanation, hit.score, out)?;
    }
    out.line(format_args!("     {}\n", styled(DIM, clean(&record.id.0))))
}

/// For each word of the question what it gave, then by which words of the notice and in which way.
fn print_explanation(met: &[Met], score: f32, out: &mut Output) -> anyhow::Result<()> {
    out.line(format_args!("{INDENT}score {score:.2}"))?;
    let mut words: Vec<(&str, f32)> = Vec::new();
    for one in met {
        match words.iter_mut().find(|(word, _)| *word == one.word) {
            Some((_, gave)) => *gave += one.gave,
            None => words.push((&one.word, one.gave)),
        }
    }
    words.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (word, gave) in words {
        out.line(format_args!("{INDENT}{gave:>6.2}  {}", styled(BOLD, clean(word))))?;
        for one in met.iter().filter(|one| one.word == word) {
            let by = clean(&one.by.join(", "));
            let (by, blank) = if by.is_empty() { (String::new(), "") } else { (by, ": ") };
            out.hung(format_args!("{INDENT}        {:>6.2}  ", one.gave), INDENT.len() + 16, &format!("{by}{blank}{}", way(one)))?;
        }
    }
    Ok(())
}

/// How a word was met and where, for people.
fn way(met: &Met) -> String {
    let how = match met.path {
        Path::Exact => "as it is written",
        Path::Form => "the same letters",
        Path::Lemma => "a form of the word",
        Path::Link => "a word of its family",
        Path::Name => "a name with its stem",
        Path::Place => "the place, under any of its names",
        Path::Country => "the country",
        Path::Topic => "the theme or kind",
        Path::Prefix => "it begins so",
        Path::Phrase => "these words together",
        Path::Beside => "side by side",
        Path::Date => "published then",
        Path::Size => "of that size, or asking for it",
        Path::Typo => "spelled much the same",
        Path::Met => return "for being met at all".to_owned(),
    };
    let place = match met.at {
        At::Title => " in the title",
        At::Head => " in title or summary",
        At::Body => " in body or attachments",
        At::Text => " in the text",
        At::Facts => "",
    };
    format!("{how}{place}")
}

/// The passage with its marks: colour at a terminal, brackets elsewhere.
fn marked(snippet: &Snippet, out: &Output) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for (start, end) in &snippet.marks {
        let (Some(before), Some(hit)) = (snippet.text.get(at..*start), snippet.text.get(*start..*end)) else { continue };
        shown.push_str(&clean(before));
        if out.colored() {
            shown.push_str(&styled(HIT, clean(hit)).to_string());
        } else {
            shown.extend(["[", &clean(hit), "]"]);
        }
        at = *end;
    }
    shown.push_str(&clean(snippet.text.get(at..).unwrap_or_default()));
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// The arguments as clap is to read them: after `search`, a word with a minus in front is a word, not a row of short options.
///
/// Such a word gets a blank in front, which the query language does not mind.
pub fn with_refusals(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    if !args.iter().any(|arg| refusal(arg)) {
        return args;
    }
    let options = super::Args::command();
    let Some(search) = options.find_subcommand("search") else { return args };
    // An option's value is not touched: `--sort -date`.
    let takes_value = |arg: &str| {
        let valued = options.get_opts().chain(search.get_opts()).filter(|option| option.get_action().takes_values());
        valued.into_iter().any(|option| {
            arg.strip_prefix("--").is_some_and(|name| option.get_long() == Some(name))
                || option.get_short().is_some_and(|short| arg.strip_prefix('-') == Some(short.to_string().as_str()))
        })
    };
    let (mut searching, mut value) = (false, false);
    for arg in args.iter_mut().skip(1) {
        let text = arg.to_string_lossy().into_owned();
        if text == "--" {
            break;
        }
        if !value && !text.starts_with('-') {
            if !searching && text != "search" {
                break;
            }
            searching = true;
        } else if !value && searching && refusal(arg) {
            *arg = format!(" {text}").into();
        }
        value = !value && takes_value(&text);
    }
    args
}

/// A minus and a word; `-n5` and flags such as `-qv` are options.
fn refusal(arg: &OsStr) -> bool {
    let Some(word) = arg.to_str().and_then(|text| text.strip_prefix('-')) else { return false };
    let count = word.strip_prefix('n').map(|count| count.trim_start_matches('='));
    let option = word.starts_with('-')
        || word.chars().all(|flag| matches!(flag, 'h' | 'q' | 'v' | 'V'))
        || count.is_some_and(|count| count.chars().all(|digit| digit.is_ascii_digit()));
    !option && word.chars().any(|letter| !letter.is_whitespace())
}

/// The first day that a year, a month or a day means.
pub fn first_day(text: &str) -> Result<Date, String> {
    parts(text).and_then(|(year, month, day)| Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| no_day(text)))
}

/// The last day that a year, a month or a day means.
fn last_day(text: &str) -> Result<Date, String> {
    let (year, month, day) = parts(text)?;
    let first = Date::new(year, month.unwrap_or(12), day.unwrap_or(1)).map_err(|_| no_day(text))?;
    Ok(if day.is_some() { first } else { first.last_of_month() })
}

fn parts(text: &str) -> Result<(i16, Option<i8>, Option<i8>), String> {
    let mut parts = text.split('-');
    let mut next = || parts.next().map(str::parse::<i16>).transpose().map_err(|_| no_day(text));
    let (year, month, day) = (next()?, next()?, next()?);
    let narrow = |value: Option<i16>| value.map(i8::try_from).transpose().map_err(|_| no_day(text));
    match (year, parts.next()) {
        (Some(year), None) => Ok((year, narrow(month)?, narrow(day)?)),
        _ => Err(no_day(text)),
    }
}

fn no_day(text: &str) -> String {
    format!("{text:?} is not a day: write 2009, 2009-05 or 2009-05-31")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_minus_makes_a_word_only_where_words_are_expected() {
        for (line, read) in [
            ("t search -sport", "t|search| -sport"),
            ("t search lázně -sport -n 5", "t|search|lázně| -sport|-n|5"),
            ("t search -n5 -q lázně -no -\"a", "t|search|-n5|-q|lázně| -no| -\"a"),
            ("t --home x -q search --sort -date -sport --json", "t|--home|x|-q|search|--sort|-date| -sport|--json"),
            ("t search a -- -sport", "t|search|a|--|-sport"),
            ("t show -sport", "t|show|-sport"),
            ("t crawl search -sport", "t|crawl|search|-sport"),
        ] {
            let read_as = with_refusals(line.split(' ').map(OsString::from)).join(OsStr::new("|"));
            assert_eq!(read_as, OsString::from(read), "{line}");
        }
    }

    #[test]
    fn a_year_and_a_month_are_whole() {
        assert_eq!((first_day("2009"), last_day("2009")), (Ok(date(2009, 1, 1)), Ok(date(2009, 12, 31))));
        assert_eq!((first_day("2012-02"), last_day("2012-02")), (Ok(date(2012, 2, 1)), Ok(date(2012, 2, 29))));
        assert_eq!(last_day("2012-02-03"), Ok(date(2012, 2, 3)));
        for text in ["", "x", "2012-13", "2012-02-30", "2012-02-03-04", "2012-300"] {
            assert!(first_day(text).is_err() && last_day(text).is_err(), "{text}");
        }
    }
}
