//! `analyze`: how words are read for search, one JSON line a token.

use std::io::Read;

use clap::ValueEnum;

use super::Exit;
use super::output::Output;
use crate::search::czech::{Lang, analyze_query, analyze_text};

/// Show how text is read for search: lemmas, links and folds of each word, as JSON lines
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Words; "-" or nothing reads standard input
    text: Vec<String>,
    /// Read it as a query: a query without diacritics looks words up without them
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
    let tokens = if args.query { analyze_query(&text, lang) } else { analyze_text(&text, lang) };
    for token in &tokens {
        out.line(format_args!("{}", serde_json::to_string(token)?))?;
    }
    Ok(if tokens.is_empty() { Exit::Nothing } else { Exit::Done })
}
