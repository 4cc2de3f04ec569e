//! What ends a run, a rebuild or an import.

use jiff::Timestamp;

use crate::{archive, crawl, home, pages, search};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Archive(#[from] archive::Error),
    #[error(transparent)]
    Pages(#[from] pages::Error),
    #[error(transparent)]
    Crawl(#[from] crawl::Error),
    #[error(transparent)]
    Search(#[from] search::Error),
    #[error(transparent)]
    Home(#[from] home::Error),
    #[error("pages/{file} is missing, and a rebuild would forget what lies in it; restore it, or confirm with --accept-loss")]
    Lost { file: String },
    #[error(
        "{name:?} is the name of two sites, {} and {}, which a merge would make one: crawl one of them under another name; if they are \
         one site, list the hosts of both under `hosts` of the source in the configuration",
        .hosts[0], .hosts[1]
    )]
    Namesakes { name: String, hosts: [String; 2] },
    #[error("the clock says {now:.0}, and the newest visit is of {newest:.0}: set the clock; a run dated before it would be out of order")]
    Clock { now: Timestamp, newest: Timestamp },
    #[error("what a walk put aside cannot be read back")]
    Frontier(#[source] serde_json::Error),
}
