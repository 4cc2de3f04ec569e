//! How many words a second the analyzer reads on one core, every field written.
//!
//!     cargo bench --bench czech -- FILE
//!
//! FILE is running text in UTF-8; without one the words of the reference table are read, which are rarer than those of a text.
//! Prints the median of seven rounds.

#![expect(clippy::print_stdout, reason = "the figure is what this is run for")]

use std::time::{Duration, Instant};

use twindex::search::czech::{Lang, Reader, Side};

const ROUND: Duration = Duration::from_millis(700);

fn main() -> std::io::Result<()> {
    let file = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let text = match file {
        Some(path) => std::fs::read_to_string(path)?,
        None => include_str!("reference.tsv").lines().filter_map(|line| line.split('\t').next()).collect::<Vec<_>>().join(" "),
    };
    let mut rates: Vec<f64> = (0..7).map(|_| rate(&text)).collect();
    rates.sort_by(f64::total_cmp);
    println!("{:.2} million tokens/s ({:.2} to {:.2})", rates[3], rates[0], rates[6]);
    Ok(())
}

/// Million tokens a second over one round.
fn rate(text: &str) -> f64 {
    let begun = Instant::now();
    let mut tokens = 0_u64;
    while begun.elapsed() < ROUND {
        let mut reader = Reader::new(text, Lang::Cs, Side::Text);
        while reader.advance() {
            tokens += u64::from(!std::hint::black_box(reader.token()).lemmas.is_empty());
        }
    }
    tokens as f64 / begun.elapsed().as_secs_f64() / 1e6
}
