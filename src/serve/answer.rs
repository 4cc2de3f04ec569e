//! From a request that may be answered to its answer: the page, the data or the file that its address stands for.
//!
//! Refuses: downloads and feeds, which are written while they are sent (`download`).

use axum::http::{StatusCode, Uri};
use url::form_urlencoded::parse;

use super::context::{Context, Medium, Request};
use super::library::Library;
use super::question::Question;
use super::reply::{HTML, Reply};
use super::route::{self, Leaf, Route};
use super::{Error, Refusal, about, api, changes, discover, help, places, record, refused, results, suggest};
use crate::replay;

/// An answer made here, or one that the replay made.
pub enum Answered {
    Reply(Reply),
    Replayed(axum::response::Response),
}

pub fn answer(library: &Library, request: &Request) -> Answered {
    let (locale, route) = route::read(request.uri.path());
    let query = request.uri.query().unwrap_or_default();
    if let Route::Replay(rest) = &route {
        return replayed(library, request, rest);
    }
    let done = library.with_archive(|archive| {
        let context = Context { library, archive, locale, base: &request.base, medium: Medium::Server };
        made(&context, route, query).or_else(|error| {
            if !matches!(error, Error::Refused(_) | Error::Unused(_)) {
                tracing::error!(%error, path = request.uri.path(), "a page could not be made");
            }
            Ok(refused::error(request.uri.path(), &error))
        })
    });
    Answered::Reply(done.unwrap_or_else(|error| {
        tracing::error!(%error, "the archive cannot be read");
        refused::error(request.uri.path(), &error)
    }))
}

fn made(context: &Context<'_>, route: Route, query: &str) -> Result<Reply, Error> {
    let value = |name: &str| parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let page = match route {
        Route::Search => results::page(context, Question::read(query))?,
        Route::Record(id, Leaf::Whole) => {
            let version = value("version").map(|number| number.parse().map_err(|_| Refusal::NotFound)).transpose()?;
            record::page(context, &id, version)?
        }
        Route::Record(id, Leaf::Versions) => record::versions(context, &id)?,
        Route::Record(id, Leaf::Archived) => record::archived(context, &id, value("at").as_deref())?,
        Route::Record(id, Leaf::Document(number)) => record::document(context, &id, number)?,
        Route::Places => places::all(context),
        Route::Place(id) => places::one(context, id)?,
        Route::Country(code) => places::country(context, &code)?,
        Route::Changes => changes::page(context, value("since").as_deref(), value("after").as_deref())?,
        Route::About => about::page(context)?,
        Route::Help => help::page(context),
        Route::Suggest => return suggest::reply(context, &value("q").unwrap_or_default()),
        Route::Asset(asset) => return Ok(Reply { lasting: true, ..Reply::new(asset.media_type, asset.text) }),
        Route::OpenSearch => return Ok(discover::open_search(context)),
        Route::Robots => return Ok(discover::robots()),
        Route::Health => return discover::health(context),
        Route::Api(asked) => return api::reply(context, &asked, query),
        Route::Replay(_) | Route::Nothing => return Err(Refusal::NotFound.into()),
    };
    Ok(Reply::new(HTML, page.render(Medium::Server)))
}

fn replayed(library: &Library, request: &Request, rest: &str) -> Answered {
    let query = request.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let base = format!("{}/archived", request.base);
    let asked = format!("{rest}{query}").parse::<Uri>();
    match asked.map(|uri| replay::answer(library.home(), base, &uri, &request.headers)) {
        Ok(Ok(response)) => Answered::Replayed(response),
        Ok(Err(error)) => {
            tracing::error!(%error, "a stored page cannot be shown");
            Answered::Reply(refused::reply(request.uri.path(), StatusCode::INTERNAL_SERVER_ERROR, |words| words.failed))
        }
        Err(_) => Answered::Reply(refused::reply(request.uri.path(), StatusCode::BAD_REQUEST, |words| words.no_capture)),
    }
}
