//! The same for programs: JSON as of the command line, described by one `OpenAPI` document that is served, too.
//!
//! Refuses: values that mean nothing. A page tells of them and answers the rest; a program would take that for its answer.

mod description;

use std::str::FromStr;

use serde_json::{Value, json};
use url::form_urlencoded::parse;

use super::context::Context;
use super::reply::Reply;
use super::results::Asking;
use super::route::Api;
use super::{Error, record};
use crate::archive::{Absence, Difference, Version};
use crate::record::RecordId;
use crate::search::Options;

/// Hits of one answer.
const MOST: usize = 100;
const USUAL: usize = 20;

pub fn reply(context: &Context<'_>, asked: &Api, query: &str) -> Result<Reply, Error> {
    Ok(match asked {
        Api::Search => {
            let asking = Asking::exact(context, query)?;
            let limit = number(query, "limit")?.unwrap_or(USUAL).min(MOST);
            let offset = number(query, "offset")?.unwrap_or(0);
            if offset >= super::question::DEEPEST {
                return Err(super::Refusal::TooDeep.into());
            }
            let options = Options { limit, offset, ..asking.options.clone() };
            Reply::json(&asking.snapshot.index.search(&asking.question.q, &options)?)
        }
        Api::Record(id) => Reply::json(&record::find(context, id, number(query, "version")?)?),
        Api::Versions(id) => Reply::json(&versions(context, id)?),
        Api::Stats => {
            let asking = Asking::exact(context, query)?;
            let options = Options { limit: 0, offset: 0, ..asking.options.clone() };
            let answer = asking.snapshot.index.search(&asking.question.q, &options)?;
            Reply::json(&json!({
                "query": answer.query, "total": answer.total, "partial": answer.partial, "read_as": answer.read_as, "facets": answer.facets,
            }))
        }
        Api::Places => {
            let asking = Asking::exact(context, query)?;
            Reply::json(&asking.snapshot.index.seekers(&asking.question.q, &asking.options)?)
        }
        Api::Description => Reply::json(&description::document(context.base)),
        Api::Nothing => return Err(super::Refusal::NotFound.into()),
    })
}

/// The number under a name; what is none is an error.
fn number<T: FromStr>(query: &str, name: &str) -> Result<Option<T>, Error> {
    let value = parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value);
    value.map(|value| value.parse().map_err(|_| Error::Unused(vec![value.chars().take(100).collect()]))).transpose()
}

/// Every version whole, with what it changed; as `twindex history --json`.
fn versions(context: &Context<'_>, id: &RecordId) -> Result<Value, Error> {
    let record = record::find(context, id, None)?;
    let (versions, absences) = (context.archive.history(id)?, context.archive.absences(id)?);
    let before = std::iter::once(None).chain(versions.iter().map(Some));
    let changed = |before: Option<&Version>, version: &Version| before.map_or_else(Vec::new, |before| version.differences(before));
    let told: Vec<Value> = versions.iter().zip(before).map(|(version, before)| version_json(version, &changed(before, version))).collect();
    Ok(json!({
        "id": record.id, "url": record.url, "aliases": record.aliases, "versions": told,
        "absences": absences.iter().map(absence_json).collect::<Vec<_>>(),
    }))
}

fn version_json(version: &Version, changed: &[Difference]) -> Value {
    let content = &version.content;
    json!({
        "version": version.number, "seen_at": version.seen_at, "run": version.run, "published": content.published,
        "title": content.title, "summary": content.summary, "body": content.body, "attachments": content.attachments, "page": content.page,
        "changed": changed,
    })
}

fn absence_json(absence: &Absence) -> Value {
    json!({"since": absence.since, "until": absence.until, "evidence": absence.evidence})
}
