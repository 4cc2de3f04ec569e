//! What a reader of documents hands back.

/// Bytes of text kept.
pub const MAX_TEXT: usize = 2 << 20;

/// Text, and a remark where it is not the whole.
pub type Reading = Result<(String, Option<String>), String>;
