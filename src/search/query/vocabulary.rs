//! Czech and English words for the closed lists: kinds, themes, languages, yes and no.
//!
//! Czech words are given by their folded beginnings, so that any case will do.

use crate::record::{Kind, Theme};
use crate::search::analysis::fold;
use crate::search::facts::name;

const KINDS: &[(Kind, &[&str])] = &[
    (Kind::PartnerSearch, &["hled", "partnersk", "nabidk", "poptavk"]),
    (Kind::PartnerList, &["seznam", "prehled", "soupis"]),
    (Kind::Project, &["projekt"]),
    (Kind::Event, &["akc", "udalost", "seminar", "konferenc", "setkani", "forum"]),
    (Kind::Funding, &["dotac", "grant", "financ", "vyzv", "podpor"]),
    (Kind::Guide, &["pruvodc", "navod", "prirucka", "informac"]),
    (Kind::News, &["zprav", "novink", "aktualit"]),
];

const THEMES: &[(Theme, &[&str])] = &[
    (Theme::Culture, &["kultur", "umen"]),
    (Theme::Education, &["vzdelav", "vzdelan", "skol"]),
    (Theme::Youth, &["mlad", "detsk"]),
    (Theme::Sport, &["sport"]),
    (Theme::Tourism, &["turis", "cestovni", "lazen"]),
    (Theme::Economy, &["ekonom", "hospod", "podnik", "obchod", "prumysl"]),
    (Theme::Environment, &["zivotni", "ekolog", "prirod"]),
    (Theme::Energy, &["energ", "vytap", "teplo"]),
    (Theme::Waste, &["odpad"]),
    (Theme::Transport, &["doprav"]),
    (Theme::Governance, &["samosprav", "sprav", "urad"]),
    (Theme::Social, &["social", "zdravot", "senior"]),
    (Theme::Heritage, &["pamat", "dedictv", "histor"]),
    (Theme::Reconstruction, &["obnov", "rekonstrukc"]),
    (Theme::EuFunds, &["evropsk", "fond", "eu"]),
];

pub fn kind(value: &str) -> Option<Kind> {
    meant(KINDS, value)
}

pub fn theme(value: &str) -> Option<Theme> {
    meant(THEMES, value)
}

fn meant<T: Copy + serde::Serialize>(table: &[(T, &[&str])], value: &str) -> Option<T> {
    let value = fold(value.trim()).replace([' ', '-'], "_");
    let named = table.iter().find(|(meaning, _)| name(meaning) == value);
    named.or_else(|| table.iter().find(|(_, stems)| stems.iter().any(|stem| value.starts_with(stem)))).map(|(meaning, _)| *meaning)
}

/// ISO 639-1 code of a language given by code or Czech adjective.
pub fn language(value: &str) -> String {
    let value = fold(value);
    let known = [
        ("cest", "cs"),
        ("cesk", "cs"),
        ("sloven", "sk"),
        ("anglic", "en"),
        ("nemec", "de"),
        ("nemc", "de"),
        ("polst", "pl"),
        ("polsk", "pl"),
    ];
    known.iter().find(|(stem, _)| value.starts_with(stem)).map_or(value.clone(), |(_, code)| (*code).to_owned())
}

pub fn yes(value: &str) -> Option<bool> {
    match fold(value).as_str() {
        "yes" | "ano" | "true" | "1" => Some(true),
        "no" | "ne" | "false" | "0" => Some(false),
        _ => None,
    }
}
