//! Mirror of config.toml: names and shapes only, unknown keys refused by serde.

use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub home: Option<String>,
    #[serde(default)]
    pub crawler: Crawler,
    #[serde(default)]
    pub source: Vec<Source>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crawler {
    pub contact: Option<Spanned<String>>,
    pub delay: Option<Spanned<String>>,
    pub timeout: Option<Spanned<String>>,
    pub retries: Option<u32>,
    pub max_page: Option<Spanned<String>>,
    pub max_attachment: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub name: Spanned<String>,
    pub title: Option<String>,
    pub listing: Vec<Spanned<String>>,
    #[serde(default)]
    pub hosts: Vec<Spanned<String>>,
    pub details: Option<bool>,
    pub attachments: Option<bool>,
    pub max_pages: Option<Spanned<u32>>,
    pub delay: Option<Spanned<String>>,
    #[serde(default)]
    pub selectors: Selectors,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selectors {
    pub entry: Option<Spanned<String>>,
    pub date: Option<Spanned<String>>,
    pub title: Option<Spanned<String>>,
    pub summary: Option<Spanned<String>>,
    pub next: Option<Spanned<String>>,
    pub body: Option<Spanned<String>>,
}
