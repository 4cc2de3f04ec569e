//! How many people live in the seeker now.
//!
//! A quantity counts as population by its unit (`obyvatel`), by its label (`počet obyvatel činí`, also on the
//! line above) or as an adjective of the place (`čtyřicetitisícové město`). Refuses the pre-war number, the
//! region's, a part's, that of several together, and what is asked of the partner. Of a range the lower end is
//! believed; of several seekers the one whose number stands first. Cues: `data/population.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cues::{Cues, Hit};
use super::evidence::Ledger;
use super::names::genus;
use super::numbers::{Form, Quantity, quantities};
use super::text::{Text, Token};
use crate::record::{Population, Qualifier};

pub static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::new(include_str!("data/population.tsv")));

/// What may stand between the number and its unit.
static GAP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ ?(?:(?:trvale|stale|zde|zijicich|zijicimi|zijici|bydlicich|registrovanych|prihlasenych|hlasenych|stalych|stalymi|jejich|svych|nasich|mistnich|mistnimi|spokojenych|tamnich|tamnimi|plus|\x1a|\+|a vice|and more|permanent|local) ?){0,2}$").expect("a fixed expression")
});
/// What may stand before the word that blurs a number: `něco málo přes`.
static BLURRED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[ \n]*(?:(?:o|neco|malo|lehce|tesne|mirne|jen|jenom|pouze|just|a|little|bit|well|slightly|only) )*$")
        .expect("a fixed expression")
});
static YEAR_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\b(?:rok[a-z]*|roce|r\.|year|in|k|ke|od|z|leta?|lete[ch]*|since|from)|[0-3]?[0-9]\.|january|december) ?$")
        .expect("a fixed expression")
});
static UNIT_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ ?(?:km|m2|m\b|ha\b|hektar|kilometr|metr|%|procent|let\b|lety|rok|kc|korun|eur|euro|dolar|czk|zamestnan|student|zak|deti|domacnost|podnik|firm|skol|turist|navstevnik|nocleh|vesnic|vsi|obci|mest|mist|hodin|minut|delegat|ucastnik|osad|roci|vojak|cestujic|lid[a-z]* pracuj|clen|tun|mw)").expect("a fixed expression")
});
/// A preposition of place, and at most two words of the region's name, before the word for a region.
static PLACED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[ (])(?:v|ve|vo|z|ze|zo|na|in|u)(?: [a-z'-]+){0,2} $").expect("a fixed expression"));
/// `35 km od X (100 000 obyvatel)`: in brackets behind the name that a distance leads to.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:km|kilometr[a-z]*|minut[a-z]*|hodin[a-z]*|nedaleko|nedaleke|pobliz|blizko|miles|near)(?: [a-z]+)? (?:od |of |from )?(?:[a-z'-]+ ){0,3}\($")
        .expect("a fixed expression")
});
/// A town named by what it is the seat of.
static SEAT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ ?(?:(?:hlavni|krajske|okresni|spravni|hlavne|krajske|okresne) (?:mesto|stredisko|centrum)|centrum|stredisko|sidlo|metropole|metropola|seat|capital) [^,]{0,25}\b(?:kanton|kraj|oblast|region|okres|provinci|zup|departement|ostrov|county|province|district)").expect("a fixed expression")
});
static CLAUSE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[,;()]|\b(?:a|ale|zatimco|avsak|kdezto|whereas|but|while|and)\b").expect("a fixed expression"));

/// A number of people and where its words begin and end, the qualifier among them.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    pub quantity: Quantity,
    pub qualifier: Qualifier,
    pub start: usize,
    pub end: usize,
    rule: &'static str,
    /// Counted as people (`lidí`), who may be anyone.
    loose: bool,
}

/// Numbers of people in a sentence, whoever's they are; a text is searched for them once.
pub fn counts<'a>(text: &'a Text, sentence: &Range<usize>) -> &'a [Count] {
    let all = text.counted.get_or_init(|| text.sentences.iter().flat_map(|sentence| count(text, sentence.clone())).collect());
    let from = all.partition_point(|count| count.quantity.start < sentence.start);
    let here = all[from..].partition_point(|count| count.quantity.start < sentence.end);
    &all[from..from + here]
}

fn count(text: &Text, sentence: Range<usize>) -> Vec<Count> {
    let quantities = quantities(text, sentence.clone());
    if quantities.is_empty() {
        return Vec::new();
    }
    let hits = CUES.find(text, sentence.clone());
    let mut counts = Vec::new();
    for (index, quantity) in quantities.iter().enumerate() {
        let after = &text.shadow[quantity.end..sentence.end];
        let (qualifier, start) = qualifier(text, &sentence, quantity);
        let unit = hits.iter().find(|hit| {
            matches!(hit.cue.group, "unit" | "people") && hit.start >= quantity.end && GAP.is_match(&text.shadow[quantity.end..hit.start])
        });
        let labelled = || {
            let label = hits.iter().any(|hit| match hit.cue.group {
                "label" => {
                    hit.end <= quantity.start
                        && quantity.start - hit.end <= LABEL_REACH
                        && quantities[..index].iter().all(|other| other.end <= hit.start || is_year(text, other))
                }
                // `a town of 12,000`: only its own words may lie between.
                // `Obyvatel 10 400` on a line of its own: a row of a table.
                "unit" => {
                    text.shadow[sentence.start..hit.start].trim().is_empty()
                        && hit.end <= quantity.start
                        && text.shadow[hit.end..start.max(hit.end)].bytes().all(|byte| matches!(byte, b' ' | b':' | b'-' | b'.'))
                }
                "town of" => hit.end <= quantity.start && BLURRED.is_match(&text.shadow[hit.end..start.max(hit.end)]),
                _ => false,
            });
            label || above(text, &sentence, start)
        };
        let (rule, end) = if let Some(unit) = unit {
            ("population.unit", unit.end)
        } else if quantity.form == Form::Adjective && !after.trim_start().starts_with("km") {
            ("population.adjective", quantity.end)
        } else if !is_year(text, quantity) && !UNIT_AFTER.is_match(after) && labelled() {
            ("population.label", quantity.end)
        } else if counts.last().is_some_and(|last: &Count| carries(text, last, quantity)) && !UNIT_AFTER.is_match(after) {
            ("population.carried", quantity.end)
        } else {
            continue;
        };
        let loose = unit.is_some_and(|unit| unit.cue.group == "people");
        counts.push(Count { quantity: *quantity, qualifier, start, end, rule, loose });
    }
    counts
}

/// Code points between a label and its number.
const LABEL_REACH: usize = 60;

/// Whether the line above ends with a label and this one begins with the number: a table read as text.
fn above(text: &Text, sentence: &Range<usize>, number: usize) -> bool {
    if !BLURRED.is_match(&text.shadow[sentence.start..number]) {
        return false;
    }
    let at = text.sentences.partition_point(|other| other.start < sentence.start);
    let Some(line) = at.checked_sub(1).map(|before| text.sentences[before].clone()) else { return false };
    let end = line.start + text.shadow[line.clone()].trim_end_matches([' ', '\n', ':', '-']).len();
    CUES.find(text, line).iter().any(|hit| hit.cue.group == "label" && hit.end >= end)
}

/// `okres má 230 tisíc obyvatel, město tři tisíce`: the unit is said once for two clauses.
fn carries(text: &Text, last: &Count, quantity: &Quantity) -> bool {
    let between = &text.shadow[last.end..quantity.start];
    quantity.form == Form::Marked
        && quantity.value >= 100
        && between.len() < 60
        && between.starts_with([',', ';'])
        && !between.contains(['.', '('])
}

/// `2004`, or `1946`: four bare digits where years stand.
fn is_year(text: &Text, quantity: &Quantity) -> bool {
    let before = &text.shadow[quantity.start.saturating_sub(20)..quantity.start];
    quantity.form == Form::Plain
        && (1100..2100).contains(&quantity.value)
        && quantity.end - quantity.start == 4
        && YEAR_BEFORE.is_match(before)
}

/// The word right before or after the number that blurs it, and where the words of the number begin.
fn qualifier(text: &Text, sentence: &Range<usize>, quantity: &Quantity) -> (Qualifier, usize) {
    let from = quantity.start.saturating_sub(30).max(sentence.start);
    let until = (quantity.end + 12).min(sentence.end);
    let hits = CUES.find(text, from..until);
    // `přes celých 5 000`: one word may lie between, but no name (`nad Orlicí`) and no sign.
    let near = |hit: &&Hit| {
        let between = hit.end..quantity.start;
        let reach = if hit.cue.group == "beside" { 1 } else { 2 };
        text.shadow[between.clone()].bytes().filter(|&byte| byte == b' ').count() <= reach
            && text.shadow[between.clone()].bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
            && !between.into_iter().any(|at| text.is_capital(at))
    };
    let blurs = hits.iter().filter(|hit| hit.end <= quantity.start && matches!(hit.cue.group, "qualifier" | "beside"));
    // Of `ne více než` and `více než` the longer says what is meant.
    let before = blurs.filter(near).max_by_key(|hit| (hit.end, std::cmp::Reverse(hit.start)));
    let after = hits.iter().find(|hit| hit.cue.group == "after" && hit.start >= quantity.end);
    let start = before.map_or(quantity.start, |hit| hit.start.min(quantity.start));
    match (before.or(after), quantity.form) {
        (_, _) if quantity.low.is_some() => (Qualifier::MoreThan, start),
        (Some(hit), _) => (named(hit.cue.value), start),
        (None, Form::Adjective) => (Qualifier::About, start),
        (None, _) => (Qualifier::Exact, start),
    }
}

fn named(value: &str) -> Qualifier {
    match value {
        "less_than" => Qualifier::LessThan,
        "more_than" => Qualifier::MoreThan,
        _ => Qualifier::About,
    }
}

/// What is known of the seeker when its number is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seeker<'a> {
    /// The word for the region that it is.
    pub region: Option<&'a str>,
    /// Inhabitants that the map gives it: they decide between numbers and where one is doubtful, and are never told.
    pub on_map: Option<u64>,
}

/// Reads the seeker's population; `asked` are the spans that speak of the partner.
pub fn read(texts: &[&Text], asked: &[(usize, Range<usize>)], seeker: Seeker, ledger: &mut Ledger) -> Option<Population> {
    for (index, text) in texts.iter().enumerate() {
        let mut best: Option<(i32, Count)> = None;
        for sentence in &text.sentences {
            for &count in counts(text, sentence) {
                let of_partner =
                    asked.iter().any(|(other, span)| *other == index && span.start < count.end && count.quantity.start < span.end);
                let Some(score) = score(text, sentence, &count, seeker).filter(|_| !of_partner) else { continue };
                if best.is_none_or(|(known, _)| score > known) {
                    best = Some((score, count));
                }
            }
        }
        if let Some((_, count)) = best {
            ledger.note("population", text, count.start..count.end, count.rule);
            let value = count.quantity.low.unwrap_or(count.quantity.value);
            return Some(Population { value, qualifier: count.qualifier });
        }
    }
    None
}

/// How surely a count is the seeker's present one; `None` if it is another's or another time's.
fn score(text: &Text, sentence: &Range<usize>, count: &Count, seeker: Seeker) -> Option<i32> {
    let region = seeker.region;
    // Nobody founds a partnership with fewer, and no municipality has more.
    if !(20..40_000_000).contains(&count.quantity.value) {
        return None;
    }
    let clause = clause(text, sentence, count);
    let hits = CUES.find(text, clause.clone());
    // `v kraji, který má 300 tisíc obyvatel`: the relative clause speaks of the noun before its comma.
    let said = text.shadow[clause.start..count.start].trim_start();
    if ["ktery", "ktera", "ktere", "jenz", "jez", "kde "].iter().any(|word| said.starts_with(word)) {
        let from = clause.start.saturating_sub(30).max(sentence.start);
        if CUES.first("region", text, from..clause.start).is_some_and(|hit| !own(text, &hit, region)) {
            return None;
        }
    }
    let about = seeker.is_about(count.quantity.value);
    let elsewhere = ELSEWHERE.is_match(&text.shadow[sentence.start..count.start]);
    if elsewhere && seeker.on_map.is_some() && !about {
        return None;
    }
    // `desetitisícové město` rounds; where the number is also written out, that one is read.
    let mut score = if count.quantity.form == Form::Adjective { 9 } else { 10 };
    score += if about { 2 } else { 0 };
    score -= if elsewhere { 5 } else { 0 };
    for hit in &hits {
        let ahead = hit.end <= count.quantity.start;
        match hit.cue.group {
            "past" if ahead || hit.start <= count.end + 40 => return None,
            "region" if ahead && !own(text, hit, region) && regions(text, &clause, hit.start..hit.end, count) => return None,
            "seat" if ahead && !about && !SEAT.is_match(said) => return None,
            "part" | "other" if ahead => return None,
            "together" => return None,
            "now" => score += 3,
            _ => {}
        }
    }
    // `4 500 lidí` may be anybody until it is said that they live there.
    if count.loose && !hits.iter().any(|hit| hit.cue.group == "lives") {
        return None;
    }
    // `před válkou 37 tisíc a nyní 27,5 tisíc`: what is said of today outranks a bare number.
    let year = quantities(text, clause).into_iter().filter(|other| is_year(text, other)).map(|other| other.value).max();
    match year {
        Some(year) if year < 1995 => return None,
        Some(_) => score -= 1,
        None => {}
    }
    Some(score)
}

impl Seeker<'_> {
    /// Whether a number is near enough to the map's to be the same town's.
    fn is_about(&self, value: u64) -> bool {
        self.on_map.is_some_and(|known| value <= known.saturating_mul(3) && known <= value.saturating_mul(3))
    }
}

/// Whether a word for a region is the one that the seeker bears: `okresem` after `Okres X hledá`.
fn own(text: &Text, hit: &Hit, region: Option<&str>) -> bool {
    let czech = match region {
        Some("starostwo" | "powiat" | "landkreis" | "kreis") => Some("okres"),
        Some("canton") => Some("kanton"),
        other => other,
    };
    // `Autonomní oblast X`: the notice may call it a region as well.
    let called = region.is_some() && ["region", "oblast", "provinc"].iter().any(|word| text.shadow[hit.start..hit.end].starts_with(word));
    called || czech.is_some_and(|region| region.get(..4).is_some_and(|stem| text.shadow[hit.start..hit.end].starts_with(stem)))
}

/// Whether the count is the region's: not if the region only says where the seeker lies, as in
/// `komuna X v kraji Y má 26 000 obyvatel`.
fn regions(text: &Text, clause: &Range<usize>, region: Range<usize>, count: &Count) -> bool {
    // `County Clare town with 25,000 people`: the town comes after its region.
    let town = |token: &&Token| region.end <= token.start && token.end <= count.start && genus(text.fold(**token)).is_some();
    if text.tokens.iter().any(|token| town(&token)) {
        return false;
    }
    // `Hlavní město kantonu X má 19 500 obyvatel` speaks of the town.
    if SEAT.is_match(&text.shadow[clause.start..count.start]) {
        return false;
    }
    let region = region.start;
    let placed = PLACED.is_match(&text.shadow[clause.start..region]);
    let named = text.tokens.iter().any(|token| {
        clause.start <= token.start
            && token.end <= region
            && (token.capital && token.end - token.start > 2 || genus(text.fold(*token)).is_some())
    });
    let lives = text.shadow[region..count.start].contains("zije");
    !(placed && named && !lives)
}

/// The clause around a count: from the last comma, bracket or conjunction before it to the next one after; one right
/// before the number (`a 5 000 obyvatel`) leaves the subject where it was.
fn clause(text: &Text, sentence: &Range<usize>, count: &Count) -> Range<usize> {
    let before = &text.shadow[sentence.start..count.start];
    let start = CLAUSE.find_iter(before).map(|cut| cut.end()).filter(|&end| !BLURRED.is_match(&before[end..])).last().unwrap_or(0);
    let after = &text.shadow[count.end..sentence.end];
    let end = CLAUSE.find(after).map_or(after.len(), |cut| cut.start());
    sentence.start + start..count.end + end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Where;

    fn population(words: &str) -> Option<(u64, Qualifier)> {
        let text = Text::new(Where::Summary, words);
        read(&[&text], &[], Seeker::default(), &mut Ledger::default()).map(|population| (population.value, population.qualifier))
    }

    #[test]
    fn the_seekers_present_number() {
        use Qualifier::{About, Exact, LessThan, MoreThan};
        let table = [
            ("Obec má 13\u{a0}000 obyvatel.", (13_000, Exact)),
            ("Žije zde kolem 760 obyvatel.", (760, About)),
            ("V městě žije téměř 8 tisíc lidí.", (8_000, LessThan)),
            ("Město s více než čtyřmi tisíci obyvatel leží u řeky.", (4_000, MoreThan)),
            ("Čtyřicetitisícové město hledá partnera", (40_000, About)),
            ("Její počet obyvatel dle statistiky z roku 2004 činí přes 55 tisíc.", (55_000, MoreThan)),
            ("Před válkou měla obec 37 tisíc obyvatel a v současné době v ní žije 27,5 tisíc obyvatel.", (27_500, Exact)),
            ("Město (6.300 obyvatel) leží 120 km od moře.", (6_300, Exact)),
            ("V kraji s 1,2 milionu obyvatel leží město, které má necelých 9 000 obyvatel.", (9_000, LessThan)),
            ("Počet obyvatel: 5.600, rozloha: 120 km2", (5_600, Exact)),
            ("Baeza v andaluské provincii Jaén má šestnáct tisíc obyvatel.", (16_000, Exact)),
            ("Hlavní město kantonu Uri má 9 500 obyvatel.", (9_500, Exact)),
            ("Komuna zaměstnává 1 900 lidí a má 20 200 obyvatel.", (20_200, Exact)),
            ("The town has about 12,500 inhabitants.", (12_500, About)),
            ("Mesto má vyše 20 tisíc obyvateľov.", (20_000, MoreThan)),
        ];
        for (words, want) in table {
            assert_eq!(population(words), Some(want), "{words}");
        }
    }

    #[test]
    fn other_numbers_are_refused() {
        for words in [
            "V roce 1938 mělo město 15 000 obyvatel.",
            "Region má 300 000 obyvatel.",
            "Továrna dává práci 2 000 zaměstnancům.",
            "PSČ 28002 Kolín, vzdálenost 150 km.",
            "Město bylo založeno v roce 1240.",
            "Slavnosti navštěvuje několik tisíc lidí.",
            "Ročně přijede 150 tisíc lidí.",
        ] {
            assert_eq!(population(words), None, "{words}");
        }
    }
}
