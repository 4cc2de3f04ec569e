//! `search --engine` answers as `search` does: hits with their levels and what they lack, counts, facets, what words were read as.

use std::collections::BTreeMap;
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use serde_json::{Value, json};
use twindex::engine::{self, ask};
use twindex::export::Metadata;
use twindex::record::Record;
use twindex::search::elsewhere::Fault;
use twindex::search::{Index, Options, Sort};

use super::fake::Engine;
use super::grammar::parse;
use crate::export::cli::{command, demo};
use crate::search::{indexed, lines, notices};

/// Words, families, names, countries, groups, facts in words, fields, phrases, signs, beginnings, nothing.
const QUESTIONS: [&str; 44] = [
    "",
    "*",
    "lázně",
    "lázeňské město",
    "víno a vinaři",
    "které město hledá partnera kvůli vínu",
    "ukrajinská města",
    "ukrajinska mesta po roce 2014",
    "Německo školy",
    "balkánské země kultura",
    "obec do 10 000 obyvatel",
    "město nad 50 tisíc obyvatel sport",
    "památky od roku 2010",
    "2012",
    "březen 2011",
    "hasiči OR vinice",
    "(hasiči AND mládež) NOT sport",
    "+lázně -sport",
    "-lázně",
    "\"partnerské město\"",
    "\"hledá partnera\"",
    "\"partner město\"~3",
    "\"Žitava\"",
    "lázeň*",
    "part*",
    "title:partnerství",
    "attachment:škola",
    "text:kultura",
    "místo:Telavi",
    "místo:\"Furth im Wald\"",
    "country:UA,PL",
    "kind:partner_search theme:culture",
    "wanted.country:CZ",
    "region:EU kind:partner_search",
    "has:attachment -has:email",
    "certainty:sure",
    "population:5000..50000",
    "wanted.population:8000",
    "date:2009..2012 turistika",
    "gone:yes",
    "seen:2000..",
    "version:2..",
    "lang:sk",
    "slovokterénikdonemá lázně",
];

/// The same records in our index and in an engine.
struct Both {
    index: Index,
    engine: Arc<Engine>,
    _home: tempfile::TempDir,
}

impl Both {
    fn of(records: &[Record]) -> Self {
        let (home, index) = indexed(records.to_vec());
        let folder = home.path().join("q");
        std::fs::create_dir(&folder).expect("a folder");
        let rows = records.iter().cloned().map(|record| Ok::<_, std::fmt::Error>(record.into()));
        engine::write(engine::Engine::Quickwit, &folder, rows, &Metadata::default()).expect("written");
        Self { index, engine: Arc::new(Engine::of(&folder)), _home: home }
    }

    fn demo() -> &'static Self {
        static DEMO: OnceLock<Both> = OnceLock::new();
        let record = |line: &str| serde_json::from_str(line).expect("a record");
        DEMO.get_or_init(|| Self::of(&command(demo(), &["export"]).lines().map(record).collect::<Vec<_>>()))
    }

    /// Whether both answer alike; `None` where our index mended a slip, for which it takes a vocabulary.
    fn agree(&self, question: &str) -> Option<bool> {
        let options = Options { limit: 1000, ..Options::default() };
        let here = self.index.search(question, &options).expect("an answer");
        let send = |path: &str, json: Option<&Value>| {
            let body = json.map(Value::to_string).unwrap_or_default();
            self.engine.answer(path, body.as_bytes()).map_err(Fault::from)
        };
        let there = ask(&send, question, &options).expect("an answer");
        let [here_told, there_told] = [&here, &there].map(|answer| {
            let answer = serde_json::to_value(answer).expect("JSON");
            let hits: BTreeMap<String, Value> = hits(&answer).into_iter().map(|(id, hit)| (id.to_owned(), json!(hit))).collect();
            let counted = ["total", "partial", "facets", "read_as", "hints", "unmet"].map(|key| answer[key].clone());
            (hits, counted)
        });
        here.suggestions.is_empty().then_some(here_told == there_told)
    }
}

fn search(arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_twindex"));
    program.arg("search").args(arguments).env_remove("TWINDEX_CONFIG").env_remove("TWINDEX_HOME").output().expect("the program starts")
}

fn json_of(arguments: &[&str]) -> Value {
    let out = search(arguments);
    assert!(matches!(out.status.code(), Some(0 | 1)), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

fn home() -> &'static str {
    demo().to_str().expect("UTF-8")
}

/// Each hit with its level and what it lacks.
fn hits(answer: &Value) -> BTreeMap<&str, (&Value, &Value)> {
    let hit = |hit| -> (&str, (&Value, &Value)) {
        let hit: &Value = hit;
        (hit["record"]["id"].as_str().expect("an id"), (&hit["level"], &hit["lacks"]))
    };
    answer["hits"].as_array().expect("hits").iter().map(hit).collect()
}

#[test]
fn an_engine_answers_as_our_index_does() {
    let differ: Vec<&str> = QUESTIONS.into_iter().filter(|question| Both::demo().agree(question) == Some(false)).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

/// The judged questions were written for other tests.
#[test]
fn judged_questions_are_answered_alike() {
    let both = Both::of(&notices());
    let sets = [include_str!("../judged/queries.jsonl"), include_str!("../judged/asked.jsonl"), include_str!("../judged/totals.jsonl")];
    let questions = sets.iter().flat_map(|set| lines(set)).filter_map(|line| line["query"].as_str().map(str::to_owned));
    let (mut alike, mut differ) = (0, Vec::new());
    for question in questions.filter(|question| !question.contains("near:")) {
        match both.agree(&question) {
            Some(true) => alike += 1,
            Some(false) => differ.push(question),
            None => {}
        }
    }
    eprintln!("{alike} judged questions are answered alike; otherwise: {differ:?}");
    assert!(alike > 150 && differ.is_empty(), "{alike} alike; {differ:?}");
}

#[test]
fn what_is_printed_is_what_the_archive_prints() {
    let made = tempfile::tempdir().expect("a folder");
    let folder = made.path().join("q");
    command(demo(), &["export", "--format", "quickwit", folder.to_str().expect("UTF-8")]);
    let address = Arc::new(Engine::of(&folder)).serve();
    for question in ["ukrajinská města po roce 2014", "lázeňské město", "slovokterénikdonemá"] {
        let printed = |whom: [&str; 2]| search(&[&whom[..], &["--sort", "date", "--", question]].concat()).stdout;
        let (here, there) = (printed(["--home", home()]), printed(["--engine", &address]));
        assert_eq!(String::from_utf8_lossy(&there), String::from_utf8_lossy(&here), "{question}");
    }
}

#[test]
fn passages_and_pages_are_those_of_the_archive() {
    let address = Both::demo().engine.serve() + "/under/a/path/";
    for (question, sort) in [("date:..2030 partner", "date"), ("country:UA", "-date"), ("has:population", "population")] {
        let page = |more: [&str; 2], offset: &str| {
            json_of(&[&more[..], &["--json", "-n", "3", "--offset", offset, "--sort", sort, "--", question]].concat())
        };
        for offset in ["0", "2"] {
            let (here, there) = (page(["--home", home()], offset), page(["--engine", &address], offset));
            let shown = |answer: &Value| -> Vec<(Value, Value)> {
                answer["hits"].as_array().expect("hits").iter().map(|hit| (hit["record"]["id"].clone(), hit["snippets"].clone())).collect()
            };
            assert_eq!(shown(&there), shown(&here), "{question} {sort} {offset}");
            assert!(!shown(&there).is_empty() && there["hits"][0]["score"].is_null(), "{question}");
        }
    }
}

#[test]
fn what_an_engine_cannot_say_is_refused_in_one_line() {
    let address = Both::demo().engine.serve();
    let refused: [(&[&str], &str); 10] = [
        (&["near:Brno~50km"], "near:"),
        (&["lázně", "-near:Brno"], "near:"),
        (&["lázně", "--explain"], "--explain"),
        (&["lázně", "--as-of", "2020"], "--as-of"),
        (&["lázně", "--save", "x"], "--save"),
        (&["--facet", "country"], "--facet"),
        (&["--like", "x"], "--like"),
        (&["--values", "kind"], "--values"),
        (&["lázně", "--sort", "place"], "sort by place"),
        (&["kind:foo", "--strict"], "column"),
    ];
    for (arguments, says) in refused {
        let out = search(&[&["--engine", &address], arguments].concat());
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(2) && told.contains(says), "{arguments:?}: {told}");
    }
    for bad in ["localhost:7280", "ftp://127.0.0.1", "http://me:secret@127.0.0.1:7280", "http://127.0.0.1:7280/?a=b"] {
        assert_eq!(search(&["--engine", bad, "lázně"]).status.code(), Some(2), "{bad}");
    }
}

#[test]
fn an_engine_that_does_not_answer_in_full_is_no_answer() {
    let told = |engine: Engine| {
        let out = search(&["--engine", &Arc::new(engine).serve(), "lázně"]);
        assert!(out.status.code() == Some(2) && out.stdout.is_empty(), "{out:?}");
        String::from_utf8_lossy(&out.stderr).into_owned()
    };
    let fresh = || {
        let folder = tempfile::tempdir().expect("a folder");
        let name = folder.path().join("q");
        command(demo(), &["export", "--format", "quickwit", name.to_str().expect("UTF-8"), "--query", "lázně"]);
        Engine::of(&name)
    };
    let torn = fresh();
    *torn.broken.lock().expect("free") = Some(json!({"num_hits": 1, "hits": [], "errors": ["split 7 is missing"]}));
    assert!(told(torn).contains("split 7 is missing"));
    let mut two = fresh();
    let other = two.indexes[0].clone() + "f";
    two.indexes.push(other);
    assert!(told(two).contains("two generations"));
    let renamed = |from: &Engine, to: &str| from.indexes.iter().map(|id| id.replacen("-1-", to, 1)).collect();
    let mut old = fresh();
    old.indexes = renamed(&old, "-0-");
    assert!(told(old).contains("another version of twindex"));
    let mut empty = fresh();
    empty.indexes.clear();
    assert!(told(empty).contains("no index of twindex"));
    let nobody = search(&["--engine", "http://127.0.0.1:9", "lázně"]);
    let told = String::from_utf8_lossy(&nobody.stderr).into_owned();
    assert!(nobody.status.code() == Some(2) && told.contains("http://127.0.0.1:9") && told.contains("cannot connect"), "{told}");
}

/// Asks an engine that has a document for everything; every query must be one that it could read.
fn parses(question: &str, options: &Options) -> Result<(), TestCaseError> {
    let index = Both::demo().engine.indexes[0].clone();
    let wrong = std::cell::RefCell::new(None);
    let send = |path: &str, json: Option<&Value>| -> Result<Value, Fault> {
        let Some(request) = json else { return Ok(json!([{"index_config": {"index_id": index}}])) };
        assert!(path.ends_with("/search"));
        if let Err(error) = parse(request["query"].as_str().unwrap_or_default()) {
            wrong.replace(Some(format!("{}: {error}", request["query"])));
        }
        Ok(json!({"num_hits": 1, "hits": [], "aggregations": {}}))
    };
    let answer = ask(&send, question, options);
    prop_assert!(answer.is_ok() || question.contains("near") || question.contains("okol") || question.contains("bl"), "{:?}", answer.err());
    prop_assert_eq!(wrong.into_inner(), None);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_makes_a_query_that_parses(
        question in prop_oneof![
            r"[ -~ěščřžýáíéůЖ§“„]{0,40}",
            r#"((\+|-|NOT )?([a-zěš]{1,8}\*?|"[a-z\\" ]{0,12}"(~[0-9])?|(title|místo|has|country|date|population|contact|url|id):[^ ]{1,10})( | OR | AND )){1,5}"#,
        ],
        reversed: bool,
    ) {
        let sort = Sort { reversed, ..Sort::default() };
        parses(&question, &Options { sort, facets: false, ..Options::default() })?;
    }
}

#[test]
fn every_question_makes_queries_that_parse() {
    for question in QUESTIONS {
        parses(question, &Options { facets: false, ..Options::default() }).expect(question);
    }
    for odd in ["c++*", "\"a\\\"b\"", "url:\"x\\\\y\"", "id:\"a\"b", "§ 12", "a:b:c", "(((", "contact:\"+420 111\"", "-*", "<5*", "x?y*"] {
        parses(odd, &Options { facets: false, ..Options::default() }).expect(odd);
    }
}
