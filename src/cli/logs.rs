//! Logs on stderr, for whoever asks with `-v`; without it there are none.
//!
//! Once for the steps of a run and the warnings of the libraries below, twice for every request. Addresses are
//! percent-encoded and other values written by `Debug`, so no page's bytes steer the terminal.

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

/// Starts logging at the level that the number of `-v` asks for.
pub fn start(verbose: u8) {
    let (own, others) = match verbose {
        0 => return,
        1 => (LevelFilter::INFO, LevelFilter::WARN),
        2 => (LevelFilter::DEBUG, LevelFilter::WARN),
        _ => (LevelFilter::TRACE, LevelFilter::DEBUG),
    };
    let filter = Targets::new().with_default(others).with_target(env!("CARGO_CRATE_NAME"), own);
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(false).with_filter(filter);
    // Fails only where a subscriber is set already, which then does the logging.
    let _kept = tracing_subscriber::registry().with(lines).try_init().is_err();
}
