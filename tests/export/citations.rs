//! Citations, each style by its own rules, with the archived page's time and digest.

use proptest::prelude::*;
use serde_json::{Value, json};
use twindex::export::Format;
use twindex::record::{Facts, Record, RecordId};

use super::{bare, exported, full};

#[test]
fn a_czech_bibliography_has_what_the_norm_asks_for() {
    let there = Record { gone_since: None, ..full() };
    let want = "Svaz obcí. Tavira hledá partnera [online]. 1. 3. 2026 [cit. 2026-03-02]. Dostupné z: https://www.mesto.test/tavira. \
                Archivní kopie 2026-03-02 08:59:30 UTC, sha1:ABC, záznam zkouska/2026-03-01-tavira, verze 3.\n";
    assert_eq!(exported(&Format::Iso690, &[there], None), want);
    let gone = exported(&Format::Iso690, &[full()], None);
    assert!(gone.contains("Na webu odstraněno, zjištěno 2026-03-03."), "{gone}");
    let undated = exported(&Format::Iso690, &[bare("Výzva\nobcím")], None);
    assert!(undated.starts_with("Svaz obcí. Výzva obcím [online]. [b. r.] [cit. 2026-03-02]."), "{undated}");
}

#[test]
fn no_title_is_a_command_of_tex() {
    let entry = exported(&Format::Bibtex, &[bare("50 % {slev} & #1 \\input_x~^$")], None);
    assert!(entry.starts_with("@online{zkouska:undated,\n  author = {{Svaz obcí}},\n"), "{entry}");
    let title = r"title = {{50 \% \{slev\} \& \#1 \textbackslash{}input\_x\textasciitilde{}\textasciicircum{}\$}},";
    assert!(entry.contains(title), "{entry}");
    assert_eq!(open_braces(&entry), 0, "{entry}");
    let dated = exported(&Format::Bibtex, &[full()], None);
    for field in
        ["date = {2026-03-01}", "year = {2026}", "urldate = {2026-03-02}", "langid = {czech}", "url = {https://www.mesto.test/tavira}"]
    {
        assert!(dated.contains(field), "{field} in {dated}");
    }
}

/// Braces that are not closed.
fn open_braces(entry: &str) -> i32 {
    let (mut depth, mut escaped) = (0, false);
    for char in entry.chars() {
        depth += match char {
            '{' if !escaped => 1,
            '}' if !escaped => -1,
            _ => 0,
        };
        escaped = char == '\\' && !escaped;
    }
    depth
}

/// The lines of RIS, each a tag and a value.
fn tagged(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    for line in &lines {
        let (tag, value) = line.split_once("  - ").unwrap_or_else(|| panic!("{line:?} is no tag and value"));
        assert!(tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()), "{line:?}");
        assert!(!value.contains(['\r', '\n']), "{line:?}");
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    // Found by fuzzing: an address or an identifier of two lines was two citations.
    #[test]
    fn no_text_begins_another_citation([title, id, url, lang] in prop::array::uniform4("([\r\n\t{}\\\\%~^]|TY  - |\\PC){0,12}")) {
        let facts = Facts { lang: Some(lang), ..Facts::default() };
        let record = [Record { id: RecordId(id), url, facts, ..bare(&title) }];
        let lines = |format| exported(&format, &record, None);
        prop_assert_eq!(lines(Format::Iso690).lines().count(), 1);
        prop_assert_eq!(tagged(&lines(Format::Ris)).iter().filter(|line| line.starts_with("ER")).count(), 1);
        prop_assert_eq!(open_braces(&lines(Format::Bibtex)), 0);
        prop_assert!(serde_json::from_str::<Value>(&lines(Format::CslJson)).is_ok());
    }
}

#[test]
fn each_line_of_ris_is_a_tag_and_a_value() {
    let text = exported(&Format::Ris, &[full(), bare("a\r\nTY  - JOUR")], None);
    let lines = tagged(&text);
    assert_eq!(lines.iter().filter(|line| line.starts_with("TY  - ")).count(), 2);
    assert_eq!(lines.iter().filter(|line| **line == "ER  - ").count(), 2);
    assert!(lines.contains(&"DA  - 2026/03/01") && lines.contains(&"Y2  - 2026/03/02") && lines.contains(&"TI  - a TY  - JOUR"), "{text}");
}

#[test]
fn csl_has_dates_in_parts() {
    let items: Value = serde_json::from_str(&exported(&Format::CslJson, &[full(), bare("x")], None)).expect("JSON");
    assert_eq!(items[0]["type"], "webpage");
    assert_eq!(items[0]["issued"], json!({"date-parts": [[2026, 3, 1]]}));
    assert_eq!(items[0]["accessed"], json!({"date-parts": [[2026, 3, 2]]}));
    assert_eq!(items[0]["author"], json!([{"literal": "Svaz obcí"}]));
    assert!(items[0]["note"].as_str().expect("a note").contains("sha1:ABC"));
    assert_eq!(items[1]["issued"], Value::Null);
    let none: Value = serde_json::from_str(&exported(&Format::CslJson, &[], None)).expect("JSON");
    assert_eq!(none, json!([]));
}
