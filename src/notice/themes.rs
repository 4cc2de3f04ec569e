//! Themes: the areas of cooperation a notice states, from a closed list.
//!
//! A theme that `data/themes.tsv` has a word of is a candidate; where its words stand, what their sentences say of them and how much of the
//! notice they are are features, and `data/weights/theme.tsv` tells how much each counts. A word in passing (`leží u jaderné elektrárny`), a denied one
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
/// Mentions of other themes that a notice is taken to have besides its own: the only one of a short text is not yet what it is about.
const OTHERS: usize = 2;
/// From here on the answer is sure (see `kind.rs`).
const SURE: f64 = 0.85;

features!(Around {
    Search,
    Body,
    BodyOfOther,
    Area,
    AreaNear,
    BehindName,
    AreaBehind,
    Weak,
    Topic,
    Listed,
    SoughtBefore,
    SoughtBehind,
    CooperationBefore,
    Beside,
    Several,
    Office,
    Guide,
    Project,
    Event,
    Funding,
    Thing,
    Past,
    Describes,
    Mentions,
    Share,
    Length,
});

/// What speaks against a mention speaks against the theme only where it holds for all of them.
const OF_ALL: [Around; 7] =
    [Around::Body, Around::SoughtBehind, Around::Office, Around::Thing, Around::Past, Around::Describes, Around::BehindName];

static MODEL: LazyLock<Model<1>> = LazyLock::new(|| Model::new(include_str!("data/weights/theme.tsv"), Around::names()));

/// A theme that the words of a notice may state, all its mentions together.
pub struct Candidate {
    pub theme: Theme,
    /// The mention that speaks most for it.
    pub part: usize,
    pub span: Range<usize>,
    pub rule: &'static str,
    pub features: Vec<Feature>,
    pub score: f64,
}

/// A word of a theme with what stands around it.
struct Mention {
    part: usize,
    span: Range<usize>,
    rule: &'static str,
    features: Vec<Feature>,
}

impl Candidate {
    pub fn shares(&self) -> Vec<Share> {
        MODEL.shares(&self.features, 0)
    }
}

/// The themes of a notice, in the order of the closed list.
pub fn read(document: &Document, candidates: &[Candidate], ledger: &mut Ledger) -> Vec<Theme> {
    let stated: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.score > 0.0).collect();
    for candidate in &stated {
        let text = &document.parts[candidate.part].text;
        let sure = probability(candidate.score) >= SURE;
        ledger.note(format!("themes.{}", snake(&candidate.theme)), text, candidate.span.clone(), candidate.rule, sure.into());
    }
    stated.into_iter().map(|candidate| candidate.theme).collect()
}

/// Every theme with a word in title, summary or body, in the order of the closed list.
pub fn candidates(document: &Document, kind: Option<Kind>) -> Vec<Candidate> {
    let mut found: BTreeMap<Theme, Vec<Mention>> = BTreeMap::new();
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
                if !denied(part, sentence, hit) {
                    let features = features(part, at, (hit, head), hits.len(), kind);
                    let mention = Mention { part: index, span: hit.start..hit.end, rule: &row(hit).id, features };
                    found.entry(theme).or_default().push(mention);
                }
            }
        }
    }
    let all = found.values().map(Vec::len).sum();
    let length = document.spoken().map(|(_, part)| part.text.sentences.len()).sum();
    found.into_iter().map(|(theme, mentions)| pooled(theme, mentions, all, length)).collect()
}

/// A theme with what is said at any of its mentions (of what speaks against one, at all), how often it is mentioned, its share of `all` mentions, and how many sentences
/// the notice has: what a long text names once in passing is seldom what it is about.
fn pooled(theme: Theme, mentions: Vec<Mention>, all: usize, length: usize) -> Candidate {
    let feature = |around: Around, value: f64| (1 + around as usize, value);
    let count = mentions.len() as f64;
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for (feature, _) in mentions.iter().flat_map(|mention| &mention.features) {
        *times.entry(*feature).or_default() += 1;
    }
    let of_all = OF_ALL.map(|around| 1 + around as usize);
    let holds = |(feature, times): &(usize, usize)| !of_all.contains(feature) || *times == mentions.len();
    let mut features: Vec<Feature> = times.into_iter().filter(holds).map(|(feature, _)| (feature, 1.0)).collect();
    features.push(feature(Around::Mentions, count.ln()));
    features.push(feature(Around::Share, count / (all + OTHERS) as f64));
    features.push(feature(Around::Length, (length as f64).ln()));
    let score = MODEL.sum(&features)[0];
    let weight = |mention: &Mention| MODEL.sum(&mention.features)[0];
    let best = mentions.into_iter().reduce(|best, other| if weight(&other) > weight(&best) { other } else { best });
    let Mention { part, span, rule, .. } = best.expect("a theme has a mention");
    Candidate { theme, part, span, rule, features, score }
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
    let body = !matches!(part.text.place, Where::Title | Where::Summary);
    let before = sentence.start..hit.start.max(sentence.start);
    let behind = hit.end..sentence.end.max(hit.end);
    let last =
        |area: Area| part.cues.hits(File::Area, sentence.start..hit.end).rfind(|it| it.start <= hit.start && cue_of(it) == Cue::Area(area));
    let opening = last(Area::Opens);
    let office = hit.start.saturating_sub(NEAR).max(sentence.start)..hit.start.max(sentence.start);
    let mut features = Vec::new();
    let mut note = |around: Around, holds: bool| {
        if holds {
            features.push((1 + around as usize, 1.0));
        }
    };
    note(Around::Search, search);
    note(Around::Body, body);
    note(Around::BodyOfOther, body && !search);
    note(Around::Area, opening.is_some());
    note(Around::AreaNear, opening.is_some_and(|cue| cue.end + NEAR >= head));
    // `je známé divadlem` says what there is, `je známé divadlem a zajímá se o školy` what is wished as well.
    let describes = part.cues.cue(Cue::Area(Area::Describes), sentence.clone()).is_some();
    note(Around::Describes, describes && opening.is_none() && !part.cues.has(Seek::Active, sentence.clone()));
    // `Sdružení historických sídel`, `Centra experimentálního divadla`: a part of a name, or what belongs to one.
    note(Around::BehindName, part.names.iter().any(|name| name.end + 1 == hit.start || name.start <= hit.start && hit.end <= name.end));
    note(Around::AreaBehind, part.cues.cue(Cue::Area(Area::Opens), behind.clone()).is_some());
    note(Around::Weak, last(Area::Weak).is_some());
    note(Around::Topic, last(Area::Topic).is_some());
    note(Around::Listed, led_by_list(part, at));
    note(Around::SoughtBefore, part.cues.has(Seek::Active, before.clone()));
    note(Around::SoughtBehind, part.cues.has(Seek::Active, behind));
    note(Around::CooperationBefore, part.text.shadow[before].contains("spolupr"));
    note(Around::Beside, count > 1);
    note(Around::Several, count > 2);
    let is_office = part.cues.has(Seek::Institution, office.clone()) || part.cues.cue(Cue::Area(Area::Office), office).is_some();
    note(Around::Office, is_office);
    note(Around::Thing, matches!(cue_of(hit), Cue::Thing(_)));
    note(Around::Past, part.cues.hits(File::Sign, sentence.clone()).any(|hit| matches!(cue_of(hit), Cue::Sign(Sign::Past, _))));
    note(Around::Guide, kind == Some(Kind::Guide));
    note(Around::Project, kind == Some(Kind::Project));
    note(Around::Event, kind == Some(Kind::Event));
    note(Around::Funding, kind == Some(Kind::Funding));
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
