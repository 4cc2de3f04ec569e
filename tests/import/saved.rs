//! Pages that a browser saved in a folder.

use super::{LONG, house, site, without_pages};
use crate::house::{House, assert_same};

fn save(house: &House, name: &str, note: &str, body: &[u8]) {
    let path = house.path(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, [note.as_bytes(), body].concat()).unwrap();
}

#[test]
fn a_folder_of_saved_pages_becomes_history() {
    let house = house();
    let pages = site(&[("alfa", LONG), ("beta", LONG)]);
    let newer = format!("{LONG} Nově nabízí i pobyt pro žáky.");
    let later = site(&[("alfa", &newer)]);
    let chromium = |url: &str| format!("<!DOCTYPE html>\n<!-- saved from url=({:04}){url} -->\n", url.len());
    let canonical = |url: &str| format!("<link rel=\"canonical\" href=\"{url}\">");
    save(&house, "old/seznam 2020-03-01.html", &chromium(&pages[0].url), &pages[0].body);
    save(&house, "old/2020-03-01/alfa.htm", &canonical(&pages[1].url), &pages[1].body);
    save(&house, "old/2020-03-01/beta.html", &chromium(&pages[2].url), &pages[2].body);
    save(&house, "old/2020-03-01/beta_soubory/frame 2020.html", &chromium("http://mesto.test/frame"), b"<p>frame</p>");
    let single =
        format!("<!--\n Page saved with SingleFile \n url: {} \n saved date: Mon Mar 01 2021 12:33:00 GMT+0100 (CET)\n-->", later[1].url);
    save(&house, "old/alfa.html", &single, &later[1].body);
    save(&house, "old/bez adresy 2020-03-01.html", "", &pages[1].body);
    save(&house, "old/bez dne.html", &chromium("http://mesto.test/gama"), &pages[1].body);
    let ran = house.expect(3, &["import", "--html", "old"]);
    ran.says("bez adresy").says("bez dne.html has no day in its name").says("4 captures of your sources").says("2 records");
    let shown = house.expect(0, &["history", "alfa"]).stdout;
    assert!(shown.contains("2020-03-01 12:00 UTC  version 1") && shown.contains("2021-03-01 11:33 UTC  version 2"), "{shown}");
    let (export, before) = (house.export(), without_pages(&house));
    house.expect(3, &["import", "--html", "old"]).says("Nothing new");
    assert_same(&export, &house.export(), "the same again");
    // The day of the rest is given; what was there stays what it was.
    house.expect(3, &["import", "--html", "old", "--date", "2020-03-01"]).says("2 records");
    assert_eq!(before, without_pages(&house), "a page that no listing names");
    house.assert_rebuilds();
}

#[test]
fn what_is_no_folder_of_pages_is_refused() {
    let house = house();
    house.expect(2, &["import", "--html", "nowhere"]).says("no folder");
    std::fs::create_dir(house.path("empty")).unwrap();
    house.expect(2, &["import", "--html", "empty"]).says("no saved page");
    house.expect(2, &["import", "--html", "empty", "a.warc.gz"]).says("cannot be used");
    house.expect(2, &["import", "--html", "empty", "--date", "soon"]).says("soon");
    house.expect(2, &["import"]).says("FILE");
}
