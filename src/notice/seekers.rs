//! Who seeks: each name that a text holds is a candidate, its frames and its surroundings are features.
//!
//! Weights: `data/weights/seeker.tsv`. The mentions of one name are judged together, wherever in the notice they stand: what is
//! said of one is said of the name. Refuses to look at the kind: a name that seeks makes the notice a search, not the other way round.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::counts::Count;
use super::cues::{Cue, Seek, Word};
use super::document::{Document, Part};
use super::gazetteer_cache;
use super::grammar::{self, Says, Stance};
use super::model::{Feature, Model, Share, features, probability};
use super::name_forms;
use super::names::Name;
use super::nations::{HOST, Nation};
use crate::gazetteer::{self, Answer, Form, How};
use crate::record::Where;
use crate::search::czech;

/// Probability from which the likeliest name of what is likely a search seeks: a search has a seeker, and the notice names it.
const LIKELY: f64 = 0.4;

features!(Around {
    Title,
    Summary,
    Body,
    FirstSentence,
    SeekBefore,
    SeekAfter,
    OwnNation,
    NoNation,
    KnownThere,
    KnownInNotice,
    KnownAtHome,
    KnownInWorld,
    Unknown,
    NamesDivision,
    LaterInList,
    LaterUnjoined,
    LaterInText,
    Near,
    WantedAbroad,
    SeveralAnnounced,
    WholeOfPart,
    Mentions,
    MostMentioned,
    PeopleBehind,
    OldInSentence,
    CommonWord,
    AddressHost,
    AddressBox,
    KnownAtAddress,
    OtherAnswered,
});

/// Who seeks in what is a search.
static MODEL: LazyLock<Model<1>> = LazyLock::new(|| model(include_str!("data/weights/seeker.tsv")));
/// Whether anyone seeks, which tells what the notice is: news and events have addresses as well, so that these say nothing here.
static NAMED: LazyLock<Model<1>> = LazyLock::new(|| model(include_str!("data/weights/named.tsv")));

fn model(weights: &'static str) -> Model<1> {
    let rows = (0..grammar::number_of_rows()).map(|row| format!("row {}", grammar::row(row)));
    Model::new(weights, rows.chain(Around::names()))
}

/// A name with all that is known of it.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub part: usize,
    /// Number of the name in its part.
    pub name: usize,
    /// Number of the candidate where the same name occurs first.
    pub first: usize,
    /// The country that a frame gives it.
    pub nation: Option<Nation>,
    /// The name of the whole that it is a part of.
    pub whole: Option<usize>,
    /// Where its word for a region begins, if it is one's name.
    pub is_region: bool,
    /// Rows of the grammar that hold it, by what they say.
    pub says: Vec<(Says, usize)>,
    pub features: Vec<Feature>,
    /// Logit of its seeking.
    pub score: f64,
    /// The same by the words around it alone.
    pub named: f64,
}

impl Candidate {
    pub fn is(&self, says: Says) -> bool {
        self.says.iter().any(|(other, _)| *other == says)
    }

    /// Whether one of its rows puts it so.
    pub fn stands(&self, stance: Stance) -> bool {
        self.says.iter().any(|(_, row)| grammar::puts(*row, stance))
    }

    fn has(&self, around: Around) -> bool {
        self.features.contains(&(1 + grammar::number_of_rows() + around as usize, 1.0))
    }

    /// Whether a row by itself says that it seeks.
    pub fn has_seeker_row(&self) -> bool {
        self.says.iter().any(|(says, row)| *says == Says::Seeker && grammar::tells_seeker(*row))
    }

    /// Whether it is answered under an address of its own name.
    pub fn is_answered(&self) -> bool {
        self.has(Around::AddressHost)
    }

    pub fn probability(&self) -> f64 {
        probability(self.score)
    }

    /// Features by name with what each adds, the strongest first.
    pub fn shares(&self) -> Vec<Share> {
        MODEL.shares(&self.features, 0)
    }
}

/// Every name of title, summary and the beginning of the body.
pub fn candidates(document: &Document) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (index, part) in document.spoken() {
        let limit = part.opening(grammar::OPENING);
        for name in (0..part.names.len()).filter(|&name| part.names[name].end <= limit) {
            let mut candidate = framed(index, part, name);
            candidate.features.extend(around(document, part, &candidate, &found));
            candidate.first = found.len();
            let known = found.iter().find(|other| name_forms::is_one(shadow(document, other), shadow(document, &candidate)));
            candidate.first = known.map_or(found.len(), |known| known.first);
            found.push(candidate);
        }
    }
    let mentions = |first: usize| found.iter().filter(|candidate| candidate.first == first).count();
    let answered: BTreeSet<usize> = found
        .iter()
        .filter(|candidate| candidate.is_answered() && !candidate.has(Around::Unknown))
        .map(|candidate| candidate.first)
        .collect();
    let most = (0..found.len()).map(mentions).max().unwrap_or_default();
    for first in 0..found.len() {
        let mentions: Vec<usize> = (0..found.len()).filter(|&at| found[at].first == first).collect();
        let mut features = pooled(mentions.iter().map(|&at| found[at].features.as_slice()));
        if mentions.len() == most {
            features.push((1 + grammar::number_of_rows() + Around::MostMentioned as usize, 1.0));
        }
        // A letter may be passed on by an office that is answered: who is said to seek is no less likely for it.
        let is_said = mentions.iter().any(|&at| found[at].has_seeker_row());
        if !answered.is_empty() && !answered.contains(&first) && !is_said {
            features.push((1 + grammar::number_of_rows() + Around::OtherAnswered as usize, 1.0));
        }
        let (score, named) = (MODEL.sum(&features)[0], NAMED.sum(&features)[0]);
        for at in mentions {
            found[at].features.clone_from(&features);
            found[at].score = score;
            found[at].named = named;
        }
    }
    // Who is named by an adjective first bears the noun that stands later; not so a district, which is another's.
    let firsts: Vec<usize> = found.iter().map(|candidate| candidate.first).collect();
    let is_noun = |&at: &usize| name_forms::of_adjective(shadow(document, &found[at])).is_none();
    let is_district = |at: usize| {
        let part = &document.parts[found[at].part];
        let next = part.text.tokens.iter().find(|token| token.start >= part.names[found[at].name].end);
        next.is_some_and(|next| part.cues.word(Word::Region, next.start).is_some())
    };
    let bearers: Vec<usize> = firsts
        .iter()
        .map(|&first| (0..firsts.len()).filter(|&at| firsts[at] == first).find(is_noun).filter(|_| !is_district(first)).unwrap_or(first))
        .collect();
    for (candidate, bearer) in found.iter_mut().zip(bearers) {
        candidate.first = bearer;
    }
    found
}

/// What a name has wherever it occurs: what is said of one mention is said of it.
fn pooled<'a>(mentions: impl Iterator<Item = &'a [Feature]> + Clone) -> Vec<Feature> {
    const OF_ALL: [Around; 3] = [Around::LaterInList, Around::LaterInText, Around::Unknown];
    let count = mentions.clone().count();
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for (feature, _) in mentions.flatten() {
        *times.entry(*feature).or_default() += 1;
    }
    let number = |around: Around| 1 + grammar::number_of_rows() + around as usize;
    let of_all = OF_ALL.map(number);
    let mut features: Vec<Feature> = times
        .into_iter()
        .filter(|(feature, times)| !of_all.contains(feature) || *times == count)
        .map(|(feature, _)| (feature, 1.0))
        .collect();
    features.push((number(Around::Mentions), (count as f64).ln()));
    features
}

fn shadow<'a>(document: &'a Document, candidate: &Candidate) -> &'a str {
    let part = &document.parts[candidate.part];
    let name = part.names[candidate.name];
    &part.text.shadow[name.start..name.end]
}

/// A name with its frames.
fn framed(index: usize, part: &Part, name: usize) -> Candidate {
    let mut candidate = Candidate {
        part: index,
        name,
        first: 0,
        nation: None,
        whole: None,
        is_region: false,
        says: Vec::new(),
        features: Vec::new(),
        score: 0.0,
        named: 0.0,
    };
    let mut best = usize::MAX;
    let mut rows = BTreeSet::new();
    for frame in &part.frames {
        let holds = |slot: &usize| part.members(*slot).contains(&name);
        let first = frame.names.first().is_some_and(holds);
        match frame.says {
            Says::Region if frame.names.last().is_some_and(holds) => candidate.is_region = true,
            Says::Part if first => candidate.whole = frame.names.get(1).map(|&slot| part.members(slot).start),
            _ => {}
        }
        if !frame.names.iter().any(holds) || !first && !matches!(frame.says, Says::Region | Says::Part) {
            continue;
        }
        if frame.says == Says::Country && frame.row < best {
            candidate.nation = frame.nation.map(|nation| part.nations[nation]);
            best = frame.row;
        }
        candidate.says.push((frame.says, frame.row));
        rows.insert(frame.row);
    }
    candidate.features = rows.into_iter().map(|row| (row + 1, 1.0)).collect();
    candidate
}

/// The features of a name's surroundings.
fn around(document: &Document, part: &Part, candidate: &Candidate, earlier: &[Candidate]) -> Vec<Feature> {
    let name = part.names[candidate.name];
    let sentence = part.text.sentence_at(name.start);
    let before = |seek: Seek| part.cues.has(seek, sentence.start..name.start.max(sentence.start));
    let after = |seek: Seek| part.cues.has(seek, name.end..sentence.end.max(name.end));
    let host = candidate.nation.is_some_and(|nation| nation.iso2 == Some(HOST));
    let own = candidate.nation.is_some_and(|nation| nation.iso2.is_some_and(|iso2| iso2 != HOST));
    let known = known(document, part, candidate);
    let within = part.lists.iter().find(|list| list.first < candidate.name && candidate.name <= list.last);
    let list = within.is_some();
    let mut features = Vec::new();
    let mut note = |around: Around, holds: bool| {
        if holds {
            features.push((1 + grammar::number_of_rows() + around as usize, 1.0));
        }
    };
    note(Around::Title, part.text.place == Where::Title);
    note(Around::Summary, part.text.place == Where::Summary);
    note(Around::Body, part.text.place == Where::Body);
    note(Around::FirstSentence, part.text.sentences.first().is_some_and(|first| first.contains(&name.start)));
    note(Around::SeekBefore, before(Seek::Active));
    note(Around::SeekAfter, after(Seek::Active));
    note(Around::OwnNation, own);
    note(Around::NoNation, !own && !host);
    note(Around::KnownThere, known == Known::There);
    note(Around::KnownInNotice, known == Known::InNotice);
    note(Around::KnownAtHome, known == Known::AtHome);
    note(Around::KnownInWorld, known == Known::InWorld);
    note(Around::Unknown, known == Known::No);
    note(Around::NamesDivision, list && names_division(part, candidate));
    note(Around::LaterInList, list);
    note(Around::LaterUnjoined, within.is_some_and(|list| !list.is_joined));
    note(Around::LaterInText, !list && earlier.iter().any(|other| other.part == candidate.part));
    note(Around::Near, candidate.is(Says::Near));
    let abroad = |nation: &&Nation| nation.iso2.is_some_and(|iso2| iso2 != HOST) && nation.start > name.end && nation.form != Form::Demonym;
    let wanted = part.nations.iter().filter(abroad).any(|nation| sentence.contains(&nation.start));
    note(Around::WantedAbroad, wanted && after(Seek::Active));
    let whole = |frame: &grammar::Frame| {
        frame.says == Says::Part && frame.names.get(1).is_some_and(|slot| part.members(*slot).contains(&candidate.name))
    };
    note(Around::WholeOfPart, part.frames.iter().any(whole));
    let people = |count: &Count| {
        sentence.contains(&count.start)
            && name.end <= count.start
            && !part.names.iter().any(|other| name.end <= other.start && other.end <= count.start)
    };
    note(Around::PeopleBehind, part.counts.iter().any(people));
    note(Around::OldInSentence, part.cues.has(Seek::Existing, sentence.clone()));
    note(Around::CommonWord, is_common(part, name) && matches!(known, Known::No | Known::InWorld));
    let folded = &part.text.shadow[name.start..name.end];
    note(Around::AddressHost, document.addresses.host_bears(folded));
    note(Around::AddressBox, document.addresses.box_bears(folded));
    note(Around::KnownAtAddress, own_or(candidate, document).any(|country| holds(part.words(candidate.name), Some(country))));
    note(Around::SeveralAnnounced, several_announced(document, candidate));
    features
}

/// A word of the lexicon that has its capital from the beginning of the sentence.
fn is_common(part: &Part, name: Name) -> bool {
    part.text.opens_sentence(name.start) && czech::is_known(part.text.words(name.start..name.end))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    There,
    InNotice,
    AtHome,
    InWorld,
    No,
}

/// Whether the map has the name in a country, or anywhere.
fn holds(name: &str, country: Option<&'static str>) -> bool {
    matches!(
        gazetteer_cache::link(name, country),
        Answer::Linked(_, How::Exact | How::Folded | How::Extra | How::Transliterated | How::Inflected) | Answer::Ambiguous(_)
    )
}

/// Countries abroad in which the notice is answered, of a name with a country of its own that one.
fn own_or<'a>(candidate: &'a Candidate, document: &'a Document) -> impl Iterator<Item = &'static str> + 'a {
    let own = candidate.nation.and_then(|nation| nation.iso2);
    let abroad = document.addresses.countries.iter().copied().filter(|country| *country != HOST);
    abroad.filter(move |country| own.is_none_or(|own| own == *country))
}

/// In which country the map has the name.
fn known(document: &Document, part: &Part, candidate: &Candidate) -> Known {
    let name = part.words(candidate.name);
    // Of a word that may have its capital from the sentence the map must have the very form: `Pište` is no case of `Pišť`.
    let is_common = is_common(part, part.names[candidate.name]);
    let holds = |country: Option<&'static str>| {
        if is_common { matches!(gazetteer_cache::link(name, country), Answer::Linked(_, How::Exact)) } else { holds(name, country) }
    };
    match candidate.nation.and_then(|nation| nation.iso2) {
        Some(own) => return if holds(Some(own)) { Known::There } else { Known::No },
        None if document.countries.iter().any(|country| holds(Some(country))) => return Known::InNotice,
        None => {}
    }
    if [HOST, document.home].iter().any(|country| holds(Some(country))) {
        Known::AtHome
    } else if holds(None) {
        Known::InWorld
    } else {
        Known::No
    }
}

/// `Pogradec, Korçë (Albánie)`: the second of two is a division of the country.
fn names_division(part: &Part, candidate: &Candidate) -> bool {
    let country = candidate.nation.and_then(|nation| nation.iso2);
    country.is_some_and(|country| gazetteer::region(part.words(candidate.name), country).is_some_and(|region| region.is_first_order))
}

/// `Tři bosenská města hledají partnery`: the title announces several that search and names none.
fn several_announced(document: &Document, candidate: &Candidate) -> bool {
    let title = &document.parts[0];
    let all = 0..title.text.shadow.len();
    candidate.part > 0
        && title.names.is_empty()
        && title.cues.has(Seek::Active, all.clone())
        && title.cues.cue(Cue::Word(Word::Towns), all).is_some()
}

/// The candidates that seek, of a notice that is a search with the probability `search`, each where it occurs first. An act of
/// seeking has one subject; others seek with the likeliest where they stand in one list with it, or where a row of their own says so.
pub fn chosen(document: &Document, search: f64, candidates: &[Candidate]) -> Vec<usize> {
    let best = (0..candidates.len()).max_by(|&one, &other| candidates[one].score.total_cmp(&candidates[other].score).then(other.cmp(&one)));
    let likely = |&at: &usize| {
        let named = candidates[at].score > 0.0 || !candidates[at].has(Around::CommonWord);
        named && search * candidates[at].probability() > LIKELY
    };
    let Some(best) = best.filter(likely).map(|best| candidates[best].first) else { return Vec::new() };
    let seeking = (0..candidates.len()).filter(|&at| candidates[at].score > 0.0 || at == best);
    let mentions = |of: usize| candidates.iter().filter(move |candidate| candidate.first == of);
    let joined = |of: usize| {
        mentions(best).any(|one| {
            mentions(of).filter(|other| other.part == one.part).any(|other| {
                let lists = &document.parts[one.part].lists;
                lists.iter().any(|list| [one, other].iter().all(|candidate| (list.first..=list.last).contains(&candidate.name)))
            })
        })
    };
    let has_seeker_row = |of: usize| mentions(of).any(|candidate| !candidate.has(Around::Unknown) && candidate.has_seeker_row());
    let announced = several_announced(document, &candidates[best]);
    seeking.filter(|&at| candidates[at].first == at).filter(|&at| at == best || announced || joined(at) || has_seeker_row(at)).collect()
}
