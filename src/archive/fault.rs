//! What an error of SQLite means for the person who meets it: each kind in its own words, none that would delete what is
//! healthy.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

/// One sentence with what to do.
pub(super) fn explained(path: &Path, error: &Error) -> String {
    let path = path.display();
    let Some(code) = error.sqlite_error_code() else { return format!("{path} holds something unexpected: {error}") };
    match code {
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
            format!("{path} is damaged ({error}); `twindex verify` says how much, `twindex rebuild` makes it again from the pages")
        }
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            format!("{path} may not be written by this user or on this disk; reading it is fine, writing is for its owner")
        }
        ErrorCode::CannotOpen => format!("{path} cannot be opened: may this user read it and enter its folder?"),
        ErrorCode::DiskFull => format!("the disk of {path} is full; nothing that was kept is lost: make room and run it again"),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            format!("{path} is being written by another program; try again when it is done")
        }
        ErrorCode::SystemIoFailure => format!("the disk of {path} failed ({error}); the archive itself may be whole: check the disk"),
        _ => format!("{path}: {error}"),
    }
}

/// The file could not be opened, or not in the way that its journal needs.
pub(super) fn is_closed_to_us(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied))
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn each_kind_is_told_apart_and_only_damage_speaks_of_rebuilding() {
        let said = |code| explained(Path::new("archive.db"), &Error::SqliteFailure(ffi::Error::new(code), None));
        for (code, words) in [
            (ffi::SQLITE_CORRUPT, "is damaged"),
            (ffi::SQLITE_NOTADB, "is damaged"),
            (ffi::SQLITE_READONLY, "may not be written"),
            (ffi::SQLITE_CANTOPEN, "cannot be opened"),
            (ffi::SQLITE_FULL, "is full"),
            (ffi::SQLITE_BUSY, "another program"),
            (ffi::SQLITE_IOERR, "check the disk"),
        ] {
            let text = said(code);
            assert!(text.contains(words), "{text}");
            assert_eq!(text.contains("rebuild"), words == "is damaged", "{text}");
            assert!(!text.contains("take it away") && !text.contains("delete"), "{text}");
        }
    }
}
