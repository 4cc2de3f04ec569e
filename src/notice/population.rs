//! How many people live in the seeker now.
//!
//! Of the numbers of people (`counts.rs`) the one that is the seeker's present own. Refuses the pre-war number, the
//! region's, a part's, that of several together, and what is asked of the partner. Of a range the lower end is
//! believed; of several seekers the one whose number stands first. Cues: `data/population.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::counts::{BLURRED, Count, is_year, meaning};
use super::cues::{Cue, File, People, Word};
use super::document::{Document, Part};
use super::evidence::Ledger;
use super::patterns::Hit;
use super::text::{Text, Token};
use crate::lang::numbers::Form;
use crate::record::{Certainty, Population};

/// A preposition of place, and at most two words of the region's name, before the word for a region.
static PLACED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[ (])(?:v|ve|vo|z|ze|zo|na|in|u)(?: [a-z'-]+){0,2} $").expect("a fixed expression"));
/// `35 km od X (100 000 obyvatel)`: in brackets behind the name that a distance leads to.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:km|kilometr[a-z]*|minut[a-z]*|hodin[a-z]*|nedaleko|nedaleke|pobliz|blizko|miles|near)(?: [a-z]+)? (?:od |of |from )?(?:[a-z'-]+ ){0,3}\($")
        .expect("a fixed expression")
});
/// `klesl z 20 000 na 16 500`: the number behind the first preposition was before.
static CHANGED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(?:z|ze|zo|from|von|od) $").expect("a fixed expression"));
static REPLACED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[a-z ]{0,12} (?:na|to|auf|do) (?:[a-z]+ ){0,2}[0-9]").expect("a fixed expression"));
/// A town named by what it is the seat of.
static SEAT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ ?(?:(?:hlavni|krajske|okresni|spravni|hlavne|krajske|okresne) (?:mesto|stredisko|centrum)|centrum|stredisko|sidlo|metropole|metropola|seat|capital) [^,]{0,25}\b(?:kanton|kraj|oblast|region|okres|provinci|zup|departement|ostrov|county|province|district)").expect("a fixed expression")
});
static CLAUSE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[,;()]|\b(?:a|ale|zatimco|avsak|kdezto|whereas|but|while|and)\b").expect("a fixed expression"));

/// What is known of the seeker when its number is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seeker<'a> {
    /// The word for the region that it is.
    pub region: Option<&'a str>,
    /// Inhabitants that the map gives it: they decide between numbers and where one is doubtful, and are never told.
    pub on_map: Option<u64>,
}

/// Reads the seeker's population; `asked` are the spans that speak of the partner.
pub fn read(document: &Document, asked: &[(usize, Range<usize>)], seeker: Seeker, ledger: &mut Ledger) -> Option<Population> {
    for (index, part) in document.spoken() {
        let mut best: Option<(i32, Count)> = None;
        for count in &part.counts {
            let sentence = part.text.sentence_at(count.quantity.start);
            let of_partner = asked.iter().any(|(other, span)| *other == index && span.start < count.end && count.quantity.start < span.end);
            let Some(score) = score(part, &sentence, count, seeker).filter(|_| !of_partner) else { continue };
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, *count));
            }
        }
        if let Some((score, count)) = best {
            ledger.note("population", &part.text, count.start..count.end, count.rule, Certainty::from(score >= PLAIN));
            let value = count.quantity.low.unwrap_or(count.quantity.value);
            return Some(Population { value, qualifier: count.qualifier });
        }
    }
    None
}

/// Score of a number that nothing speaks against.
const PLAIN: i32 = 9;

/// How surely a count is the seeker's present one; `None` if it is another's or another time's.
fn score(part: &Part, sentence: &Range<usize>, count: &Count, seeker: Seeker) -> Option<i32> {
    let (text, cues) = (&part.text, &part.cues);
    let region = seeker.region;
    // Nobody founds a partnership with fewer, and no municipality has more.
    if !(20..40_000_000).contains(&count.quantity.value) {
        return None;
    }
    let clause = clause(text, sentence, count);
    let hits = cues.hits(File::People, clause.clone());
    // `v kraji, který má 300 tisíc obyvatel`: the relative clause speaks of the noun before its comma.
    let said = text.shadow[clause.start..count.start].trim_start();
    if ["ktery", "ktera", "ktere", "jenz", "jez", "kde "].iter().any(|word| said.starts_with(word)) {
        let from = clause.start.saturating_sub(30).max(sentence.start);
        if cues.cue(Cue::People(People::Region), from..clause.start).is_some_and(|hit| !own(text, hit, region)) {
            return None;
        }
    }
    if CHANGED.is_match(&text.shadow[sentence.start..count.start])
        && REPLACED.is_match(&text.shadow[count.end..sentence.end.max(count.end)])
    {
        return None;
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
    let mut lives = false;
    for hit in hits {
        let ahead = hit.end <= count.quantity.start;
        match meaning(hit) {
            People::Past if ahead || hit.start <= count.end + 40 => return None,
            People::Region if ahead && !own(text, hit, region) && regions(part, &clause, hit.start..hit.end, count) => return None,
            People::Seat if ahead && !about && !SEAT.is_match(said) => return None,
            People::Part | People::Other if ahead => return None,
            People::Together => return None,
            People::Now => score += 3,
            People::Lives => lives = true,
            _ => {}
        }
    }
    // `4 500 lidí` may be anybody until it is said that they live there.
    if count.loose && !lives {
        return None;
    }
    // `před válkou 37 tisíc a nyní 27,5 tisíc`: what is said of today outranks a bare number.
    let years = part.quantities.iter().filter(|other| clause.start <= other.start && other.end <= clause.end && is_year(text, other));
    let year = years.map(|other| other.value).max();
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
fn regions(part: &Part, clause: &Range<usize>, region: Range<usize>, count: &Count) -> bool {
    let text = &part.text;
    let municipality =
        |token: &Token| [Word::Town, Word::Towns, Word::Part].iter().any(|&word| part.cues.word(word, token.start) == Some(token.end));
    // `County Clare town with 25,000 people`: the town comes after its region.
    let town = |token: &&Token| region.end <= token.start && token.end <= count.start && municipality(token);
    if text.tokens.iter().any(|token| town(&token)) {
        return false;
    }
    // `Hlavní město kantonu X má 19 500 obyvatel` speaks of the town.
    if SEAT.is_match(&text.shadow[clause.start..count.start]) {
        return false;
    }
    // `Kolárovo (okres Komárno, 10 800 obyvatel)`: in brackets, the region is one of two notes on the town.
    if text.shadow[..clause.start].ends_with('(') && text.shadow[region.end..count.start].contains(',') {
        return false;
    }
    let region = region.start;
    let placed = PLACED.is_match(&text.shadow[clause.start..region]);
    let named = text.tokens.iter().any(|token| {
        clause.start <= token.start && token.end <= region && (token.capital && token.end - token.start > 2 || municipality(token))
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
    use crate::notice::text::Text;
    use crate::record::Qualifier;
    use crate::record::Where;

    fn population(words: &str) -> Option<(u64, Qualifier)> {
        let document = Document::new(vec![Text::new(Where::Summary, words)], None, None);
        read(&document, &[], Seeker::default(), &mut Ledger::default()).map(|population| (population.value, population.qualifier))
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
            ("Město Bystré (okres Svitavy, 1 600 obyvatel) s tím souhlasí.", (1_600, Exact)),
            ("Žije nás tu necelých osmatřicet tisíc.", (38_000, LessThan)),
            ("Žije jich tu 5 800.", (5_800, Exact)),
            ("Vimperk sám jich má zhruba 7 500.", (7_500, About)),
            ("Město o třech tisících obyvatel by rádo našlo kamaráda.", (3_000, Exact)),
            ("Je to malé mesto s takmer štyrmi tisíckami obyvateľov.", (4_000, LessThan)),
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
