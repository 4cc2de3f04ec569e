//! Dates of events and deadlines, ranges among them, in Czech, Slovak and English.
//!
//! A year left out is completed from the publication date: the nearest such day, on the side the verb's
//! tense points to. Refuses history (founded 1920), print dates (`Aktualizováno`) and, in bodies, any
//! day whose sentence does not say what happens then. Cues: `data/dates.tsv`, months: `data/months.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::cues::{Cue, Day, File, Tense, cue_of};
use super::document::Part;
use super::evidence::Ledger;
use super::text::Text;
use crate::lang::Language;
use crate::lang::dates::{Civil, DateMention, Precision, Span};
use crate::lang::words;
use crate::record::{Certainty, DateRole, Kind, NoticeDate, Where};

/// The words right before a day that make it the last one.
static LAST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\b(?:do|by|until|till|before|bis|nejpozdeji|najneskor|later than)(?: (?:dnia|zum|dne|dna|konce|vcetne|the|stredy|patku|pondeli|utery|ctvrtka|nedele|soboty|piatka|stvrtka))*|\buzaverka[^.]{0,30}|\bdeadline[^.]{0,30}|\bterminem?[^.]{0,60}(?:je|do|:)) $").expect("a fixed expression")
});

/// Days farther from publication than this are history or plans, not dates of the notice.
const PAST_DAYS: i32 = 400;
const FUTURE_DAYS: i32 = 900;

/// `do konce července`: the word for a month behind these is its last day.
static MONTH_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:do konce|do konca|by the end of|bis ende|do kinca)(?: (?:mesice|mesiaca))? (?P<month>[a-z]+)(?:,? (?P<year>(?:19|20)\d\d)\b)?")
        .expect("a fixed expression")
});

/// The dates being read, with what is known of the notice.
pub struct Reader<'a> {
    pub languages: &'a [Language],
    pub published: Option<Date>,
    pub kind: Option<Kind>,
    /// Whether the title says that the event will not be.
    pub is_off: bool,
    pub dates: Vec<NoticeDate>,
}

impl Reader<'_> {
    /// Reads the dates of one text, without repeats.
    pub fn read(&mut self, part: &Part, ledger: &mut Ledger) {
        self.month_ends(part, ledger);
        let text = &part.text;
        for mention in part.days.iter().filter(|mention| mention.precision() == Precision::Day) {
            let span = text.code_point(mention.range.start)..text.code_point(mention.range.end);
            let Some((said, rule)) = role(part, &span, self.kind) else { continue };
            if said == DateRole::Event && self.is_cancelled(part, &span) {
                continue;
            }
            let ahead = tense(part, &span, said);
            // `mezi 12. a 14.`, `12., 13. a 14.`: two days by name are two days, and these are not.
            let before = text.shadow[..span.start].trim_end();
            let bounds = ["mezi", "medzi", "between"].iter().any(|word| before.ends_with(word)) || text.shadow[span.clone()].contains(',');
            for (date, end) in days(mention, bounds, self.published, ahead) {
                if self.published.is_some_and(|published| !near(date, published)) {
                    continue;
                }
                // `žádosti se přijímají od 1. března do 30. dubna`: the last day is the deadline.
                let (date, end) = if said == DateRole::Deadline { (end.unwrap_or(date), None) } else { (date, end) };
                add(&mut self.dates, NoticeDate { date, end, role: said }, text, span.clone(), rule, ledger);
            }
        }
    }

    /// `akce plánovaná na 23. března je zrušena`, or a title that says so: no event is to come on that day. `přesouvá se na 6. dubna`:
    /// on this one it is.
    fn is_cancelled(&self, part: &Part, span: &Range<usize>) -> bool {
        let sentence = part.text.sentence_at(span.start);
        let is = |hit: &super::patterns::Hit, day: Day| matches!(cue_of(hit), Cue::Day(other, _) if other == day);
        let moved = part.cues.hits(File::Day, sentence.start..span.start).any(|hit| is(hit, Day::Moved));
        !moved && (self.is_off || part.cues.hits(File::Day, sentence).any(|hit| is(hit, Day::Cancelled)))
    }

    /// `do konce července`: the last day of a month.
    fn month_ends(&mut self, part: &Part, ledger: &mut Ledger) {
        for found in MONTH_END.captures_iter(&part.text.shadow) {
            let Some(month) = words::meaning(&found["month"]).and_then(|meaning| meaning.month(self.languages)) else { continue };
            let year = found.name("year").and_then(|year| year.as_str().parse().ok());
            let next = || self.published.map(|day| vec![day.year(), day.year() + 1]);
            let years = year.map(|year| vec![year]).or_else(next).unwrap_or_default();
            let mut last = years.into_iter().filter_map(|year| Some(Date::new(year, month.month, 1).ok()?.last_of_month()));
            // A month that was over is the end of some other span of time.
            let is_ahead = |date: &Date| self.published.is_none_or(|published| *date >= published && near(*date, published));
            let Some(date) = last.find(is_ahead) else { continue };
            let span = found.get(0).expect("group 0 always matches").range();
            let said = role(part, &span, self.kind).is_some_and(|(role, _)| role == DateRole::Deadline);
            if said || !in_body(&part.text) {
                let last = NoticeDate { date, end: None, role: DateRole::Deadline };
                add(&mut self.dates, last, &part.text, span, "dates.last-day", ledger);
            }
        }
    }
}

/// Whether a text says that an event will not be.
pub fn is_cancelled(part: &Part) -> bool {
    let said = |day: Day| {
        part.cues.hits(File::Day, 0..part.text.shadow.len()).any(|hit| matches!(cue_of(hit), Cue::Day(other, _) if other == day))
    };
    said(Day::Cancelled) && !said(Day::Moved)
}

/// Whether the first day of a text lies ahead of its publication, or behind.
pub fn first_is_ahead(part: &Part, published: Option<Date>) -> Option<bool> {
    let day = part.days.iter().find(|mention| mention.precision() == Precision::Day)?;
    let (first, _) = *days(day, false, published, None).first()?;
    published.filter(|published| near(first, *published)).map(|published| first > published)
}

fn add(dates: &mut Vec<NoticeDate>, date: NoticeDate, text: &Text, span: Range<usize>, rule: &'static str, ledger: &mut Ledger) {
    // The title names the first day, the summary the whole range: one event.
    if let Some(known) = dates.iter_mut().find(|known| known.role == date.role && known.date == date.date) {
        if known.end.is_none() {
            known.end = date.end;
        }
    } else if !dates.iter().any(|known| known.role == date.role && known.end == Some(date.date)) {
        ledger.note(format!("dates[{}]", dates.len()), text, span, rule, Certainty::Sure);
        dates.push(date);
    }
}

fn in_body(text: &Text) -> bool {
    matches!(text.place, Where::Body | Where::Attachment(_))
}

/// What the sentence says happens on the day.
fn role(part: &Part, span: &Range<usize>, kind: Option<Kind>) -> Option<(DateRole, &'static str)> {
    let text = &part.text;
    let sentence = text.sentence_at(span.start);
    let before = &text.shadow[sentence.start..span.start];
    let is = |hit: &super::patterns::Hit, day: Day| matches!(cue_of(hit), Cue::Day(other, _) if other == day);
    let nearest = |day: Day| {
        part.cues
            .hits(File::Day, sentence.clone())
            .filter(|hit| is(hit, day))
            .map(|hit| if hit.start < span.start { span.start.saturating_sub(hit.end) } else { (hit.start - span.start) * 2 })
            .min()
    };
    let (not, deadline, event) = (nearest(Day::Not), nearest(Day::Deadline), nearest(Day::Event));
    if not.is_some_and(|not| not < 40 && event.is_none_or(|event| not < event) && deadline.is_none_or(|deadline| not < deadline)) {
        return None;
    }
    // `Zastupitelstvo záměr schválilo 3. dubna`: told in passing of how the notice came to be.
    if in_body(text) && part.cues.hits(File::Day, sentence.clone()).any(|hit| is(hit, Day::Decision)) && deadline.is_none() {
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
fn tense(part: &Part, span: &Range<usize>, role: DateRole) -> Option<bool> {
    if role == DateRole::Deadline {
        return Some(true);
    }
    let sentence = part.text.sentence_at(span.start);
    part.cues.hits(File::Day, sentence).find_map(|hit| match cue_of(hit) {
        Cue::Day(_, Tense::Future) => Some(true),
        Cue::Day(_, Tense::Past) => Some(false),
        _ => None,
    })
}

/// First and last day with the year completed; of several days named one by one, each.
///
/// `bounds`: the words say that all days between are meant.
fn days(mention: &DateMention, bounds: bool, published: Option<Date>, future: Option<bool>) -> Vec<(Date, Option<Date>)> {
    let day = |civil: Civil| match civil.year {
        Some(_) => civil.first(),
        None => complete(civil.month?, civil.day?, published?, future),
    };
    let (Some(first), Some(last)) = (day(mention.start), mention.end.map_or_else(|| day(mention.start), day)) else { return Vec::new() };
    if mention.span == Span::Several && (last - first).get_days() > 1 && !bounds {
        return vec![(first, None), (last, None)];
    }
    // Of a span whose year is left out both ends lie in one, or in two that follow.
    let first =
        if mention.start.year.is_none() && first > last { first.checked_sub(jiff::Span::new().years(1)).unwrap_or(first) } else { first };
    vec![if first < last { (first, Some(last)) } else { (last, None) }]
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
        let document = crate::notice::document::Document::new(vec![Text::new(place, words)], None, Some(published));
        let mut reader = Reader { languages: &[], published: Some(published), kind: None, is_off: false, dates: Vec::new() };
        reader.read(&document.parts[0], &mut Ledger::default());
        reader.dates.into_iter().map(|date| (date.date.to_string(), date.end.map(|end| end.to_string()), date.role)).collect()
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
