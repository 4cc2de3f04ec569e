//! How to cite a notice, in each style.

use super::desk::Desk;
use crate::record::Record;

pub fn all(_desk: &Desk<'_>, _record: &Record) -> Vec<(&'static str, String)> {
    Vec::new()
}
