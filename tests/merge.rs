//! Archives of several machines brought together: whatever the split and the order, the archive is the one of a single crawl.
#![expect(clippy::unwrap_used, reason = "a test says by its panic what went wrong")]

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use twindex::archive::Archive;
use twindex::home::Home;

use crate::house::{House, Notice, Site, assert_same, notices, source, timeless};

const LIST: &str = "/partneri";

/// Two sites under two names of this machine, which are two hosts for the program.
struct Towns {
    sites: [Site; 2],
}

impl Towns {
    fn open() -> Self {
        let towns = Self { sites: [Site::start(), Site::start()] };
        let all = notices(6);
        towns.sites[0].publish(LIST, &all[..3]);
        towns.sites[1].publish(LIST, &all[3..]);
        towns
    }

    fn sources(&self) -> [String; 2] {
        let [one, other] = &self.sites;
        let named = other.base().replace("127.0.0.1", "localhost");
        [source("lipa", &one.base(), &[LIST], ""), source("javor", &named, &[LIST], "")]
    }

    fn house(&self) -> House {
        let house = House::empty();
        house.configure(&self.sources().concat());
        house
    }

    /// Both sites say something new.
    fn change(&self) {
        let mut all = notices(6);
        for (site, notices) in self.sites.iter().zip(all.chunks_mut(3)) {
            notices[0].body.push_str("\nNově nabízíme i pobyt pro žáky.");
            site.publish(LIST, &[notices[0].clone(), notices[1].clone(), notices[2].clone(), Notice::new("1. 4. 2021", "Podlesí")]);
        }
    }
}

fn files(house: &House) -> Vec<PathBuf> {
    let mut files: Vec<_> = house.state().join("pages").read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Copies a file of pages to another machine.
fn lend(file: &Path, machine: &Path) {
    std::fs::create_dir_all(machine.join("pages")).unwrap();
    std::fs::copy(file, machine.join("pages").join(file.file_name().unwrap())).unwrap();
}

/// A house that has crawled both sites on three occasions; the third brings nothing.
fn crawled(towns: &Towns) -> House {
    let house = towns.house();
    house.expect(0, &["crawl"]);
    towns.change();
    house.expect(0, &["crawl", "--all"]);
    house.expect(0, &["crawl", "--all"]);
    house
}

#[test]
fn any_split_in_any_order_gives_the_archive_of_one_machine() {
    let towns = Towns::open();
    let one = crawled(&towns);
    let (all, want) = (files(&one), one.export());
    assert_eq!((all.len(), one.records().len()), (6, 8));
    let split = (proptest::collection::vec(0..3_usize, all.len()), Just(vec!["0", "1", "2"]).prop_shuffle(), any::<bool>());
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&split, |(machines, order, at_once)| {
            let here = towns.house();
            for (file, machine) in all.iter().zip(&machines) {
                lend(file, &here.path(&machine.to_string()));
            }
            let order: Vec<&str> = order.into_iter().filter(|machine| here.path(machine).exists()).collect();
            if at_once {
                here.expect(0, &[&["merge"], &*order].concat());
            } else {
                // What lacks the files that it refers to says so, and is whole once they have come.
                for machine in &order {
                    here.run(&["merge", machine]);
                }
            }
            assert_same(&want, &here.export(), "merged");
            here.expect(0, &["merge", order[0]]).says("Nothing new");
            assert_same(&want, &here.export(), "merged twice");
            let runs = |house: &House| Archive::open_read_only(&Home::at(house.state())).unwrap().known_runs().unwrap();
            let merged = runs(&here);
            here.assert_rebuilds();
            assert_eq!(merged, runs(&here), "the order of runs is that of a rebuild");
            here.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
            Ok(())
        })
        .unwrap();
}

#[test]
fn parts_crawled_by_two_machines_are_one_crawl() {
    let towns = Towns::open();
    let (one, two, whole) = (towns.house(), towns.house(), towns.house());
    whole.expect(0, &["crawl"]);
    one.expect(0, &["crawl", "--shard", "1/2"]).says("javor");
    two.expect(0, &["crawl", "--shard=2/2"]).says("lipa");
    assert_eq!((files(&one).len(), files(&two).len()), (1, 1), "each source is crawled by one machine");
    let here = towns.house();
    let homes = [one.state(), two.state()].map(|home| home.to_str().unwrap().to_owned());
    here.expect(0, &["merge", &homes[0], &homes[1]]).says("Merged 2 files of pages, walked 2 runs: 6 records");
    assert_eq!(timeless(&here.records()), timeless(&whole.records()));
    // A later night of one machine is walked on top, the other source is left alone.
    towns.change();
    one.expect(0, &["crawl", "--shard", "1/2", "--all"]);
    here.expect(0, &["merge", &homes[0]]).says("walked 1 run: 7 records");
    here.assert_rebuilds();
    one.expect(2, &["crawl", "--shard", "3/2"]).says("numbered from 1");
    one.expect(2, &["crawl", "--shard", "half"]).says("write 1/3");
    one.expect(0, &["crawl", "lipa", "--shard", "1/2"]).says("No source is in this part");
}

#[test]
fn sources_that_only_the_other_machine_has_are_read_as_its_runs_tell() {
    let towns = Towns::open();
    let (there, here) = (crawled(&towns), House::empty());
    here.configure(&towns.sources()[0]);
    let home = there.state();
    here.expect(0, &["merge", home.to_str().unwrap()]);
    assert_same(&there.export(), &here.export(), "a source without configuration");
}

#[test]
fn a_longer_copy_takes_the_place_of_its_beginning() {
    let towns = Towns::open();
    let one = crawled(&towns);
    let here = towns.house();
    let all = files(&one);
    let newest = all.last().unwrap();
    for file in &all {
        lend(file, &here.path("torn"));
    }
    let torn = here.path("torn/pages").join(newest.file_name().unwrap());
    let bytes = std::fs::read(newest).unwrap();
    // Between two gzip members nothing would be torn.
    let half = bytes.len() / 2;
    let cut = if bytes[half..].starts_with(&[0x1f, 0x8b]) { half - 5 } else { half };
    std::fs::write(&torn, &bytes[..cut]).unwrap();
    here.expect(3, &["merge", "torn"]).says("not readable");
    lend(newest, &here.path("whole"));
    here.expect(0, &["merge", "whole"]);
    assert_same(&one.export(), &here.export(), "the whole file");
    here.expect(0, &["merge", "torn"]).says("Nothing new");
}

#[test]
fn two_sites_of_one_name_are_not_made_one() {
    let towns = Towns::open();
    let [ours, theirs] = [House::empty(), House::empty()];
    ours.configure(&towns.sources()[0]);
    theirs.configure(&towns.sources()[1].replace("javor", "lipa"));
    ours.expect(0, &["crawl"]);
    // Files of pages are named by the second; two of one name would be refused for that alone.
    let second = || jiff::Timestamp::now().as_second();
    let began = second();
    while second() == began {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    theirs.expect(0, &["crawl"]);
    let (export, home) = (ours.export(), theirs.state().to_str().unwrap().to_owned());
    let refused = ours.expect(2, &["merge", &home]);
    refused.says("\"lipa\" is the name of two sites").says("127.0.0.1").says("localhost");
    assert_eq!(files(&ours).len(), 1, "nothing was copied");
    assert_same(&export, &ours.export(), "after the refusal");
    // Nor where the name is known to neither of the two that are merged into a third.
    let here = House::empty();
    here.configure(&towns.sources()[1]);
    here.expect(2, &["merge", ours.state().to_str().unwrap(), &home]).says("two sites");
    // Whoever knows that they are one site says so.
    ours.configure(&source("lipa", &towns.sites[0].base(), &[LIST], "hosts = [\"localhost\"]"));
    ours.expect(0, &["merge", &home]).says("6 records");
}

#[test]
fn what_cannot_be_merged_is_refused_and_nothing_is_lost() {
    let towns = Towns::open();
    let here = crawled(&towns);
    let before = here.export();
    here.expect(2, &["merge", "nowhere"]).says("holds no pages");
    assert!(!here.path("nowhere").exists(), "it is not made either");
    here.expect(2, &["merge", "state"]).says("the state folder itself");
    let ours = files(&here).remove(0);
    lend(&ours, &here.path("other"));
    std::fs::write(here.path("other/pages/new-20260101T000000Z.warc.gz"), std::fs::read(&ours).unwrap()).unwrap();
    let mut bytes = std::fs::read(&ours).unwrap();
    bytes[40] ^= 1;
    std::fs::write(here.path("other/pages").join(ours.file_name().unwrap()), bytes).unwrap();
    let number = files(&here).len();
    here.expect(2, &["merge", "other"]).says("two runs of one name");
    assert_eq!(files(&here).len(), number, "nothing was copied");
    assert_same(&before, &here.export(), "after refusals");
}
