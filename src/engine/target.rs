//! The engines that a folder can be for, once for the command line and the files.

/// Whom a folder is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Quickwit,
    Opensearch,
}

impl Engine {
    pub const ALL: [Self; 2] = [Self::Quickwit, Self::Opensearch];

    /// As options have it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Quickwit => "quickwit",
            Self::Opensearch => "opensearch",
        }
    }

    /// What it holds, for whom.
    pub fn about(self) -> &'static str {
        match self {
            Self::Quickwit => "Index configurations and analysed documents for Quickwit 0.9, in the folder DIR",
            Self::Opensearch => "A mapping and bulk requests for OpenSearch, in the folder DIR",
        }
    }

    /// Whether it has a place for the older versions of a record.
    pub fn wants_versions(self) -> bool {
        self == Self::Quickwit
    }
}
