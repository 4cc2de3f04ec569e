//! Dates of events and deadlines, ranges among them, in Czech, Slovak and English.
//!
//! A year left out is completed from the publication date: the nearest such day, on the side the verb's
//! tense points to. Refuses history (founded 1920), print dates (`Aktualizováno`) and, in bodies, any
//! day whose sentence does not say what happens then. Cues: `data/dates.tsv`, months: `data/months.tsv`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use super::cues::Cues;
use super::evidence::Ledger;
use super::rows::rows;
use super::text::Text;
use crate::record::{DateRole, Kind, NoticeDate, Where};

static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::new(include_str!("data/dates.tsv")));

static MONTHS: LazyLock<HashMap<&'static str, i8>> = LazyLock::new(|| {
    let number = |row: &[&str]| row[0].parse().expect("months.tsv: the first column is a month");
    rows(include_str!("data/months.tsv"))
        .flat_map(|row| row[1].split(' ').map(move |name| (name, number(&row))).collect::<Vec<_>>())
        .collect()
});

/// Names of months, as alternatives.
static NAMES: LazyLock<String> = LazyLock::new(|| MONTHS.keys().copied().collect::<Vec<_>>().join("|"));

/// What stands between the first and the last day: `–`, `až do pátku`.
const TO: &str = r" ?(?:-|\baz do\b|\baz\b|\bdo\b|\bto\b|\ba\b|\band\b)(?: ?(?:pondel|uter|stred|ctvrt|stvrt|pat|piat|sobot|nedel|mon|tues|wednes|thurs|fri|satur|sun)[a-z]*,?)? ?";

/// `[day [month] [year] –] day month [year]`; a numeric month has full stops on both sides.
static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let names = NAMES.as_str();
    let ordinal = r"(?: ?\.|st\b|nd\b|rd\b|th\b)?(?: of)?";
    let month = |name: &str| format!(r"(?: ?\. ?(?P<n{name}>1[0-2]|0?[1-9])\.|{ordinal} ?(?P<m{name}>{names})\b)");
    let (first, last) = (month("1"), month("2"));
    let year = r"(?:19|20)\d\d";
    Regex::new(&format!(
        r"\b(?:(?P<d1>\d{{1,2}})(?:{first}(?:,? ?(?P<y1>{year}))?|{ordinal})(?:, ?\d{{1,2}}{ordinal})*{TO})?(?P<d2>\d{{1,2}}){last}(?:,? ?(?P<y2>{year})\b)?"
    ))
    .expect("months are plain words")
});
/// `June 13–15, 2014`, `June 30 – July 2`
static MONTH_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let names = NAMES.as_str();
    let ordinal = "(?:st|nd|rd|th)?";
    Regex::new(&format!(
        r"\b(?:(?P<m1>{names}) (?P<d1>\d{{1,2}}){ordinal} ?(?:-|to|and) ?)?\b(?P<m2>{names}) (?:(?P<d0>\d{{1,2}}){ordinal} ?(?:-|to|and) ?)?(?P<d2>\d{{1,2}}){ordinal}\b(?:,? (?P<y2>(?:19|20)\d\d))?"
    ))
    .expect("months are plain words")
});
static ISO: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?P<y2>(?:19|20)\d\d)-(?P<n2>\d\d)-(?P<d2>\d\d)\b").expect("a fixed expression"));
static SLASHED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?P<d2>\d{1,2})/(?P<n2>\d{1,2})/(?P<y2>(?:19|20)\d\d)\b").expect("a fixed expression"));
/// The words right before a day that make it the last one.
static LAST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\b(?:do|by|until|till|before|nejpozdeji|najneskor|later than)(?: (?:dne|dna|konce|vcetne|the|stredy|patku|pondeli|utery|ctvrtka|nedele|soboty|piatka|stvrtka))*|\buzaverka[^.]{0,30}|\bdeadline[^.]{0,30}|\bterminem?[^.]{0,60}(?:je|do|:)) $").expect("a fixed expression")
});

/// Days farther from publication than this are history or plans, not dates of the notice.
const PAST_DAYS: i32 = 400;
const FUTURE_DAYS: i32 = 900;

/// `do konce července`: the last day of a month.
static MONTH_END: LazyLock<Regex> = LazyLock::new(|| {
    let names = NAMES.as_str();
    Regex::new(&format!(r"\b(?:do konce|do konca|by the end of) (?:mesice |mesiaca )?(?P<m2>{names})\b(?:,? ?(?P<y2>(?:19|20)\d\d)\b)?"))
        .expect("months are plain words")
});

/// Reads the dates of one text into `dates`, without repeats.
pub fn read(text: &Text, published: Option<Date>, kind: Option<Kind>, dates: &mut Vec<NoticeDate>, ledger: &mut Ledger) {
    for captures in MONTH_END.captures_iter(&text.shadow) {
        let span = captures.get(0).expect("group 0 always matches").range();
        let Some(date) = month_end(&captures, published).filter(|date| published.is_none_or(|published| near(*date, published))) else {
            continue;
        };
        let said = role(text, &span, kind).is_some_and(|(role, _)| role == DateRole::Deadline);
        if said || !in_body(text) {
            add(dates, NoticeDate { date, end: None, role: DateRole::Deadline }, text, span, "dates.last-day", ledger);
        }
    }
    let mut taken: Vec<Range<usize>> = Vec::new();
    for regex in [&*DAY_FIRST, &*MONTH_FIRST, &*ISO, &*SLASHED] {
        for captures in regex.captures_iter(&text.shadow) {
            let span = captures.get(0).expect("group 0 always matches").range();
            if taken.iter().any(|other| other.start < span.end && span.start < other.end) {
                continue;
            }
            taken.push(span.clone());
            let Some((role, reader)) = role(text, &span, kind) else { continue };
            let ahead = tense(text, &span, role);
            let Some((date, end)) = days(&captures, published, ahead) else { continue };
            if published.is_some_and(|published| !near(date, published)) {
                continue;
            }
            // `žádosti se přijímají od 1. března do 30. dubna`: the last day is the deadline.
            let (date, end) = if role == DateRole::Deadline { (end.unwrap_or(date), None) } else { (date, end) };
            add(dates, NoticeDate { date, end, role }, text, span, reader, ledger);
        }
    }
}

fn add(dates: &mut Vec<NoticeDate>, date: NoticeDate, text: &Text, span: Range<usize>, rule: &'static str, ledger: &mut Ledger) {
    // The title names the first day, the summary the whole range: one event.
    if let Some(known) = dates.iter_mut().find(|known| known.role == date.role && known.date == date.date) {
        if known.end.is_none() {
            known.end = date.end;
        }
    } else if !dates.iter().any(|known| known.role == date.role && known.end == Some(date.date)) {
        ledger.note(format!("dates[{}]", dates.len()), text, span, rule);
        dates.push(date);
    }
}

fn in_body(text: &Text) -> bool {
    matches!(text.place, Where::Body | Where::Attachment(_))
}

/// What the sentence says happens on the day.
fn role(text: &Text, span: &Range<usize>, kind: Option<Kind>) -> Option<(DateRole, &'static str)> {
    let sentence = text.sentence_at(span.start);
    let before = &text.shadow[sentence.start..span.start];
    let hits = CUES.find(text, sentence.clone());
    let nearest = |group: &str| {
        hits.iter()
            .filter(|hit| hit.cue.group == group)
            .map(|hit| if hit.start < span.start { span.start.saturating_sub(hit.end) } else { (hit.start - span.start) * 2 })
            .min()
    };
    let (not, deadline, event) = (nearest("not"), nearest("deadline"), nearest("event"));
    if not.is_some_and(|not| not < 40 && event.is_none_or(|event| not < event) && deadline.is_none_or(|deadline| not < deadline)) {
        return None;
    }
    // `Zastupitelstvo záměr schválilo 3. dubna`: told in passing of how the notice came to be.
    if in_body(text) && hits.iter().any(|hit| hit.cue.group == "decision") && deadline.is_none() {
        return None;
    }
    let starts = before.ends_with("od ") || before.ends_with("ode dne ") || before.ends_with("from ");
    if LAST.is_match(before) && !starts && !before.contains(" od ") {
        return Some((DateRole::Deadline, "dates.last-day"));
    }
    match (deadline, event) {
        (Some(deadline), Some(event)) if deadline < event => Some((DateRole::Deadline, "dates.deadline")),
        (Some(_), None) => Some((DateRole::Deadline, "dates.deadline")),
        (_, Some(_)) => Some((DateRole::Event, "dates.event")),
        // The short text of an event speaks of it without saying so.
        (None, None) if text.place == Where::Summary && kind == Some(Kind::Event) => Some((DateRole::Event, "dates.event")),
        (None, None) if text.place == Where::Title => Some((DateRole::Event, "dates.title")),
        (None, None) => None,
    }
}

/// Whether the sentence looks ahead (`true`), back (`false`), or does not say.
fn tense(text: &Text, span: &Range<usize>, role: DateRole) -> Option<bool> {
    if role == DateRole::Deadline {
        return Some(true);
    }
    let sentence = text.sentence_at(span.start);
    let hits = CUES.find(text, sentence);
    hits.iter().find(|hit| matches!(hit.cue.value, "past" | "future")).map(|hit| hit.cue.value == "future")
}

/// First and last day, the year completed.
fn days(captures: &Captures, published: Option<Date>, future: Option<bool>) -> Option<(Date, Option<Date>)> {
    let number = |name: &str| captures.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
    let month = |named: &str, numeric: &str| {
        captures.name(named).and_then(|part| month(part.as_str())).or_else(|| number(numeric).map(|month| month as i8))
    };
    let (day, last_month) = (number("d2")? as i8, month("m2", "n2")?);
    let last = match number("y2").or_else(|| number("y1")) {
        Some(year) => Date::new(year, last_month, day).ok()?,
        None => complete(last_month, day, published?, future)?,
    };
    let Some(first_day) = number("d1").or_else(|| number("d0")) else { return Some((last, None)) };
    let first_month = month("m1", "n1").unwrap_or(last_month);
    let first_year = number("y1").unwrap_or(if first_month > last_month { last.year() - 1 } else { last.year() });
    let first = Date::new(first_year, first_month, first_day as i8).ok()?;
    Some(if first < last { (first, Some(last)) } else { (last, None) })
}

fn month(written: &str) -> Option<i8> {
    MONTHS.get(written).copied()
}

/// The day of the year that lies nearest to publication, on the side the tense asks for.
fn complete(month: i8, day: i8, published: Date, future: Option<bool>) -> Option<Date> {
    // A notice is written a little before it is published: a fortnight's grace for "will take place".
    const GRACE: i32 = 14;
    let year = published.year();
    [year - 1, year, year + 1]
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok())
        .filter(|date| match future {
            Some(true) => distance(published, *date) >= -GRACE,
            Some(false) => distance(published, *date) <= GRACE,
            None => true,
        })
        // Where no verb tells, what is announced lies ahead more often than behind.
        .min_by_key(|date| match distance(published, *date) {
            behind @ ..0 => -2 * behind,
            ahead => ahead,
        })
}

fn month_end(captures: &Captures, published: Option<Date>) -> Option<Date> {
    let month = month(captures.name("m2")?.as_str())?;
    let year = captures.name("y2").and_then(|part| part.as_str().parse().ok());
    let last = |year: i16| Date::new(year, month, 1).ok().map(Date::last_of_month);
    match (year, published) {
        // A month that was over is the end of some other span of time.
        (Some(year), _) => last(year).filter(|date| published.is_none_or(|published| *date >= published)),
        (None, Some(published)) => [published.year(), published.year() + 1].into_iter().filter_map(last).find(|date| *date >= published),
        (None, None) => None,
    }
}

fn near(date: Date, published: Date) -> bool {
    (-PAST_DAYS..=FUTURE_DAYS).contains(&distance(published, date))
}

/// Days from one date to another.
fn distance(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn dates(place: Where, words: &str, published: Date) -> Vec<(String, Option<String>, DateRole)> {
        let mut dates = Vec::new();
        read(&Text::new(place, words), Some(published), None, &mut dates, &mut Ledger::default());
        dates.into_iter().map(|date| (date.date.to_string(), date.end.map(|end| end.to_string()), date.role)).collect()
    }

    #[test]
    fn forms_and_years() {
        use DateRole::{Deadline, Event};
        let published = date(2014, 12, 10);
        let table = [
            ("Setkání proběhne 13. ledna od 14 hodin", ("2015-01-13", None, Event)),
            ("Konference se konala 3. 11. 2014 v Brně", ("2014-11-03", None, Event)),
            ("Festival se koná od 5. do 8. června 2015", ("2015-06-05", Some("2015-06-08"), Event)),
            ("Seminář se uskuteční 28. 2. – 2. 3. 2015", ("2015-02-28", Some("2015-03-02"), Event)),
            ("Konferencia sa uskutoční 15. mája 2015", ("2015-05-15", None, Event)),
            ("The meeting takes place on 13-15 June 2015", ("2015-06-13", Some("2015-06-15"), Event)),
            ("Applications by March 1, 2015", ("2015-03-01", None, Deadline)),
            ("Přihlášky zasílejte do 15. ledna", ("2015-01-15", None, Deadline)),
            ("Nejbližším termínem pro podání žádosti je 1. únor 2015", ("2015-02-01", None, Deadline)),
            ("Zájemci se mohou hlásit do konce ledna", ("2015-01-31", None, Deadline)),
            ("Žádosti se přijímají od 1. března do 30. dubna 2015", ("2015-04-30", None, Deadline)),
            ("Sešli se 20. listopadu na slavnostním setkání", ("2014-11-20", None, Event)),
        ];
        for (words, (first, last, role)) in table {
            assert_eq!(dates(Where::Summary, words, published), [(first.to_owned(), last.map(str::to_owned), role)], "{words}");
        }
    }

    #[test]
    fn history_and_print_dates_are_no_events() {
        let published = date(2014, 5, 10);
        for words in [
            "Aktualizováno 3. 5. 2014",
            "Město bylo založeno 5. května 1920",
            "Zákon č. 128 ze dne 12. 4. 2014",
            "Leží na silnici 1. 4. třídy",
        ] {
            assert_eq!(dates(Where::Body, words, published), [], "{words}");
        }
    }
}
