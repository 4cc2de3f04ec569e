//! `watch`: what is new, changed, gone and back in the saved searches.

use super::output::{BOLD, DIM, Output, clean, styled};
use super::{Exit, Global, about, asking, store, table};
use crate::export::{self, Exported, Format, Metadata};
use crate::record::ChangeKind;
use crate::search::{News, Options, SavedSearches, Sort, SortKey};

/// Notices in a feed.
const FEED: usize = 50;

/// Tell what is new, changed, gone and back in the saved searches
///
/// `twindex search --save NAME QUERY` keeps a search. What `watch` has shown counts as seen; exit code 1 says that nothing is new,
/// so that a timer can stay silent.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub struct Args {
    /// A saved search [default: all]
    name: Option<String>,
    /// Show the news without counting them as seen
    #[arg(long)]
    peek: bool,
    /// List the saved searches
    #[arg(long, conflicts_with_all = ["peek", "atom", "remove"])]
    list: bool,
    /// Print the search as an Atom feed (RFC 4287) of what was new or changed last, removed notices as such (RFC 6721); marks nothing as seen
    #[arg(long, requires = "name")]
    atom: bool,
    /// Where the feed will stand, so that readers find it again
    #[arg(long, requires = "atom", value_name = "URL")]
    feed_url: Option<String>,
    /// Forget the search
    #[arg(long, requires = "name", conflicts_with = "atom")]
    remove: bool,
    /// Refuse a search that cannot be read as written, and say how to mend it
    #[arg(long)]
    strict: bool,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = store::home(global)?;
    let mut saved = SavedSearches::open(&home.saved_searches())?;
    if let (true, Some(name)) = (args.remove, &args.name) {
        saved.remove(name)?;
        out.say(format_args!("Forgot {name:?}."));
        return Ok(Exit::Done);
    }
    if args.list {
        for saved in saved.searches() {
            if out.json {
                out.json(&serde_json::json!({"name": saved.name, "query": saved.query}))?;
            } else {
                out.line(format_args!("{:20} {}", clean(&saved.name), clean(&saved.query)))?;
            }
        }
        return Ok(if saved.searches().is_empty() { Exit::Nothing } else { Exit::Done });
    }
    let archive = store::archive(&home)?;
    let index = store::index(&home, &archive, out)?;
    let searches: Vec<(String, String)> = saved
        .searches()
        .iter()
        .filter(|saved| args.name.as_ref().is_none_or(|name| *name == saved.name))
        .map(|saved| (saved.name.clone(), saved.query.clone()))
        .collect();
    if let (Some(name), true) = (&args.name, searches.is_empty()) {
        anyhow::bail!("no search is saved as {name:?}: `twindex watch --list` lists them");
    }
    let newest = Options { strict: args.strict, sort: Sort { by: SortKey::Date, reversed: false }, ..Options::default() };
    if args.atom {
        let (name, query) = &searches[0];
        let found = index.matching(query, &newest)?;
        asking::tell(&found.read_as, &found.hints, &found.unmet, out);
        let mut hits = found.collect::<Result<Vec<_>, _>>()?;
        hits.sort_by_key(|record| std::cmp::Reverse(record.gone_since.or(record.changed_at).unwrap_or(record.first_seen)));
        let hits = hits.into_iter().take(FEED).map(|record| Ok::<_, std::convert::Infallible>(Exported::from(record)));
        let metadata = Metadata {
            query: Some(format!("{name}: {query}")),
            attribution: about::attribution(),
            feed_url: args.feed_url.clone(),
            publishers: store::publishers(global, &archive)?,
            ..Metadata::default()
        };
        export::write(&Format::Atom, hits, &metadata, out.raw())?;
        return Ok(Exit::Done);
    }
    let mut count = 0;
    for (name, query) in &searches {
        let found = index.matching(query, &newest)?;
        asking::tell(&found.read_as, &found.hints, &found.unmet, out);
        let news = saved.news(name, found)?;
        count += news.len();
        show(name, query, &news, out)?;
        if !args.peek {
            saved.look(name, &news)?;
        }
    }
    if searches.is_empty() {
        out.say(format_args!("No search is saved: `twindex search --save NAME QUERY` saves one."));
    } else if count == 0 {
        out.say(format_args!("Nothing new in {}.", table::number(searches.len() as u64, "saved search", "saved searches")));
    }
    Ok(if count == 0 { Exit::Nothing } else { Exit::Done })
}

/// The search with what happened in it, by kind; a line and the identifier for each notice.
fn show(name: &str, query: &str, news: &[News], out: &mut Output) -> anyhow::Result<()> {
    if out.json {
        let line = |news: &News| serde_json::json!({"search": name, "change": news.change.name(), "record": news.record});
        return news.iter().try_for_each(|news| out.json(&line(news)));
    }
    if news.is_empty() {
        return Ok(());
    }
    let counts = ChangeKind::ALL.map(|kind| (kind, news.iter().filter(|news| news.change == kind).count()));
    let counts: Vec<String> =
        counts.iter().filter(|(_, number)| *number > 0).map(|(kind, number)| format!("{number} {}", kind.name())).collect();
    out.line(format_args!("{} {} ({})", styled(BOLD, clean(name)), clean(query), counts.join(", ")))?;
    for News { change, record } in news {
        let day = record.published.map_or_else(|| "undated".to_owned(), |day| day.to_string());
        out.line(format_args!("  {:8}  {day:10}  {}", change.name(), clean(&record.title)))?;
        out.line(format_args!("{:22}{}", "", styled(DIM, clean(&record.id.0))))?;
    }
    Ok(())
}
