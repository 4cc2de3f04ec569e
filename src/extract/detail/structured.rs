//! JSON-LD on the page (schema.org Article and its kin): evidence beside the visible text, never above it.
//!
//! Objects may stand alone, in an array or inside `@graph`; broken JSON is no evidence. Read are
//! `datePublished`, `author.name`, `headline` and `articleBody` of the first thing that is an article.

use scraper::{Html, Selector};
use serde_json::Value;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Structured {
    pub published: Option<String>,
    pub author: Option<String>,
    pub headline: Option<String>,
    pub body: Option<String>,
}

/// Objects looked at, at most.
const MAX_OBJECTS: usize = 200;

pub fn read(document: &Html) -> Structured {
    let scripts = Selector::parse("script[type='application/ld+json' i]").expect("a valid selector");
    for script in document.select(&scripts) {
        let Ok(value) = serde_json::from_str::<Value>(script.text().collect::<String>().trim()) else { continue };
        if let Some(found) = article(&value) {
            return found;
        }
    }
    Structured::default()
}

fn article(value: &Value) -> Option<Structured> {
    let mut waiting = vec![value];
    for _ in 0..MAX_OBJECTS {
        match waiting.pop()? {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(object) => {
                if object.get("@type").is_some_and(is_article) {
                    let text = |value: &Value| value.as_str().map(str::to_owned);
                    let author = object.get("author").and_then(|author| match author {
                        Value::Array(all) => all.first()?.get("name").and_then(text),
                        other => other.get("name").and_then(text).or_else(|| text(other)),
                    });
                    return Some(Structured {
                        published: object.get("datePublished").and_then(text),
                        author,
                        headline: object.get("headline").and_then(text),
                        body: object.get("articleBody").and_then(text),
                    });
                }
                waiting.extend(object.get("@graph"));
                waiting.extend(object.get("mainEntity"));
            }
            _ => {}
        }
    }
    None
}

/// `Article`, `NewsArticle`, `BlogPosting`, … alone or in a list of types.
fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(name) => name.ends_with("Article") || name.ends_with("Posting") || name == "Report",
        Value::Array(names) => names.iter().any(is_article),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graph_and_broken_scripts() {
        let html = r#"<script type="application/ld+json">{broken</script><script type="application/LD+json">
            {"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle"],"datePublished":"2021-03-04T10:00:00+01:00","author":[{"name":"Jo Hill"}]}]}</script>"#;
        let found = read(&Html::parse_document(html));
        assert_eq!(found.published.as_deref(), Some("2021-03-04T10:00:00+01:00"));
        assert_eq!(found.author.as_deref(), Some("Jo Hill"));
    }
}
