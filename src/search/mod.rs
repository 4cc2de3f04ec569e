//! Asking the archive: a disposable full-text index over its records, built for Czech.
//!
//! `index` and `write` keep it, `schema` and `document` say what it holds, `analysis` turns text into tokens, `query` reads
//! questions, `plan` asks them, `ask` answers. Refuses SQL and HTML: it is handed an iterator of records. No string is
//! a wrong question; strict mode is for those who want to be told.

mod analysis;
mod answer;
mod ask;
pub mod czech;
mod document;
mod explain;
mod facets;
mod facts;
mod filters;
mod index;
mod levels;
mod marks;
mod names;
mod order;
mod phrase;
mod plan;
mod query;
mod read_only;
mod saved;
mod schema;
mod similar;
mod slips;
mod snippet;
mod squeeze;
mod suggest;
mod topics;
mod word;
mod write;

pub use answer::{Answer, Count, Facets, Hit, Level, Met, Options, ReadAs, Reading, Snippet, Sort, SortKey, Suggestion};
pub use ask::{Matching, QueryError};
pub use czech::ANALYZER_VERSION;
pub use index::{Error, Index, Report};
pub use query::GRAMMAR;
pub use saved::{Saved, SavedError, Shelf};
pub use word::{At, Path};
