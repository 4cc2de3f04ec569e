//! How many notices a second the reader reads on one core, and how soon after the start it is ready.
//!
//!     cargo bench --bench notice -- FILE...
//!
//! FILE is an export as JSON Lines; without one the labelled notices of the tests are read. Prints the median of seven
//! rounds, and how long the same texts take the tokenizer of the search: a measure that a slow machine does not change.

#![expect(clippy::print_stdout, reason = "the figure is what this is run for")]

use std::time::{Duration, Instant};

use serde_json::Value;
use twindex::notice::{Notice, read};
use twindex::search::czech::{Lang, Reader, Side};

const ROUND: Duration = Duration::from_millis(700);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let mut lines = String::new();
    for file in &files {
        lines += &std::fs::read_to_string(file)?;
    }
    if files.is_empty() {
        lines += include_str!("../tests/eval/notices.jsonl");
    }
    let notices = lines.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
    let begun = Instant::now();
    facts(notices.first().ok_or("no notice")?);
    println!("first notice after {:.0} ms", begun.elapsed().as_secs_f64() * 1e3);
    // By turns, so that what else the machine does meets both.
    let mut rounds: Vec<(f64, f64)> = (0..7).map(|_| (rate(&notices, facts), rate(&notices, tokens))).collect();
    rounds.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (notices, tokenized) = rounds[3];
    println!("{notices:.0} notices/s ({:.0} to {:.0}); {:.1} times the tokenizer's time", rounds[0].0, rounds[6].0, tokenized / notices);
    Ok(())
}

fn facts(entry: &Value) -> usize {
    let attachments = entry["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
    let attachments: Vec<&str> = attachments.iter().filter_map(|attachment| attachment["text"].as_str()).collect();
    let notice = Notice {
        title: entry["title"].as_str().unwrap_or_default(),
        summary: entry["summary"].as_str(),
        body: entry["body"].as_str(),
        attachments: &attachments,
        published: entry["published"].as_str().and_then(|day| day.parse().ok()),
        lang_hint: None,
    };
    read(&notice).evidence.len()
}

/// The same texts through the analyzer of the search.
fn tokens(entry: &Value) -> usize {
    let attachments = entry["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
    let texts = [&entry["title"], &entry["summary"], &entry["body"]].into_iter().chain(attachments.iter().map(|it| &it["text"]));
    let mut count = 0;
    for text in texts.filter_map(Value::as_str) {
        let mut reader = Reader::new(text, Lang::Cs, Side::Text);
        while reader.advance() {
            count += usize::from(!std::hint::black_box(reader.token()).lemmas.is_empty());
        }
    }
    count
}

/// Notices a second over one round.
fn rate(notices: &[Value], work: fn(&Value) -> usize) -> f64 {
    let begun = Instant::now();
    let mut count = 0_u64;
    while begun.elapsed() < ROUND {
        for notice in notices {
            std::hint::black_box(work(notice));
        }
        count += notices.len() as u64;
    }
    count as f64 / begun.elapsed().as_secs_f64()
}
