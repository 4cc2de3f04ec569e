//! What a page says about itself for machines: title, language, canonical address, meta names, JSON-LD and microdata.
//!
//! JSON-LD objects are flattened, those in arrays and `@graph` too; broken JSON is no evidence. Refuses to judge: the
//! reader compares with what is shown.

use serde_json::{Map, Value};
use url::Url;

use super::dom::Dom;
use super::links::{Links, has_word};

/// Objects taken from the JSON-LD of a page, at most.
const MOST_OBJECTS: usize = 5000;

#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// Text of `<title>`, as written.
    pub window_title: Option<String>,
    /// Primary subtag of the document's language, lower case.
    pub lang: Option<String>,
    /// The whole tag, lower case: `en-us`.
    pub locale: Option<String>,
    pub canonical: Option<Url>,
    /// `rel=next` of a `<link>`.
    pub next: Option<Url>,
    /// `name` or `property`, lower case, and `content` of each `<meta>`, in order.
    pub meta: Vec<(String, String)>,
    /// Every JSON-LD object, outer before inner.
    pub objects: Vec<Map<String, Value>>,
    /// `itemprop` and its value of each element that has one, by node.
    pub properties: Vec<(usize, String, String)>,
}

impl Metadata {
    pub fn of(dom: &Dom, links: &Links) -> Self {
        let mut found = Self::default();
        for at in (0..dom.nodes.len()).filter(|at| dom.is_element(*at)) {
            match dom.tag(at) {
                "html" | "body" if found.locale.is_none() => {
                    let lang = dom.attr(at, "lang").or_else(|| dom.attr(at, "xml:lang")).map(str::trim).filter(|lang| !lang.is_empty());
                    found.locale = lang.map(|lang| lang.to_ascii_lowercase().replace('_', "-"));
                }
                "title" if found.window_title.is_none() => found.window_title = Some(dom.source_of(at).trim().to_owned()),
                "link" => found.link(dom, links, at),
                "meta" => {
                    let name = dom.attr(at, "property").or_else(|| dom.attr(at, "name")).or_else(|| dom.attr(at, "http-equiv"));
                    if let (Some(name), Some(content)) = (name, dom.attr(at, "content")) {
                        found.meta.push((name.to_ascii_lowercase(), content.to_owned()));
                    }
                }
                "script" if dom.attr(at, "type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) => {
                    // serde_json refuses what nests deeper than 128, so the walk below is bounded.
                    if let Ok(value) = serde_json::from_str::<Value>(dom.source_of(at).trim()) {
                        found.gather(value);
                    }
                }
                _ => {}
            }
            if let Some(name) = dom.attr(at, "itemprop") {
                let machine = ["content", "datetime", "href", "src"].into_iter().find_map(|name| dom.attr(at, name));
                let value = machine.map_or_else(|| dom.text_of(at).to_owned(), str::to_owned);
                found.properties.push((at, name.to_owned(), value));
            }
        }
        found.lang = found.locale.as_ref().map(|lang| lang.split('-').next().unwrap_or_default().to_owned());
        found
    }

    /// Content of the first `<meta>` of one of these names.
    pub fn named(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.meta.iter().find(|(known, _)| known == name)).map(|(_, content)| content.as_str())
    }

    fn link(&mut self, dom: &Dom, links: &Links, at: usize) {
        let rel = dom.attr(at, "rel").unwrap_or_default();
        if has_word(rel, "canonical") && self.canonical.is_none() {
            self.canonical = links.resolve(dom, at);
        }
        if has_word(rel, "next") && self.next.is_none() {
            self.next = links.resolve(dom, at);
        }
    }

    fn gather(&mut self, value: Value) {
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(fields) if self.objects.len() < MOST_OBJECTS => {
                    waiting.extend(fields.values().filter(|value| value.is_object() || value.is_array()).cloned().rev());
                    self.objects.push(fields);
                }
                _ => {}
            }
        }
    }
}
