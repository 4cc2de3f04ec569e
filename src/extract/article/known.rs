//! What is known of an entry before its page is read: from its listing, and from what the page says of itself.

use jiff::civil::Date;

use super::words::Line;
use crate::extract::page::Model;
use crate::extract::{Entry, Page};

/// What is known before the text is looked for.
pub struct Known {
    pub seen: Date,
    /// What the listing says.
    pub published: Option<Date>,
    /// Words of the title, and whether the listing cut it short.
    pub title: Line,
    pub title_cut: bool,
    /// Words of the listing's summary, none where it was cut short: it then only begins the text.
    pub summary: Line,
    /// Words of what the page says about itself for search engines, else of the summary.
    pub description: Line,
}

impl Known {
    pub fn of(page: &Page, entry: &Entry, model: &Model) -> Self {
        let headline = || model.metadata.objects.iter().find_map(|object| object.get("headline")?.as_str());
        let title = if entry.title.is_empty() { headline().unwrap_or_default() } else { &entry.title };
        let summary = entry.summary.as_deref().unwrap_or_default();
        let description = model.metadata.named(&["og:description", "description", "twitter:description"]).unwrap_or(summary);
        Self {
            seen: page.seen,
            published: entry.published,
            title: Line::of(title),
            title_cut: is_cut(title),
            summary: if is_cut(summary) { Line::default() } else { Line::of(summary) },
            description: Line::of(description),
        }
    }
}

/// Ends with the mark of an ellipsis.
fn is_cut(text: &str) -> bool {
    let text = text.trim_end_matches([']', ')', ' ', '»']);
    text.ends_with('…') || text.ends_with("...")
}
