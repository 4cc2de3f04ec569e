//! The fields of the index and the fingerprint that tells whether an index still has them.
//!
//! Every text field is fed with terms that `analysis` made and `terms` hands over; tantivy's own tokenizers are never asked.
//! A channel holds one part of the notice five ways, at the same positions. BM25 norms are kept
//! only where lengths mean something: a place with forty names is not worth less than one with two.

use sha1::{Digest, Sha1};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use super::terms;

/// One part of the notice, five ways.
#[derive(Clone, Copy, Debug)]
pub struct Channel {
    /// Folded lemmas, with positions.
    pub lemma: Field,
    /// Folded relational adjectives of the word's family.
    pub derivation: Field,
    /// Folded stems of names.
    pub stem: Field,
    /// Folded words, with positions: phrases, prefixes.
    pub folded: Field,
    /// Words as written, lowercased.
    pub exact: Field,
}

#[derive(Clone, Debug)]
pub struct Fields {
    pub title: Channel,
    /// Title (twice) and summary: what ranks first.
    pub head: Channel,
    /// The full text.
    pub body: Channel,
    /// The documents.
    pub attachment: Channel,
    /// Names of the seeking places: local, Czech, transliterated.
    pub place: Field,
    /// The same of places that are only wanted or mentioned.
    pub mention: Field,
    /// Names and adjectives of the countries, every way in one field.
    pub country_names: Field,
    /// Words for themes and kind, likewise.
    pub topic: Field,
    pub id: Field,
    pub source: Field,
    pub lang: Field,
    pub kind: Field,
    pub country: Field,
    pub wanted_country: Field,
    pub theme: Field,
    /// Divisions that the seekers lie in (`DE.02`), and groups of countries at the record's time (`balkan`).
    pub region: Field,
    /// Where the seekers lie: degrees north and east, as `spots` writes them.
    pub spot: Field,
    /// The seekers as `seekers` writes them, to be counted.
    pub seeker: Field,
    /// E-mail addresses, digits of telephones, hosts; and parts of them.
    pub contact: Field,
    /// Addresses of the record, and their hosts.
    pub url: Field,
    /// What the record has: `email`, `attachment`, `gone`, …
    pub has: Field,
    /// `yyyymmdd`.
    pub published: Field,
    /// Every day of its events and deadlines.
    pub event: Field,
    pub deadline: Field,
    /// Days on which it was first and last seen, and on which it was gone.
    pub first_seen: Field,
    pub last_seen: Field,
    pub gone: Field,
    pub version: Field,
    pub population: Field,
    /// Every figure that the notice asks of its partner.
    pub asked: Field,
    /// The size asked, from; 0 where open.
    pub asked_low: Field,
    /// The size asked, to; `u64::MAX` where open.
    pub asked_high: Field,
    /// Sorting key of the first place, in Czech order.
    pub place_order: Field,
    /// Breaks ties the same way in every rebuild.
    pub tie: Field,
    /// The names of each of its places, as JSON.
    pub names: Field,
    /// The record as JSON.
    pub record: Field,
}

impl Fields {
    /// The schema with its fields.
    pub fn new() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let number = || NumericOptions::from(INDEXED) | FAST;
        let fields = Self {
            title: channel(&mut builder, "title"),
            head: channel(&mut builder, "head"),
            body: channel(&mut builder, "body"),
            attachment: channel(&mut builder, "attachment"),
            place: builder.add_text_field("place", words(IndexRecordOption::WithFreqsAndPositions, false)),
            mention: builder.add_text_field("mention", words(IndexRecordOption::WithFreqsAndPositions, false)),
            country_names: builder.add_text_field("country_names", words(IndexRecordOption::Basic, false)),
            topic: builder.add_text_field("topic", words(IndexRecordOption::Basic, false)),
            id: builder.add_text_field("id", STRING | FAST),
            source: builder.add_text_field("source", STRING | FAST),
            lang: builder.add_text_field("lang", STRING | FAST),
            kind: builder.add_text_field("kind", STRING | FAST),
            country: builder.add_text_field("country", STRING | FAST),
            wanted_country: builder.add_text_field("wanted_country", STRING | FAST),
            theme: builder.add_text_field("theme", STRING | FAST),
            region: builder.add_text_field("region", STRING | FAST),
            spot: builder.add_text_field("spot", STRING),
            seeker: builder.add_text_field("seeker", STRING | FAST),
            contact: builder.add_text_field("contact", STRING),
            url: builder.add_text_field("url", STRING),
            has: builder.add_text_field("has", STRING),
            published: builder.add_u64_field("published", number()),
            event: builder.add_u64_field("event", INDEXED),
            deadline: builder.add_u64_field("deadline", INDEXED),
            first_seen: builder.add_u64_field("first_seen", INDEXED),
            last_seen: builder.add_u64_field("last_seen", INDEXED),
            gone: builder.add_u64_field("gone", INDEXED),
            version: builder.add_u64_field("version", INDEXED),
            population: builder.add_u64_field("population", number()),
            asked: builder.add_u64_field("asked", number()),
            asked_low: builder.add_u64_field("asked_low", number()),
            asked_high: builder.add_u64_field("asked_high", number()),
            place_order: builder.add_text_field("place_order", STRING | FAST),
            tie: builder.add_u64_field("tie", FAST),
            names: builder.add_text_field("names", STORED),
            record: builder.add_text_field("record", STORED),
        };
        (builder.build(), fields)
    }
}

/// Hash over the schema as tantivy writes it.
pub fn fingerprint(schema: &Schema) -> String {
    let text = serde_json::to_string(schema).expect("a schema always serialises");
    data_encoding::HEXLOWER.encode(&Sha1::digest(text.as_bytes()))
}

fn channel(builder: &mut SchemaBuilder, part: &str) -> Channel {
    let positions = || words(IndexRecordOption::WithFreqsAndPositions, true);
    let counts = || words(IndexRecordOption::WithFreqs, true);
    Channel {
        lemma: builder.add_text_field(&format!("{part}_lemma"), positions()),
        derivation: builder.add_text_field(&format!("{part}_derivation"), counts()),
        stem: builder.add_text_field(&format!("{part}_stem"), counts()),
        folded: builder.add_text_field(&format!("{part}_folded"), positions()),
        exact: builder.add_text_field(&format!("{part}_exact"), counts()),
    }
}

fn words(detail: IndexRecordOption, norms: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(terms::TOKENIZER).set_index_option(detail).set_fieldnorms(norms);
    TextOptions::default().set_indexing_options(indexing)
}
