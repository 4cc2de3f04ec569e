//! Progress of a crawl on stderr: one bar at a terminal, quiet lines elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::output::clean;
use crate::harvest::Progress;

/// Draws what the harvest tells.
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    pub fn new(source: &str, quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        let style = ProgressStyle::with_template("{spinner} {prefix}  {pos}/{len} pages  {elapsed}  {wide_msg}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        bar.set_style(style);
        bar.set_prefix(source.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar }
    }

    pub fn tell(&self, progress: &Progress) {
        self.bar.set_length(progress.known);
        self.bar.set_position(progress.done);
        self.bar.set_message(clean(&progress.address));
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
