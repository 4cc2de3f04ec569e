//! Reads labelled notices (JSON Lines, files as arguments) and prints each with the facts read from it, as `read`, and the
//! candidates behind them with their features, as `candidates`: what `fit.py` fits the weights to.

#![expect(clippy::print_stdout, reason = "the output is what this is run for")]

use serde_json::{Value, json};
use twindex::notice::{Notice, ScoredCandidate, read, score_candidates};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for file in std::env::args().skip(1) {
        for line in std::fs::read_to_string(file)?.lines() {
            let mut entry: Value = serde_json::from_str(line)?;
            let notice = Notice {
                title: entry["title"].as_str().unwrap_or_default(),
                summary: entry["summary"].as_str(),
                body: entry["body"].as_str(),
                attachments: &[],
                published: entry["published"].as_str().and_then(|day| day.parse().ok()),
                lang_hint: None,
            };
            let facts = json!(read(&notice));
            let candidates = score_candidates(&notice).iter().map(shown).collect::<Vec<_>>();
            entry["read"] = facts;
            entry["candidates"] = json!(candidates);
            println!("{entry}");
        }
    }
    Ok(())
}

fn shown(candidate: &ScoredCandidate) -> Value {
    let features: Vec<Value> = candidate.features.iter().map(|share| json!([share.feature, share.value, share.adds])).collect();
    json!({
        "decision": candidate.decision,
        "value": candidate.value,
        "where": candidate.place,
        "taken": candidate.taken,
        "probability": candidate.probability,
        "features": features,
    })
}
