//! How long questions take: `cargo bench --bench search -- HOME QUERIES.jsonl…`.
//!
//! Every query is asked with facets, passages and ten hits: in process, of an index that is open; of SQLite's FTS5 over the same
//! texts, with its own passages and no facets; and as a whole process of the program. One line each: half of the queries take
//! no longer than p50, 99 of 100 no longer than p99.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use twindex::search::{Index, Options};

/// Each query is asked so often in process; the first time is left out.
const ROUNDS: usize = 20;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let home = args.next().context("name the state folder of an archive and files of queries")?;
    let mut queries = Vec::new();
    for file in args {
        for line in std::fs::read_to_string(&file).context(file)?.lines() {
            let line: serde_json::Value = serde_json::from_str(line)?;
            queries.push(line["query"].as_str().context("a line without a query")?.to_owned());
        }
    }
    let index = Index::open(&Path::new(&home).join("search"))?;
    let other = fts5(&index)?;
    let mut statement =
        other.prepare("SELECT id, snippet(notice, 1, '[', ']', '…', 32) FROM notice WHERE notice MATCH ?1 ORDER BY rank LIMIT 10")?;
    let (mut ours, mut theirs, mut process) = (Vec::new(), Vec::new(), Vec::new());
    for query in &queries {
        let words: Vec<&str> = query.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let any = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR ");
        for round in 0..=ROUNDS {
            let (asked, answered) = (timed(|| index.search(query, &Options::default()))?, timed(|| rows(&mut statement, &any))?);
            if round > 0 {
                ours.push(asked);
                theirs.push(answered);
            }
        }
        let mut program = Command::new(env!("CARGO_BIN_EXE_twindex"));
        program.args(["--home", &home, "search", "--", query]).stdout(Stdio::null()).stderr(Stdio::null());
        process.push(timed(|| program.status())?);
    }
    #[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
    for (name, times) in [("in process", &mut ours), ("SQLite FTS5", &mut theirs), ("whole process", &mut process)] {
        times.sort_unstable();
        let part = |part: usize| times[(times.len() - 1) * part / 100];
        println!("{name:14} {:6} questions, p50 {:?}, p99 {:?}", times.len(), part(50), part(99));
    }
    Ok(())
}

fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<Duration, E> {
    let begun = Instant::now();
    std::hint::black_box(work()?);
    Ok(begun.elapsed())
}

fn rows(statement: &mut rusqlite::Statement, any: &str) -> rusqlite::Result<Vec<(String, String)>> {
    statement.query_map([any], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn fts5(index: &Index) -> anyhow::Result<rusqlite::Connection> {
    let base = rusqlite::Connection::open_in_memory()?;
    base.execute_batch("CREATE VIRTUAL TABLE notice USING fts5(id UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2')")?;
    for record in index.matching("", &Options::default())? {
        let record = record?;
        let attached = record.attachments.iter().filter_map(|attachment| attachment.text.as_deref());
        let parts = [record.title.as_str()].into_iter().chain(record.summary.as_deref()).chain(record.body.as_deref());
        let text = parts.chain(attached).collect::<Vec<_>>().join("\n");
        base.execute("INSERT INTO notice VALUES (?1, ?2)", (&record.id.0, text))?;
    }
    Ok(base)
}
