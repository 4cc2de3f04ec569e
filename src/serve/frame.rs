//! What every page has around its content: head, menu, search box where it is wanted, foot.
//!
//! Refuses: anything inline or from elsewhere; the policy in `reply` would not let it run.

use maud::{DOCTYPE, Markup, html};

use super::assets::{ICON, SCRIPT, STYLE};
use super::desk::Medium;
use super::words::Tongue;

/// The entries of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Search,
    Places,
    Changes,
    About,
    Help,
}

/// A page before it is put into its frame.
pub struct Page {
    pub tongue: Tongue,
    /// The same page without the language: `/places`, with its query.
    pub path: String,
    pub title: String,
    pub part: Option<Part>,
    /// More for the head: feeds of a query.
    pub head: Markup,
    pub main: Markup,
}

impl Page {
    pub fn new(tongue: Tongue, path: impl Into<String>, title: impl Into<String>, part: Option<Part>, main: Markup) -> Self {
        Self { tongue, path: path.into(), title: title.into(), part, head: html! {}, main }
    }

    pub fn render(self, medium: Medium) -> String {
        let Self { tongue, path, title, part, head, main } = self;
        let words = tongue.words();
        let other = tongue.other();
        let home = format!("{}/", tongue.prefix());
        let menu = [
            (Part::Search, "/", words.search),
            (Part::Places, "/places", words.places),
            (Part::Changes, "/changes", words.changes),
            (Part::About, "/about", words.about),
            (Part::Help, "/help", words.help),
        ];
        let page = html! {
            (DOCTYPE)
            html lang=(tongue.code()) {
                head {
                    meta charset="utf-8";
                    title { @if !title.is_empty() { (title) " · " } (words.site) }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    link rel="stylesheet" href=(STYLE.href());
                    link rel="icon" href=(ICON.href()) type="image/svg+xml";
                    @if medium == Medium::Server {
                        link rel="search" href="/opensearch.xml" type="application/opensearchdescription+xml" title=(words.site);
                    }
                    link rel="alternate" hreflang=(other.code()) href={ (other.prefix()) (path) };
                    (head)
                    script src=(SCRIPT.href()) defer {}
                }
                body {
                    a.skip href="#main" { (words.skip) }
                    header.top {
                        a.brand href=(home) { strong { (words.site) } " " span { (words.tagline) } }
                        nav aria-label=(words.main_menu) {
                            @for (entry, at, label) in menu {
                                a href={ (tongue.prefix()) (at) } aria-current=[(part == Some(entry)).then_some("page")] { (label) }
                            }
                            a.tongue href={ (other.prefix()) (path) } lang=(other.code()) hreflang=(other.code()) { (words.other_language) }
                        }
                    }
                    main #main tabindex="-1" { (main) }
                    footer.foot {
                        p { (words.privacy) }
                        p { a href={ (tongue.prefix()) "/about" } { (words.licences) } " · twindex " (env!("CARGO_PKG_VERSION")) }
                    }
                }
            }
        };
        page.into_string()
    }
}
