//! A question to a Quickwit that was given our documents: planned as for our own index, sent as clauses, answered as `search` does.
//!
//! Full hits first, then partial ones, each counted; facets by its aggregations; records out of `raw`. An answer that lacks a part of
//! the index is no answer. Refuses the network: the caller hands in who sends a request and brings the JSON back.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::manifest;
use super::query::quickwit;
use crate::record::Record;
use crate::search::elsewhere::{Clause, Error, Fault, Plan};
use crate::search::{Answer, Facets, Hit, Level, Options, Sort, SortKey};

/// Values of a facet; there are fewer months, countries, kinds and themes.
const VALUES: usize = 1000;
/// What Quickwit reads of a request.
const LONGEST: usize = 1 << 20;
const FACETS: [&str; 5] = ["month", "kind", "country", "theme", "wanted_country"];

/// Sends a request to a path, with a body or without, and brings its JSON.
pub type Send<'s> = dyn Fn(&str, Option<&Value>) -> Result<Value, Fault> + 's;

/// The answer to any string.
pub fn ask(send: &Send<'_>, question: &str, options: &Options) -> Result<Answer, Error> {
    let quickwit = Quickwit { send, path: format!("api/v1/{}/search", indexes(send)?), sort: sorted_by(options.sort)? };
    let plan = Plan::of(question, options, &mut |clause| quickwit.page(clause, (0, 0), None).map(|page| page.total))?;
    let facets = options.facets.then_some(&FACETS[..]);
    let full = quickwit.page(&plan.full(), (options.offset, options.limit), facets)?;
    let mut hits: Vec<Hit> = full.records.into_iter().map(|record| plan.hit(record, Level::Full, Vec::new())).collect();
    let mut partial = 0;
    if let Some(clause) = plan.partial() {
        let offset = options.offset.saturating_sub(full.total as usize);
        let page = quickwit.page(&clause, (offset, options.limit - hits.len().min(options.limit)), None)?;
        partial = page.total as usize;
        let lacks = lacking(&quickwit, &plan, &page.records)?;
        hits.extend(page.records.into_iter().zip(lacks).map(|(record, lacks)| plan.hit(record, Level::Partial, lacks)));
    }
    let Plan { read_as, unmet, hints, .. } = plan;
    let (query, total) = (question.to_owned(), full.total as usize);
    Ok(Answer { query, total, partial, read_as, hits, facets: full.facets, unmet, suggestions: Vec::new(), hints })
}

/// For each of the records the words of the question that it does not meet.
fn lacking(quickwit: &Quickwit<'_>, plan: &Plan, records: &[Record]) -> Result<Vec<Vec<String>>, Error> {
    let mut lacks = vec![Vec::new(); records.len()];
    if records.is_empty() {
        return Ok(lacks);
    }
    let among = Clause::Terms(records.iter().map(|record| ("id".to_owned(), record.id.0.clone())).collect());
    for (words, clause) in &plan.criteria {
        let held = quickwit.page(&Clause::Every(vec![among.clone(), clause.clone()]), (0, records.len()), None)?.records;
        let unmet = records.iter().zip(&mut lacks).filter(|(record, _)| !held.iter().any(|held| held.id == record.id));
        unmet.for_each(|(_, lacks)| lacks.push(words.clone()));
    }
    Ok(lacks)
}

/// The indexes of the one generation that the engine has, as a path names them.
fn indexes(send: &Send<'_>) -> Result<String, Fault> {
    let found = send("api/v1/indexes", None)?;
    let ids = found.as_array().into_iter().flatten().filter_map(|index| index["index_config"]["index_id"].as_str());
    let (current, undated) = (manifest::index_id("current", ""), manifest::index_id("undated", ""));
    let (mut generations, others): (Vec<&str>, Vec<&str>) =
        ids.filter_map(|id| id.strip_prefix(&current)).partition(|generation| manifest::is_ours(generation));
    match (generations.pop(), generations.pop(), others.first()) {
        (Some(one), None, _) => Ok(format!("{current}{one},{undated}{one}")),
        (Some(one), Some(other), _) => {
            Err(format!("the engine has two generations, {one} and {other}: drop the indexes of the older one").into())
        }
        (None, _, Some(other)) => {
            Err(format!("generation {other} was exported by another version of twindex: export and load a new one").into())
        }
        (None, ..) => Err("the engine has no index of twindex: load a folder of `twindex export --format quickwit`".into()),
    }
}

/// The fields to sort by; the newest first among equals. Descending is what Quickwit does unless a sign turns it.
fn sorted_by(Sort { by, reversed }: Sort) -> Result<String, Fault> {
    let turned = if reversed { "-" } else { "" };
    match by {
        SortKey::Relevance => Ok(format!("{turned}_score,published")),
        SortKey::Date => Ok(format!("{turned}published")),
        SortKey::Population => Ok(format!("{turned}population,published")),
        SortKey::Place => Err("an engine cannot sort by place: sort by relevance, date or population".into()),
    }
}

/// Where the question goes.
struct Quickwit<'s> {
    send: &'s Send<'s>,
    path: String,
    sort: String,
}

/// Documents that meet a clause.
struct Page {
    total: u64,
    records: Vec<Record>,
    facets: Facets,
}

impl Quickwit<'_> {
    fn page(&self, clause: &Clause, (offset, limit): (usize, usize), facets: Option<&[&str]>) -> Result<Page, Fault> {
        let mut request = json!({"query": quickwit(clause), "start_offset": offset, "max_hits": limit});
        if limit > 0 {
            request["sort_by"] = self.sort.clone().into();
        }
        for name in facets.unwrap_or_default() {
            request["aggs"][name] = json!({"terms": {"field": name, "size": VALUES}});
        }
        if request.to_string().len() > LONGEST {
            return Err("the question is too long for the engine".into());
        }
        let answer = (self.send)(&self.path, Some(&request))?;
        if let Some(first) = answer["errors"].as_array().and_then(|errors| errors.first()) {
            return Err(format!("the engine could not read all of its index: {first}").into());
        }
        let total = answer["num_hits"].as_u64().ok_or("the engine does not say how many documents it found")?;
        let raw = |hit: &Value| Ok(serde_json::from_str(hit["raw"].as_str().ok_or("a document of the engine has no record")?)?);
        let records = answer["hits"].as_array().into_iter().flatten().map(raw).collect::<Result<Vec<Record>, Fault>>()?;
        let facets = if facets.is_some() { counted(&answer["aggregations"])? } else { Facets::default() };
        Ok(Page { total, records, facets })
    }
}

fn counted(aggregations: &Value) -> Result<Facets, Fault> {
    let counts = |name: &str| {
        let terms = &aggregations[name];
        if terms["sum_other_doc_count"].as_u64().unwrap_or(0) > 0 {
            return Err(Fault::from(format!("the engine has more than {VALUES} values of {name}")));
        }
        let bucket = |bucket: &Value| Some((bucket["key"].as_str()?.to_owned(), bucket["doc_count"].as_u64()?));
        let buckets = terms["buckets"].as_array().into_iter().flatten();
        let counted: Option<BTreeMap<String, u64>> = buckets.map(bucket).collect();
        counted.ok_or_else(|| format!("the engine does not say how often it has each {name}").into())
    };
    let [month, kind, country, theme, wanted] = FACETS.map(counts);
    Ok(Facets::of(month?, [kind?, country?, theme?, wanted?]))
}
