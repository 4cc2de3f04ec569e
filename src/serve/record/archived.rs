//! The page of a notice as it was stored, in a frame that may do nothing, with all times at which it was stored.
//!
//! Refuses: to make the stored page, which is the part of the room `replay`.

use maud::html;
use url::Url;

use super::super::Error;
use super::super::context::Context;
use super::super::frame::Page;
use super::{find, href};
use crate::record::RecordId;
use crate::replay::STAMP;

pub fn page(context: &Context<'_>, id: &RecordId, stamp: Option<&str>) -> Result<Page, Error> {
    let record = find(context, id, None)?;
    let words = context.words();
    let captures = Url::parse(&record.url).map_or(Ok(Vec::new()), |url| context.archive.sights(&url))?;
    let stamped = |at: jiff::Timestamp| at.strftime(STAMP).to_string();
    let shown = captures.iter().rev().find(|capture| stamp.is_none_or(|stamp| stamp == stamped(capture.at)));
    let main = html! {
        p.back { a href=(context.href(&href(&record))) lang=[record.facts.lang.as_deref()] { "← " (record.title) } }
        h1 { (words.archived_page) }
        @match shown {
            None => p { (words.no_capture) },
            Some(shown) => {
                @let address = format!("/archived/{}/{}", stamped(shown.at), shown.url);
                p.hint { (words.frame_hint) " " a href=(address) { (words.alone) } }
                iframe.archived src=(address) sandbox title={ (words.archived_page) ": " (record.title) } {}
                h2 { (words.captures) }
                ul.plain {
                    @for capture in captures.iter().rev() {
                        @let at = stamped(capture.at);
                        li {
                            a href=(context.href(&format!("{}/archived?at={at}", href(&record)))) aria-current=[(capture == shown).then_some("true")] {
                                (context.locale.moment(capture.at))
                            }
                            " · HTTP " (capture.status)
                        }
                    }
                }
            }
        }
    };
    let title = format!("{}: {}", words.archived_page, record.title);
    Ok(Page::new(context.locale, format!("{}/archived", href(&record)), title, None, main))
}
