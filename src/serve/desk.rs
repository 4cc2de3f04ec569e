//! What one request is answered with: the library, a connection to the archive, a language, the address of this server.

use maud::Markup;

use super::Error;
use super::library::Library;
use super::words::{Tongue, Words};
use crate::archive::Archive;

pub struct Desk<'d> {
    pub library: &'d Library,
    pub archive: &'d Archive,
    pub tongue: Tongue,
    /// Scheme and host as readers have them: `http://127.0.0.1:8080`.
    pub base: &'d str,
}

impl Desk<'_> {
    pub fn words(&self) -> &'static Words {
        self.tongue.words()
    }

    /// A page of ours in the language of this one.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.tongue.prefix())
    }
}

/// A part of a page, or why there is none.
pub type Part = Result<Markup, Error>;
