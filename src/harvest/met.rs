//! What the reading of a listing has met of entries without a page of their own, and whether more of the known ones may follow.
//!
//! Such an entry stands as before where its listing says the same words (`archive/unlinked`). Lists keep their order: new entries come
//! between the known ones and move them down. So what stood before the entries that the last page names was met, or is gone.

use std::collections::BTreeSet;

use url::Url;

use crate::archive::Unlinked;

use super::Error;
use super::context::Context;

#[derive(Default)]
pub(super) struct Met {
    /// The pages on which the entries of the page read last stood before.
    stood: BTreeSet<String>,
    /// Key, date and title of entries that say something else than the known ones of that date and title.
    unsure: BTreeSet<(String, String)>,
}

impl Met {
    pub fn begin_page(&mut self) {
        self.stood.clear();
    }

    /// A page stands as it was.
    pub fn pass(&mut self, page: &Url) {
        self.stood = BTreeSet::from([page.to_string()]);
    }

    /// Meets an entry; whether it stands as before.
    pub fn meet(&mut self, context: &Context<'_>, listing: &str, twin: &str, mark: &str) -> Result<bool, Error> {
        let key = context.addresses.key(twin, None);
        let entry = Unlinked { source: &context.source.name, listing, key: &key, twin };
        let Some(known) = context.archive.with_same_words(&entry, mark)? else {
            if context.archive.has_twins(&entry)? {
                self.unsure.insert((key, twin.to_owned()));
            }
            return Ok(false);
        };
        self.stood.extend(known.page);
        Ok(known.named)
    }

    /// One of the known may stand further down and be what was met in other words, or have the same date and title as something new.
    pub fn may_follow(&self, context: &Context<'_>, listing: &str) -> Result<bool, Error> {
        let stood: Vec<&str> = self.stood.iter().map(String::as_str).collect();
        for (key, twin) in &self.unsure {
            let entry = Unlinked { source: &context.source.name, listing, key, twin };
            if context.archive.may_follow(&entry, &stood)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
