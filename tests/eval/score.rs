//! Scores read facts against labelled ones, field by field.
//!
//! Micro-averaged F1 for lists, accuracy for single values; a seeker counts by name (own or written form,
//! folded) and by GeoNames id, and a labelled place without an id demands none.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Hits, read and labelled.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    hits: usize,
    read: usize,
    labelled: usize,
}

impl Counts {
    fn add(&mut self, hits: usize, read: usize, labelled: usize) {
        self.hits += hits;
        self.read += read;
        self.labelled += labelled;
    }

    fn f1(self) -> f64 {
        if self.read + self.labelled == 0 { 1.0 } else { 2.0 * self.hits as f64 / (self.read + self.labelled) as f64 }
    }
}

#[derive(Default)]
pub struct Score {
    pub fields: BTreeMap<&'static str, Counts>,
    /// Seekers linked to an id that is not the labelled one.
    pub wrong_ids: usize,
    pub misses: Vec<String>,
}

impl Score {
    pub fn values(&self) -> BTreeMap<&'static str, f64> {
        self.fields.iter().map(|(field, counts)| (*field, counts.f1())).collect()
    }

    /// Mean over the fields of the gate.
    pub fn mean(&self) -> f64 {
        let values = self.values();
        values.values().sum::<f64>() / values.len().max(1) as f64
    }

    fn one(&mut self, field: &'static str, right: bool) {
        self.fields.entry(field).or_default().add(usize::from(right), 1, 1);
    }

    fn set(&mut self, title: &str, field: &'static str, labelled: &BTreeSet<String>, read: &BTreeSet<String>) {
        self.fields.entry(field).or_default().add(labelled.intersection(read).count(), read.len(), labelled.len());
        if labelled != read {
            self.misses.push(format!("{title}\n    {field}: labelled {labelled:?} read {read:?}"));
        }
    }

    /// Scores one notice; `unjudged` names the fields that can be argued either way.
    pub fn add(&mut self, title: &str, gold: &Value, unjudged: &[String], read: &Value) {
        let judged = |field: &str| !unjudged.iter().any(|other| other == field);
        if judged("kind") {
            self.kind(title, gold, read);
        }
        if !gold["lang"].is_null() {
            self.one("lang", gold["lang"] == read["lang"]);
        }
        if judged("seekers") {
            self.seekers(title, gold, read);
        }
        for (field, labelled, got) in [
            ("countries", strings(&gold["countries"]), strings(&read["countries"])),
            ("themes", strings(&gold["themes"]), strings(&read["themes"])),
            ("dates", dates(gold), dates(read)),
            ("contacts", contacts(gold), contacts(read)),
        ] {
            if judged(field) {
                self.set(title, field, &labelled, &got);
            }
        }
        if judged("population") {
            self.population(title, gold, read);
        }
        if judged("wanted") {
            self.wanted(title, gold, judged("wanted_countries"), read);
        }
    }

    fn kind(&mut self, title: &str, gold: &Value, read: &Value) {
        let kinds: Vec<&Value> = std::iter::once(&gold["kind"]).chain(gold["kind_also"].as_array().into_iter().flatten()).collect();
        let right = kinds.contains(&&read["kind"]);
        self.one("kind", right);
        if !right {
            self.misses.push(format!("{title}\n    kind: labelled {kinds:?} read {}", read["kind"]));
        }
    }

    fn population(&mut self, title: &str, gold: &Value, read: &Value) {
        let (labelled, got) = (&gold["population"], &read["population"]);
        if labelled.is_null() {
            self.one("population absent", got.is_null());
        } else {
            self.one("population stated", labelled["value"] == got["value"]);
            if !labelled["qualifier"].is_null() {
                self.one("population qualifier", labelled == got);
            }
        }
        if labelled != got {
            self.misses.push(format!("{title}\n    population: labelled {labelled} read {got}"));
        }
    }

    fn wanted(&mut self, title: &str, gold: &Value, with_countries: bool, read: &Value) {
        let (labelled, got) = (&gold["wanted"], &read["wanted"]);
        let same = ["population_min", "population_max", "similar_size"].iter().all(|field| labelled[field] == got[field]);
        self.one("wanted size", same);
        let countries = !with_countries || strings(&labelled["countries"]) == strings(&got["countries"]);
        if with_countries {
            self.one("wanted countries", countries);
        }
        if !(same && countries) {
            self.misses.push(format!("{title}\n    wanted: labelled {labelled} read {got}"));
        }
    }

    fn seekers(&mut self, title: &str, gold: &Value, read: &Value) {
        let (labelled, mut free) = (seekers(gold), seekers(read));
        let read_count = free.len();
        let (mut hits, mut wrong) = (0, 0);
        let (mut id_hits, mut id_labelled) = (0, 0);
        let id_read = free.iter().filter(|place| !place["geonames_id"].is_null()).count();
        let mut id_excused = 0;
        for place in &labelled {
            id_labelled += usize::from(!place["geonames_id"].is_null());
            let Some(at) = free.iter().position(|other| names(place).intersection(&names(other)).next().is_some()) else { continue };
            let other = free.remove(at);
            hits += 1;
            match (&place["geonames_id"], &other["geonames_id"]) {
                (_, Value::Null) => {}
                (Value::Null, _) => id_excused += 1,
                (one, two) if one == two => id_hits += 1,
                _ => wrong += 1,
            }
        }
        wrong += free.iter().filter(|place| !place["geonames_id"].is_null()).count();
        self.wrong_ids += wrong;
        self.fields.entry("seekers by name").or_default().add(hits, read_count, labelled.len());
        self.fields.entry("seekers by id").or_default().add(id_hits, id_read - id_excused, id_labelled);
        if hits < labelled.len() || hits < read_count || wrong > 0 || id_hits < id_labelled {
            let shown = |places: &[Value]| {
                places.iter().map(|place| format!("{}={}", place["as_written"], place["geonames_id"])).collect::<Vec<_>>().join(", ")
            };
            self.misses.push(format!("{title}\n    seekers: labelled {} read {}", shown(&labelled), shown(&seekers(read))));
        }
    }
}

fn seekers(facts: &Value) -> Vec<Value> {
    facts["places"].as_array().into_iter().flatten().filter(|place| place["role"] == "seeker").cloned().collect()
}

fn names(place: &Value) -> BTreeSet<String> {
    ["name", "as_written"].iter().filter_map(|key| place[key].as_str()).map(fold).collect()
}

fn strings(list: &Value) -> BTreeSet<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn dates(facts: &Value) -> BTreeSet<String> {
    facts["dates"].as_array().into_iter().flatten().map(|date| format!("{} {} {}", date["date"], date["end"], date["role"])).collect()
}

fn contacts(facts: &Value) -> BTreeSet<String> {
    let list = |key: &str| strings(&facts["contacts"][key]);
    let mut all: BTreeSet<String> = list("emails").into_iter().map(|email| email.to_lowercase()).collect();
    all.extend(list("phones"));
    all.extend(list("urls").into_iter().map(|url| {
        let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
        bare.trim_end_matches('/').to_lowercase()
    }));
    all
}

/// Lower case, no diacritics, letters and digits only.
fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkd()
        .filter(|char| char.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('ł', "l")
        .replace('ı', "i")
        .replace('đ', "d")
}
