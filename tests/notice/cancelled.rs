//! Events that were called off or moved: what does not take place has no day.

use serde_json::json;
use twindex::record::DateRole;

use super::facts;

fn events(title: &str, summary: &str) -> Vec<String> {
    let facts = facts(&json!({ "title": title, "summary": summary, "published": "2019-03-01" }));
    facts.dates.iter().filter(|date| date.role == DateRole::Event).map(|date| date.date.to_string()).collect()
}

#[test]
fn a_cancelled_event_is_none_to_come() {
    let seminar = "Seminář o partnerství měst";
    let table: [(&str, &str, &[&str]); 8] = [
        (seminar, "Seminář se koná 23. března v Pardubicích.", &["2019-03-23"]),
        (seminar, "Seminář se měl konat 23. března v Pardubicích, je ale zrušen.", &[]),
        (seminar, "Seminář plánovaný na 23. března se nekoná.", &[]),
        ("ZRUŠENO: Seminář o partnerství měst", "Setkání se mělo uskutečnit 23. března v Pardubicích.", &[]),
        ("Seminář o partnerství měst je zrušen", "Náhradní termín je 6. dubna 2019.", &["2019-04-06"]),
        (seminar, "Seminář se přesouvá na 6. dubna.", &["2019-04-06"]),
        ("The twinning seminar is cancelled", "The seminar was to be held on 23 March 2019.", &[]),
        ("Seminar abgesagt", "Das Seminar sollte am 23. März 2019 stattfinden.", &[]),
    ];
    for (title, summary, want) in table {
        assert_eq!(events(title, summary), want, "{title}: {summary}");
    }
}
