//! The archive as a static copy: the pages of `serve` as files that open from a disk, with search in the page.
//!
//! One renderer, two kinds of links: the templates write the addresses of the server, and `links` turns them into files as each
//! page is written. Records pass one by one, and what is sorted goes to the disk, so that memory does not grow with them. A copy
//! has no stored pages, no past days and no interface for programs. Its search is a script over our own analysed terms (`index`):
//! the lexicon and tantivy as WebAssembly would be many times the size of what a question loads.

mod index;
mod links;
mod runs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use maud::{Markup, PreEscaped, html};
use serde_json::json;

use super::assets::{Asset, SEARCH};
use super::context::{Context, Medium};
use super::download::{self, Extent, FORMATS};
use super::frame::Page;
use super::library::Library;
use super::question::{Question, View};
use super::record::Sheet;
use super::results::{self, By, timeline};
use super::words::Locale;
use super::{Error, about, changes, help, places, record};
use crate::archive::Filter;
use crate::export::Format;
use crate::record::Record;
use crate::search::{Answer, Options};

use index::IndexWriter;
use links::{asset_file, relative, target};

/// Notices on a page of a list.
const LISTED: usize = 100;

/// What a copy holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub records: u64,
    /// In both languages.
    pub pages: u64,
}

/// Writes the newest state of an archive into a folder that is there and empty.
pub fn write(library: &Library, folder: &Path) -> Result<Written, Error> {
    library.with_archive(|archive| {
        let context = |locale| Context { library, archive, locale, base: "", medium: Medium::Files };
        let mut copy = SiteWriter { folder, contexts: [context(Locale::Czech), context(Locale::English)], pages: 0 };
        for asset in Asset::all() {
            copy.file(&asset_file(asset), asset.text.as_bytes())?;
        }
        let records = copy.records()?;
        copy.lists()?;
        copy.places()?;
        copy.pages(|context| changes::page(context, None, None))?;
        copy.pages(about::page)?;
        copy.pages(|context| Ok(help::page(context)))?;
        copy.downloads()?;
        Ok(Written { records, pages: copy.pages })
    })
}

struct SiteWriter<'c> {
    folder: &'c Path,
    contexts: [Context<'c>; 2],
    pages: u64,
}

impl<'c> SiteWriter<'c> {
    fn open(&self, name: &str) -> Result<File, Error> {
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(File::create_new(path)?)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        Ok(self.open(name)?.write_all(bytes)?)
    }

    /// A page in both languages, each in the file of its address.
    fn pages(&mut self, page: impl Fn(&Context<'c>) -> Result<Page, Error>) -> Result<(), Error> {
        for context in self.contexts {
            let page = page(&context)?;
            let file = target(&context.href(&page.path)).file;
            self.file(&file, relative(&page.render(Medium::Files), &file).as_bytes())?;
            self.pages += 1;
        }
        Ok(())
    }

    /// The index of the search, and the pages of every record.
    fn records(&mut self) -> Result<u64, Error> {
        let mut index = IndexWriter::new(self.folder)?;
        for record in self.contexts[0].archive.records(&Filter::default())? {
            let record = record?;
            index.add(&record)?;
            self.record(record)?;
        }
        Ok(index.finish()?)
    }

    /// The newest version, its documents; the older versions where there are any.
    fn record(&mut self, record: Record) -> Result<(), Error> {
        let [context, _] = self.contexts;
        let (id, newest) = (record.id.clone(), record.version);
        let documents: Vec<usize> =
            (1..).zip(&record.attachments).filter(|(_, one)| one.text.is_some()).map(|(number, _)| number).collect();
        let sheet = Sheet::of(&context, record, newest)?;
        self.pages(|context| Ok(sheet.page(context)))?;
        for number in documents {
            self.pages(|context| record::document(context, &id, number))?;
        }
        if record::has_history(&context, &id)? {
            self.pages(|context| record::versions(context, &id))?;
            for number in 1..newest {
                self.pages(|context| record::page(context, &id, Some(number)))?;
            }
        }
        Ok(())
    }

    /// All notices, and those of each year, country, kind and theme, page by page; the time line and the map of all.
    fn lists(&mut self) -> Result<(), Error> {
        let [context, _] = self.contexts;
        let answer = context.library.newest().index.search("", &Options { limit: 0, ..Options::default() })?;
        let all = Question { page: 1, per_page: Some(LISTED), ..Question::default() };
        self.list(&all, answer.total)?;
        for by in By::ALL {
            for (value, count) in values(by, &answer) {
                self.list(&all.with(|question| by.turn(question, &value)), count as usize)?;
            }
        }
        for view in [View::Timeline, View::Map] {
            self.pages(|context| results::page(context, Question { view, page: 1, ..Question::default() }))?;
        }
        Ok(())
    }

    fn list(&mut self, question: &Question, count: usize) -> Result<(), Error> {
        for page in 1..=count.div_ceil(LISTED).max(1) {
            self.pages(|context| {
                let question = Question { page, ..question.clone() };
                let is_start = question.query().is_empty();
                let page = results::page(context, question)?;
                let head = if is_start { search_head(context)? } else { narrowing_head() };
                Ok(Page { head: html! { (page.head) (head) }, ..page })
            })?;
        }
        Ok(())
    }

    fn places(&mut self) -> Result<(), Error> {
        let snapshot = self.contexts[0].library.newest();
        self.pages(|context| Ok(places::all(context)))?;
        for id in snapshot.places.iter().filter_map(|found| found.seeker.geonames_id).collect::<BTreeSet<_>>() {
            self.pages(|context| places::one(context, id))?;
        }
        for code in snapshot.places.iter().filter_map(|found| found.seeker.country.as_deref()).collect::<BTreeSet<_>>() {
            self.pages(|context| places::country(context, code))?;
        }
        Ok(())
    }

    /// Everything in every format, and the feeds of the newest.
    fn downloads(&self) -> Result<(), Error> {
        let [context, _] = self.contexts;
        let whole = FORMATS.iter().map(|offered| (format!("download/{}", offered.file()), &offered.format, Extent::Whole));
        let feeds = [("feed.atom", &Format::Atom), ("feed.json", &Format::Jsonfeed)];
        for (name, format, extent) in whole.chain(feeds.map(|(name, format)| (name.to_owned(), format, Extent::Feed))) {
            let mut out = BufWriter::new(self.open(&name)?);
            download::write(&context, (format, extent), "", None, &mut out)?;
            out.flush()?;
        }
        Ok(())
    }
}

/// The values that have a list; of years also those between that have no notice, since the time line shows them.
fn values(by: By, answer: &Answer) -> Vec<(String, u64)> {
    let counts = by.counts(&answer.facets);
    if by != By::Year {
        return counts;
    }
    let known: BTreeMap<&str, u64> = counts.iter().map(|(year, count)| (year.as_str(), *count)).collect();
    let mut years: Vec<String> = timeline::span_of_years(&answer.facets.year).map(|year| format!("{year:04}")).collect();
    years.extend(known.keys().map(|year| (*year).to_owned()));
    years.sort();
    years.dedup();
    years.into_iter().map(|year| (year.clone(), known.get(year.as_str()).copied().unwrap_or(0))).collect()
}

/// The script of the search with what it says; what it does not need without scripts is told.
fn search_head(context: &Context<'_>) -> Result<Markup, Error> {
    let (words, locale) = (context.words(), context.locale);
    let answer = context.library.newest().index.search("", &Options { limit: 0, ..Options::default() })?;
    let names: BTreeMap<&str, BTreeMap<String, String>> = By::ALL
        .into_iter()
        .map(|by| (by.key(), by.counts(&answer.facets).into_iter().map(|(value, _)| (value.clone(), by.name(&value, locale))).collect()))
        .collect();
    let data = json!({
        "site": words.site, "names": names, "notice": words.notice, "notices": words.notices, "none_whole": words.none_whole,
        "partial_after": words.partial_after, "part_only": words.part_only, "nothing": words.nothing, "nothing_hint": words.nothing_hint,
        "country": words.country, "year": words.year, "kind": words.kind, "theme": words.theme, "wanted": words.wanted_in,
        "more": words.more, "narrowed": words.narrowed, "take_away": words.take_away, "previous": words.previous, "next": words.next,
        "page": words.page, "of": words.of, "no_notice_has": words.no_notice_has, "not_used": words.not_used, "failed": words.failed,
    });
    let data = data.to_string().replace('<', "\\u003c");
    Ok(html! {
        script #search-words type="application/json" { (PreEscaped(data)) }
        script src=(SEARCH.href()) defer {}
    })
}

/// What narrows a list further asks the script.
fn narrowing_head() -> Markup {
    html! { noscript { style { ".facets, .strip, .chips { display: none }" } } }
}
