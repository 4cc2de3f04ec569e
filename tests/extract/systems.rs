//! Lists in the manner of real municipal content systems, made from `systems/systems.txt` and varied by a seed.
//!
//! Around each list stand a menu, a box of recent posts, a calendar, a cookie bar and a footer in the list's own language.
//! What a page says is known, so that `mutants` can break it anywhere and still judge the reading.

use std::collections::HashMap;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use twindex::extract::Listing;

use super::read;

const SITE: &str = "https://town.example";

/// A layout as it stands in the file.
struct Layout {
    name: &'static str,
    language: &'static str,
    address: &'static str,
    fields: HashMap<&'static str, &'static str>,
}

/// An entry as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub day: Option<Date>,
    pub title: String,
    /// Path and query of its page; empty where it has none.
    pub address: String,
}

/// A page whose answer is known.
pub struct Made {
    pub name: &'static str,
    pub address: String,
    pub html: String,
    /// Bytes of each entry.
    pub items: Vec<Range<usize>>,
    pub rows: Vec<Row>,
    pub next: Option<String>,
}

/// The rows of a listing.
pub fn rows(listing: &Listing) -> Vec<Row> {
    let address = |url: &url::Url| url.path().to_owned() + &url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let row = |entry: &twindex::extract::Entry| Row {
        day: entry.published,
        title: entry.title.clone(),
        address: entry.link.as_ref().map(address).unwrap_or_default(),
    };
    listing.entries.iter().map(row).collect()
}

/// All layouts with this seed.
pub fn all(seed: u64) -> Vec<Made> {
    let words = words();
    layouts().iter().map(|layout| layout.made(seed, &words)).collect()
}

type Words = HashMap<(&'static str, &'static str), Vec<&'static str>>;

/// Texts by language and kind.
fn words() -> Words {
    let lines = include_str!("systems/words.tsv").lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        let key = (fields.next().unwrap(), fields.next().unwrap());
        (key, fields.next().unwrap().split('|').collect())
    };
    lines.map(row).collect()
}

fn layouts() -> Vec<Layout> {
    let mut found: Vec<Layout> = Vec::new();
    for line in include_str!("systems/systems.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(head) = line.strip_prefix("= ") {
            let [name, language, address] = head.splitn(3, ' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            found.push(Layout { name, language, address, fields: HashMap::new() });
        } else {
            let (key, value) = line.split_once(':').unwrap();
            found.last_mut().unwrap().fields.insert(key, value.trim());
        }
    }
    found
}

/// Numbers that a seed gives (the multiplier is that of Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

/// What one entry fills its layout with.
struct Item<'a> {
    day: Date,
    title: &'a str,
    number: u64,
    lead: &'a str,
    category: &'a str,
    count: u64,
}

impl Layout {
    fn field(&self, key: &str) -> &'static str {
        self.fields.get(key).copied().unwrap_or_default()
    }

    fn said<'w>(&self, words: &'w Words, kind: &'static str) -> &'w [&'static str] {
        &words[&(&self.language[..2], kind)]
    }

    fn made(&self, seed: u64, words: &Words) -> Made {
        let name = self.name.bytes().fold(seed, |sum, byte| sum.wrapping_mul(131).wrapping_add(u64::from(byte)));
        let mut dice = Dice(name);
        let more = dice.of(self.said(words, "more"));
        let mut day = date(2021, 1, 15).saturating_add(dice.below(1150).cast_signed().days());
        let mut titles = self.said(words, "titles").to_vec();
        let (mut list, mut items, mut rows) = (String::new(), Vec::new(), Vec::new());
        let mut group = String::new();
        for at in 0..6 + dice.below(6) {
            let title = titles.remove(dice.below(titles.len() as u64) as usize);
            let item = Item {
                day,
                title,
                number: 900 - 7 * at,
                lead: dice.of(self.said(words, "leads")),
                category: dice.of(self.said(words, "cats")),
                count: 1 + dice.below(9),
            };
            let key = match self.field("group") {
                "year" => day.strftime("%Y").to_string(),
                "month" => day.strftime("%Y-%m").to_string(),
                "day" => day.to_string(),
                _ => String::new(),
            };
            if key != group {
                list.push_str(if group.is_empty() { "" } else { self.field("foot") });
                list.push_str(&self.filled(self.field("head"), &item, more, words));
                group = key;
            }
            let start = list.len();
            list.push_str(&self.filled(&optional(self.field("item"), &mut dice), &item, more, words));
            items.push(start..list.len());
            let href = self.fields.get("href").copied().unwrap_or("{href}");
            rows.push(Row { day: Some(day), title: title.to_owned(), address: self.filled(href, &item, more, words) });
            let step = if dice.below(6) == 0 { 0 } else { 1 + dice.below(40) };
            day = day.saturating_sub(step.cast_signed().days());
        }
        list.push_str(if group.is_empty() { "" } else { self.field("foot") });
        let (html, offset) = self.site(&list, &mut dice, words);
        let items = items.into_iter().map(|item| item.start + offset..item.end + offset).collect();
        let next = self.fields.get("next").map(|next| (*next).to_owned());
        Made { name: self.name, address: format!("{SITE}{}", self.address), html, items, rows, next }
    }

    /// The template with what the entry says.
    fn filled(&self, template: &str, item: &Item, more: &str, words: &Words) -> String {
        let later = |days: i64| self.written(item.day.saturating_add(days.days()), self.field("date"), words);
        let slug: String = item.title.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let href = format!("{}/{slug}-{}", self.address.split(['?', '.']).next().unwrap().trim_end_matches('/'), item.number);
        let stamp = item.day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second().to_string();
        let pairs = [
            ("{date}", self.written(item.day, self.field("date"), words)),
            ("{date2}", later(15)),
            ("{soon}", later(9)),
            ("{iso}", item.day.to_string()),
            ("{stamp}", stamp),
            ("{title}", item.title.to_owned()),
            ("{href}", href),
            ("{slug}", slug),
            ("{lead}", item.lead.to_owned()),
            ("{cat}", item.category.to_owned()),
            ("{more}", more.to_owned()),
            ("{n}", item.number.to_string()),
            ("{k}", item.count.to_string()),
            ("{odd}", (item.number % 2).to_string()),
            ("{D}", item.day.day().to_string()),
            ("{YYYY}", item.day.year().to_string()),
            ("{Month}", self.said(words, "months")[item.day.month() as usize - 1].to_owned()),
            ("{Name}", self.said(words, "names")[item.day.month() as usize - 1].to_owned()),
        ];
        pairs.iter().fold(template.to_owned(), |text, (key, value)| text.replace(key, value))
    }

    /// A date in the layout's own way.
    fn written(&self, day: Date, form: &str, words: &Words) -> String {
        let month = self.said(words, "months")[day.month() as usize - 1];
        let short: String = month.chars().take(3).collect();
        let tokens = form.split_inclusive(|c: char| !c.is_alphabetic());
        let token = |token: &str| {
            let name = token.trim_end_matches(|c: char| !c.is_alphabetic());
            let value = match name {
                "D" => day.day().to_string(),
                "DD" => format!("{:02}", day.day()),
                "M" => day.month().to_string(),
                "MM" => format!("{:02}", day.month()),
                "Mon" => short.clone(),
                "Month" => month.to_owned(),
                "YYYY" => day.year().to_string(),
                "YY" => format!("{:02}", day.year() % 100),
                "HH" => "10".to_owned(),
                "mm" => "35".to_owned(),
                "wd" => "п’ятниця".to_owned(),
                other => other.to_owned(),
            };
            value + &token[name.len()..]
        };
        tokens.map(token).collect()
    }

    /// The list inside its site, and the bytes before it.
    fn site(&self, list: &str, dice: &mut Dice, words: &Words) -> (String, usize) {
        let said = |kind| self.said(words, kind);
        let heading = said("cats")[0];
        let form = if self.language == "en-US" { "MM/DD/YYYY" } else { "D.M.YYYY" };
        let day = |month: i8, of: i8| self.written(date(2024, month, of), form, words);
        let link = |text: &str, at: usize| format!("<li><a href=\"/x/{at}\">{text}</a></li>");
        let menu: String = said("menu").iter().enumerate().map(|(at, text)| link(text, at)).collect();
        let [cookies, agree] = said("cookies")[..] else { panic!("two texts of cookies") };
        let cookies = format!("<div><p>{cookies}</p><button>{agree}</button></div>");
        let recent = |at: usize| format!("<li><a href=\"/r/{at}\">{}</a> <span>{}</span></li>", said("side")[at], day(4, at as i8 + 2));
        let event = |at: usize| format!("<li>{} <a href=\"/e/{at}\">{}</a></li>", day(6, at as i8 + 8), said("events")[at]);
        let side = format!(
            "<div><h4>{}</h4><ul>{}{}</ul></div><div><h4>{}</h4><ul>{}{}</ul></div>",
            said("side")[0],
            recent(1),
            recent(2),
            said("events")[0],
            event(1),
            event(2)
        );
        let side = format!("<{0}>{side}</{0}>", dice.of(&["aside", "div"]));
        let [before, after] = if dice.below(2) == 0 { ["", side.as_str()] } else { [side.as_str(), ""] };
        let (top, bottom) = if dice.below(2) == 0 { (cookies.as_str(), "") } else { ("", cookies.as_str()) };
        let [town, changed] = said("foot")[..] else { panic!("two texts of a footer") };
        let (open, close) = self.field("wrap").split_once("{items}").unwrap();
        let head = format!(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{heading} | {town}</title></head><body>{top}\
             <header><a href=\"/\">{town}</a><ul>{menu}</ul></header><div class=\"page\">{before}<div class=\"content\"><h1>{heading}</h1>{open}",
            self.language
        );
        let html = format!(
            "{head}{list}{close}{}</div>{after}</div><footer><p>{town}</p><p>{changed}: {}</p></footer>{bottom}</body></html>",
            self.field("pager"),
            day(4, 20)
        );
        (html, head.len())
    }
}

/// The item with some of its optional parts.
fn optional(template: &str, dice: &mut Dice) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, (inside, after))) = rest.split_once("[[").and_then(|(before, rest)| Some((before, rest.split_once("]]")?))) {
        out.push_str(before);
        out.push_str(if dice.below(3) > 0 { inside } else { "" });
        rest = after;
    }
    out + rest
}

/// How a page was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// All entries and none too many.
    Right,
    /// Not so, and the listing says that it is not whole.
    Told,
    Silent,
}

/// Day and title decide; in any order, for a broken tag may move an entry.
pub fn judge(want: &[Row], listing: &Listing) -> Verdict {
    let key = |row: &Row| (row.day, row.title.split_whitespace().collect::<Vec<_>>().join(" "));
    let sorted = |rows: &[Row]| {
        let mut keys: Vec<_> = rows.iter().map(key).collect();
        keys.sort();
        keys
    };
    match sorted(want) == sorted(&rows(listing)) {
        true => Verdict::Right,
        false if !listing.whole => Verdict::Told,
        false => Verdict::Silent,
    }
}

#[test]
fn lists_of_content_systems() {
    let mut wrong = Vec::new();
    let (mut right, mut doubted, mut paged, mut read_in_all) = (0, 0, 0, 0);
    for seed in 1..=3 {
        for made in all(seed) {
            let listing = read(&made.address, &made.html);
            let verdict = judge(&made.rows, &listing);
            let found = rows(&listing);
            read_in_all += 1;
            right += usize::from(verdict == Verdict::Right);
            doubted += usize::from(verdict == Verdict::Right && !listing.whole);
            let next = listing.next.as_ref().map(|url| url.as_str().strip_prefix(SITE).unwrap_or(url.as_str()).to_owned());
            paged += usize::from(next == made.next);
            if verdict != Verdict::Right || found != made.rows || next != made.next || !listing.whole {
                let lost: Vec<_> = made.rows.iter().filter(|row| !found.contains(row)).take(2).collect();
                let more: Vec<_> = found.iter().filter(|row| !made.rows.contains(row)).take(2).collect();
                wrong.push(format!(
                    "{} seed {seed}: {verdict:?} {} of {}, next {next:?}, whole {}\n   lost {lost:?}\n   more {more:?}\n   {:?}\n   {}",
                    made.name,
                    found.len(),
                    made.rows.len(),
                    listing.whole,
                    listing.problems,
                    listing.layout
                ));
            }
        }
    }
    eprintln!("content systems: {right} of {read_in_all} right, {doubted} of these doubted, {paged} pagers\n{}", wrong.join("\n"));
    assert!(right >= 133 && paged >= 141 && doubted <= 12, "{right} right, {paged} pagers, {doubted} doubted");
}
