//! What one request is answered with: the library, a connection to the archive, a language, the address of this server.
//!
//! Lives as long as its request. Refuses: anything that outlives it, which is the part of `library`.

use maud::Markup;

use super::Error;
use super::library::Library;
use super::words::{Tongue, Words};
use crate::archive::Archive;
use crate::export::{Exported, Metadata};
use crate::gazetteer;
use crate::record::Record;

/// What the pages are for; the templates are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Answers of a server, which knows every state.
    Server,
    /// Files of a static copy, which are there or not.
    Files,
}

#[derive(Clone, Copy)]
pub struct Desk<'d> {
    pub library: &'d Library,
    pub archive: &'d Archive,
    pub tongue: Tongue,
    /// Scheme and host as readers have them: `http://127.0.0.1:8080`.
    pub base: &'d str,
    pub medium: Medium,
}

impl Desk<'_> {
    pub fn words(&self) -> &'static Words {
        self.tongue.words()
    }

    /// Whether a server can be asked for what has no file.
    pub fn is_served(&self) -> bool {
        self.medium == Medium::Server
    }

    /// What goes with every citation and export.
    pub fn metadata(&self) -> Metadata {
        Metadata {
            attribution: gazetteer::ATTRIBUTION.lines().map(str::to_owned).collect(),
            publishers: self.library.publishers().clone(),
            ..Metadata::default()
        }
    }

    /// A record with the time at which its page was stored.
    pub fn exported(&self, record: Record) -> Result<Exported, Error> {
        Ok(Exported { captured: self.archive.captured(&record.page)?, ..Exported::from(record) })
    }

    /// A page of ours in the language of this one.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.tongue.prefix())
    }
}

/// A part of a page, or why there is none.
pub type Part = Result<Markup, Error>;
