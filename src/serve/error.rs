//! Why there is no answer, as a value; what a reader is told of it is the part of `refused`.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::StatusCode;

use super::words;
use crate::{archive, export, search};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0:?}")]
    Refused(Refusal),
    /// Values of parameters that mean nothing, where a program asks: an answer without them would be another's.
    #[error("these values mean nothing here: {}", .0.join(", "))]
    Unused(Vec<String>),
    #[error(transparent)]
    Archive(#[from] archive::Error),
    #[error(transparent)]
    Index(#[from] search::Error),
    #[error(transparent)]
    Query(#[from] search::QueryError),
    #[error("cannot write the access log {path}")]
    Log { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Export(#[from] export::Error),
    #[error("the reader is gone")]
    Gone(#[from] std::io::Error),
    #[error("cannot serve on {address}")]
    Serve { address: SocketAddr, source: std::io::Error },
}

/// What a reader asked that is not given, and is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    TooLong,
    TooDeep,
    PastTooLarge,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Refusal {
    pub fn status(self) -> StatusCode {
        if self == Self::NotFound { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST }
    }

    pub fn text(self, words: &words::Words) -> &'static str {
        match self {
            Self::NotFound => words.not_found,
            Self::TooLong => words.too_long,
            Self::TooDeep => words.too_deep,
            Self::PastTooLarge => words.past_too_large,
        }
    }
}
