//! Everything that a question counts, in a format to take along; written while it is sent.
//!
//! A reader that takes nothing for a while is cut off, so that nobody holds a place of the few that there are. What fails after
//! the first byte breaks the connection off: a part is never taken for the whole.

use std::io::{self, Write};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt as _;
use http_body_util::channel::{Channel, Sender};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::context::{Context, Medium, Request};
use super::library::Library;
use super::results::Asking;
use super::words::Locale;
use super::{Error, refused};
use crate::export::{self, Dialect, Exported, Format, Metadata, Table};
use crate::record::Record;
use crate::search::{Options, Sort, SortKey};

/// Downloads at once.
pub const AT_ONCE: usize = 4;
/// How long a reader may take nothing.
const STALLED: Duration = Duration::from_secs(30);
/// Bytes of a piece that is sent, and pieces that wait.
const PIECE: usize = 64 << 10;
const WAITING: usize = 4;
/// Notices of a feed.
const FEED: usize = 50;

/// A format under its key in addresses.
pub struct Offered {
    pub key: &'static str,
    pub label: &'static str,
    pub format: Format,
}

impl Offered {
    /// The name of a file that holds everything.
    pub fn file(&self) -> String {
        let stem = if self.key.ends_with("-excel") { "notices-excel" } else { "notices" };
        format!("{stem}.{}", self.format.extension())
    }
}

/// Every format in its order; after the plain table that which Excel in Czech opens without asking.
pub static FORMATS: LazyLock<Vec<Offered>> = LazyLock::new(|| {
    let mut all: Vec<_> = Format::all().map(|format| Offered { key: format.key(), label: format.label(), format }).collect();
    let excel = Format::Csv(Table { dialect: Dialect::CzechExcel, ..Table::default() });
    all.insert(1, Offered { key: "csv-excel", label: "CSV (Excel)", format: excel });
    all
});

/// How much of the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    Whole,
    /// The newest notices alone, to be asked for again and again.
    Feed,
}

/// What is to be written: of which question, as what.
pub struct Asked {
    format: Format,
    extent: Extent,
    query: String,
    base: String,
    path: String,
}

impl Asked {
    /// `None` where the address is of something else.
    pub fn read(request: &Request) -> Option<Self> {
        let path = request.uri.path();
        let (format, extent) = match path {
            "/feed.atom" => (Format::Atom, Extent::Feed),
            "/feed.json" => (Format::Jsonfeed, Extent::Feed),
            _ => {
                let key = path.strip_prefix("/download/")?;
                (FORMATS.iter().find(|offered| offered.key == key)?.format.clone(), Extent::Whole)
            }
        };
        let query = request.uri.query().unwrap_or_default().to_owned();
        Some(Self { format, extent, query, base: request.base.clone(), path: path.to_owned() })
    }
}

/// Begins to write; the answer is there when its first bytes are, or when it is known why there are none.
pub async fn stream(library: Arc<Library>, place: OwnedSemaphorePermit, asked: Asked, head_only: bool) -> Response {
    let (sender, body) = Channel::<Bytes, io::Error>::new(WAITING);
    let (first, begun) = oneshot::channel();
    let path = asked.path.clone();
    let fields = fields(&asked);
    let mut out = Pieces { sender: Some(sender), first: Some(first), piece: Vec::with_capacity(PIECE), runtime: Handle::current() };
    tokio::task::spawn_blocking(move || {
        let done = library.with_archive(|archive| {
            let context = Context { library: &library, archive, locale: Locale::Czech, base: &asked.base, medium: Medium::Server };
            let feed_url = Some(format!("{}{}?{}", asked.base, asked.path, asked.query));
            write(&context, (&asked.format, asked.extent), &asked.query, feed_url, &mut out)
        });
        out.end(done);
        drop(place);
    });
    match begun.await {
        Ok(Ok(())) => {
            // Who packs it asks once more behind its end, which the channel does not bear.
            let mut response = Response::new(if head_only { Body::empty() } else { Body::new(body.fuse()) });
            *response.headers_mut() = fields;
            response
        }
        Ok(Err(error)) => refused::error(&path, &error).response(),
        Err(_) => refused::reply(&path, StatusCode::INTERNAL_SERVER_ERROR, |words| words.failed).response(),
    }
}

/// Writes what a query counts, the newest first for a feed.
pub fn write(
    context: &Context<'_>,
    (format, extent): (&Format, Extent),
    query: &str,
    feed_url: Option<String>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let asking = Asking::exact(context, query)?;
    let newest = Sort { by: SortKey::Date, reversed: false };
    let sort = if extent == Extent::Feed { newest } else { asking.options.sort };
    let found = asking.snapshot.index.matching(&asking.question.q, &Options { sort, ..asking.options.clone() })?;
    let most = if extent == Extent::Feed { FEED } else { usize::MAX };
    let metadata = Metadata {
        query: asking.question.in_words(&asking.options.within),
        as_of: asking.question.moment(),
        feed_url,
        ..context.metadata()
    };
    let versions = format.wants_versions();
    let records = found.take(most).map(|record| exported(context, record?, metadata.as_of.is_none(), versions));
    export::write(format, records, &metadata, out)?;
    out.flush()?;
    Ok(())
}

/// With what the archive knows beside a record: when it was seen last, which the index knows only as of the last change.
fn exported(context: &Context<'_>, record: Record, newest: bool, versions: bool) -> Result<Exported, Error> {
    let seen = if newest { context.archive.last_seen(&record.id)? } else { None };
    let record = Record { last_seen: seen.unwrap_or(record.last_seen), ..record };
    let mut exported = context.exported(record)?;
    if versions {
        let numbers = 1..=exported.record.version;
        let read = |number| Ok(context.archive.version(&exported.record.id, number)?.map(|record| context.library.read_facts(record)));
        exported.versions = numbers.filter_map(|number| read(number).transpose()).collect::<Result<_, Error>>()?;
    }
    Ok(exported)
}

fn fields(asked: &Asked) -> HeaderMap {
    let mut fields = HeaderMap::new();
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(asked.format.media_type()));
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    fields.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    if asked.extent == Extent::Whole
        && let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"twindex.{}\"", asked.format.extension()))
    {
        fields.insert(header::CONTENT_DISPOSITION, name);
    }
    fields
}

/// A writer whose pieces are the body of an answer.
struct Pieces {
    sender: Option<Sender<Bytes, io::Error>>,
    /// Told when the first piece is there.
    first: Option<oneshot::Sender<Result<(), Error>>>,
    piece: Vec<u8>,
    runtime: Handle,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        if let Some(first) = self.first.take() {
            _ = first.send(Ok(()));
        }
        let piece = Bytes::from(std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE)));
        let Some(sender) = &mut self.sender else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let sent = self.runtime.block_on(async { tokio::time::timeout(STALLED, sender.send_data(piece)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    /// Says how it ended: before the first piece as an answer, later by breaking off.
    fn end(&mut self, done: Result<(), Error>) {
        let Err(error) = done else { return };
        match (self.first.take(), self.sender.take()) {
            (Some(first), _) => _ = first.send(Err(error)),
            (None, Some(sender)) => {
                tracing::warn!(%error, "a download was broken off");
                sender.abort(io::Error::other("broken off"));
            }
            (None, None) => {}
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}
