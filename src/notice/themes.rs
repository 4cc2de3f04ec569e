//! Themes: the areas of cooperation a notice states, from a closed list.
//!
//! A theme's word counts only where the notice says what the cooperation is about: after such a cue, in a
//! list beneath it, or in a title. Refuses a word in passing (`leží u jaderné elektrárny`) and a denied one
//! (`nikoli sportu`). Words: `data/themes.tsv`; cues: `data/areas.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use super::cues::{Cues, Hit};
use super::evidence::Ledger;
use super::seek;
use super::text::Text;
use crate::record::{Kind, Theme, Where};

static THEMES: LazyLock<Cues> = LazyLock::new(|| Cues::new(include_str!("data/themes.tsv")));
static AREAS: LazyLock<Cues> = LazyLock::new(|| Cues::new(include_str!("data/areas.tsv")));

/// A list follows its cue by at most so many lines.
const LIST_LINES: usize = 14;

/// The themes of a notice, in the order of the closed list.
pub fn read(texts: &[&Text], kind: Option<Kind>, ledger: &mut Ledger) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    for text in texts {
        for (span, rule) in statements(text, kind) {
            let mut owner: Option<Hit> = None;
            for hit in THEMES.find(text, span.clone()) {
                if owner.as_ref().is_some_and(|owner| owns(owner, &hit)) {
                    continue;
                }
                owner = Some(hit.clone());
                let Some(theme) = theme(hit.cue.group) else { continue };
                // A word of the summary is stated once; the ledger needs no second witness.
                if themes.contains(&theme) || denied(text, &span, &hit) {
                    continue;
                }
                ledger.note(format!("themes.{}", hit.cue.group), text, hit.start..hit.end, rule);
                themes.push(theme);
            }
        }
        // A fund is named where it is named: no cue says more than its own name.
        if text.place != Where::Body || themes.is_empty() {
            for hit in AREAS.find(text, 0..text.shadow.len()).into_iter().filter(|hit| hit.cue.group == "fund") {
                if !themes.contains(&Theme::EuFunds) && !denied(text, &(0..text.shadow.len()), &hit) {
                    ledger.note("themes.eu_funds", text, hit.start..hit.end, "themes.fund");
                    themes.push(Theme::EuFunds);
                }
            }
        }
    }
    themes.sort_unstable();
    themes
}

/// `odpadové hospodářství` is waste, not economy: the longer words own the shorter, except those that merely
/// stand between them (`rozvoj turistiky a samosprávy`). What is rebuilt is no theme of its own (`obnova škol`).
fn owns(longer: &Hit, hit: &Hit) -> bool {
    let whole = !longer.cue.gapped || longer.cue.group == "reconstruction";
    hit.end <= longer.end && (whole || hit.start == longer.start || hit.end == longer.end)
}

/// The spans of a text that say what the cooperation is about.
fn statements(text: &Text, kind: Option<Kind>) -> Vec<(Range<usize>, &'static str)> {
    let search = matches!(kind, Some(Kind::PartnerSearch | Kind::PartnerList));
    let mut spans = Vec::new();
    for (index, sentence) in text.sentences.iter().enumerate() {
        if text.place == Where::Title && !search && kind != Some(Kind::Guide) {
            spans.push((sentence.clone(), "themes.title"));
            continue;
        }
        let hits = AREAS.find(text, sentence.clone());
        let seeks = text.place == Where::Body && seek::has("seek", text, sentence.clone());
        let opens = |hit: &&Hit| match hit.cue.group {
            "area" => true,
            "weak" => !in_body(text.place) || seeks,
            "topic" => !search && !in_body(text.place),
            _ => false,
        };
        let cue = hits.iter().find(opens).map(|cue| cue.start..cue.end);
        // `hledá město se zájmem o hudbu`: in the short texts, what is said behind the search is its subject.
        let sought = seek::first("seek", text, sentence.clone()).filter(|_| search && text.place == Where::Summary);
        let Some(cue) = cue.into_iter().chain(sought.map(|hit| hit.start..hit.end)).min_by_key(|cue| cue.start) else { continue };
        spans.push((cue.start..sentence.end, "themes.stated"));
        // `Oblasti spolupráce:` and then one line each.
        if text.shadow[cue.end..sentence.end].trim_end().ends_with(':') {
            let lines = text.sentences[index + 1..].iter().take(LIST_LINES).take_while(|line| is_item(text, line));
            spans.extend(lines.map(|line| (line.clone(), "themes.list")));
        }
    }
    spans
}

fn in_body(place: Where) -> bool {
    matches!(place, Where::Body | Where::Attachment(_))
}

/// A line of a list: short, or led by a bullet.
fn is_item(text: &Text, line: &Range<usize>) -> bool {
    let words = text.shadow[line.clone()].trim();
    words.len() <= 90 || words.starts_with(['-', '*', '\u{1a}'])
}

/// Whether the clause before the word takes it back.
fn denied(text: &Text, span: &Range<usize>, hit: &Hit) -> bool {
    let sentence = text.sentence_at(hit.start);
    // What opens a statement may itself be denied: `nemá zájem o obchod`.
    let from = sentence.start.min(span.start).min(hit.start);
    let before = &text.shadow[from..hit.start];
    let clause = before.rfind([',', ';']).map_or(from, |cut| from + cut + 1);
    // `nikoli sportu ani kultury`: the denial reaches back over its own commas but not over a new verb.
    AREAS.has("denied", text, clause..hit.start) || AREAS.has("denied-word", text, hit.start..hit.end)
}

fn theme(name: &str) -> Option<Theme> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes(place: Where, words: &str) -> Vec<Theme> {
        read(&[&Text::new(place, words)], Some(Kind::PartnerSearch), &mut Ledger::default())
    }

    #[test]
    fn stated_areas_count() {
        use Theme::{Culture, Economy, Environment, EuFunds, Heritage, Sport, Tourism, Waste, Youth};
        let table: [(&str, &[Theme]); 8] = [
            ("Město má zájem o spolupráci v oblasti kultury, sportu a cestovního ruchu.", &[Culture, Sport, Tourism]),
            ("Oblasti spolupráce:\n- výměny mládeže\n- odpadové hospodářství", &[Youth, Waste]),
            ("Chce spolupracovat v oblasti kultury, nikoli sportu.", &[Culture]),
            ("Hledá partnera pro projekt v programu Evropa pro občany.", &[EuFunds]),
            ("Ráda by našla obec, s níž by sdílela zkušenosti s vodovody a s péčí o historické centrum.", &[Environment, Heritage]),
            ("Hledá město se zájmem o hudbu.", &[Culture]),
            ("Nemá zájem o obchod.", &[]),
            ("Spolupráce by se měla zaměřit na podporu malých podniků.", &[Economy]),
        ];
        for (words, want) in table {
            assert_eq!(themes(Where::Summary, words), want, "{words}");
        }
    }

    #[test]
    fn words_in_passing_do_not() {
        for words in ["Město leží u jaderné elektrárny a má bohatou kulturu.", "Ve městě je sportovní hala, škola a dopravní uzel."]
        {
            assert_eq!(themes(Where::Summary, words), [], "{words}");
        }
    }
}
