//! `cite`: a notice as a bibliography has it. How a style writes it is the part of `export` at the top.

use std::io::Write;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::output::Output;
use super::selected::{Selected, select};
use super::{Exit, Global, about, export as exporting, store};
use crate::export::{self, Format, Metadata};

/// Cite notices, with the archived page's time and digest
///
/// ID is an identifier or a part of it that no other notice has, or an address of the notice. `twindex export --format bibtex`
/// (or `iso690`, `ris`, `csl-json`) cites all notices of a query.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(required = true)]
    id: Vec<String>,
    /// [default: iso690; csl-json with --json]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Style>,
    #[command(flatten)]
    selected: Selected,
}

#[derive(Clone, Debug)]
struct Style(Format);

impl ValueEnum for Style {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: [Style; 4] = {
            let [iso690, bibtex, ris, csl_json] = Format::CITATIONS;
            [Style(iso690), Style(bibtex), Style(ris), Style(csl_json)]
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(exporting::value(&self.0))
    }
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let usual = if out.json { Format::CslJson } else { Format::Iso690 };
    let format = args.format.as_ref().map_or(usual, |Style(format)| format.clone());
    let archive = store::archive(&store::home(global)?)?;
    let mut records = Vec::new();
    for id in &args.id {
        let Some(record) = select(&archive, id, args.selected, out)? else { return Ok(Exit::Nothing) };
        records.push(exporting::exported(&archive, record, exporting::Versions::None));
    }
    let metadata = Metadata { attribution: about::attribution(), publishers: store::publishers(global, &archive)?, ..Metadata::default() };
    let mut text = Vec::new();
    export::write(&format, records.into_iter(), &metadata, &mut text)?;
    out.raw().write_all(&text)?;
    Ok(Exit::Done)
}
