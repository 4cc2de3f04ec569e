//! What a notice is: one of seven kinds, by what is asked of the reader.
//!
//! Signs of `data/kind.tsv` and words of searching in title, summary and body, and how likely a name seeks, are features;
//! and so are the words themselves (`words.rs`); `data/weights/kind.tsv` says what each speaks for. No single word decides: a project's press conference is news,
//! a guide to finding a partner is a guide, and a partnership that was signed is no search.

use std::sync::LazyLock;

use super::cues::{Cue, File, Seek, Sign, Word, cue_of, row};
use super::dates::first_is_ahead;
use super::document::{Document, Part};
use super::evidence::Ledger;
use super::grammar::{self, Says, Stance};
use super::model::{Feature, Model, Share, kebab, probability, share};
use super::nations::HOST;
use super::seekers::Candidate;
use super::words;
use crate::record::{Kind, Where};

/// Sentences of a body that say what the notice is.
const OPENING: usize = 4;
/// Those whose names are evidence.
const NAMED: usize = 8;
/// Sentences of a body whose words are evidence: those of any short notice, and the beginning of a long one.
const WORDS_OF: usize = 20;
/// A sign of this strength counts one.
const FULL: f64 = 8.0;
/// From here on the answer is sure: of the labelled notices that were not learned from, all but one in fifty were right.
const SURE: f64 = 0.8;

/// Logits by which a search must be likelier than any other kind: a search that is none brings seekers that are none.
const CAUTION: f64 = 0.7;

pub const KINDS: [Kind; 7] = [Kind::PartnerSearch, Kind::PartnerList, Kind::Project, Kind::Event, Kind::Funding, Kind::Guide, Kind::News];

const SIGNS: [Sign; 15] = [
    Sign::Guide,
    Sign::Funding,
    Sign::Invitation,
    Sign::Planned,
    Sign::Gathering,
    Sign::Project,
    Sign::Signed,
    Sign::Visited,
    Sign::Celebrated,
    Sign::Held,
    Sign::Reported,
    Sign::Done,
    Sign::List,
    Sign::Past,
    Sign::Conditional,
];

const SEEKS: [Seek; 6] = [Seek::Active, Seek::Invite, Seek::Existing, Seek::Done, Seek::Institution, Seek::Lacks];

/// How the notice is built, besides its signs.
const BUILD: [&str; 32] = [
    "named-act@title",
    "named-act@summary",
    "named-act@body",
    "partner-act@title",
    "partner-act@summary",
    "partner-act@body",
    "named-partner@title",
    "named-partner@summary",
    "named-partner@body",
    "likely@title",
    "likely@summary",
    "likely@body",
    "seeker-and-seek",
    "seek-without-seeker",
    "seek-of-several",
    "several@title",
    "several@summary",
    "bare-title",
    "name@title",
    "seek-title-only",
    "nothing",
    "no-relation",
    "day-ahead@title",
    "day-ahead@summary",
    "day-ahead@body",
    "day-behind@title",
    "day-behind@summary",
    "day-behind@body",
    "partner-nation@title",
    "partner-nation@summary",
    "partner-nation@body",
    "people",
];

const PLACES: [&str; 3] = ["title", "summary", "body"];

static MODEL: LazyLock<Model<7>> = LazyLock::new(|| {
    let at = |name: String| PLACES.map(|place| format!("{name}@{place}"));
    let signs = SIGNS.iter().flat_map(|sign| at(kebab(sign)));
    let seeks = SEEKS.iter().flat_map(|seek| at(seek_name(*seek)));
    Model::new(include_str!("data/weights/kind.tsv"), signs.chain(seeks).chain(BUILD.iter().map(|&name| name.to_owned())))
});

/// What the table of weights calls the words of searching; `done` is a sign's.
fn seek_name(seek: Seek) -> String {
    match seek {
        Seek::Active => "seek".to_owned(),
        Seek::Done => "search-done".to_owned(),
        _ => kebab(&seek),
    }
}

/// The kind of a notice, how likely it is, and what speaks for and against it.
pub struct Reading {
    pub kind: Kind,
    pub probability: f64,
    pub features: Vec<Feature>,
}

impl Reading {
    pub fn is_sure(&self) -> bool {
        self.probability >= SURE
    }

    /// Features by name with what each adds for the kind, the strongest first.
    pub fn shares(&self) -> Vec<Share> {
        MODEL.shares(&self.features, self.kind as usize)
    }
}

/// The kind; `None` only for a notice without a title.
pub fn read(document: &Document, candidates: &[Candidate], ledger: &mut Ledger) -> Option<Reading> {
    let title = document.parts.first().filter(|part| !part.text.shadow.trim().is_empty())?;
    let features = features(document, candidates);
    let logits = MODEL.sum(&features);
    let mut careful = logits;
    careful[Kind::PartnerSearch as usize] -= CAUTION;
    let answer = (0..KINDS.len()).max_by(|&one, &other| careful[one].total_cmp(&careful[other]).then(other.cmp(&one)))?;
    let reading = Reading { kind: KINDS[answer], probability: share(&logits, answer), features };
    let (part, span, rule) =
        witness(document, candidates, &reading).unwrap_or((title, 0..title.text.shadow.len(), "kind.otherwise".to_owned()));
    ledger.note("kind", &part.text, span, rule, reading.is_sure().into());
    Some(reading)
}

/// Whether title, summary or the beginning of the body has words of searching.
fn seeks(document: &Document) -> bool {
    document.spoken().any(|(_, part)| part.cues.has(Seek::Active, 0..part.opening(OPENING)))
}

/// Whether a name stands where a text says what it is about.
fn is_early(document: &Document, candidate: &Candidate) -> bool {
    let part = &document.parts[candidate.part];
    part.names[candidate.name].end <= part.opening(NAMED)
}

/// `X (Polsko)`: a title that is a name and its country.
fn is_bare(candidate: &Candidate) -> bool {
    candidate.part == 0 && candidate.stands(Stance::Bare)
}

/// Where the features of a place begin.
fn place(part: &Part) -> Option<usize> {
    match part.text.place {
        Where::Title => Some(0),
        Where::Summary => Some(1),
        Where::Body => Some(2),
        Where::Attachment(_) => None,
    }
}

/// The first hit of a sign counts whole, a second one half: ten seminars in one summary are no surer than two.
fn features(document: &Document, candidates: &[Candidate]) -> Vec<Feature> {
    let mut features = Vec::new();
    let seeks_from = 1 + SIGNS.len() * PLACES.len();
    for (_, part) in document.spoken() {
        let Some(place) = place(part) else { continue };
        let range = 0..part.opening(OPENING);
        for (number, &sign) in SIGNS.iter().enumerate() {
            let strengths = part.cues.hits(File::Sign, range.clone()).filter_map(|hit| match cue_of(hit) {
                Cue::Sign(other, strength) if other == sign => Some(f64::from(strength)),
                _ => None,
            });
            let value: f64 = strengths.take(2).enumerate().map(|(at, strength)| strength / FULL / (at + 1) as f64).sum();
            if value > 0.0 {
                features.push((1 + number * PLACES.len() + place, value));
            }
        }
        for (number, &seek) in SEEKS.iter().enumerate() {
            if part.cues.has(seek, range.clone()) {
                features.push((seeks_from + number * PLACES.len() + place, 1.0));
            }
        }
    }
    let build_from = seeks_from + SEEKS.len() * PLACES.len();
    let build = build(document, candidates);
    features.extend(build.into_iter().enumerate().filter(|(_, value)| *value > 0.0).map(|(at, value)| (build_from + at, value)));
    features.extend(MODEL.words(words(document).map(|(_, _, word)| word)));
    features
}

/// How the words of the notice begin. Those of names and of countries abroad are none: whoever seeks, it is a search.
pub fn words<'a, 'b>(document: &'a Document<'b>) -> impl Iterator<Item = (&'a Part<'b>, usize, &'a str)> {
    let named = |part: &Part, at: usize| {
        let abroad = part.nations.iter().filter(|nation| nation.iso2 != Some(HOST)).map(|nation| nation.start..nation.end);
        part.names.iter().map(|name| name.start..name.end).chain(abroad).any(|name| name.contains(&at))
    };
    let said = move |part: &'a Part<'b>| {
        let words = words::beginnings(&part.text, 0..part.opening(WORDS_OF));
        words.filter(move |(at, _)| !named(part, *at)).map(move |(at, word)| (part, at, word))
    };
    document.spoken().flat_map(move |(_, part)| said(part))
}

/// Values of `BUILD`.
fn build(document: &Document, candidates: &[Candidate]) -> Vec<f64> {
    let part = |wanted: Where| document.spoken().find(|(_, part)| part.text.place == wanted);
    let named = |wanted: Where| {
        let here =
            candidates.iter().filter(|candidate| document.parts[candidate.part].text.place == wanted && is_early(document, candidate));
        here.map(|candidate| probability(candidate.named)).fold(0.0, f64::max)
    };
    let seeks_in = |wanted: Where| part(wanted).is_some_and(|(_, part)| part.cues.has(Seek::Active, 0..part.opening(OPENING)));
    let several = |wanted: Where| {
        part(wanted)
            .is_some_and(|(_, part)| part.cues.hits(File::Word, 0..part.text.shadow.len()).any(|hit| cue_of(hit) == Cue::Word(Word::Towns)))
    };
    let places = [Where::Title, Where::Summary, Where::Body];
    let seeker = places.map(named);
    let best = seeker.iter().copied().fold(0.0, f64::max);
    let seek = seeks(document);
    let several = [several(Where::Title), several(Where::Summary)];
    let flag = |holds: bool| f64::from(u8::from(holds));
    let title_names = candidates.iter().any(|candidate| candidate.part == 0 && !candidate.is(Says::Located));
    let ahead = places.map(|place| part(place).and_then(|(_, part)| first_is_ahead(part, document.published)));
    let said = |place: Where, rows: fn(usize) -> bool| {
        let here =
            candidates.iter().filter(|candidate| document.parts[candidate.part].text.place == place && is_early(document, candidate));
        flag(here.flat_map(|candidate| &candidate.says).any(|(says, row)| *says == Says::Seeker && rows(*row)))
    };
    let acts = |place: Where| flag(part(place).is_some_and(|(_, part)| part.cues.seeks_relation(0..part.opening(OPENING))));
    let related = places.iter().any(|&place| acts(place) > 0.0 || said(place, grammar::tells_seeker) > 0.0);
    let mut values: Vec<f64> = Vec::with_capacity(BUILD.len());
    values.extend(places.map(|place| said(place, grammar::tells_seeker)));
    values.extend(places.map(acts));
    values.extend(places.map(|place| said(place, grammar::tells_partner)));
    values.extend(seeker.map(|likely| likely * flag(seek)));
    values.extend([
        best * flag(seek),
        (1.0 - best) * flag(seek),
        (1.0 - best) * flag(seek && (several[0] || several[1])),
        flag(several[0]),
        flag(several[1]),
        flag(candidates.iter().any(is_bare)),
        flag(title_names),
        flag(seeks_in(Where::Title) && !seeks_in(Where::Summary)),
        flag(!seek && best < 0.2),
        flag(seek && !related),
        flag(ahead[0] == Some(true)),
        flag(ahead[1] == Some(true)),
        flag(ahead[2] == Some(true)),
        flag(ahead[0] == Some(false)),
        flag(ahead[1] == Some(false)),
        flag(ahead[2] == Some(false)),
    ]);
    values.extend(places.map(|place| flag(part(place).is_some_and(|(_, part)| part.names_partners_country()))));
    values.push(flag(document.spoken().any(|(_, part)| !part.counts.is_empty())));
    values
}

/// The words that speak most for the kind: a sign, a word of searching or the name that seeks.
fn witness<'a, 'b>(
    document: &'a Document<'b>,
    candidates: &[Candidate],
    reading: &Reading,
) -> Option<(&'a Part<'b>, std::ops::Range<usize>, String)> {
    let seeks_from = 1 + SIGNS.len() * PLACES.len();
    let build_from = seeks_from + SEEKS.len() * PLACES.len();
    let share = |&(feature, value): &Feature| MODEL.sum(&[(feature, value)])[reading.kind as usize] - MODEL.sum(&[])[reading.kind as usize];
    let mut features: Vec<Feature> = reading.features.iter().copied().filter(|feature| share(feature) > 0.0).collect();
    features.sort_by(|one, other| share(other).total_cmp(&share(one)));
    features.into_iter().find_map(|(feature, _)| {
        if let Some(word) = MODEL.word(feature) {
            let (part, at, _) = words(document).find(|(_, _, other)| *other == word)?;
            return Some((part, at..at + word.len(), "kind.word".to_owned()));
        }
        if feature >= build_from {
            let best = candidates.iter().max_by(|one, other| one.score.total_cmp(&other.score)).filter(|best| best.score > 0.0)?;
            let part = &document.parts[best.part];
            let name = part.names[best.name];
            return (reading.kind == Kind::PartnerSearch).then(|| (part, name.start..name.end, "kind.named-seeker".to_owned()));
        }
        let place_number = (feature - 1) % PLACES.len();
        let (_, part) = document.spoken().find(|(_, part)| place(part) == Some(place_number))?;
        let range = 0..part.opening(OPENING);
        let hit = if feature < seeks_from {
            let sign = SIGNS[(feature - 1) / PLACES.len()];
            part.cues.hits(File::Sign, range).find(|hit| matches!(cue_of(hit), Cue::Sign(other, _) if other == sign))?
        } else {
            part.cues.first(SEEKS[(feature - seeks_from) / PLACES.len()], range)?
        };
        Some((part, hit.start..hit.end, row(hit).id.clone()))
    })
}
