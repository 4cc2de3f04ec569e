//! Exports in the hands of other programs: each format is read by a reader that is not ours.

mod citations;
pub mod cli;
mod csv;
mod databases;
mod engines;
mod feeds;
mod linked;
#[cfg(feature = "parquet")]
mod parquet;
mod schema;

use jiff::Timestamp;
use jiff::civil::date;
use twindex::export::{Counts, Error, Exported, Format, Metadata, Table, write};
use twindex::record::{
    Attachment, Certainty, Contacts, DateRole, Evidence, Facts, Kind, NoticeDate, PageRef, Place, PlaceRole, Population, Qualifier, Record,
    RecordId, Theme, Wanted, Where,
};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// As little as a record can hold.
fn bare(title: &str) -> Record {
    Record {
        id: RecordId("zkouska/undated".into()),
        source: "zkouska".into(),
        url: "https://www.mesto.test/a#undated".into(),
        aliases: Vec::new(),
        listing: "https://www.mesto.test/a".into(),
        published: None,
        title: title.into(),
        summary: None,
        body: None,
        facts: Facts::default(),
        attachments: Vec::new(),
        version: 1,
        changed_at: None,
        first_seen: at("2026-03-01T12:00:00Z"),
        last_seen: at("2026-03-02T12:00:00Z"),
        gone_since: None,
        page: PageRef::default(),
    }
}

/// Every field filled.
fn full() -> Record {
    let place = |name: &str, role, linked: bool| Place {
        as_written: name.into(),
        name: name.into(),
        name_cs: None,
        name_local: None,
        country: Some("PT".into()),
        role,
        geonames_id: linked.then_some(2_742_611),
        lat: linked.then_some(37.131),
        lon: linked.then_some(-8.451),
    };
    let facts = Facts {
        lang: Some("cs".into()),
        kind: Some(Kind::PartnerSearch),
        places: vec![place("Tavira", PlaceRole::Seeker, true), place("Nikde", PlaceRole::Seeker, false)],
        countries: vec!["PT".into()],
        population: Some(Population { value: 26_000, qualifier: Qualifier::About }),
        wanted: Wanted { population_min: Some(5000), population_max: Some(30_000), similar_size: true, countries: vec!["CZ".into()] },
        themes: vec![Theme::Culture, Theme::EuFunds],
        dates: vec![
            NoticeDate { date: date(2026, 6, 1), end: Some(date(2026, 6, 3)), role: DateRole::Event },
            NoticeDate { date: date(2026, 4, 30), end: None, role: DateRole::Deadline },
        ],
        contacts: Contacts {
            emails: vec!["urad@tavira.test".into()],
            phones: vec!["+351281320500".into()],
            urls: vec!["https://tavira.test/".into()],
        },
        evidence: vec![
            Evidence {
                field: "places[0]".into(),
                text: "Tavira".into(),
                place: Where::Title,
                start: 0,
                end: 6,
                rule: "seek".into(),
                certainty: Certainty::Sure,
            },
            Evidence {
                field: "themes".into(),
                text: "a".into(),
                place: Where::Attachment(0),
                start: 3,
                end: 4,
                rule: "area".into(),
                certainty: Certainty::Likely,
            },
        ],
    };
    Record {
        id: RecordId("zkouska/2026-03-01-tavira".into()),
        url: "https://www.mesto.test/tavira".into(),
        aliases: vec!["https://www.mesto.test/stare/tavira".into()],
        published: Some(date(2026, 3, 1)),
        summary: Some("Přímořské město; \"perla\" Algarve".into()),
        body: Some("První odstavec.\n\nDruhý, s čárkou.".into()),
        facts,
        attachments: vec![Attachment {
            url: "https://www.mesto.test/a.pdf".into(),
            title: "Dopis".into(),
            media_type: Some("application/pdf".into()),
            bytes: Some(1234),
            text: Some("text".into()),
        }],
        version: 3,
        changed_at: Some(at("2026-03-02T09:00:00Z")),
        gone_since: Some(at("2026-03-03T12:00:00Z")),
        page: PageRef { warc: "zkouska-1.warc.gz".into(), offset: 512, digest: "sha1:ABC".into() },
        ..bare("Tavira hledá partnera")
    }
}

/// When the page was fetched.
const CAPTURED: &str = "2026-03-02T08:59:30Z";

fn metadata(query: Option<&str>) -> Metadata {
    Metadata {
        query: query.map(str::to_owned),
        attribution: vec!["Data: GeoNames".into()],
        feed_url: Some("https://me.test/feed.xml".into()),
        publishers: [("zkouska".to_owned(), "Svaz obcí".to_owned())].into(),
        ..Metadata::default()
    }
}

/// With what an archive would add.
fn handed(records: &[Record]) -> impl Iterator<Item = Result<Exported, std::fmt::Error>> {
    records.iter().map(|record| Exported { captured: Some(at(CAPTURED)), versions: vec![record.clone()], record: record.clone() }).map(Ok)
}

fn written(format: &Format, records: &[Record], query: Option<&str>) -> (Vec<u8>, Counts) {
    let mut out = Vec::new();
    let counts = write(format, handed(records), &metadata(query), &mut out).expect("written");
    assert_eq!(counts.records, records.len() as u64);
    (out, counts)
}

fn exported(format: &Format, records: &[Record], query: Option<&str>) -> String {
    String::from_utf8(written(format, records, query).0).expect("UTF-8")
}

/// Every format that writes records.
fn formats() -> Vec<Format> {
    vec![
        Format::Jsonl,
        Format::Csv(Table::default()),
        Format::Xlsx,
        Format::Sqlite,
        Format::Jsonld,
        Format::Geojson,
        Format::Atom,
        Format::Jsonfeed,
        Format::Iso690,
        Format::Bibtex,
        Format::Ris,
        Format::CslJson,
    ]
}

#[test]
fn a_record_that_cannot_be_read_ends_the_export() {
    let records = [Ok(Exported::from(full())), Err(std::fmt::Error)];
    for format in formats() {
        let result = write(&format, records.clone().into_iter(), &metadata(None), &mut Vec::new());
        assert!(matches!(result, Err(Error::Read(_))), "{format:?} hides that a record is missing");
    }
}

/// Takes this many bytes; then its reader has gone away.
struct Closing(usize);

impl std::io::Write for Closing {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        let taken = buffer.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(std::io::ErrorKind::BrokenPipe.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_goes_away_is_known_as_such() {
    for format in formats() {
        let whole = written(&format, &[full(), full()], None).0.len();
        for room in [0, 1, 10, whole - 1] {
            let result = write(&format, handed(&[full(), full()]), &metadata(None), &mut Closing(room));
            let name = format.extension();
            let Err(Error::Write(error)) = result else { panic!("{name} writes into nothing after {room} bytes") };
            assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe, "{name} after {room} bytes");
        }
    }
}
