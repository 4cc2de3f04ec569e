//! A notice by its identifier, and its address.

use super::super::context::Context;
use super::super::{Error, Refusal, address};
use crate::record::{Record, RecordId};

/// The notice as a reader asked for it: the newest version, or one of the older.
pub fn find(context: &Context<'_>, id: &RecordId, version: Option<u32>) -> Result<Record, Error> {
    let record = match version {
        None => context.archive.current(id)?,
        Some(number) => context.archive.version(id, number)?.map(|record| context.library.read_facts(record)),
    };
    record.ok_or_else(|| Refusal::NotFound.into())
}

pub fn href(record: &Record) -> String {
    format!("/record/{}", address::escaped(&record.id.0))
}
