//! robots.txt as the reference parser of RFC 9309's authors is tested: the cases of google/robotstxt, written anew.

use twindex::crawl::robots::Robots;

#[test]
fn the_cases_of_the_reference_parser_hold() {
    let mut rows = 0;
    for line in include_str!("robots.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [case, agent, path, verdict, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("five columns: {line:?}") };
        let text = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\ufeff", "\u{feff}");
        let forbidden = Robots::parse(text.as_bytes(), agent).forbids(path);
        assert_eq!(if forbidden.is_some() { "forbid" } else { "allow" }, verdict, "{case}: {forbidden:?}");
        rows += 1;
    }
    assert!(rows > 70, "{rows} rows");
}
