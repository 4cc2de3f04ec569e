//! `export -o` writes what stands at the path as what it is, and readers who may not write are served all the same.
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::house::{House, Ran, Site, notices};

/// A house whose archive has three notices.
fn house() -> House {
    let site = Site::start();
    site.publish("/partneri", &notices(3));
    let house = House::of(&site, &["/partneri"]);
    house.expect(0, &["crawl"]);
    house
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_pipe_is_written_through_and_gets_nothing_beside_it() {
    let house = house();
    let pipe = house.path("roura");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let before = names(pipe.parent().unwrap());
    let writer = house.spawn(&["export", "-o", "roura"]);
    let mut text = String::new();
    fs::File::open(&pipe).unwrap().read_to_string(&mut text).unwrap();
    let ran = Ran::of(&writer.wait_with_output().unwrap());
    assert_eq!((ran.code, text.lines().count()), (Some(0), 3), "{ran:?}");
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(names(pipe.parent().unwrap()), before, "something was left beside the pipe");
    // A reader who leaves is no failure, and nothing is counted as written.
    let writer = house.spawn(&["export", "-o", "roura"]);
    drop(fs::File::open(&pipe).unwrap());
    let ran = Ran::of(&writer.wait_with_output().unwrap());
    assert!(ran.code == Some(0) && !ran.stderr.contains("error"), "{ran:?}");
}

#[test]
fn a_device_is_never_replaced() {
    let house = house();
    let node = house.path("null");
    // A node like /dev/null, in our own folder; only root can make one.
    if !Command::new("mknod").arg(&node).args(["c", "1", "3"]).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no right to make a device");
        return;
    }
    let ran = house.run(&["export", "--format", "csv", "-o", "null"]);
    assert!(fs::symlink_metadata(&node).unwrap().file_type().is_char_device(), "{ran:?}");
    assert!(!house.path("null-metadata.json").exists());
}

#[test]
fn a_link_is_followed_and_a_file_keeps_its_mode_its_owner_and_its_other_names() {
    let house = house();
    fs::create_dir(house.path("jinde")).unwrap();
    for (name, mode) in [("cil.csv", 0o644), ("soukrome.csv", 0o640), ("jinde/pevny.csv", 0o600)] {
        fs::write(house.path(name), "old").unwrap();
        fs::set_permissions(house.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    symlink("cil.csv", house.path("odkaz.csv")).unwrap();
    symlink("jinde/novy.csv", house.path("naprazdno.csv")).unwrap();
    fs::hard_link(house.path("jinde/pevny.csv"), house.path("druhe-jmeno.csv")).unwrap();
    let owner = |name: &str| fs::metadata(house.path(name)).map(|found| (found.uid(), found.gid(), found.mode() & 0o777)).unwrap();
    let before = owner("soukrome.csv");
    for name in ["odkaz.csv", "naprazdno.csv", "soukrome.csv", "druhe-jmeno.csv", "novy.csv"] {
        house.expect(0, &["export", "--format", "csv", "-o", name]);
    }
    for name in ["odkaz.csv", "naprazdno.csv"] {
        assert!(fs::symlink_metadata(house.path(name)).unwrap().is_symlink(), "{name}");
    }
    for name in ["cil.csv", "jinde/novy.csv", "soukrome.csv", "jinde/pevny.csv", "novy.csv"] {
        assert!(fs::read_to_string(house.path(name)).unwrap().starts_with("id,"), "{name}");
    }
    assert_eq!(owner("soukrome.csv"), before);
    assert_eq!(owner("jinde/pevny.csv").2, 0o600);
    assert_eq!(owner("novy.csv").2 & 0o600, 0o600);
    assert!(!names(&house.path(".")).iter().any(|name| name.starts_with(".twindex-")), "a part was left");
}

#[test]
fn a_dash_is_standard_output_and_a_folder_is_none() {
    let house = house();
    assert_eq!(house.expect(0, &["export", "-o", "-"]).stdout.lines().count(), 3);
    assert!(!house.path("-").exists());
    house.expect(2, &["export", "-o", "state"]).says("is a folder");
    house.expect(2, &["export", "-o", "neni/soubor.csv"]).says("neni/soubor.csv");
}

/// The program as a user who owns nothing here: another one if this is root, else ourselves without the right to write.
///
/// The other user runs a copy beside the house: the folder that the program was built in may be closed to others.
fn as_another(house: &House, args: &[&str]) -> Ran {
    if !fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        return Ran::of(&house.command(args).output().unwrap());
    }
    let program = house.path("twindex");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_twindex"), &program).unwrap();
    }
    Ran::of(&house.command_of(&program, args).uid(65534).gid(65534).output().unwrap())
}

fn set_modes(folder: &Path, of_folders: u32, of_files: u32) {
    for entry in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            set_modes(&entry, of_folders, of_files);
        } else {
            fs::set_permissions(&entry, fs::Permissions::from_mode(of_files)).unwrap();
        }
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(of_folders)).unwrap();
}

#[test]
fn who_may_only_read_can_search_show_export_and_verify() {
    let house = house();
    let id = house.records()[0]["id"].as_str().unwrap().to_owned();
    fs::set_permissions(house.path("."), fs::Permissions::from_mode(0o755)).unwrap();
    set_modes(&house.state(), 0o555, 0o444);
    for args in [&["search", "partnera"][..], &["show", &id], &["export"], &["stats"], &["history", &id], &["places"], &["verify"]] {
        let ran = as_another(&house, args);
        assert!(ran.code == Some(0) && !ran.stdout.is_empty() && ran.stderr.matches("error").count() == 0, "{args:?}: {ran:?}");
    }
    // Without an index that can be used, or a place for one, a question takes longer and is answered.
    set_modes(&house.state(), 0o755, 0o644);
    fs::remove_dir_all(house.path("state/search")).unwrap();
    set_modes(&house.state(), 0o555, 0o444);
    as_another(&house, &["search", "partnera"]).says("for this question alone");
    let ran = as_another(&house, &["crawl"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(!ran.stderr.contains("rebuild") && !ran.stderr.contains("take it away"), "healthy, and advised to remake: {ran:?}");
    // What may not even be read is said to be so.
    set_modes(&house.state(), 0o755, 0o644);
    fs::set_permissions(house.path("state/archive.db"), fs::Permissions::from_mode(0o000)).unwrap();
    let ran = as_another(&house, &["stats"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    ran.says("archive.db cannot be opened");
    set_modes(&house.state(), 0o755, 0o644);
}

#[test]
fn changes_that_wait_in_the_journal_are_not_read_past() {
    let house = house();
    fs::set_permissions(house.path("."), fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(house.path("state/archive.db-wal"), vec![7; 64]).unwrap();
    set_modes(&house.state(), 0o555, 0o444);
    let ran = as_another(&house, &["stats"]);
    set_modes(&house.state(), 0o755, 0o644);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    ran.says("archive.db-wal");
}

#[test]
fn a_damaged_archive_is_told_from_a_healthy_one() {
    let house = house();
    fs::write(house.path("state/archive.db"), vec![b'x'; 8192]).unwrap();
    house.expect(2, &["stats"]).says("is damaged").says("twindex verify");
}
