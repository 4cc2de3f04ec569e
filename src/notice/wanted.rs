//! From which countries a partner is wanted.
//!
//! Each country that a text names is a candidate; the words of searching around it, what it qualifies and whose country it
//! is otherwise are features, scored by `data/weights/wanted.tsv`. A country in a list stands as the first of the list
//! does. Refuses the seeker's own country and countries that belong to an office (`velvyslanectví ČR`).

use std::ops::Range;
use std::sync::LazyLock;

use super::cues::{Area, Cue, File, Limit, Seek, Sign, cue_of};
use super::document::{Document, Part};
use super::evidence::Ledger;
use super::model::{Feature, Model, Share, features, probability};
use super::nations::{HOST, Nation};
use super::seekers;
use super::size::is_partner;
use super::small_words::{self, Small};
use crate::gazetteer::Form;
use crate::record::{Kind, Place, PlaceRole, Where};

/// Code points between an office and the country that belongs to it.
const OFFICE_REACH: usize = 45;
/// Code points between a country's adjective and what it qualifies.
const QUALIFIES: usize = 30;
/// From here on the answer is sure (see `kind.rs`).
const SURE: f64 = 0.85;

features!(Around {
    List,
    Host,
    Adjective,
    Name,
    Demonym,
    Here,
    Lacks,
    Title,
    Summary,
    Body,
    SoughtBefore,
    WithinSearch,
    SoughtBehind,
    NoSeek,
    SoughtEarlier,
    Denied,
    Wish,
    Invites,
    Old,
    Done,
    Office,
    Near,
    ObjectBetween,
    ObjectBefore,
    Qualifies,
    QualifiesPartner,
    PartnerBefore,
    In,
    From,
    FromWithinSearch,
    To,
    Conditional,
    With,
    For,
    OfName,
    OfSeeker,
    SeekersCountry,
    SeekersNameBehind,
    HostQualifiesName,
    HostInAndSeek,
    AbroadAndHomeSeeker,
    HostAndSideHome,
    HostAndSideAbroad,
    AbroadAndSideHome,
    SidesCountry,
});

static MODEL: LazyLock<Model<1>> = LazyLock::new(|| Model::new(include_str!("data/weights/wanted.tsv"), Around::names()));

/// A country that may be wanted.
pub struct Candidate {
    pub iso2: &'static str,
    pub part: usize,
    pub span: Range<usize>,
    pub features: Vec<Feature>,
    pub score: f64,
}

impl Candidate {
    pub fn shares(&self) -> Vec<Share> {
        MODEL.shares(&self.features, 0)
    }
}

/// What is known of the notice when its wishes are read.
pub struct Setting<'a> {
    pub document: &'a Document<'a>,
    pub kind: Option<Kind>,
    pub names: &'a [seekers::Candidate],
    /// Numbers of the names that seek.
    pub seekers: &'a [usize],
    /// Where the first of these lies.
    pub side: Option<&'static str>,
}

/// Every country of title, summary and body that may be wanted, of a notice that asks for partners.
pub fn candidates(setting: &Setting) -> Vec<Candidate> {
    let mut found = Vec::new();
    if !matches!(setting.kind, Some(Kind::PartnerSearch | Kind::PartnerList)) {
        return found;
    }
    for (index, part) in setting.document.spoken() {
        for sentence in &part.text.sentences {
            let mut head: Option<(usize, Vec<Feature>)> = None;
            let mut list = found.len();
            for nation in part.nations.iter().filter(|nation| sentence.contains(&nation.start)) {
                let Some(iso2) = nation.iso2 else { continue };
                let mut features = features(setting, index, sentence, nation);
                match head.as_ref().filter(|(end, _)| listed(part, *end..nation.start)) {
                    Some((_, first)) => inherit(&mut features, first),
                    None => list = found.len(),
                }
                head = Some((nation.end, features.clone()));
                let score = MODEL.sum(&features)[0];
                found.push(Candidate { iso2, part: index, span: nation.start..nation.end, features, score });
                agree(&mut found[list..]);
            }
            for (seek, hit) in part.cues.seeking(sentence.clone()).filter(|(seek, _)| matches!(seek, Seek::Here | Seek::Lacks)) {
                let nation = Nation { start: hit.start, end: hit.end, iso2: Some(HOST), form: Form::Name };
                let mut features = features(setting, index, sentence, &nation);
                features.push((1 + if seek == Seek::Here { Around::Here } else { Around::Lacks } as usize, 1.0));
                let score = MODEL.sum(&features)[0];
                found.push(Candidate { iso2: HOST, part: index, span: hit.start..hit.end, features, score });
            }
        }
    }
    found
}

/// The countries of one list are wanted or not, all of them, but for those that are somebody's own.
fn agree(list: &mut [Candidate]) {
    let own = [Around::OfName, Around::OfSeeker, Around::SeekersCountry].map(|around| 1 + around as usize);
    let is_own = |candidate: &Candidate| candidate.features.iter().any(|(feature, _)| own.contains(feature));
    let best = list.iter().map(|candidate| candidate.score).fold(f64::MIN, f64::max);
    list.iter_mut().filter(|candidate| !is_own(candidate)).for_each(|candidate| candidate.score = best);
}

/// The countries wanted, by the first words that say so.
pub fn read(document: &Document, candidates: &[Candidate], ledger: &mut Ledger) -> Vec<String> {
    let mut wanted: Vec<String> = Vec::new();
    for candidate in candidates.iter().filter(|candidate| candidate.score > 0.0) {
        if wanted.iter().any(|known| known == candidate.iso2) {
            continue;
        }
        let best = candidates.iter().filter(|other| other.iso2 == candidate.iso2).map(|other| other.score).fold(candidate.score, f64::max);
        let text = &document.parts[candidate.part].text;
        let sure = probability(best) >= SURE;
        ledger.note(format!("wanted.countries[{}]", wanted.len()), text, candidate.span.clone(), "wanted.country", sure.into());
        wanted.push(candidate.iso2.to_owned());
    }
    wanted
}

/// A town of the host country that is asked by its name: `zájem o partnerství s Olomoucí`.
pub fn of_places(places: &[Place], wanted: &mut Vec<String>, ledger: &mut Ledger) {
    let named = places.iter().position(|place| place.role == PlaceRole::Wanted && place.country.as_deref() == Some(HOST));
    if let Some(at) = named.filter(|_| !wanted.iter().any(|known| known == HOST)) {
        ledger.borrow(format!("wanted.countries[{}]", wanted.len()), &format!("places[{at}]"), "wanted.place");
        wanted.push(HOST.to_owned());
    }
}

/// Whether only the words of a list lie between two countries: `v Polsku, na Slovensku nebo v`.
fn listed(part: &Part, between: Range<usize>) -> bool {
    between.start <= between.end
        && part.text.shadow[between].split([' ', ',', '/', '(', ')']).all(|word| word.is_empty() || small_words::is(Small::Countries, word))
}

/// A country in a list has what the words around the first of it say; what it is itself stays its own.
fn inherit(features: &mut Vec<Feature>, first: &[Feature]) {
    const OWN: [Around; 12] = [
        Around::Host,
        Around::OfName,
        Around::OfSeeker,
        Around::SeekersCountry,
        Around::HostQualifiesName,
        Around::SeekersNameBehind,
        Around::HostInAndSeek,
        Around::AbroadAndHomeSeeker,
        Around::HostAndSideHome,
        Around::HostAndSideAbroad,
        Around::AbroadAndSideHome,
        Around::SidesCountry,
    ];
    let own: Vec<usize> = OWN.iter().map(|around| 1 + *around as usize).collect();
    features.retain(|(feature, _)| own.contains(feature));
    features.extend(first.iter().filter(|(feature, _)| !own.contains(feature)));
}

/// Whether the sentence before has an act of seeking: `Rádi by našli partnera. Přednost dávají Rakousku.`
fn sought_earlier(part: &Part, sentence: &Range<usize>) -> bool {
    let before = part.text.sentences.iter().take_while(|other| other.start < sentence.start).last();
    before.is_some_and(|before| part.cues.has(Seek::Active, before.clone()))
}

/// Whether the clause around the country takes it back: `o českého partnera však zájem nemají`, `nikoli z Německa`.
fn denied(part: &Part, nation: &Nation, sentence: &Range<usize>) -> bool {
    let ends = [',', ';', '.', ':'];
    let before = sentence.start..nation.start.max(sentence.start);
    let from = part.text.shadow[before.clone()].rfind(ends).map_or(before.start, |cut| before.start + cut + 1);
    let behind = nation.end.min(sentence.end)..sentence.end;
    let to = part.text.shadow[behind.clone()].find(ends).map_or(behind.end, |cut| behind.start + cut);
    part.cues.cue(Cue::Area(Area::Denied), from..to).is_some()
}

fn features(setting: &Setting, index: usize, sentence: &Range<usize>, nation: &Nation) -> Vec<Feature> {
    let part = &setting.document.parts[index];
    let shadow = &part.text.shadow;
    let before = sentence.start..nation.start.max(sentence.start);
    let behind = nation.end.min(sentence.end)..sentence.end;
    let seek = part.cues.first(Seek::Active, sentence.clone());
    let preposition = shadow[before.clone()].trim_end().rsplit([' ', '(']).next().unwrap_or_default();
    let adjective = nation.form == Form::Adjective;
    let near = behind.start..behind.end.min(behind.start + QUALIFIES);
    let qualifies =
        part.cues.first(Seek::Object, near).filter(|hit| !shadow[nation.end..hit.start].contains(['.', '(', ':'])).filter(|_| adjective);
    let own: Vec<usize> = (0..setting.names.len())
        .filter(|&at| {
            setting.names[at].part == index
                && setting.names[at].nation.is_some_and(|own| (own.start, own.end) == (nation.start, nation.end))
        })
        .collect();
    let of_seeker = own.iter().any(|&at| setting.seekers.contains(&setting.names[at].first));
    let of_a_seeker = |name: &&seekers::Candidate| setting.seekers.iter().any(|&at| setting.names[at].first == name.first);
    let mut mentions = setting.names.iter().filter(of_a_seeker);
    let seekers_countries = mentions.any(|name| name.nation.is_some_and(|own| own.iso2 == nation.iso2));
    let host = nation.iso2 == Some(HOST);
    let seeker_behind =
        setting.seekers.iter().any(|&at| setting.names[at].part == index && behind.contains(&part.names[setting.names[at].name].start));
    let at_home = setting.seekers.iter().any(|&at| setting.names[at].nation.is_none_or(|own| own.iso2 == Some(HOST)));
    let office = part
        .cues
        .seeking(nation.start.saturating_sub(OFFICE_REACH).max(sentence.start)..before.end)
        .rfind(|(seek, _)| matches!(seek, Seek::Institution | Seek::Active));
    let office = office.is_some_and(|(seek, hit)| seek == Seek::Institution && !shadow[hit.end.min(before.end)..before.end].contains(','));
    let object_between = seek.is_some_and(|seek| seek.start < before.end && part.cues.has(Seek::Object, seek.start..before.end));
    let mut features = Vec::new();
    let mut note = |around: Around, holds: bool| {
        if holds {
            features.push((1 + around as usize, 1.0));
        }
    };
    note(Around::List, setting.kind == Some(Kind::PartnerList));
    note(Around::Host, host);
    note(Around::Adjective, adjective);
    note(Around::Name, !adjective && nation.form != Form::Demonym);
    note(Around::Demonym, nation.form == Form::Demonym);
    note(Around::Title, part.text.place == Where::Title);
    note(Around::Summary, part.text.place == Where::Summary);
    note(Around::Body, part.text.place == Where::Body);
    note(Around::SoughtBefore, seek.is_some_and(|seek| seek.end <= nation.start));
    note(Around::WithinSearch, seek.is_some_and(|seek| seek.start <= nation.start && nation.start < seek.end));
    note(Around::SoughtBehind, seek.is_some_and(|seek| seek.start > nation.start));
    note(Around::NoSeek, seek.is_none());
    note(Around::SoughtEarlier, seek.is_none() && sought_earlier(part, sentence));
    note(Around::Denied, denied(part, nation, sentence));
    note(Around::Wish, part.cues.cue(Cue::Limit(Limit::Wish), sentence.clone()).is_some());
    note(Around::Invites, part.cues.has(Seek::Invite, sentence.clone()));
    note(Around::Old, part.cues.has(Seek::Existing, sentence.clone()));
    note(Around::Done, part.cues.has(Seek::Done, sentence.clone()));
    note(Around::Office, office);
    note(
        Around::Near,
        part.cues.seeking(before.end.saturating_sub(QUALIFIES).max(before.start)..before.end).any(|(seek, _)| seek == Seek::Near),
    );
    note(Around::ObjectBetween, object_between);
    note(Around::ObjectBefore, part.cues.has(Seek::Object, before.clone()));
    note(Around::Qualifies, qualifies.is_some());
    note(Around::QualifiesPartner, qualifies.is_some_and(|hit| is_partner(&shadow[hit.start..])));
    note(Around::PartnerBefore, shadow[before.clone()].split_whitespace().next_back().is_some_and(|word| word.starts_with("partner")));
    note(Around::In, matches!(preposition, "v" | "ve" | "vo" | "na" | "in" | "within"));
    let from = matches!(preposition, "z" | "ze" | "zo" | "from" | "od");
    note(Around::From, from);
    // `nabídka partnerství ze Slovinska`: there lives who seeks.
    note(Around::FromWithinSearch, from && seek.is_some_and(|seek| seek.start <= nation.start && nation.start <= seek.end + 2));
    note(Around::To, matches!(preposition, "do" | "dla" | "to" | "k" | "ke" | "po"));
    note(
        Around::Conditional,
        part.cues.hits(File::Sign, sentence.clone()).any(|hit| matches!(cue_of(hit), Cue::Sign(Sign::Conditional, _))),
    );
    note(Around::With, matches!(preposition, "s" | "se" | "so" | "with"));
    note(Around::For, matches!(preposition, "pro" | "pre" | "mezi" | "for" | "among"));
    note(Around::OfName, !own.is_empty());
    note(Around::OfSeeker, of_seeker);
    note(Around::SeekersCountry, seekers_countries && !host);
    note(Around::SeekersNameBehind, seeker_behind);
    note(Around::HostQualifiesName, host && !own.is_empty());
    note(Around::HostInAndSeek, host && object_between && matches!(preposition, "v" | "ve" | "z" | "ze"));
    let side = setting.side;
    note(Around::HostAndSideHome, host && side == Some(HOST));
    note(Around::HostAndSideAbroad, host && side.is_some_and(|side| side != HOST));
    note(Around::AbroadAndSideHome, !host && side == Some(HOST));
    note(Around::SidesCountry, !host && side.is_some() && side == nation.iso2);
    note(Around::AbroadAndHomeSeeker, !host && at_home && seek.is_some_and(|seek| seek.start < nation.start));
    features
}
