//! Exports in the hands of other programs: each format is read by a reader that is not ours.

mod cli;
mod csv;
mod feeds;
mod schema;

use jiff::Timestamp;
use jiff::civil::date;
use twindex::export::{Error, Format, Metadata, write};
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

fn exported(format: Format, records: &[Record], query: Option<&str>) -> String {
    let metadata = Metadata {
        query: query.map(str::to_owned),
        attribution: vec!["Data: GeoNames".into()],
        feed_url: Some("https://me.test/feed.xml".into()),
    };
    let mut out = Vec::new();
    let records: Vec<Result<Record, std::fmt::Error>> = records.iter().cloned().map(Ok).collect();
    let count = records.len() as u64;
    assert_eq!(write(format, records.into_iter(), &metadata, &mut out).expect("written"), count);
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn a_record_that_cannot_be_read_ends_the_export() {
    let records = [Ok(full()), Err(std::fmt::Error)];
    let metadata = Metadata { query: None, attribution: Vec::new(), feed_url: None };
    for format in [Format::Jsonl, Format::Csv, Format::CsvExcel, Format::Geojson, Format::Atom] {
        let result = write(format, records.clone().into_iter(), &metadata, &mut Vec::new());
        assert!(matches!(result, Err(Error::Read(_))), "{format:?} hides that a record is missing");
    }
}
