//! `schema`, `completions`, `man`: what other programs need to know of this one.

use std::path::PathBuf;

use anyhow::Context;
use clap::CommandFactory;

use super::output::Output;
use super::table::number;
use super::{Args, Exit};
use crate::export::{COLUMNS, schema as record_schema};

/// Print the JSON Schema of a record
///
/// It describes each line of `export --format jsonl`, `show --json` and the `record` of each hit of `search --json`.
#[derive(Debug, clap::Args)]
pub struct Schema {
    /// List the columns of the CSV export instead
    #[arg(long)]
    csv: bool,
}

/// Print a completion script for a shell
///
/// For bash: `twindex completions bash > ~/.local/share/bash-completion/completions/twindex`
#[derive(Debug, clap::Args)]
pub struct Completions {
    shell: clap_complete::Shell,
}

/// Print the manual (roff), or write a page for each command into a folder
///
/// `twindex man | man -l -` shows it. `twindex man ~/.local/share/man/man1` lets `man twindex` and `man twindex-search` find the pages.
#[derive(Debug, clap::Args)]
pub struct Man {
    /// Folder for the pages; it is made if it is not there
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub fn schema(args: &Schema, out: &mut Output) -> anyhow::Result<Exit> {
    if args.csv && out.json {
        let columns: Vec<_> = COLUMNS.iter().map(|column| serde_json::json!({"name": column.name, "holds": column.holds})).collect();
        out.json(&columns)?;
    } else if args.csv {
        for column in COLUMNS {
            out.line(format_args!("{:24}{}", column.name, column.holds))?;
        }
    } else {
        out.line(format_args!("{:#}", record_schema()))?;
    }
    Ok(Exit::Done)
}

pub fn completions(args: &Completions, out: &mut Output) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "twindex", &mut script);
    std::io::Write::write_all(out.raw(), &script)?;
    Ok(Exit::Done)
}

pub fn man(args: &Man, out: &mut Output) -> anyhow::Result<Exit> {
    let command = Args::command();
    if let Some(folder) = &args.folder {
        let context = || format!("cannot write manual pages into {}", folder.display());
        std::fs::create_dir_all(folder).with_context(context)?;
        clap_mangen::generate_to(command.disable_help_subcommand(true), folder).with_context(context)?;
        let pages = folder.read_dir().with_context(context)?.filter_map(Result::ok);
        let count = pages.filter(|page| page.file_name().to_string_lossy().starts_with("twindex")).count();
        out.say(format_args!("{} in {}.", number(count as u64, "page", "pages"), folder.display()));
        return Ok(Exit::Done);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let name: &'static str = format!("twindex {}", sub.get_name()).leak();
        let man = clap_mangen::Man::new(sub.clone().name(name).bin_name(name));
        man.render_name_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    std::io::Write::write_all(out.raw(), &page)?;
    Ok(Exit::Done)
}
