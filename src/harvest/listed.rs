//! An entry as one page of a listing names it, in the form in which a walk puts it aside until its turn comes.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::extract::{Entry, Link};
use crate::record::PageRef;

use super::question::Answer;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Listed {
    published: Option<Date>,
    title: String,
    link: Option<String>,
    summary: Option<String>,
    summary_raw: Option<String>,
    body: Option<String>,
    documents: Vec<(String, String)>,
    /// When the page of the listing was had.
    pub at: Timestamp,
    /// Where its bytes lie.
    pub place: PageRef,
}

impl Listed {
    pub fn new(entry: &Entry, answer: &Answer) -> Self {
        Self {
            published: entry.published,
            title: entry.title.clone(),
            link: entry.link.as_ref().map(Url::to_string),
            summary: entry.summary.clone(),
            summary_raw: entry.summary_raw.clone(),
            body: entry.body.clone(),
            documents: entry.documents.iter().map(|link| (link.url.to_string(), link.title.clone())).collect(),
            at: answer.at,
            place: answer.page.clone(),
        }
    }

    pub fn entry(&self) -> Entry {
        let documents = self.documents.iter();
        Entry {
            published: self.published,
            title: self.title.clone(),
            link: self.link.as_deref().and_then(|link| link.parse().ok()),
            summary: self.summary.clone(),
            summary_raw: self.summary_raw.clone(),
            body: self.body.clone(),
            documents: documents.filter_map(|(url, title)| Some(Link { url: url.parse().ok()?, title: title.clone() })).collect(),
            ..Entry::default()
        }
    }
}
