//! `cite`: a notice as a bibliography has it.

use std::io::Write;

use clap::ValueEnum;

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
    #[arg(long, value_name = "FORMAT")]
    format: Option<Style>,
    #[command(flatten)]
    selected: Selected,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Style {
    /// In Czech after ČSN ISO 690 [default]
    Iso690,
    /// For biblatex and BibTeX
    Bibtex,
    /// For reference managers
    Ris,
    /// For Zotero and pandoc [default with --json]
    CslJson,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let format = match (args.format, out.json) {
        (Some(Style::Iso690), _) | (None, false) => Format::Iso690,
        (Some(Style::CslJson), _) | (None, true) => Format::CslJson,
        (Some(Style::Bibtex), _) => Format::Bibtex,
        (Some(Style::Ris), _) => Format::Ris,
    };
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
