//! A small fake of Quickwit 0.9: lists its indexes, and searches the documents of a folder that was exported for it.
//!
//! It is as strict as the real one where that is known: unknown keys of a request, queries that do not parse, fields that are not
//! mapped or not fast, and bodies of more than 1 MiB are errors. It never asserts; a test reads what it answered.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::grammar::{Query, parse};

/// The documents of an engine and how their fields are indexed.
pub struct Engine {
    pub indexes: Vec<String>,
    documents: Vec<Value>,
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
                let parts = index["parts"].as_array().expect("parts").iter();
                let lines = parts.map(|part| read(part["file"].as_str().expect("a name")));
                engine
                    .documents
                    .extend(lines.flat_map(|text| text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<_>>()));
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
        let mut met = Vec::new();
        for document in &self.documents {
            if self.meets(document, &query)? {
                met.push(document);
            }
        }
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

    fn meets(&self, document: &Value, query: &Query) -> Result<bool, String> {
        Ok(match query {
            Query::All => true,
            Query::Not(query) => !self.meets(document, query)?,
            Query::Or(parts) => parts.iter().map(|part| self.meets(document, part)).collect::<Result<Vec<_>, _>>()?.contains(&true),
            Query::And(parts) => !parts.iter().map(|part| self.meets(document, part)).collect::<Result<Vec<_>, _>>()?.contains(&false),
            Query::Range(name, low, high) => {
                self.field(name)?;
                let inside = |figure: u64| low.is_none_or(|low| low <= figure) && high.is_none_or(|high| figure <= high);
                values(&document[name]).filter_map(Value::as_u64).any(inside)
            }
            Query::Beginning(name, beginning) => {
                let tokenizer = self.tokenizer(name)?;
                tokens(&document[name], tokenizer).iter().any(|(_, token)| token.starts_with(beginning))
            }
            Query::Text(name, words, slop) => {
                let tokenizer = self.tokenizer(name)?;
                let asked: Vec<&str> = if tokenizer == "raw" { vec![words] } else { words.split_ascii_whitespace().collect() };
                if asked.len() > 1 && self.field(name)?["record"] != "position" {
                    return Err(format!("field {name} has no positions"));
                }
                together(&tokens(&document[name], tokenizer), &asked, *slop as usize)
            }
        })
    }

    fn tokenizer(&self, name: &str) -> Result<&str, String> {
        let tokenizer = self.field(name)?["tokenizer"].as_str().ok_or_else(|| format!("field {name} is not indexed as text"))?;
        if matches!(tokenizer, "raw" | "whitespace") { Ok(tokenizer) } else { Err(format!("{name} is not asked by this fake")) }
    }
}

fn values(value: &Value) -> impl Iterator<Item = &Value> {
    let list = value.as_array();
    let one = if list.is_none() && !value.is_null() { Some(value) } else { None };
    list.into_iter().flatten().chain(one)
}

/// The tokens of a field with their positions; one position stays free between two values.
fn tokens<'v>(value: &'v Value, tokenizer: &str) -> Vec<(usize, &'v str)> {
    let (mut found, mut at) = (Vec::new(), 0);
    for text in values(value).filter_map(Value::as_str) {
        let words: Vec<&str> = if tokenizer == "raw" { vec![text] } else { text.split_ascii_whitespace().collect() };
        for word in words {
            found.push((at, word));
            at += 1;
        }
        at += 1;
    }
    found
}

/// The words follow each other with at most so many others between them.
fn together(tokens: &[(usize, &str)], asked: &[&str], slop: usize) -> bool {
    fn from(tokens: &[(usize, &str)], asked: &[&str], at: usize, slop: usize) -> bool {
        let Some((word, others)) = asked.split_first() else { return true };
        let near = tokens.iter().filter(|(position, token)| token == word && (at..=at + slop).contains(position));
        near.into_iter().any(|(position, _)| from(tokens, others, position + 1, slop - (position - at)))
    }
    let Some((first, others)) = asked.split_first() else { return false };
    tokens.iter().filter(|(_, token)| token == first).any(|(position, _)| from(tokens, others, position + 1, slop))
}
