//! JSON Feed 1.0 and 1.1 (jsonfeed.org).

use serde_json::Value;
use url::Url;

use super::item::{Feed, Item};
use super::words;
use crate::extract::text::normalise;
use crate::reference;

/// The feed, if the text is one.
pub fn read(text: &str, address: &Url) -> Option<Feed> {
    let text = text.trim_start();
    if !text.starts_with('{') {
        return None;
    }
    let feed: Value = serde_json::from_str(text).ok()?;
    feed["version"].as_str().filter(|version| version.contains("jsonfeed.org/version/"))?;
    let items = feed["items"].as_array().map_or(&[][..], Vec::as_slice);
    let url = |value: &Value| reference::resolve(address, value.as_str()?).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let item = |item: &Value| {
        let plain = |name: &str| item[name].as_str().map(normalise).filter(|text| !text.is_empty());
        let written = item["date_published"].as_str().or(item["date_modified"].as_str());
        let enclosures = item["attachments"].as_array().map_or(&[][..], Vec::as_slice);
        Item {
            title: plain("title").unwrap_or_default(),
            link: url(&item["url"]).or_else(|| item["id"].as_str().filter(|id| id.starts_with("http")).and_then(|_| url(&item["id"]))),
            written: written.map(str::to_owned),
            summary: plain("summary"),
            content: item["content_html"].as_str().map(words::markup).or_else(|| plain("content_text")),
            enclosures: enclosures.iter().filter_map(|attachment| url(&attachment["url"])).collect(),
        }
    };
    Some(Feed { title: feed["title"].as_str().map(normalise), next: url(&feed["next_url"]), items: items.iter().map(item).collect() })
}
