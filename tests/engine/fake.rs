//! A small fake of Quickwit 0.9: lists its indexes, and searches the documents of a folder that was exported for it.
//!
//! It is as strict as the real one where that is known: unknown keys of a request, queries that do not parse, fields that are not
//! mapped or not fast, and bodies of more than 1 MiB are errors. It never asserts; a test reads what it answered.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::grammar::{Query, parse};

/// A document, and where each field has which word.
struct Document {
    json: Value,
    words: HashMap<String, HashMap<String, Vec<usize>>>,
}

/// The documents of an engine and how their fields are indexed.
pub struct Engine {
    pub indexes: Vec<String>,
    documents: Vec<Document>,
    fields: BTreeMap<String, Value>,
    /// Told instead of answers.
    pub broken: Mutex<Option<Value>>,
}

impl Engine {
    /// What the manifest of a folder names.
    pub fn of(folder: &Path) -> Self {
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file of the folder");
        let json = |name: &str| serde_json::from_str::<Value>(&read(name)).expect("JSON");
        let manifest = json("MANIFEST.json");
        let mut engine = Self { indexes: Vec::new(), documents: Vec::new(), fields: BTreeMap::new(), broken: Mutex::default() };
        for index in manifest["indexes"].as_array().expect("indexes") {
            let configuration = json(index["configuration"].as_str().expect("a name"));
            engine.indexes.push(configuration["index_id"].as_str().expect("an id").to_owned());
            let mapped = configuration["doc_mapping"]["field_mappings"].as_array().expect("fields");
            engine.fields.extend(mapped.iter().map(|field| (field["name"].as_str().expect("a name").to_owned(), field.clone())));
            if !index["index"].as_str().expect("an id").contains("history") {
                for part in index["parts"].as_array().expect("parts") {
                    let documents = read(part["file"].as_str().expect("a name"));
                    engine
                        .documents
                        .extend(documents.lines().map(|line| indexed(serde_json::from_str(line).expect("JSON"), &engine.fields)));
                }
            }
        }
        engine
    }

    /// Answers on a free port of this machine from now on; its address.
    pub fn serve(self: &Arc<Self>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let engine = Arc::clone(self);
        std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| engine.exchange(stream).unwrap_or_default()));
        address
    }

    fn exchange(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        let (mut first, mut length) = (String::new(), 0);
        reader.read_line(&mut first)?;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let path = first.split(' ').nth(1).unwrap_or_default();
        let (status, answer) = match self.answer(path, &body) {
            Ok(answer) => (200, answer),
            Err(message) => (400, json!({"message": message})),
        };
        let text = answer.to_string();
        let head =
            format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", text.len());
        reader.get_mut().write_all((head + &text).as_bytes())
    }

    /// The answer to a request; what is wrong with it.
    pub fn answer(&self, path: &str, body: &[u8]) -> Result<Value, String> {
        let path = path.trim_start_matches('/').trim_start_matches("under/a/path/");
        if path == "api/v1/indexes" {
            return Ok(self.indexes.iter().map(|id| json!({"index_config": {"index_id": id}})).collect());
        }
        let asked = path.strip_prefix("api/v1/").and_then(|rest| rest.strip_suffix("/search")).ok_or("no such path")?;
        if let Some(unknown) = asked.split(',').find(|id| !self.indexes.iter().any(|own| own == id)) {
            return Err(format!("index {unknown} not found"));
        }
        if let Some(broken) = self.broken.lock().map_err(|_| "poisoned")?.clone() {
            return Ok(broken);
        }
        if body.len() > 1 << 20 {
            return Err("payload too large".to_owned());
        }
        let request: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let known = ["query", "start_offset", "max_hits", "sort_by", "aggs"];
        if let Some(key) = request.as_object().into_iter().flatten().map(|(key, _)| key).find(|key| !known.contains(&key.as_str())) {
            return Err(format!("unknown field {key}"));
        }
        self.search(&request)
    }

    fn search(&self, request: &Value) -> Result<Value, String> {
        let query = parse(request["query"].as_str().ok_or("no query")?)?;
        self.check(&query)?;
        let mut met: Vec<&Value> =
            self.documents.iter().filter(|document| meets(document, &query)).map(|document| &document.json).collect();
        let mut aggregations = json!({});
        for (name, asked) in request["aggs"].as_object().into_iter().flatten() {
            aggregations[name] = self.counted(&met, &asked["terms"])?;
        }
        let number = |key: &str, default: u64| request[key].as_u64().unwrap_or(default) as usize;
        let total = met.len();
        for key in request["sort_by"].as_str().unwrap_or_default().split(',').rev().filter(|key| !key.is_empty()) {
            self.sort(&mut met, key)?;
        }
        let page: Vec<&Value> = met.into_iter().skip(number("start_offset", 0)).take(number("max_hits", 20)).collect();
        Ok(json!({"num_hits": total, "hits": page, "elapsed_time_micros": 1, "errors": [], "aggregations": aggregations}))
    }

    fn field(&self, name: &str) -> Result<&Value, String> {
        self.fields.get(name).ok_or_else(|| format!("field {name} does not exist"))
    }

    fn fast(&self, name: &str) -> Result<(), String> {
        if self.field(name)?["fast"] == true { Ok(()) } else { Err(format!("field {name} is not fast")) }
    }

    /// Descending unless a sign turns it; what has no value comes last.
    fn sort(&self, documents: &mut [&Value], key: &str) -> Result<(), String> {
        let (name, ascending) = key.strip_prefix('-').map_or((key, false), |name| (name, true));
        if name == "_score" {
            return Ok(());
        }
        self.fast(name)?;
        documents.sort_by(|one, other| {
            let text = |document: &Value| {
                document[name].as_str().map(str::to_owned).or(document[name].as_u64().map(|figure| format!("{figure:020}")))
            };
            match (text(one), text(other)) {
                (Some(one), Some(other)) if ascending => one.cmp(&other),
                (Some(one), Some(other)) => other.cmp(&one),
                (one, other) => other.is_some().cmp(&one.is_some()),
            }
        });
        Ok(())
    }

    fn counted(&self, documents: &[&Value], asked: &Value) -> Result<Value, String> {
        let name = asked["field"].as_str().ok_or("an aggregation without a field")?;
        self.fast(name)?;
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for value in documents.iter().flat_map(|document| values(&document[name])) {
            *counts.entry(value.as_str().ok_or("no text")?).or_default() += 1;
        }
        let size = asked["size"].as_u64().unwrap_or(10) as usize;
        let buckets: Vec<Value> = counts.iter().take(size).map(|(key, count)| json!({"key": key, "doc_count": count})).collect();
        Ok(json!({"buckets": buckets, "sum_other_doc_count": counts.len().saturating_sub(size)}))
    }

    /// What the engine would not ask.
    fn check(&self, query: &Query) -> Result<(), String> {
        match query {
            Query::All => Ok(()),
            Query::Not(query) => self.check(query),
            Query::Or(parts) | Query::And(parts) => parts.iter().try_for_each(|part| self.check(part)),
            Query::Range(name, ..) => self.field(name).map(drop),
            Query::Beginning(name, _) | Query::Text(name, ..) => {
                let (field, phrase) = (self.field(name)?, matches!(query, Query::Text(_, words, _) if words.contains(' ')));
                match field["tokenizer"].as_str() {
                    Some("raw") => Ok(()),
                    Some("whitespace") if !phrase || field["record"] == "position" => Ok(()),
                    _ => Err(format!("field {name} cannot be asked so")),
                }
            }
        }
    }
}

fn meets(document: &Document, query: &Query) -> bool {
    match query {
        Query::All => true,
        Query::Not(query) => !meets(document, query),
        Query::Or(parts) => parts.iter().any(|part| meets(document, part)),
        Query::And(parts) => parts.iter().all(|part| meets(document, part)),
        Query::Range(name, low, high) => {
            let inside = |figure: u64| low.is_none_or(|low| low <= figure) && high.is_none_or(|high| figure <= high);
            values(&document.json[name]).filter_map(Value::as_u64).any(inside)
        }
        Query::Beginning(name, beginning) => {
            document.words.get(name).is_some_and(|words| words.keys().any(|word| word.starts_with(beginning)))
        }
        Query::Text(name, text, slop) => document.words.get(name).is_some_and(|words| {
            let asked: Vec<&str> = text.split_ascii_whitespace().collect();
            words.contains_key(text) || together(words, &asked, None, *slop as usize)
        }),
    }
}

fn values(value: &Value) -> impl Iterator<Item = &Value> {
    let list = value.as_array();
    let one = if list.is_none() && !value.is_null() { Some(value) } else { None };
    list.into_iter().flatten().chain(one)
}

/// The words of each field with their positions; one position stays free between two values.
fn indexed(json: Value, fields: &BTreeMap<String, Value>) -> Document {
    let mut words: HashMap<String, HashMap<String, Vec<usize>>> = HashMap::new();
    for (name, value) in json.as_object().into_iter().flatten() {
        let (found, mut at) = (words.entry(name.clone()).or_default(), 0);
        for text in values(value).filter_map(Value::as_str) {
            let split: Vec<&str> = match fields[name]["tokenizer"].as_str() {
                Some("raw") => vec![text],
                Some("whitespace") => text.split_ascii_whitespace().collect(),
                _ => Vec::new(),
            };
            for word in split {
                found.entry(word.to_owned()).or_default().push(at);
                at += 1;
            }
            at += 1;
        }
    }
    Document { json, words }
}

/// The words follow each other, from a position on, with at most so many others between them.
fn together(words: &HashMap<String, Vec<usize>>, asked: &[&str], from: Option<usize>, slop: usize) -> bool {
    let Some((first, others)) = asked.split_first() else { return from.is_some() };
    words.get(*first).into_iter().flatten().any(|at| match from {
        None => together(words, others, Some(at + 1), slop),
        Some(from) => (from..=from + slop).contains(at) && together(words, others, Some(at + 1), slop - (at - from)),
    })
}
