//! `watch`: what is new in the saved searches.

use super::output::{BOLD, Output, clean, styled};
use super::{Exit, Global, about, asking, store, table};
use crate::export::{self, Format, Metadata};
use crate::search::{Options, SavedSearches, Sort, SortKey};

/// Notices in a feed.
const FEED: usize = 50;

/// Tell what is new in the saved searches
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
    /// Print the search as an Atom feed (RFC 4287) of its newest notices; marks nothing as seen
    #[arg(long, requires = "name")]
    atom: bool,
    /// Forget the search
    #[arg(long, requires = "name", conflicts_with = "atom")]
    remove: bool,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = store::home(global)?;
    let mut saved_searches = SavedSearches::open(&home.saved_searches())?;
    if let (true, Some(name)) = (args.remove, &args.name) {
        saved_searches.remove(name)?;
        out.say(format_args!("Forgot {name:?}."));
        return Ok(Exit::Done);
    }
    if args.list {
        for saved in saved_searches.searches() {
            if out.json {
                out.json(&serde_json::json!({"name": saved.name, "query": saved.query}))?;
            } else {
                out.line(format_args!("{:20} {}", clean(&saved.name), clean(&saved.query)))?;
            }
        }
        return Ok(if saved_searches.searches().is_empty() { Exit::Nothing } else { Exit::Done });
    }
    let archive = store::archive(&home)?;
    let index = store::index(&home, &archive, out)?;
    let searches: Vec<(String, String)> = saved_searches
        .searches()
        .iter()
        .filter(|saved| args.name.as_ref().is_none_or(|name| *name == saved.name))
        .map(|saved| (saved.name.clone(), saved.query.clone()))
        .collect();
    if let (Some(name), true) = (&args.name, searches.is_empty()) {
        anyhow::bail!("no search is saved as {name:?}: `twindex watch --list` lists them");
    }
    if args.atom {
        let (name, query) = &searches[0];
        let newest = Options { sort: Sort { by: SortKey::Date, reversed: false }, ..Options::default() };
        let found = index.matching(query, &newest)?;
        asking::tell(&found.read_as, &found.hints, &found.unmet, out);
        let hits = found.take(FEED);
        let metadata = Metadata { query: Some(format!("{name}: {query}")), attribution: about::attribution() };
        export::write(Format::Atom, hits, &metadata, out.raw())?;
        return Ok(Exit::Done);
    }
    let mut news = 0;
    for (name, query) in &searches {
        let records = saved_searches.news(name, &index)?;
        news += records.len();
        if out.json {
            for record in &records {
                out.json(&serde_json::json!({"search": name, "record": record}))?;
            }
        } else if !records.is_empty() {
            out.line(format_args!("{} {} ({} new)", styled(BOLD, clean(name)), clean(query), records.len()))?;
            table::records(&records, out)?;
        }
        if !args.peek {
            saved_searches.look(name, &records)?;
        }
    }
    if searches.is_empty() {
        out.say(format_args!("No search is saved: `twindex search --save NAME QUERY` saves one."));
    } else if news == 0 {
        out.say(format_args!("Nothing new in {}.", table::number(searches.len() as u64, "saved search", "saved searches")));
    }
    Ok(if news == 0 { Exit::Nothing } else { Exit::Done })
}
