//! `<meta http-equiv=refresh>`: a page that is only on the way to another (HTML standard, shared declarative refresh steps).
//!
//! Read from the head of the page alone; what stands in comments, scripts or `noscript` is not meant for us. Refuses slow
//! refreshes, which turn the pages of a show, and those that load the same page again.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use url::Url;

use crate::reference;

/// Bytes of a page in which its head is looked for.
const WINDOW: usize = 8192;
/// Seconds after which a reader is no longer on the way.
const PATIENCE: u32 = 5;

/// Where the page sends its reader at once, if anywhere.
pub fn target(page: &[u8], address: &Url) -> Option<Url> {
    let head = &page[..page.len().min(WINDOW)];
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(String::from_utf8_lossy(head).as_ref()));
    let tokenizer = Tokenizer::new(Head::default(), TokenizerOpts::default());
    let _done = tokenizer.feed(&input);
    let Head { refresh, base, .. } = tokenizer.sink;
    let base = base.into_inner().and_then(|base| reference::resolve(address, &base).ok()).unwrap_or_else(|| address.clone());
    let mut to = reference::resolve(&base, &place(&refresh.into_inner()?)?).ok()?;
    to.set_fragment(None);
    (matches!(to.scheme(), "http" | "https") && to != *address).then_some(to)
}

/// What the head says of refreshing.
#[derive(Default)]
struct Head {
    /// `content` of the first refresh.
    refresh: RefCell<Option<String>>,
    base: RefCell<Option<String>>,
    /// Inside `noscript` or `template`, or behind the head.
    deaf: Cell<bool>,
    ended: Cell<bool>,
}

impl Head {
    fn start(&self, tag: &Tag) {
        let value =
            |name: &str| tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.to_string());
        match &*tag.name {
            "noscript" | "template" => self.deaf.set(true),
            "body" => self.ended.set(true),
            _ if self.deaf.get() => {}
            "base" if self.base.borrow().is_none() => *self.base.borrow_mut() = value("href"),
            "meta" if self.refresh.borrow().is_none() => {
                let refreshes = value("http-equiv").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("refresh"));
                *self.refresh.borrow_mut() = value("content").filter(|_| refreshes);
            }
            _ => {}
        }
    }
}

impl TokenSink for Head {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        if self.ended.get() {
            // Nothing behind the head is told: the tokenizer stops as it would for a script.
            return TokenSinkResult::Script(());
        }
        match (tag.kind, &*tag.name) {
            (TagKind::StartTag, "script") => return TokenSinkResult::RawData(RawKind::ScriptData),
            (TagKind::StartTag, "style") => return TokenSinkResult::RawData(RawKind::Rawtext),
            (TagKind::StartTag, "title" | "textarea") => return TokenSinkResult::RawData(RawKind::Rcdata),
            (TagKind::StartTag, _) => self.start(&tag),
            (TagKind::EndTag, "noscript" | "template") => self.deaf.set(false),
            (TagKind::EndTag, "head") => self.ended.set(true),
            (TagKind::EndTag, _) => {}
        }
        TokenSinkResult::Continue
    }
}

/// The reference of `0; url='/new'`, if the wait is short.
fn place(content: &str) -> Option<String> {
    let content = content.trim_start();
    let seconds = content.len() - content.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if seconds == 0 && !content.starts_with('.') || content[..seconds].parse::<u32>().is_ok_and(|wait| wait > PATIENCE) || seconds > 9 {
        return None;
    }
    let rest = content[seconds..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = rest.strip_prefix(|c: char| c.is_whitespace() || matches!(c, ';' | ','))?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ','));
    let named = rest.get(..3).filter(|name| name.eq_ignore_ascii_case("url")).and_then(|_| rest[3..].trim_start().strip_prefix('='));
    let reference = named.unwrap_or(rest).trim();
    let quoted = reference.strip_prefix(['"', '\'']).map(|inner| inner.split(['"', '\'']).next().unwrap_or_default());
    Some(quoted.unwrap_or(reference).to_owned()).filter(|reference| !reference.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_on_the_way_leads_elsewhere() {
        let address = Url::parse("https://mesto.test/a/b").unwrap();
        let to = |page: &str| target(page.as_bytes(), &address).map(|url| url.to_string());
        for (page, want) in [
            ("<meta http-equiv=\"refresh\" content=\"0; url=/new\">", Some("https://mesto.test/new")),
            ("<META HTTP-EQUIV=Refresh CONTENT='3;URL=\"c\"'>", Some("https://mesto.test/a/c")),
            ("<meta http-equiv=refresh content='0 /new'>", Some("https://mesto.test/new")),
            ("<meta http-equiv=refresh content='0.5, url = https://obec.test/#x'>", Some("https://obec.test/")),
            ("<base href=/z/><meta http-equiv=refresh content='0;url=c'>", Some("https://mesto.test/z/c")),
            ("<title>a</title><script>if (a<b) {}</script><meta http-equiv=refresh content=0;url=c>", Some("https://mesto.test/a/c")),
            ("<meta http-equiv=refresh content='300; url=/new'>", None),
            ("<meta http-equiv=refresh content='0'>", None),
            ("<meta http-equiv=refresh content='0; url='>", None),
            ("<meta http-equiv=refresh content='0; url=/a/b#top'>", None),
            ("<meta http-equiv=refresh content='0; url=javascript:x'>", None),
            ("<meta http-equiv=refresh content='x; url=/new'>", None),
            ("<!-- <meta http-equiv=refresh content='0; url=/new'> -->", None),
            ("<noscript><meta http-equiv=refresh content='0; url=/new'></noscript>", None),
            ("<script>'<meta http-equiv=refresh content=\"0; url=/new\">'</script>", None),
            ("<body><meta http-equiv=refresh content='0; url=/new'>", None),
            ("<meta name=refresh content='0; url=/new'>", None),
            ("", None),
        ] {
            assert_eq!(to(page).as_deref(), want, "{page}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(text in "(<meta |http-equiv=refresh|content=|['\">;=]|[0-9.]|url|<script>|<!--|\\PC){0,40}") {
            target(text.as_bytes(), &Url::parse("https://mesto.test/").unwrap());
        }
    }
}
