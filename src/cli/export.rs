//! `export`: records into a file or a pipe, all or those that a query counts.
//!
//! What a file holds is the part of `export` at the top, where it goes that of `destination`. Refuses: options that the chosen
//! format would not heed.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde_json::Value;

use super::destination::{Destination, Replaced, new_folder};
use super::moment::{self, Time};
use super::output::Output;
use super::table::number;
use super::{Exit, Global, about, asking, captures, package, store};
use crate::archive::{Archive, Moment};
use crate::engine::{self, Engine};
use crate::export::{self, COLUMNS, Column, Counts, Dialect, Exported, Format, Hashed, Metadata, Table};
use crate::harvest;
use crate::pages::Pages;
use crate::record::Record;
use crate::search::{Index, Records};
use crate::serve::{Library, site};

/// Write records as tables, for maps, as feeds, as citations or as linked data
///
/// Without a query every notice is written, those gone from the site too. With `-o FILE` the licences, the query, the counts and
/// the SHA-256 go to FILE-metadata.json beside it; for CSV that is a description after CSV on the Web (W3C).
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: What,
    /// Folder for a format that is a folder (site, quickwit, opensearch); it must not be there, or be empty
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Write every format into a new folder, with a description (RO-Crate 1.1), ready for a repository
    #[arg(long, value_name = "DIR", conflicts_with_all = ["format", "output", "columns", "excel", "bom", "feed_url", "folder"])]
    package: Option<PathBuf>,
    /// Only the notices that a search counts, in its own language; exactly those
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// Only facts that are sure (about one in fifty of them is wrong); what is only likely is left out as if it were not told
    #[arg(long)]
    sure: bool,
    #[command(flatten)]
    how: asking::How,
    /// Only these columns of the CSV, in this order; `twindex schema --csv` lists them
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', value_parser = column)]
    columns: Vec<&'static Column>,
    /// CSV as Excel in Czech opens it: byte order mark, semicolons, decimal commas
    #[arg(long)]
    excel: bool,
    /// Begin the CSV with a byte order mark
    #[arg(long)]
    bom: bool,
    #[command(flatten)]
    time: Time,
    /// File to write, "-" for stdout; pipes and devices are written through, a link is followed [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Where the feed will stand (atom, jsonfeed), so that readers find it again
    #[arg(long, value_name = "URL")]
    feed_url: Option<String>,
}

/// What is written: records in a format, the stored captures, or a folder: records for an engine, or all of it as pages.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Records(Format),
    Captures(Captures),
    Engine(Engine),
    Site,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Captures {
    /// An index of the stored captures, for replay tools beside pages/
    Cdxj,
    /// The stored captures themselves
    Warc,
    /// The stored captures as a package for replay tools
    Wacz,
}

impl ValueEnum for What {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<What>> = LazyLock::new(|| {
            let captures = Captures::value_variants().iter().copied().map(What::Captures);
            let engines = Engine::ALL.map(What::Engine);
            Format::all().map(What::Records).chain(captures).chain(engines).chain([What::Site]).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Records(format) => Some(value(format)),
            Self::Captures(captures) => captures.to_possible_value(),
            Self::Engine(engine) => Some(PossibleValue::new(engine.key()).help(engine.about())),
            Self::Site => Some(PossibleValue::new("site").help("The pages of `serve` as files in the folder DIR, with search in the page")),
        }
    }
}

/// A format as the value of an option.
pub fn value(format: &Format) -> PossibleValue {
    PossibleValue::new(format.key()).help(format.about())
}

impl Args {
    /// What is written, the table as its options want it.
    fn what(&self) -> anyhow::Result<What> {
        let Self { format, excel, bom, columns, folder, .. } = self;
        match (format, folder) {
            (What::Site, Some(_)) if self.asks_for_a_part() => {
                bail!("--format site writes the newest state of the whole archive: leave -o, --query, --sure, --feed-url and times out")
            }
            (What::Engine(_), Some(_)) if self.output.is_some() || self.feed_url.is_some() => {
                bail!("a folder for an engine has its own files: leave -o and --feed-url out")
            }
            (What::Engine(engine), Some(_)) if self.time.moment() == Moment::Every => {
                bail!("--format {} takes one state of the archive: leave --all-versions out", engine.key())
            }
            (What::Site, None) => bail!("name the folder: twindex export --format site DIR"),
            (What::Engine(engine), None) => bail!("name the folder: twindex export --format {} DIR", engine.key()),
            (What::Records(_) | What::Captures(_), Some(_)) => {
                bail!("a folder goes with --format site, quickwit or opensearch; a file is named by -o")
            }
            _ => {}
        }
        if let What::Records(Format::Csv(_)) = format {
            return Ok(What::Records(Format::Csv(self.table())));
        }
        if *excel || *bom || !columns.is_empty() {
            bail!("--excel, --bom and --columns go with --format csv");
        }
        if *format == What::Records(Format::Sqlite) && self.time.moment() == Moment::Every {
            bail!("--format sqlite has a table of all versions anyway: leave --all-versions out");
        }
        Ok(format.clone())
    }

    /// Whether anything says which records, or where besides the folder.
    fn asks_for_a_part(&self) -> bool {
        let Self { output, query, sure, feed_url, time, .. } = self;
        output.is_some() || query.is_some() || *sure || feed_url.is_some() || time.moment() != Moment::Newest
    }

    fn table(&self) -> Table {
        let dialect = if self.excel { Dialect::CzechExcel } else { Dialect::Rfc4180 };
        let all = Table::default().columns;
        Table { dialect, byte_order_mark: self.bom, columns: if self.columns.is_empty() { all } else { self.columns.clone() } }
    }
}

/// The column of that name.
fn column(name: &str) -> Result<&'static Column, String> {
    COLUMNS.iter().find(|column| column.name == name).ok_or_else(|| {
        let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        format!("there is no such column; there are {}", names.join(", "))
    })
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let what = args.what()?;
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    let moment = args.time.moment();
    let index = args.query.is_some().then(|| store::index_of(&home, &archive, moment, out)).transpose()?;
    let hits = args.query.as_deref().zip(index.as_ref()).map(|(query, index)| ask(index, query, args, out)).transpose()?;
    let metadata = metadata(args, global, &archive)?;
    if let Some(folder) = &args.package {
        if moment == Moment::Every {
            bail!("--package has a table of all versions anyway: leave --all-versions out");
        }
        let rows = trusted(rows(&archive, moment, hits, Versions::All)?, args);
        return package::write(folder, rows, &metadata, (&archive, &Pages::open(&home.pages())?), out);
    }
    let format = match what {
        What::Records(format) => format,
        What::Engine(engine) => {
            let versions = if engine.wants_versions() { Versions::Read } else { Versions::None };
            return write_for(engine, trusted(rows(&archive, moment, hits, versions)?, args), &metadata, args, out);
        }
        What::Site => {
            drop(store::index(&home, &archive, out)?);
            return write_site(&Library::open(&home, metadata.publishers, harvest::with_facts)?, args, out);
        }
        What::Captures(captures) => {
            let pages = Pages::open(&home.pages())?;
            return write_captures(captures, args, rows(&archive, moment, hits, Versions::None)?, (&archive, &pages), out);
        }
    };
    let versions = if format.wants_versions() { Versions::All } else { Versions::None };
    let rows = trusted(rows(&archive, moment, hits, versions)?, args);
    let destination = args.output.as_deref().map_or(Ok(Destination::Stdout), Destination::of)?;
    let counts = match destination {
        Destination::Stdout => {
            let mut stdout = BufWriter::new(out.raw());
            let counts = export::write(&format, rows, &metadata, &mut stdout)?;
            stdout.flush().context("cannot write the export")?;
            counts
        }
        Destination::Stream(path) => to_stream(&path, |stream| Ok(export::write(&format, rows, &metadata, stream)?))?,
        Destination::File(file) => to_file(&file, rows, &format, &metadata)?,
    };
    out.say(format_args!("{}", told(counts)));
    Ok(if counts.records == 0 { Exit::Nothing } else { Exit::Done })
}

/// The hits of a query, with its understanding told.
fn ask<'i>(index: &'i Index, query: &str, args: &Args, out: &mut Output) -> anyhow::Result<Records<'i>> {
    let found = index.matching(query, &args.how.options())?;
    asking::tell(&found.read_as, &found.hints, &found.unmet, out);
    asking::tell_partial(found.len(), found.partial, out);
    Ok(found)
}

fn metadata(args: &Args, global: &Global, archive: &Archive) -> anyhow::Result<Metadata> {
    Ok(Metadata {
        query: args.query.clone(),
        as_of: if let Moment::At(at) = args.time.moment() { Some(at) } else { None },
        attribution: about::attribution(),
        feed_url: args.feed_url.clone(),
        publishers: store::publishers(global, archive)?,
    })
}

/// Records on their way out.
pub type Rows<'a> = Box<dyn Iterator<Item = anyhow::Result<Exported>> + 'a>;

/// Whether a record brings its versions along, and whether with the facts of what they said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    None,
    All,
    Read,
}

/// All records of a moment, or those that a query counts, with what the archive knows beside them.
fn rows<'a>(archive: &'a Archive, moment: Moment, hits: Option<Records<'a>>, versions: Versions) -> anyhow::Result<Rows<'a>> {
    let records: Box<dyn Iterator<Item = anyhow::Result<Record>>> = match hits {
        None => Box::new(moment::records(archive, moment)?.map(|record| Ok(record?))),
        Some(found) => {
            let seen = move |record| if moment == Moment::Newest { store::seen_now(archive, record) } else { record };
            Box::new(found.map(move |record| Ok(seen(record?))))
        }
    };
    Ok(Box::new(records.map(move |record| exported(archive, record?, versions))))
}

/// The records with all facts, or with those that are sure.
fn trusted<'a>(rows: Rows<'a>, args: &Args) -> Rows<'a> {
    if !args.sure {
        return rows;
    }
    let sure = |mut row: Exported| {
        for record in std::iter::once(&mut row.record).chain(&mut row.versions) {
            record.facts = std::mem::take(&mut record.facts).only_sure();
        }
        row
    };
    Box::new(rows.map(move |row| row.map(sure)))
}

/// A record with when its page was captured, and its versions where they are wanted.
pub fn exported(archive: &Archive, record: Record, versions: Versions) -> anyhow::Result<Exported> {
    let captured = archive.captured(&record.page)?;
    let newest = if versions == Versions::None { 0 } else { record.version };
    let said = (1..=newest).map(|number| archive.version(&record.id, number)).filter_map(Result::transpose);
    let said = said.map(|version| version.map(if versions == Versions::Read { harvest::with_facts } else { std::convert::identity }));
    Ok(Exported { captured, versions: said.collect::<Result<_, _>>()?, record })
}

/// Captures of all notices, or of those that a query counts.
fn write_captures(
    format: Captures,
    args: &Args,
    rows: Rows<'_>,
    (archive, pages): (&Archive, &Pages),
    out: &mut Output,
) -> anyhow::Result<Exit> {
    let mut selection = captures::Selection::of(args.query.as_deref());
    for row in rows {
        selection.take(&row?.record);
    }
    let write = match format {
        Captures::Cdxj => captures::cdxj,
        Captures::Warc => captures::warc,
        Captures::Wacz => captures::wacz,
    };
    write(archive, pages, &selection, args.output.as_deref(), out)
}

/// Records as a folder for a search engine.
fn write_for(engine: Engine, rows: Rows<'_>, metadata: &Metadata, args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let folder = args.folder.as_deref().unwrap_or(Path::new("."));
    let counts = new_folder(folder, |made| Ok(engine::write(engine, made, rows, metadata)?))?;
    out.say(format_args!("{}", told(counts)));
    out.hint(format_args!("{} says which file goes where", folder.join("MANIFEST.json").display()));
    Ok(if counts.records == 0 { Exit::Nothing } else { Exit::Done })
}

/// The whole archive as a folder of pages.
fn write_site(library: &Library, args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let folder = args.folder.as_deref().unwrap_or(Path::new("."));
    let written = new_folder(folder, |made| Ok(site::write(library, made)?))?;
    out.say(format_args!("{} written on {}.", number(written.records, "record", "records"), number(written.pages, "page", "pages")));
    out.hint(format_args!("open {}", folder.join("index.html").display()));
    Ok(if written.records == 0 { Exit::Nothing } else { Exit::Done })
}

fn to_stream<T>(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let context = || format!("cannot write {}", path.display());
    let mut stream = BufWriter::new(File::options().write(true).open(path).with_context(context)?);
    let done = write(&mut stream)?;
    stream.flush().with_context(context)?;
    Ok(done)
}

/// The file, and its description beside it.
fn to_file(file: &Replaced, rows: Rows<'_>, format: &Format, metadata: &Metadata) -> anyhow::Result<Counts> {
    let (counts, digest) = file.write(|out| {
        let mut hashed = Hashed::new(out);
        let counts = export::write(format, rows, metadata, &mut hashed)?;
        Ok((counts, hashed.finish().0))
    })?;
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    beside(&file.path, &format.description(metadata, counts, &name, &digest))?;
    Ok(counts)
}

/// Licences, query and counts, in a file beside the export.
fn beside(path: &Path, description: &Value) -> anyhow::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push("-metadata.json");
    let Destination::File(file) = Destination::of(Path::new(&name))? else {
        bail!("{} is no file that the licences could be written to", name.display());
    };
    file.write(|file| Ok(writeln!(file, "{description:#}")?))
}

/// What was written, in a sentence.
pub fn told(counts: Counts) -> String {
    let records = number(counts.records, "record", "records");
    let placed = counts.placed.map_or_else(String::new, |placed| format!(", {placed} with a place on the map"));
    let shortened = match counts.shortened {
        0 => String::new(),
        number => format!("; {number} of the texts cut to what the format can hold"),
    };
    format!("{records} written{placed}{shortened}.")
}
