//! Mirror of config.toml: names and shapes only, unknown keys refused by serde.

use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
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
    pub ca: Option<String>,
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
    pub listing: Spanned<Listings>,
    #[serde(default)]
    pub hosts: Vec<Spanned<String>>,
    pub details: Option<bool>,
    pub attachments: Option<bool>,
    pub max_pages: Option<Spanned<u32>>,
    pub delay: Option<Spanned<String>>,
    pub schedule: Option<Spanned<String>>,
    #[serde(default)]
    pub selectors: Selectors,
}

/// One address, or a list of them, each with its own place in the file.
#[derive(Debug)]
pub enum Listings {
    One(String),
    Several(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for Listings {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct OneOrSeveral;
        impl<'de> Visitor<'de> for OneOrSeveral {
            type Value = Listings;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an address in quotes, or a list of them")
            }

            fn visit_str<E>(self, address: &str) -> Result<Listings, E> {
                Ok(Listings::One(address.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Listings, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Listings::Several)
            }
        }
        from.deserialize_any(OneOrSeveral)
    }
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
