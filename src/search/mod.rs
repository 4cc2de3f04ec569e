//! Asking the archive: a disposable full-text index over its records, built for Czech.
//!
//! `index` and `write` keep it, `schema` and `document` say what it holds, `analysis` turns text into tokens, `query` reads
//! questions, `plan` asks them, `ask` answers. Refuses SQL and HTML: it is handed an iterator of records. No string is
//! a wrong question; strict mode is for those who want to be told.

mod addresses;
mod analysis;
mod answer;
mod ask;
mod closed;
mod collapse_whitespace;
pub mod czech;
mod document;
mod edit_distance;
mod explain;
mod facets;
mod facts;
mod filters;
mod groups;
mod highlight;
mod index;
mod levels;
mod names;
mod order;
mod phrase;
mod places;
mod plan;
mod query;
mod read_only;
mod saved;
mod schema;
mod seekers;
mod similar;
mod snippet;
mod suggest;
mod tabulate;
mod terms;
mod values;
mod vocabulary;
mod word;
mod write;

pub use answer::{Answer, Count, Facets, Hit, Level, Met, Options, ReadAs, Reading, Snippet, Sort, SortKey, Source, Suggestion};
pub use ask::{Matching, QueryError};
pub use czech::ANALYZER_VERSION;
pub use index::{Error, Index, Report};
pub use names::order as alphabetical;
pub use query::{FieldHelp, GRAMMAR, help as fields};
pub use saved::{News, Saved, SavedError, SavedSearches};
pub use seekers::{Seeker, SeekerCount};
pub use tabulate::{Dimension, Row, Table};
pub use values::ValueCount;
pub use word::{At, MatchKind};
