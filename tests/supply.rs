//! What comes into the program from others: licences that allow it, one source, nothing banned; judged without a network.
//!
//! Reads `cargo metadata`, as cargo-deny does; the lists below are its `licenses`, `sources` and `bans`.

use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

/// Licences that ask for no more than their text and name to be handed on; MPL-2.0 asks it file by file.
const LICENCES: [&str; 13] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "0BSD",
    "Zlib",
    "CC0-1.0",
    "BSL-1.0",
    "Unicode-3.0",
    "MPL-2.0",
    "Unlicense",
];
/// The one place that crates come from.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// A second TLS, or a second TLS provider, or a second HTTP client: one of each is checked here.
const BANNED: [&str; 9] = ["openssl", "openssl-sys", "native-tls", "aws-lc-rs", "aws-lc-sys", "ureq", "curl", "isahc", "async-std"];

fn packages() -> Vec<Value> {
    let cargo = env!("CARGO");
    let version = Command::new(cargo).arg("-vV").output().expect("cargo answers");
    let version = String::from_utf8(version.stdout).expect("UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--all-features", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo answers");
    assert!(told.status.success(), "is Cargo.lock committed and true? {}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).expect("JSON");
    told["packages"].as_array().expect("packages").clone()
}

/// Whether one of the alternatives that the expression leaves us is on the list, exceptions included.
fn allowed(licence: &str) -> bool {
    let parsed = Expression::parse_mode(licence, ParseMode::LAX);
    parsed.is_ok_and(|parsed| parsed.evaluate(|asked| asked.license.id().is_some_and(|id| LICENCES.contains(&id.name))))
}

#[test]
fn every_dependency_is_licensed_for_us_and_comes_from_the_registry() {
    let packages = packages();
    assert!(packages.len() > 100, "only {} packages were found", packages.len());
    let mut faults = Vec::new();
    for package in &packages {
        let name = package["name"].as_str().expect("a name");
        if name == env!("CARGO_PKG_NAME") {
            continue;
        }
        match package["license"].as_str() {
            Some(licence) if allowed(licence) => {}
            licence => faults.push(format!("{name}: licence {licence:?}")),
        }
        if package["source"] != SOURCE {
            faults.push(format!("{name}: comes from {}", package["source"]));
        }
        if BANNED.contains(&name) {
            faults.push(format!("{name}: banned"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_gate_refuses_what_is_not_on_the_list() {
    for licence in ["MIT", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "Apache-2.0 WITH LLVM-exception", "(MIT OR Apache-2.0) AND Unicode-3.0"]
    {
        assert!(allowed(licence), "{licence}");
    }
    for licence in ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "SSPL-1.0", "", "nonsense"] {
        assert!(!allowed(licence), "{licence}");
    }
}
