//! What a block of a page is for.

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Text,
    Title,
    /// What the listing already said.
    Summary,
    /// Links to files, and their label.
    Download,
    /// Not of the text: navigation, tools, lists of other pages, remarks about the page.
    Other,
}
