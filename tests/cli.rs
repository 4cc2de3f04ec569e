//! The command line as scripts and people meet it: exit codes, streams, JSON, hostile text, faults.

mod asking;
mod configuring;
mod operating;
mod speaking;
mod writing;

use std::sync::OnceLock;

use crate::house::{House, Site, notices};

/// A house with ten notices, crawled once, for tests that only read.
pub fn filled() -> &'static House {
    static FILLED: OnceLock<(Site, House)> = OnceLock::new();
    let filled = FILLED.get_or_init(|| {
        let site = Site::start();
        site.publish("/partneri", &notices(10));
        let house = House::of(&site, &["/partneri"]);
        house.expect(0, &["crawl"]);
        (site, house)
    });
    &filled.1
}
