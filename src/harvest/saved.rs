//! A folder of pages that a browser saved, made into a file of captures.
//!
//! A page must tell its address, and a day: it does, or the name of its file or folder, or whoever imports it. A day without
//! a time is taken at noon (UTC), which is that day all over Europe. The folders that browsers put beside a page hold its
//! pictures and frames and are left out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use regex::Regex;
use url::Url;

use crate::extract::saved::{SavedFrom, saved_from};
use crate::pages::{self, Pages, Piece};

/// What a folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedPages {
    pub pages: u64,
    /// Pages that tell no address.
    pub unaddressed: Vec<PathBuf>,
    /// Pages without one day.
    pub undated: Vec<PathBuf>,
}

/// Packs the pages of a folder in the order of time; `day` is that of pages which tell none.
pub(super) fn pack(pages: &Pages, dir: &Path, day: Option<Date>) -> Result<(PathBuf, SavedPages), pages::Error> {
    let (mut found, mut out) = (Vec::new(), SavedPages::default());
    collect(dir, &mut found)?;
    let mut dated: Vec<(Timestamp, Url, PathBuf)> = Vec::new();
    for path in found {
        let SavedFrom { address, at } = saved_from(&read(&path)?);
        let at = at.or_else(|| noon(day_in_name(dir, &path).or(day)?));
        match (address, at) {
            (None, _) => out.unaddressed.push(path),
            (_, None) => out.undated.push(path),
            (Some(mut address), Some(at)) => {
                address.set_fragment(None);
                dated.push((at, address, path));
            }
        }
    }
    dated.sort();
    out.pages = dated.len() as u64;
    let name = dir.to_string_lossy();
    let target = pages.parcel_path(&name);
    remove(&target)?;
    let mut parcel = pages.parcel(&name, |_| {})?;
    for (at, address, path) in dated {
        parcel.add(&address, at, Piece::Resource { media_type: "text/html", body: &read(&path)? })?;
    }
    Ok((target, out))
}

/// Takes a file away that was only made to be taken in.
pub(super) fn remove(path: &Path) -> Result<(), pages::Error> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(pages::Error::Io { path: path.to_owned(), source }),
        _ => Ok(()),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, pages::Error> {
    std::fs::read(path).map_err(|source| pages::Error::Io { path: path.to_owned(), source })
}

fn collect(dir: &Path, found: &mut Vec<PathBuf>) -> Result<(), pages::Error> {
    let failed = |source| pages::Error::Io { path: dir.to_owned(), source };
    let (mut folders, mut here) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            folders.push(path);
        } else if path.extension().is_some_and(|kind| ["html", "htm", "xhtml"].iter().any(|page| kind.eq_ignore_ascii_case(page))) {
            here.push(path);
        }
    }
    // `name_files`, `name_soubory`, `name-Dateien`: whatever the language of the browser.
    let stems: Vec<String> = here.iter().filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    folders.retain(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        !stems.iter().any(|stem| name.strip_prefix(stem.as_str()).is_some_and(|rest| rest.starts_with(['_', '-', '.'])))
    });
    found.append(&mut here);
    folders.iter().try_for_each(|folder| collect(folder, found))
}

fn noon(day: Date) -> Option<Timestamp> {
    Some(day.to_datetime(time(12, 0, 0, 0)).to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The one day in the name of the file, else in that of the nearest folder that has one.
fn day_in_name(dir: &Path, path: &Path) -> Option<Date> {
    let inside = path.strip_prefix(dir).unwrap_or(path);
    let stem = inside.with_extension("");
    let names: Vec<String> = stem.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    names
        .iter()
        .rev()
        .map(|name| days(name))
        .find(|days| !days.is_empty())
        .and_then(|days| (days.len() == 1).then(|| days.first().copied())?)
}

/// `2020-05-04`, `2020_05_04`, `20200504` and `4. 5. 2020`, between no other figures.
fn days(name: &str) -> BTreeSet<Date> {
    let number = |text: Option<regex::Match<'_>>| text.and_then(|text| text.as_str().parse::<i16>().ok());
    let mut out = BTreeSet::new();
    for (pattern, [year, month, day]) in [
        (r"(?:^|\D)(\d{4})([-_.]?)(\d\d)[-_.]?(\d\d)(?:\D|$|T?\d{4,6}(?:\D|$))", [1, 3, 4]),
        (r"(?:^|\D)(\d{1,2})\.[ _]?(\d{1,2})\.[ _]?(\d{4})(?:\D|$)", [3, 2, 1]),
    ] {
        let Ok(pattern) = Regex::new(pattern) else { continue };
        for found in pattern.captures_iter(name) {
            let parts = (number(found.get(year)), number(found.get(month)), number(found.get(day)));
            if let (Some(year @ 1990..=2100), Some(month), Some(day)) = parts {
                out.extend(Date::new(year, month as i8, day as i8).ok());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_stands_in_the_name_or_in_the_folder() {
        let day = |path: &str| day_in_name(Path::new("/x"), &Path::new("/x").join(path)).map(|day| day.to_string());
        for path in [
            "Partnerství 2020-05-04.html",
            "2020_05_04.htm",
            "a-20200504.html",
            "20200504T101500.html",
            "stránka z 4. 5. 2020.html",
            "2020-05-04/seznam.html",
            "2019-01-01/seznam 2020-05-04.html",
        ] {
            assert_eq!(day(path).as_deref(), Some("2020-05-04"), "{path}");
        }
        for path in ["seznam.html", "2020-05.html", "2020-13-40.html", "1234567890123.html", "2020-05-04 a 2021-05-04.html"] {
            assert_eq!(day(path), None, "{path}");
        }
    }
}
