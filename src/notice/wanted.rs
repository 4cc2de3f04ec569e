//! What is asked of the partner: how large, how alike, from which countries.
//!
//! Counts only what follows the words of searching and speaks of the partner: `české město do 10 000
//! obyvatel`, `partnera v Polsku nebo u nás`. Refuses the seeker's own size and country, and countries that
//! belong to an office (`velvyslanectví ČR`). Cues: `data/wanted.tsv`, `data/seek.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::countries::{HOST, Nation};
use super::cues::Cues;
use super::evidence::Ledger;
use super::mentions::Mention;
use super::population::{Count, counts};
use super::seek;
use super::text::Text;
use crate::gazetteer::Form;
use crate::record::{Kind, Place, PlaceRole, Wanted, Where};

static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::new(include_str!("data/wanted.tsv")));
/// A preposition, and nothing but a list of countries, before a country.
static PREPOSITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[ (])(?:v|ve|vo|na|z|ze|zo|od|mezi|pro|in|from|with|among)(?: (?:sousednim|sousedni|cele|celeho|celej|nasi|nasem|obou|teto|the|zemi|zemich|oblasti|regionu|(?:zapadn|vychodn|jizn|severn|stredn|juzn)[a-z]*))* $").expect("a fixed expression")
});
static GENITIVE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:partner[a-z]*|mest[a-z]*|obc[a-z]*|obec|region[a-z]*|kraj[a-z]*) \(?$").expect("a fixed expression"));
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ ?(?:,|/|nebo|a|ci|i|anebo|alebo|pripadne|popripade|eventualne|prip\.|resp\.|take|tez|or|and|\)|\(| |v|ve|na|z|ze|vo|zo|in|from|dale|rovnez|a take)*$").expect("a fixed expression")
});
static FOLLOWING: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^| )(?:partner|protejs|pratel)[a-z]* $").expect("a fixed expression"));
/// Within the words of searching only the partner's own adjective counts: `hledá slovenského partnera`.
static SOUGHT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^ (?:partner|protejs|pratel)").expect("a fixed expression"));
/// What is offered to a country: `místo je volné pro Česko`.
static OFFERED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^|[ (])(?:pro|mezi|s|se) $").expect("a fixed expression"));
static ORIGIN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^|[ (])(?:z|ze|zo|from) $").expect("a fixed expression"));
/// What a country's adjective qualifies when it is the partner's.
static PARTNER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^,? (?:(?:a|nebo|ci|i|/) )?(?:[a-z-]+ ){0,2}?(?:partner|protejs|mest|obc|obec|mestec|mestys|samosprav|municipalit|region|kraj|skol|stran|komunit|town|cit(?:y|ies)|twin|village|counterpart|ves|vesnic|stredisk|lokalit|univerzit|spolecn|mikroregion|spolk|subjekt|miest|lazn|obvod|okres|pratel|kamarad|kupel|starost|radnic|soused)").expect("a fixed expression")
});

/// A span of a text that speaks of the partner: text index and code points.
pub type Asked = (usize, Range<usize>);

/// Reads what is asked, with the spans that the reader of populations must leave alone.
pub fn read(
    texts: &[&Text],
    nations: &[Vec<Nation>],
    mentions: &[Mention],
    kind: Option<Kind>,
    ledger: &mut Ledger,
) -> (Wanted, Vec<Asked>) {
    let mut wanted = Wanted::default();
    let mut asked = Vec::new();
    let search = matches!(kind, Some(Kind::PartnerSearch | Kind::PartnerList));
    let told = matches!(kind, Some(Kind::Event | Kind::Project));
    for (index, text) in texts.iter().enumerate().filter(|(_, text)| !matches!(text.place, Where::Attachment(_))) {
        for sentence in &text.sentences {
            let hits = seek::hits(text, sentence.clone()).collect::<Vec<_>>();
            // `partnery má ve Francii, dosud žádného českého`.
            if let Some(hit) = hits.iter().find(|hit| hit.cue.group == "lacks").filter(|_| search) {
                push(&mut wanted, HOST, text, hit.start..hit.end, "wanted.lacks", ledger);
            }
            // `Partnerská obec by měla mít do 6 000 obyvatel`: what is wished may stand apart from the search.
            let wish = CUES.first("wish", text, sentence.clone()).filter(|_| search);
            let Some(first) = hits.iter().find(|hit| matches!(hit.cue.group, "seek" | "invite")) else {
                if search {
                    size(text, index, sentence, wish.as_ref().map(|wish| wish.start), mentions, &mut wanted, &mut asked, ledger);
                }
                if wish.is_some() {
                    similar(text, sentence, &mut wanted, ledger);
                } else if search {
                    of_partner(text, sentence, &mut wanted, ledger);
                }
                // `S českým městem by sdílel zkušenosti`: the partner's country may stand beside the search.
                let short = matches!(text.place, Where::Title | Where::Summary);
                if search && short && !hits.iter().any(|hit| matches!(hit.cue.group, "existing" | "done")) {
                    let host = |nation: &&Nation| {
                        let offered = || OFFERED.is_match(&text.shadow[sentence.start..nation.start.max(sentence.start)]);
                        // A list's title names the host country for many reasons, but a partner for one.
                        let stated = text.place == Where::Summary
                            || kind == Some(Kind::PartnerSearch)
                            || SOUGHT.is_match(&text.shadow[nation.end..]);
                        nation.iso2 == Some(HOST) && stated && (nation.form == Form::Adjective || offered())
                    };
                    let host: Vec<Nation> = nations[index].iter().filter(host).copied().collect();
                    countries(text, index, sentence, &(sentence.start..sentence.start), &host, mentions, &mut wanted, ledger);
                }
                continue;
            };
            let seek = first.start..first.end;
            size(text, index, sentence, Some(seek.start), mentions, &mut wanted, &mut asked, ledger);
            if told {
                // `setkání se starosty, jejichž města hledají české partnery`.
                let host = |nation: &&Nation| nation.start >= seek.start && nation.iso2 == Some(HOST) && nation.form == Form::Adjective;
                let host: Vec<Nation> = nations[index].iter().filter(host).copied().collect();
                countries(text, index, sentence, &seek, &host, mentions, &mut wanted, ledger);
            }
            if !search {
                continue;
            }
            similar(text, sentence, &mut wanted, ledger);
            // `Máte zájem o partnerství s gruzínským městem?` asks the reader: the country named is the seeker's.
            let invites = hits.iter().any(|hit| hit.cue.group == "invite");
            let asked: Vec<Nation> = nations[index].iter().filter(|nation| !invites || nation.iso2 == Some(HOST)).copied().collect();
            countries(text, index, sentence, &seek, &asked, mentions, &mut wanted, ledger);
        }
    }
    if !search {
        wanted = Wanted { countries: if told { wanted.countries } else { Vec::new() }, ..Wanted::default() };
    }
    (wanted, asked)
}

/// A town of the host country that is asked by its name: `zájem o partnerství s Olomoucí`.
pub fn of_places(places: &[Place], wanted: &mut Wanted, ledger: &mut Ledger) {
    let named = places.iter().position(|place| place.role == PlaceRole::Wanted && place.country.as_deref() == Some(HOST));
    if let Some(at) = named.filter(|_| !wanted.countries.iter().any(|known| known == HOST)) {
        ledger.borrow(format!("wanted.countries[{}]", wanted.countries.len()), &format!("places[{at}]"), "wanted.place");
        wanted.countries.push(HOST.to_owned());
    }
}

fn similar(text: &Text, sentence: &Range<usize>, wanted: &mut Wanted, ledger: &mut Ledger) {
    if let Some(hit) = CUES.first("similar", text, sentence.clone()).filter(|_| !wanted.similar_size) {
        wanted.similar_size = true;
        ledger.note("wanted.similar_size", text, hit.start..hit.end, "wanted.similar");
    }
}

/// `počítá i s partnerem podobné velikosti`: it stands by what is called the partner, so nothing need search or wish.
fn of_partner(text: &Text, sentence: &Range<usize>, wanted: &mut Wanted, ledger: &mut Ledger) {
    let Some(hit) = CUES.first("similar", text, sentence.clone()) else { return };
    if text.shadow[sentence.start..hit.start].split_whitespace().next_back().is_some_and(called_partner) {
        similar(text, sentence, wanted, ledger);
    }
}

fn called_partner(word: &str) -> bool {
    word.starts_with("partner") || word.starts_with("protej")
}

/// `do 10 000 obyvatel`, `od 3 do 8 tisíc obyvatel`, in a sentence that searches or wishes from `asks` on.
#[expect(clippy::too_many_arguments, reason = "one sentence with all that bears on it")]
fn size(
    text: &Text,
    index: usize,
    sentence: &Range<usize>,
    asks: Option<usize>,
    mentions: &[Mention],
    wanted: &mut Wanted,
    asked: &mut Vec<Asked>,
    ledger: &mut Ledger,
) {
    for count in counts(text, sentence) {
        let bounds = bounds(text, sentence, count);
        // The object of the search stands before its size, and no seeker's name between them.
        let Some(object) = object(text, sentence, asks, count, &bounds) else { continue };
        let named = mentions.iter().any(|mention| mention.text == index && object <= mention.span.start && mention.span.end <= count.start);
        if named || text.shadow[object..count.start].contains('(') {
            continue;
        }
        asked.push((index, bounds.span.clone()));
        if let (Some(min), None) = (bounds.min, wanted.population_min) {
            wanted.population_min = Some(min);
            ledger.note("wanted.population_min", text, bounds.span.clone(), "wanted.size");
        }
        if let (Some(max), None) = (bounds.max, wanted.population_max) {
            wanted.population_max = Some(max);
            ledger.note("wanted.population_max", text, bounds.span.clone(), "wanted.size");
        }
    }
}

/// End of the words for the partner whose size a count may be.
fn object(text: &Text, sentence: &Range<usize>, asks: Option<usize>, count: &Count, bounds: &Bounds) -> Option<usize> {
    let last = |range: Range<usize>, of: fn(&str) -> bool| {
        let mut hits = seek::hits(text, range).rev().filter(|hit| hit.cue.group == "object");
        hits.find(|hit| of(&text.shadow[hit.start..hit.end])).map(|hit| hit.end)
    };
    let Some(asks) = asks.filter(|&asks| asks < count.start) else {
        // `nabízí městům do 10 000 obyvatel spolupráci`, `s obcí do 10 000 obyvatel by chtěl`: nobody says so of his own size.
        let object = last(sentence.start..bounds.span.start, |_| true)?;
        let limit = ["do ", "od ", "max", "up to"].iter().any(|word| text.shadow[bounds.span.clone()].starts_with(word));
        return (limit && text.shadow[object..bounds.span.start].trim().is_empty()).then_some(object);
    };
    // Before the words of a wish only what is called the partner is its subject.
    let object = last(asks..count.start, |_| true).or_else(|| last(sentence.start..asks, called_partner))?;
    (!has(&text.shadow[object.min(bounds.span.start)..bounds.span.start])).then_some(object)
}

/// `hosté jsou vítáni, město má přes 16 tisíc obyvatel` states, `obec, která má přes 5 tisíc obyvatel` and `má mít` ask.
fn has(words: &str) -> bool {
    let any = |of: &[&str]| words.split(|char: char| !char.is_alphanumeric()).any(|word| of.contains(&word));
    any(&["ma", "zije", "ziji", "cita", "has"]) && !any(&["ktera", "ktere", "ktery", "kde", "jez", "jenz", "mit", "mat", "that", "which"])
}

struct Bounds {
    min: Option<u64>,
    max: Option<u64>,
    span: Range<usize>,
}

/// The limits that the words before a count set; a bare count sets none but is asked for all the same.
fn bounds(text: &Text, sentence: &Range<usize>, count: &Count) -> Bounds {
    let number = count.quantity;
    if let Some(low) = number.low {
        let hits = CUES.find(text, sentence.start..number.start);
        let start = hits.iter().rev().find(|hit| hit.end + 2 >= number.start).map_or(number.start, |hit| hit.start);
        return Bounds { min: Some(low), max: Some(number.value), span: start..count.end };
    }
    // `více než` is a least, `nemělo více než` a most: of words that end together the longer count.
    let from = number.start.saturating_sub(40).max(sentence.start);
    let limits = CUES.find(text, from..(count.end + 12).min(sentence.end)).into_iter().filter(|hit| match hit.cue.group {
        "max" | "min" => hit.end <= number.start && hit.end + 8 >= number.start,
        "after" => hit.start >= number.end,
        _ => false,
    });
    let hit = limits.max_by_key(|hit| (hit.end, usize::MAX - hit.start));
    let (min, max, start) = match hit {
        Some(hit) if hit.cue.group == "max" => (None, Some(number.value), hit.start),
        Some(hit) => (Some(number.value), None, hit.start.min(number.start)),
        None => (None, None, count.start),
    };
    Bounds { min, max, span: start..count.end }
}

/// The countries in which, or of which, the partner is looked for.
#[expect(clippy::too_many_arguments, reason = "one sentence with all that bears on it")]
fn countries(
    text: &Text,
    index: usize,
    sentence: &Range<usize>,
    seek: &Range<usize>,
    nations: &[Nation],
    mentions: &[Mention],
    wanted: &mut Wanted,
    ledger: &mut Ledger,
) {
    let mut open: Option<usize> = None;
    for nation in nations.iter().filter(|nation| sentence.contains(&nation.start)) {
        let Some(iso2) = nation.iso2 else { continue };
        let before = &text.shadow[sentence.start..nation.start];
        let after = &text.shadow[nation.end..sentence.end];
        let listed = open.is_some_and(|end| LISTED.is_match(&text.shadow[end..nation.start]));
        // `hledá partnera českého`: the adjective may follow.
        let of_partner = PARTNER.is_match(after) || FOLLOWING.is_match(before);
        let qualifies = nation.form == Form::Adjective && of_partner && !names_seeker(mentions, index, nation);
        let placed = nation.form != Form::Adjective && PREPOSITION.is_match(before);
        // `nabídka partnerství z Itálie` comes from there; `partner z Itálie` is asked for.
        let origin = ORIGIN.is_match(before);
        let after_seek = nation.start >= seek.start && objects(text, seek.start..nation.start, origin);
        let host = iso2 == HOST && (nation.start >= seek.start || qualifies) && !asks(mentions, index, nation, seek);
        let asked = match nation.form {
            Form::Adjective => {
                qualifies
                    && !before.ends_with("pro ")
                    && (host
                        || ((nation.start >= seek.end || nation.start >= seek.start && SOUGHT.is_match(after))
                            && !mentions.iter().any(|mention| mention.text == index && mention.nation == Some(*nation))))
            }
            _ => (placed || iso2 == HOST && bare_host(before)) && (host || after_seek),
        };
        if (asked || listed) && !belongs_to_office(text, sentence, nation) && !locates(mentions, index, nation) {
            open = Some(nation.end);
            push(wanted, iso2, text, nation.start..nation.end, "wanted.country", ledger);
        }
    }
    if let Some(hit) = seek::first("here", text, sentence.clone()) {
        push(wanted, HOST, text, hit.start..hit.end, "wanted.here", ledger);
    }
}

fn push(wanted: &mut Wanted, iso2: &'static str, text: &Text, span: Range<usize>, rule: &'static str, ledger: &mut Ledger) {
    if !wanted.countries.iter().any(|known| known == iso2) {
        ledger.note(format!("wanted.countries[{}]", wanted.countries.len()), text, span, rule);
        wanted.countries.push(iso2.to_owned());
    }
}

/// `partnera (ČR)`, `v jiném městě ČR`.
fn bare_host(before: &str) -> bool {
    GENITIVE.is_match(before)
}

/// The partner is named as such between the verb and the country.
fn objects(text: &Text, range: Range<usize>, origin: bool) -> bool {
    range.start < range.end
        && seek::hits(text, range).any(|hit| match hit.cue.group {
            "object" => !(origin && ["partnerstv", "twinning"].iter().any(|word| text.shadow[hit.start..hit.end].starts_with(word))),
            "seek" => !origin,
            _ => false,
        })
}

/// `italské město X hledá`: the adjective is the seeker's.
fn names_seeker(mentions: &[Mention], index: usize, nation: &Nation) -> bool {
    nation.iso2 != Some(HOST) && mentions.iter().any(|mention| mention.text == index && mention.nation == Some(*nation))
}

/// `východočeské město X hledá`: a town of the host country is itself the seeker.
fn asks(mentions: &[Mention], index: usize, nation: &Nation, seek: &Range<usize>) -> bool {
    let own = |mention: &Mention| mention.text == index && mention.nation == Some(*nation) && mention.span.end <= seek.start;
    nation.end <= seek.start && mentions.iter().any(own)
}

/// `město X ve Švédsku`: the country says where the named place lies.
fn locates(mentions: &[Mention], index: usize, nation: &Nation) -> bool {
    mentions.iter().any(|mention| mention.text == index && mention.nation == Some(*nation) && nation.iso2 != Some(HOST))
}

/// `velvyslanectví České republiky`, `Svaz měst a obcí ČR`.
fn belongs_to_office(text: &Text, sentence: &Range<usize>, nation: &Nation) -> bool {
    let from = nation.start.saturating_sub(45).max(sentence.start);
    let last = seek::hits(text, from..nation.start).rfind(|hit| matches!(hit.cue.group, "institution" | "seek"));
    let close =
        last.is_some_and(|hit| hit.cue.group == "institution" && !text.shadow[hit.end.min(nation.start)..nation.start].contains(','));
    close && !text.shadow[from..nation.start].trim_end().ends_with("partnera v")
}
