//! The units of the packages, judged by systemd itself where it is installed.

use std::process::Command;

const UNITS: [(&str, &str); 4] = [
    ("twindex-serve.service", include_str!("../../packaging/systemd/twindex-serve.service")),
    ("twindex.service", include_str!("../../packaging/systemd/twindex.service")),
    ("twindex-failed.service", include_str!("../../packaging/systemd/twindex-failed.service")),
    ("twindex.timer", include_str!("../../packaging/systemd/twindex.timer")),
];

#[test]
fn systemd_takes_the_units_as_they_are() {
    assert!(UNITS.iter().all(|(_, text)| !text.contains("SuccessExitStatus")), "a unit hides exit code 3");
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in UNITS {
        // The program lies elsewhere while it is tested; all else is as printed.
        let text = text.replace("ExecStart=twindex", concat!("ExecStart=", env!("CARGO_BIN_EXE_twindex")));
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let paths: Vec<_> = UNITS.iter().map(|(name, _)| folder.path().join(name)).collect();
    let judged = Command::new("systemd-analyze").args(["verify", "--recursive-errors=yes"]).args(paths).output();
    let Ok(judged) = judged else {
        eprintln!("skipped: no systemd-analyze");
        return;
    };
    let said = String::from_utf8_lossy(&judged.stderr);
    let of_ours: Vec<&str> = said.lines().filter(|line| line.contains("twindex")).collect();
    assert!(judged.status.success() && of_ours.is_empty(), "{said}");
}
