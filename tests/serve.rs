//! The archive in a browser: what every kind of page holds, what is refused and how, and that nothing hostile gets through.

#![expect(clippy::unwrap_used, reason = "a test says by its panic what went wrong")]

mod api;
mod browser;
mod chromium;
mod client;
mod pages;
mod safety;
mod site;
mod standing;

pub use client::Served;

use std::sync::LazyLock;

use crate::house::House;

/// The sample site, crawled once for all tests that only read.
static DEMO: LazyLock<House> = LazyLock::new(|| {
    let house = House::empty();
    house.expect(0, &["--home", "state", "--quiet", "demo"]);
    house.configure("");
    house
});

fn demo() -> Served {
    Served::of(&DEMO, &[])
}

/// The identifier of some notice of the demo that a query finds.
fn first(served: &Served, query: &str) -> String {
    served.get(&format!("/api/search?q={query}")).json()["hits"][0]["record"]["id"].as_str().unwrap().to_owned()
}
