//! Progress of a crawl or an import on stderr: one bar at a terminal, quiet lines elsewhere.

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
        Self::of(source, "{spinner} {prefix}  {pos}/{len} pages  {elapsed}  {wide_msg}", quiet)
    }

    /// For a way whose length nobody knows.
    pub fn endless(title: &str, quiet: bool) -> Self {
        Self::of(title, "{spinner} {prefix}  {pos} addresses  {elapsed}  {wide_msg}", quiet)
    }

    fn of(title: &str, template: &str, quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
        bar.set_style(style);
        bar.set_prefix(title.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar }
    }

    pub fn tell(&self, progress: &Progress) {
        self.bar.set_length(progress.known);
        self.bar.set_position(progress.done);
        self.bar.set_message(clean(&progress.address));
    }

    /// One more address.
    pub fn step(&self, address: &str) {
        self.bar.inc(1);
        self.bar.set_message(clean(address));
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
