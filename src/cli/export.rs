//! `export`: records into a file or a pipe.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;

use super::destination::Destination;
use super::output::Output;
use super::table::number;
use super::{Exit, Global, about, asking, store};
use crate::archive::{Archive, Filter};
use crate::export::{self, Format, Metadata};
use crate::search::Matching;

/// Write records as lines of JSON, as CSV, for maps or as a feed
///
/// Without a query every notice is written, those gone from the site too. With `-o FILE` the licences, the query and the count
/// go to FILE-metadata.json beside it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: Name,
    /// Only the notices that a search counts, in its own language; exactly those
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    #[command(flatten)]
    how: asking::How,
    /// CSV as Excel in Czech opens it: byte order mark and semicolons
    #[arg(long)]
    excel: bool,
    /// File to write, "-" for stdout; pipes and devices are written through, a link is followed [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Where the feed will stand (atom), so that readers find it again
    #[arg(long, value_name = "URL")]
    feed_url: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    /// One record a line
    Jsonl,
    /// One row a record
    Csv,
    /// One feature a linked place
    Geojson,
    /// A feed (RFC 4287)
    Atom,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let format = match (args.format, args.excel) {
        (Name::Jsonl, false) => Format::Jsonl,
        (Name::Csv, false) => Format::Csv,
        (Name::Csv, true) => Format::CsvExcel,
        (Name::Geojson, false) => Format::Geojson,
        (Name::Atom, false) => Format::Atom,
        (_, true) => bail!("--excel goes with --format csv"),
    };
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    let index = args.query.is_some().then(|| store::index(&home, &archive, out)).transpose()?;
    let query = args.query.as_deref().zip(index.as_ref());
    let hits = query.map(|(query, index)| index.matching(query, &args.how.options())).transpose()?;
    if let Some(found) = &hits {
        asking::tell(&found.read_as, &found.hints, &found.unmet, out);
        asking::tell_partial(found.len(), found.partial, out);
    }
    let metadata = Metadata { query: args.query.clone(), attribution: about::attribution(), feed_url: args.feed_url.clone() };
    let destination = args.output.as_deref().map_or(Ok(Destination::Stdout), Destination::of)?;
    let count = match destination {
        Destination::Stdout => write(&archive, hits, format, &metadata, out.raw())?,
        Destination::Stream(path) => to_stream(&path, |stream| write(&archive, hits, format, &metadata, stream))?,
        Destination::File(file) => {
            let count = file.write(|file| write(&archive, hits, format, &metadata, file))?;
            beside(&file.path, &metadata.with_count(count))?;
            count
        }
    };
    out.say(format_args!("{} written.", number(count, "record", "records")));
    Ok(if count == 0 { Exit::Nothing } else { Exit::Done })
}

fn to_stream(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> anyhow::Result<u64>) -> anyhow::Result<u64> {
    let context = || format!("cannot write {}", path.display());
    let mut stream = BufWriter::new(File::options().write(true).open(path).with_context(context)?);
    let count = write(&mut stream)?;
    stream.flush().with_context(context)?;
    Ok(count)
}

/// Licences, query and count, in a file beside the export.
fn beside(path: &Path, metadata: &serde_json::Value) -> anyhow::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push("-metadata.json");
    let Destination::File(file) = Destination::of(Path::new(&name))? else {
        bail!("{} is no file that the licences could be written to", name.display());
    };
    file.write(|file| Ok(writeln!(file, "{metadata:#}")?))
}

/// All records, or those that a query counts.
fn write(archive: &Archive, hits: Option<Matching<'_>>, format: Format, metadata: &Metadata, out: &mut impl Write) -> anyhow::Result<u64> {
    Ok(match hits {
        None => export::write(format, archive.records(&Filter::default())?, metadata, out)?,
        Some(found) => export::write(format, found.map(|record| record.map(|record| store::seen_now(archive, record))), metadata, out)?,
    })
}
