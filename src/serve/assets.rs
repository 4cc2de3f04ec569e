//! Files of ours that pages name: style, script, icon. Their addresses change with their bytes, so browsers keep them for good.
//!
//! Refuses: files from a disk. They are built in, and an address with another stamp leads nowhere.

use std::sync::LazyLock;

use sha1::{Digest, Sha1};

pub struct Asset {
    pub name: &'static str,
    pub media_type: &'static str,
    pub text: &'static str,
}

pub static STYLE: Asset = Asset { name: "style.css", media_type: "text/css; charset=utf-8", text: include_str!("assets/style.css") };
pub static SCRIPT: Asset =
    Asset { name: "script.js", media_type: "text/javascript; charset=utf-8", text: include_str!("assets/script.js") };
/// Of static copies alone.
pub static SEARCH: Asset =
    Asset { name: "search.js", media_type: "text/javascript; charset=utf-8", text: include_str!("assets/search.js") };
pub static ICON: Asset = Asset { name: "icon.svg", media_type: "image/svg+xml", text: include_str!("assets/icon.svg") };

/// Of all files together; it tells one build's from another's.
static STAMP: LazyLock<String> = LazyLock::new(|| {
    let digest = Asset::all().fold(Sha1::new(), |sum, asset| sum.chain_update(asset.text)).finalize();
    data_encoding::HEXLOWER.encode(&digest[..6])
});

impl Asset {
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [&STYLE, &SCRIPT, &SEARCH, &ICON].into_iter()
    }

    pub fn href(&self) -> String {
        format!("/assets/{}/{}", *STAMP, self.name)
    }

    /// The file of this build at a path below `/assets/`.
    pub fn at(stamp: &str, name: &str) -> Option<&'static Self> {
        Self::all().find(|asset| *STAMP == stamp && asset.name == name)
    }
}
