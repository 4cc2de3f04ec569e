//! Themes: the areas of cooperation a notice states, from a closed list.
//!
//! Each word of `data/themes.tsv` is a candidate; where it stands and what its sentence says of it are features, and
//! `data/weights/theme.tsv` tells how much each counts. A word in passing (`leží u jaderné elektrárny`), a denied one
//! (`nikoli sportu`) and an office's name are thus no themes; refuses to state one more than once.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::cues::{Area, Cue, File, Seek, Sign, cue_of, row};
use super::document::{Document, Part};
use super::evidence::Ledger;
use super::model::{Feature, Model, Share, features, probability, snake};
use super::patterns::Hit;
use super::small_words::{self, Small};
use crate::record::{Kind, Theme, Where};

/// A list follows its cue by at most so many lines, each of at most so many code points unless led by a bullet.
const LIST_LINES: usize = 14;
const LIST_LINE: usize = 90;
/// Code points from a cue to a word right behind it.
const NEAR: usize = 40;
/// From here on the answer is sure (see `kind.rs`).
const SURE: f64 = 0.85;

features!(Around {
    Search,
    TitleOfSearch,
    TitleOfOther,
    Summary,
    SummaryOfOther,
    Body,
    BodyOfOther,
    Area,
    AreaNear,
    AreaBehind,
    Weak,
    WeakInBody,
    Topic,
    TopicInBody,
    Listed,
    Line,
    SoughtBefore,
    SoughtBeforeInBody,
    SoughtBehind,
    CooperationBefore,
    CooperationBehind,
    Beside,
    DeniedWord,
    Office,
    Old,
    Fund,
    FundInBody,
    Guide,
    Project,
    Event,
    Thing,
    ThingInPassing,
    ThingInBody,
    Past,
    Describes,
    Several,
});

static MODEL: LazyLock<Model<1>> = LazyLock::new(|| Model::new(include_str!("data/weights/theme.tsv"), Around::names()));

/// A word that may state a theme.
pub struct Candidate {
    pub theme: Theme,
    pub part: usize,
    pub span: Range<usize>,
    pub rule: &'static str,
    pub features: Vec<Feature>,
    pub score: f64,
}

impl Candidate {
    pub fn shares(&self) -> Vec<Share> {
        MODEL.shares(&self.features, 0)
    }
}

/// The themes of a notice, in the order of the closed list.
pub fn read(document: &Document, candidates: &[Candidate], ledger: &mut Ledger) -> Vec<Theme> {
    let mut best: BTreeMap<Theme, &Candidate> = BTreeMap::new();
    for candidate in candidates.iter().filter(|candidate| candidate.score > 0.0) {
        let known = best.entry(candidate.theme).or_insert(candidate);
        if candidate.score > known.score {
            *known = candidate;
        }
    }
    for (theme, candidate) in &best {
        let text = &document.parts[candidate.part].text;
        let sure = probability(candidate.score) >= SURE;
        ledger.note(format!("themes.{}", snake(theme)), text, candidate.span.clone(), candidate.rule, sure.into());
    }
    best.into_keys().collect()
}

/// Every word of a theme in title, summary and body.
pub fn candidates(document: &Document, kind: Option<Kind>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, part) in document.spoken() {
        for (at, sentence) in part.text.sentences.iter().enumerate() {
            let hits = own(part, sentence);
            let mut last: Option<(&Hit, usize)> = None;
            for hit in &hits {
                let Some(theme) = theme(hit) else { continue };
                // `kultura@mesto.cz`
                if document.addresses.hold(part.text.place, hit.start) {
                    continue;
                }
                // What leads to the first of a list leads to all of it: `zájem o sport, kulturu a školy`.
                let head = last.filter(|(last, _)| joined(part, last.end..hit.start)).map_or(hit.start, |(_, head)| head);
                last = Some((hit, head));
                if denied(part, sentence, hit) {
                    continue;
                }
                let features = features(part, at, (hit, head), hits.len(), kind);
                let score = MODEL.sum(&features)[0];
                found.push(Candidate { theme, part: index, span: hit.start..hit.end, rule: &row(hit).id, features, score });
            }
        }
    }
    found
}

fn theme(hit: &Hit) -> Option<Theme> {
    match cue_of(hit) {
        Cue::Theme(theme) => theme,
        Cue::Thing(theme) => Some(theme),
        Cue::Area(Area::Fund) => Some(Theme::EuFunds),
        _ => None,
    }
}

/// The words of themes in a sentence that no longer ones own: `odpadové hospodářství` is waste, not economy, except
/// those that merely stand between others (`rozvoj turistiky a samosprávy`). What is rebuilt is no theme (`obnova škol`).
fn own<'a>(part: &'a Part, sentence: &Range<usize>) -> Vec<&'a Hit> {
    let mut owner: Option<&Hit> = None;
    let mut kept = Vec::new();
    for hit in part.cues.hits(File::Theme, sentence.clone()) {
        let part_of_longer = owner.is_some_and(|longer| {
            let whole = !row(longer).gapped || cue_of(longer) == Cue::Theme(Some(Theme::Reconstruction));
            hit.end <= longer.end && (whole || hit.start == longer.start || hit.end == longer.end)
        });
        if !part_of_longer {
            owner = Some(hit);
            kept.push(hit);
        }
    }
    kept.extend(part.cues.hits(File::Area, sentence.clone()).filter(|hit| cue_of(hit) == Cue::Area(Area::Fund)));
    kept.sort_by_key(|hit| hit.start);
    kept
}

/// Whether two words stand in one list: only few words, one of them a conjunction or a comma, lie between them.
fn joined(part: &Part, between: Range<usize>) -> bool {
    /// Words between two members of a list at most.
    const WORDS: usize = 4;
    if between.start > between.end {
        return true;
    }
    let words = &part.text.shadow[between];
    let joins = words.contains(',') || words.split(' ').any(|word| small_words::is(Small::Listed, word));
    joins && words.split(' ').count() <= WORDS + 2 && !words.contains([';', ':', '(', ')', '-'])
}

/// The features of a word of a theme, with the beginning of the list that it is in.
fn features(part: &Part, at: usize, (hit, head): (&Hit, usize), count: usize, kind: Option<Kind>) -> Vec<Feature> {
    let sentence = &part.text.sentences[at];
    let search = matches!(kind, Some(Kind::PartnerSearch | Kind::PartnerList));
    let (title, summary) = (part.text.place == Where::Title, part.text.place == Where::Summary);
    let body = !title && !summary;
    let before = sentence.start..hit.start.max(sentence.start);
    let behind = hit.end..sentence.end.max(hit.end);
    let last =
        |area: Area| part.cues.hits(File::Area, sentence.start..hit.end).rfind(|it| it.start <= hit.start && cue_of(it) == Cue::Area(area));
    let cue = last(Area::Opens);
    let line = led_by_list(part, at);
    let cooperation = |range: Range<usize>| part.text.shadow[range].contains("spolupr");
    let fund = cue_of(hit) == Cue::Area(Area::Fund);
    let office = hit.start.saturating_sub(NEAR).max(sentence.start)..hit.start.max(sentence.start);
    let mut features = Vec::new();
    let mut note = |around: Around, holds: bool| {
        if holds {
            features.push((1 + around as usize, 1.0));
        }
    };
    note(Around::Search, search);
    note(Around::TitleOfSearch, title && search);
    note(Around::TitleOfOther, title && !search);
    note(Around::Summary, summary);
    note(Around::SummaryOfOther, summary && !search);
    note(Around::Body, body);
    note(Around::BodyOfOther, body && !search);
    note(Around::Area, cue.is_some());
    note(Around::AreaNear, cue.is_some_and(|cue| cue.end + NEAR >= head));
    note(Around::AreaBehind, part.cues.cue(Cue::Area(Area::Opens), behind.clone()).is_some());
    note(Around::Weak, last(Area::Weak).is_some());
    note(Around::WeakInBody, body && last(Area::Weak).is_some());
    note(Around::Topic, last(Area::Topic).is_some());
    note(Around::TopicInBody, body && last(Area::Topic).is_some());
    note(Around::Listed, line);
    note(Around::Line, sentence.len() <= LIST_LINE && !part.text.shadow[sentence.clone()].trim_end().ends_with('.'));
    note(Around::SoughtBefore, part.cues.has(Seek::Active, before.clone()));
    note(Around::SoughtBeforeInBody, body && part.cues.has(Seek::Active, before.clone()));
    note(Around::SoughtBehind, part.cues.has(Seek::Active, behind.clone()));
    note(Around::CooperationBefore, cooperation(before.clone()));
    note(Around::CooperationBehind, cooperation(behind));
    note(Around::Beside, count > 1);
    note(Around::Several, count > 2);
    note(Around::DeniedWord, part.cues.cue(Cue::Area(Area::DeniedWord), hit.start..hit.end).is_some());
    let is_office = part.cues.has(Seek::Institution, office.clone()) || part.cues.cue(Cue::Area(Area::Office), office).is_some();
    note(Around::Office, is_office);
    note(Around::Old, part.cues.has(Seek::Existing, sentence.clone()));
    note(Around::Fund, fund);
    note(Around::FundInBody, fund && body);
    let thing = matches!(cue_of(hit), Cue::Thing(_));
    let led = cue.is_some_and(|cue| cue.end + NEAR >= head) || last(Area::Weak).is_some();
    note(Around::Thing, thing);
    note(Around::ThingInPassing, thing && !led);
    note(Around::ThingInBody, thing && body);
    note(Around::Past, part.cues.hits(File::Sign, sentence.clone()).any(|hit| matches!(cue_of(hit), Cue::Sign(Sign::Past, _))));
    note(Around::Describes, part.cues.cue(Cue::Area(Area::Describes), sentence.clone()).is_some());
    note(Around::Guide, kind == Some(Kind::Guide));
    note(Around::Project, kind == Some(Kind::Project));
    note(Around::Event, kind == Some(Kind::Event));
    features
}

/// Whether its clause takes the word back: `nikoli sportu`, `o sport nestojí`. What begins with `Kromě` has both.
fn denied(part: &Part, sentence: &Range<usize>, hit: &Hit) -> bool {
    let shadow = &part.text.shadow;
    let before = sentence.start..hit.start.max(sentence.start);
    let clause = shadow[before.clone()].rfind([',', ';']).map_or(before.start, |cut| before.start + cut + 1);
    let behind = hit.end..sentence.end.max(hit.end);
    let end = shadow[behind.clone()].find([',', ';', ':', '(']).map_or(behind.end, |cut| behind.start + cut);
    let except = |hit: &Hit| cue_of(hit) == Cue::Area(Area::Except) && !part.text.opens_sentence(hit.start);
    let is_verb = |hit: &Hit| shadow[hit.start..].starts_with("ne") && !shadow[hit.start..].starts_with("ne ");
    let is_denied = |hit: &Hit| cue_of(hit) == Cue::Area(Area::Denied);
    part.cues.hits(File::Area, clause..before.end).any(|hit| is_denied(hit) || except(hit))
        || part.cues.hits(File::Area, behind.start..end).any(|hit| is_denied(hit) && is_verb(hit))
}

/// Whether the sentence is a line of a list whose head ends with a colon: `Oblasti spolupráce:` and then one line each.
fn led_by_list(part: &Part, at: usize) -> bool {
    let sentences = &part.text.sentences;
    let is_item = |line: &Range<usize>| {
        let words = part.text.shadow[line.clone()].trim();
        words.len() <= LIST_LINE || words.starts_with(['-', '*', '\u{1a}'])
    };
    let heads = (at.saturating_sub(LIST_LINES)..at).rev();
    for head in heads {
        let range = &sentences[head];
        if part.text.shadow[range.clone()].trim_end().ends_with(':') {
            return part.cues.cue(Cue::Area(Area::Opens), range.clone()).is_some() && sentences[head + 1..=at].iter().all(is_item);
        }
    }
    false
}
