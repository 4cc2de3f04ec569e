//! Hits as people read them: title, facts, passages with their marks, and how a hit came about.

use super::output::{BOLD, DIM, HIT, Output, clean, styled};
use super::table;
use crate::search::{At, Hit, MatchKind, Met, Snippet};

/// Before the lines of a hit.
const INDENT: &str = "     ";

pub fn print(number: usize, hit: &Hit, out: &mut Output) -> anyhow::Result<()> {
    let record = &hit.record;
    let title =
        hit.snippets.iter().find(|snippet| snippet.field == "title").map_or_else(|| clean(&record.title), |snippet| marked(snippet, out));
    let date = record.published.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    out.hung(format_args!("{number:>3}. "), INDENT.len(), &format!("{date}  {}", styled(BOLD, title)))?;
    let mut facts =
        vec![record.facts.kind.map(table::kind).unwrap_or_default().to_owned(), clean(&table::who(record)), table::population(record)];
    if record.gone_since.is_some() {
        facts.push("gone from the site".to_owned());
    }
    facts.retain(|fact| !fact.is_empty());
    if !facts.is_empty() {
        out.hung(INDENT, INDENT.len(), &styled(DIM, facts.join(" · ")).to_string())?;
    }
    for snippet in hit.snippets.iter().filter(|snippet| snippet.field != "title") {
        let text = marked(snippet, out);
        let from = snippet.document.as_ref().map_or_else(String::new, |document| format!("{}: ", styled(DIM, clean(&document.title))));
        out.hung(INDENT, INDENT.len(), &format!("{from}{text}"))?;
    }
    if !hit.lacks.is_empty() {
        out.hung(INDENT, INDENT.len(), &styled(DIM, format_args!("without: {}", clean(&hit.lacks.join(", ")))).to_string())?;
    }
    if let Some(explanation) = &hit.explanation {
        print_explanation(explanation, hit.score, out)?;
    }
    out.line(format_args!("     {}\n", styled(DIM, out.link(&record.url, &clean(&record.id.0)))))
}

/// For each word of the question what it gave, then by which words of the notice and in which way.
fn print_explanation(met: &[Met], score: f32, out: &mut Output) -> anyhow::Result<()> {
    out.line(format_args!("{INDENT}score {score:.2}"))?;
    let mut words: Vec<(&str, f32)> = Vec::new();
    for one in met {
        match words.iter_mut().find(|(word, _)| *word == one.word) {
            Some((_, gave)) => *gave += one.gave,
            None => words.push((&one.word, one.gave)),
        }
    }
    words.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (word, gave) in words {
        out.line(format_args!("{INDENT}{gave:>6.2}  {}", styled(BOLD, clean(word))))?;
        for one in met.iter().filter(|one| one.word == word) {
            let by = clean(&one.by.join(", "));
            let (by, blank) = if by.is_empty() { (String::new(), "") } else { (by, ": ") };
            out.hung(format_args!("{INDENT}        {:>6.2}  ", one.gave), INDENT.len() + 16, &format!("{by}{blank}{}", way(one)))?;
        }
    }
    Ok(())
}

/// How a word was met and where, for people.
fn way(met: &Met) -> String {
    let how = match met.kind {
        MatchKind::Exact => "as it is written",
        MatchKind::Folded => "the same letters",
        MatchKind::Lemma => "a form of the word",
        MatchKind::Derivation => "a word of its family",
        MatchKind::Stem => "a name with its stem",
        MatchKind::Place => "the place, under any of its names",
        MatchKind::Country => "the country",
        MatchKind::Topic => "the theme or kind",
        MatchKind::Prefix => "it begins so",
        MatchKind::Phrase => "these words together",
        MatchKind::Proximity => "side by side",
        MatchKind::Date => "published then",
        MatchKind::Size => "of that size, or asking for it",
        MatchKind::Typo => "spelled much the same",
        MatchKind::Coord => return "for being met at all".to_owned(),
    };
    let place = match met.at {
        At::Title => " in the title",
        At::Head => " in title or summary",
        At::Body => " in the full text",
        At::Attachment => " in a document",
        At::Text => " in the text",
        At::Facts => "",
    };
    format!("{how}{place}")
}

/// The passage with its marks: colour at a terminal, brackets elsewhere.
fn marked(snippet: &Snippet, out: &Output) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for (start, end) in &snippet.marks {
        let (Some(before), Some(hit)) = (snippet.text.get(at..*start), snippet.text.get(*start..*end)) else { continue };
        shown.push_str(&clean(before));
        if out.colored() {
            shown.push_str(&styled(HIT, clean(hit)).to_string());
        } else {
            shown.extend(["[", &clean(hit), "]"]);
        }
        at = *end;
    }
    shown.push_str(&clean(snippet.text.get(at..).unwrap_or_default()));
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
