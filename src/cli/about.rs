//! `about`: version, licences, and the sources of the data that came from elsewhere.

use super::output::{BOLD, Output, styled};
use super::{Exit, Global};
use crate::search::czech::DATA_LICENSE;

/// Show the version, the licences and the sources of the data
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, _global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    if out.json {
        out.json(&serde_json::json!({
            "version": env!("CARGO_PKG_VERSION"), "license": env!("CARGO_PKG_LICENSE"), "attribution": attribution(),
            "czech_lexicon": DATA_LICENSE,
        }))?;
        return Ok(Exit::Done);
    }
    out.line(format_args!("{} {}", styled(BOLD, "twindex"), env!("CARGO_PKG_VERSION")))?;
    out.line(format_args!("{}", env!("CARGO_PKG_DESCRIPTION")))?;
    out.line(format_args!("Licence of the program: {}\n", env!("CARGO_PKG_LICENSE")))?;
    for line in attribution() {
        out.line(format_args!("{line}"))?;
    }
    out.line(format_args!("\n{}", DATA_LICENSE.trim_end()))?;
    Ok(Exit::Done)
}

/// Attribution lines of the data that exports carry; they hold nothing of the Czech lexicon.
pub fn attribution() -> Vec<String> {
    crate::gazetteer::ATTRIBUTION.lines().map(str::to_owned).collect()
}
