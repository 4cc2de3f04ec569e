//! The command line: one file a command, `output` the only printer.
//!
//! stdout is data, stderr is talk. Exit codes are an enum with a meaning each; a closed pipe is success.

mod about;
mod afterwards;
mod analyze;
mod asking;
mod bars;
mod captures;
mod changes;
mod check;
mod cite;
mod crawl;
mod demo;
mod destination;
mod due;
mod engine;
mod export;
mod generate;
mod history;
mod hits;
mod import;
mod lists;
mod logs;
mod merge;
mod metrics;
mod moment;
mod output;
mod package;
mod pager;
mod places;
mod planned;
mod probe;
mod progress;
mod rebuild;
mod refusals;
mod replay;
mod search;
mod selected;
mod serve;
mod session;
mod show;
mod standing;
mod stats;
mod store;
mod table;
mod timeline;
mod verify;
mod watch;
mod wrap;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use output::Output;

/// Polite crawler, archive and Czech full-text search for municipal twinning notices.
#[derive(Debug, Parser)]
#[command(name = "twindex", version, about, max_term_width = 100, after_help = "Start with `twindex demo`; it needs no network.")]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Args)]
pub struct Global {
    /// Configuration file [default: config.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE", env = "TWINDEX_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
    /// State folder, instead of the one the configuration names
    #[arg(long, global = true, value_name = "DIR", env = "TWINDEX_HOME", hide_env_values = true)]
    pub home: Option<PathBuf>,
    /// Machine-readable output: JSON on stdout
    #[arg(long, global = true)]
    pub json: bool,
    /// Say less on stderr
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more on stderr; twice for every request
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Colours on stdout
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Print at once at a terminal, without a pager (PAGER, else less)
    #[arg(long, global = true)]
    pub no_pager: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Crawl(crawl::Args),
    Search(search::Args),
    Show(show::Args),
    Cite(cite::Args),
    History(history::Args),
    Changes(changes::Args),
    Export(export::Args),
    Stats(stats::Args),
    Timeline(timeline::Args),
    Places(places::Args),
    Watch(watch::Args),
    Probe(probe::Args),
    Replay(replay::Args),
    Serve(serve::Args),
    Import(import::Args),
    Merge(merge::Args),
    Rebuild(rebuild::Args),
    Verify(verify::Args),
    Analyze(analyze::Args),
    Demo(demo::Args),
    Schema(generate::Schema),
    About(about::Args),
    Completions(generate::Completions),
    Man(generate::Man),
}

/// What the exit code says to a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Done, and nothing was found.
    Nothing = 1,
    /// Could not run: the arguments, the configuration, the archive.
    Failed = 2,
    /// Ran, but some pages could not be read or the run was stopped.
    Incomplete = 3,
}

impl Exit {
    fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Parses the arguments and runs the command.
pub fn run() -> ExitCode {
    let args = match Args::try_parse_from(refusals::with_refusals(std::env::args_os())) {
        Ok(args) => args,
        Err(error) => {
            // `--help` and `--version` come here too; clap writes them to stdout with code 0.
            return if error.print().is_ok() { ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)) } else { Exit::Failed.into() };
        }
    };
    logs::start(args.global.verbose);
    let mut out = Output::new(&args.global);
    if matches!(args.command, Command::Search(_) | Command::Show(_) | Command::History(_) | Command::Changes(_)) {
        out.page(&args.global);
    }
    let done = dispatch(args.command, &args.global, &mut out);
    // What was printed before a failure is shown, too.
    let shown = out.flush();
    let result = done.and_then(|exit| shown.map(|()| exit));
    match result {
        Ok(exit) => exit.into(),
        Err(error) if output::closed_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            out.error(&error);
            Exit::Failed.into()
        }
    }
}

fn dispatch(command: Command, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    match command {
        Command::Crawl(args) => crawl::run(&args, global, out),
        Command::Search(args) => search::run(&args, global, out),
        Command::Show(args) => show::run(&args, global, out),
        Command::Cite(args) => cite::run(&args, global, out),
        Command::History(args) => history::run(&args, global, out),
        Command::Changes(args) => changes::run(&args, global, out),
        Command::Export(args) => export::run(&args, global, out),
        Command::Stats(args) => stats::run(&args, global, out),
        Command::Timeline(args) => timeline::run(&args, global, out),
        Command::Places(args) => places::run(&args, global, out),
        Command::Watch(args) => watch::run(&args, global, out),
        Command::Probe(args) => probe::run(&args, global, out),
        Command::Replay(args) => replay::run(&args, global, out),
        Command::Serve(args) => serve::run(&args, global, out),
        Command::Import(args) => import::run(&args, global, out),
        Command::Merge(args) => merge::run(&args, global, out),
        Command::Rebuild(args) => rebuild::run(&args, global, out),
        Command::Verify(args) => verify::run(&args, global, out),
        Command::Analyze(args) => analyze::run(&args, out),
        Command::Demo(args) => demo::run(&args, global, out),
        Command::Schema(args) => generate::schema(&args, out),
        Command::About(args) => about::run(&args, global, out),
        Command::Completions(args) => generate::completions(&args, out),
        Command::Man(args) => generate::man(&args, out),
    }
}
