//! `analyze`: how words are read for search, one JSON line a token.

use std::io::Read;

use clap::ValueEnum;

use super::Exit;
use super::output::Output;
use crate::search::czech::{Lang, analyze_query, explain};

/// Show how words are read for search, as JSON lines
///
/// For each word: its lemmas, the same without diacritics (what the index holds), how a query would read the word typed without
/// diacritics, and the adjectives or names it is linked with.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Words; "-" or nothing reads standard input
    text: Vec<String>,
    /// Read it as a query: one without any diacritics looks its words up without them
    #[arg(long)]
    query: bool,
    /// Language of the text
    #[arg(long, value_name = "LANG", default_value = "cs")]
    lang: Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    Cs,
    Sk,
    En,
}

pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let lang = match args.lang {
        Name::Cs => Lang::Cs,
        Name::Sk => Lang::Sk,
        Name::En => Lang::En,
    };
    let text = if args.text.is_empty() || args.text == ["-"] {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        args.text.join(" ")
    };
    let lines: Vec<serde_json::Value> = if args.query {
        analyze_query(&text, lang).iter().map(serde_json::to_value).collect::<Result<_, _>>()?
    } else {
        explain(&text, lang).map(serde_json::to_value).collect::<Result<_, _>>()?
    };
    let any = !lines.is_empty();
    for line in lines {
        out.line(format_args!("{line}"))?;
    }
    Ok(if any { Exit::Done } else { Exit::Nothing })
}
