//! The search index of a static copy: terms of our own analysis in files of JavaScript, each loaded when a question needs it.
//!
//! A page opened from a disk may not fetch data, but it may load scripts; so each part is a call `twindex(kind, number, data)`.
//! `forms` leads from a folded word to its folded lemmas and, after `~`, to the adjectives of their families; `terms` from those
//! to the records that have them, in base 36: four times the distance from the record before, and how much the place of the
//! word weighs. `facts` has a line a record for narrowing, `cards` the hits as `serve` shows them, `start` which part has what.
//! Refuses: phrases, fields and places of words, for which the copy has no positions; the program is there for them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::names::key;
use super::super::results::item;
use super::super::words::Tongue;
use super::links::{relative, target};
use super::runs::{Merged, Runs};
use crate::gazetteer;
use crate::record::{PlaceRole, Record};
use crate::search::czech::{Lang, analyze_text, is_stop};
use crate::search::{Hit, Level, Snippet};

/// Characters of a part before the next begins.
const PART: usize = 48 << 10;
/// Hits of a part.
const CARDS: usize = 50;
/// Characters of the passage under a hit.
const PASSAGE: usize = 280;
/// How much a word weighs by where it stands: in the text, the summary, the facts, the title.
const WEIGHTS: [u64; 4] = [0, 1, 2, 3];
/// Mark of a term that is an adjective of a family.
const FAMILY: char = '~';
/// Written for a word that decides nothing.
const STOP: &str = "-";

pub struct IndexWriter {
    folder: PathBuf,
    forms: Runs,
    terms: Runs,
    records: u64,
    facts: BufWriter<File>,
    cards: BTreeMap<&'static str, Vec<String>>,
}

impl IndexWriter {
    /// Writes into `search/` below the folder of a copy.
    pub fn new(copy: &Path) -> io::Result<Self> {
        let folder = copy.join("search");
        for tongue in [Tongue::Czech, Tongue::English] {
            fs::create_dir_all(folder.join(tongue.code()))?;
        }
        let (forms, terms) = (Runs::new(copy.to_owned()), Runs::new(copy.to_owned()));
        let mut facts = BufWriter::new(File::create_new(part(&folder, "facts", 0))?);
        facts.write_all(b"twindex(\"facts\", 0, \"")?;
        Ok(Self { folder, forms, terms, records: 0, facts, cards: BTreeMap::new() })
    }

    /// The next record; its number is its place in the order of the calls.
    pub fn add(&mut self, record: &Record) -> io::Result<()> {
        let mut terms: BTreeMap<String, u64> = BTreeMap::new();
        let lang = record.facts.lang.as_deref().map_or(Lang::Cs, Lang::from_tag);
        let [text, summary, facts, title] = WEIGHTS;
        let documents = record.attachments.iter().flat_map(|document| [Some(document.title.as_str()), document.text.as_deref()]);
        for words in documents.chain([record.body.as_deref()]).flatten() {
            self.read(words, lang, text, &mut terms)?;
        }
        self.read(record.summary.as_deref().unwrap_or_default(), lang, summary, &mut terms)?;
        self.read(&facts_in_words(record), Lang::Cs, facts, &mut terms)?;
        self.read(&record.title, lang, title, &mut terms)?;
        for (term, weight) in terms {
            self.terms.add(&term, &base36(self.records * 4 + weight))?;
        }
        let line = json!(format!("{}\n", facts_line(record))).to_string();
        self.facts.write_all(line.trim_matches('"').as_bytes())?;
        for tongue in [Tongue::Czech, Tongue::English] {
            let start = target(&format!("{}/", tongue.prefix())).file;
            self.cards.entry(tongue.code()).or_default().push(relative(&item(&hit(record), tongue, "").into_string(), &start));
        }
        self.records += 1;
        if self.records.is_multiple_of(CARDS as u64) { self.write_cards(self.records / CARDS as u64 - 1) } else { Ok(()) }
    }

    fn read(&mut self, text: &str, lang: Lang, weight: u64, terms: &mut BTreeMap<String, u64>) -> io::Result<()> {
        for token in analyze_text(text, lang) {
            if is_stop(&token.surface) {
                self.forms.add_once(&token.folded, STOP)?;
                continue;
            }
            let families = token.derivations.iter().map(|adjective| format!("{FAMILY}{adjective}"));
            for term in token.lemmas.iter().cloned().chain(families) {
                self.forms.add_once(&token.folded, &term)?;
                let known = terms.entry(term).or_default();
                *known = weight.max(*known);
            }
        }
        Ok(())
    }

    fn write_cards(&mut self, number: u64) -> io::Result<()> {
        for (tongue, cards) in &mut self.cards {
            write_part(&self.folder, &format!("{tongue}/cards"), number, &json!(std::mem::take(cards)))?;
        }
        Ok(())
    }

    /// Writes what is left; the number of records.
    pub fn finish(mut self) -> io::Result<u64> {
        if !self.records.is_multiple_of(CARDS as u64) {
            self.write_cards(self.records / CARDS as u64)?;
        }
        self.facts.write_all(b"\");\n")?;
        self.facts.flush()?;
        let forms = write_parts(&self.folder, "forms", self.forms.merged()?, |values| {
            let mut terms: Vec<&str> = values.split(' ').collect();
            terms.sort_unstable();
            terms.dedup();
            terms.join(" ")
        })?;
        let terms = write_parts(&self.folder, "terms", self.terms.merged()?, distances)?;
        let start = json!({"records": self.records, "cards": CARDS, "forms": forms, "terms": terms});
        write_part(&self.folder, "start", 0, &start)?;
        Ok(self.records)
    }
}

/// Records and weights in ascending order as distances; the weight is the rest by four.
fn distances(values: &str) -> String {
    let mut before = 0;
    let distance = |value: &str| {
        let (record, weight) = u64::from_str_radix(value, 36).map_or((before, 0), |value| (value / 4, value % 4));
        let written = base36((record - before) * 4 + weight);
        before = record;
        written
    };
    values.split(' ').map(distance).collect::<Vec<_>>().join(" ")
}

/// Writes keys with their values in parts; the first key of each.
fn write_parts(folder: &Path, kind: &str, merged: Merged, value: impl Fn(&str) -> String) -> io::Result<Vec<String>> {
    let (mut firsts, mut held, mut size) = (Vec::new(), serde_json::Map::new(), 0);
    for entry in merged {
        let (key, values) = entry?;
        if size > PART {
            write_part(folder, kind, firsts.len() as u64 - 1, &Value::Object(std::mem::take(&mut held)))?;
            size = 0;
        }
        if held.is_empty() {
            firsts.push(key.clone());
        }
        let values = value(&values);
        size += key.len() + values.len() + 6;
        held.insert(key, values.into());
    }
    if let Some(last) = firsts.len().checked_sub(1) {
        write_part(folder, kind, last as u64, &Value::Object(held))?;
    }
    Ok(firsts)
}

fn write_part(folder: &Path, kind: &str, number: u64, data: &Value) -> io::Result<()> {
    fs::write(part(folder, kind, number), format!("twindex(\"{kind}\", {number}, {data});\n"))
}

fn part(folder: &Path, kind: &str, number: u64) -> PathBuf {
    folder.join(format!("{kind}-{number}.js"))
}

/// Kind, themes, countries and seekers in Czech, and the year: a question may name what the text says otherwise.
fn facts_in_words(record: &Record) -> String {
    let facts = &record.facts;
    let mut words: Vec<String> = Vec::new();
    words.extend(facts.kind.map(|kind| Tongue::Czech.kind(kind).to_owned()));
    words.extend(facts.themes.iter().map(|theme| Tongue::Czech.theme(*theme).to_owned()));
    for code in &facts.countries {
        words.extend(gazetteer::country(code).map(|country| country.name_cs.to_owned()));
    }
    for place in facts.places.iter().filter(|place| place.role == PlaceRole::Seeker) {
        words.extend([Some(place.name.clone()), place.name_cs.clone(), place.name_local.clone()].into_iter().flatten());
    }
    words.extend(record.published.map(|day| day.year().to_string()));
    words.join(" . ")
}

/// Day, kind, themes, countries, wanted countries: what the script narrows and sorts by.
fn facts_line(record: &Record) -> String {
    let facts = &record.facts;
    [
        record.published.map(|day| day.to_string()).unwrap_or_default(),
        facts.kind.map(key).unwrap_or_default(),
        facts.themes.iter().map(key).collect::<Vec<_>>().join(" "),
        facts.countries.join(" "),
        facts.wanted.countries.join(" "),
    ]
    .join("|")
}

/// The record as a hit, with the beginning of its words.
fn hit(record: &Record) -> Hit {
    let text = record.summary.as_deref().or(record.body.as_deref()).unwrap_or_default();
    let cut = text.char_indices().nth(PASSAGE).map(|(at, _)| text[..at].rfind(char::is_whitespace).unwrap_or(at));
    let passage = cut.map_or_else(|| text.to_owned(), |cut| format!("{}…", text[..cut].trim_end()));
    let snippet = Snippet { field: "summary", document: None, text: passage, marks: Vec::new() };
    let snippets = if text.is_empty() { Vec::new() } else { vec![snippet] };
    Hit {
        score: 0.0,
        level: Level::Full,
        lacks: Vec::new(),
        record: Record { attachments: Vec::new(), ..record.clone() },
        snippets,
        explanation: None,
    }
}

fn base36(mut value: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((value % 36) as u32, 36).unwrap_or('0'));
        value /= 36;
        if value == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_told_by_their_distances() {
        assert_eq!((base36(0), base36(35), base36(36 * 36)), ("0".into(), "z".into(), "100".into()));
        let all = [(0, 3), (1, 0), (40, 2)].map(|(record, weight)| base36(record * 4 + weight)).join(" ");
        let mut at = 0;
        let read: Vec<(u64, u64)> = distances(&all)
            .split(' ')
            .map(|value| u64::from_str_radix(value, 36).expect("base 36"))
            .map(|value| {
                at += value / 4;
                (at, value % 4)
            })
            .collect();
        assert_eq!(read, [(0, 3), (1, 0), (40, 2)]);
    }
}
