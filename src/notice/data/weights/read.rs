//! Reads labelled notices (files as arguments: JSON Lines, or the table of frames) and prints each with the facts read from it, as
//! `read`, and the candidates behind them with their features, as `candidates`: what `fit.py` fits the weights to.

#![expect(clippy::print_stdout, reason = "the output is what this is run for")]

use serde_json::{Value, json};
use twindex::notice::{Notice, ScoredCandidate, read, score_candidates};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file)?;
        let is_table = std::path::Path::new(&file).extension().is_some_and(|extension| extension == "tsv");
        let entries: Result<Vec<Value>, _> =
            if is_table { Ok(text.lines().skip(1).map(frame).collect()) } else { text.lines().map(serde_json::from_str).collect() };
        for mut entry in entries? {
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

/// A row of `tests/notice/frames.tsv` as a labelled notice: kind, seekers and wanted countries are judged.
fn frame(row: &str) -> Value {
    let cells: Vec<&str> = row.split('\t').collect();
    let list = |cell: &str| cell.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let seeker = |name: &String| json!({ "role": "seeker", "name": name.trim_end_matches('?') });
    let some = |cell: &str| Some(cell.to_owned()).filter(|cell| !cell.is_empty());
    json!({
        "half": "frames",
        "published": "2015-05-05",
        "title": cells[3],
        "summary": some(cells[4]),
        "body": some(cells[5]),
        "not_judged": ["themes"],
        "gold": {
            "kind": cells[0],
            "places": list(cells[1]).iter().map(seeker).collect::<Vec<_>>(),
            "wanted": { "countries": list(cells[2]) },
        },
    })
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
        "words": candidate.words,
    })
}
