//! The units of the README, judged by systemd itself where it is installed.

use std::process::Command;

/// The `ini` blocks with the names that stand above them.
fn units() -> Vec<(String, String)> {
    let name = regex::Regex::new(r"systemd/(?:user|system)/([a-z-]+\.(?:service|timer))`").expect("a pattern");
    let mut found = Vec::new();
    let mut rest = super::README;
    while let Some((before, after)) = rest.split_once("```ini\n") {
        let (text, next) = after.split_once("```").expect("a block ends");
        let names: Vec<_> = name.captures_iter(before).map(|found| found[1].to_owned()).collect();
        found.push((names.last().expect("each block is named above it").clone(), text.to_owned()));
        rest = next;
    }
    found
}

#[test]
fn systemd_takes_the_units_as_they_are() {
    let units = units();
    let names: Vec<&str> = units.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["twindex-serve.service", "twindex.service", "twindex-failed.service", "twindex.timer"]);
    assert!(units.iter().all(|(_, text)| !text.contains("SuccessExitStatus")), "a unit hides exit code 3");
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in &units {
        // The program lies elsewhere while it is tested; all else is as printed.
        let text = text.replace("%h/.cargo/bin/twindex", env!("CARGO_BIN_EXE_twindex"));
        let text = text.replace("/usr/local/bin/twindex", env!("CARGO_BIN_EXE_twindex"));
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let paths: Vec<_> = names.iter().map(|name| folder.path().join(name)).collect();
    let judged = Command::new("systemd-analyze").args(["verify", "--recursive-errors=yes"]).args(paths).output();
    let Ok(judged) = judged else {
        eprintln!("skipped: no systemd-analyze");
        return;
    };
    let said = String::from_utf8_lossy(&judged.stderr);
    let of_ours: Vec<&str> = said.lines().filter(|line| line.contains("twindex")).collect();
    assert!(judged.status.success() && of_ours.is_empty(), "{said}");
}
