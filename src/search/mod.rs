//! Asking the archive: a disposable full-text index over its records, built for Czech.
//!
//! `index` and `write` keep it, `schema` and `document` say what it holds, `analysis` turns text into tokens, `query` reads
//! questions, `plan` asks them, `ask` answers. Refuses SQL and HTML: it is handed an iterator of records. No string is
//! a wrong question; strict mode is for those who want to be told.

mod addresses;
mod analysis;
mod answer;
mod ask;
mod automaton;
mod beside;
mod closed;
mod collapse_whitespace;
mod component;
mod corpus;
pub mod czech;
mod docset;
mod document;
mod edit_distance;
pub mod elsewhere;
mod error;
mod explain;
mod facets;
mod facts;
mod filters;
mod folder;
mod groups;
mod held;
mod highlight;
mod index;
mod levels;
mod matching;
mod merging;
mod names;
mod order;
mod payload;
mod phrase;
mod places;
mod plan;
mod query;
mod queue;
mod regions;
mod saved;
mod schema;
mod scoring;
mod seeker;
mod seekers;
mod similar;
mod snippet;
mod suggest;
mod tabulate;
mod terms;
mod values;
mod vocabulary;
mod windowed;
mod word;
mod write;

pub use answer::{Answer, Count, Facets, Hit, Level, Met, Options, ReadAs, Reading, Snippet, Sort, SortKey, Source, Suggestion};
pub use ask::{QueryError, Records};
pub use beside::Beside;
pub use component::{At, MatchKind};
pub use czech::ANALYZER_VERSION;
pub use error::Error;
pub use held::{Held, Holdings, Values};
pub use index::{Index, Report};
pub use names::order as alphabetical;
pub use query::{FieldHelp, GRAMMAR, help as fields};
pub use saved::{News, Saved, SavedError, SavedSearches};
pub use seeker::Seeker;
pub use seekers::SeekerCount;
pub use tabulate::{Dimension, Row, Table};
pub use values::ValueCount;
