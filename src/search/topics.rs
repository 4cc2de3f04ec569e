//! Czech words for the themes and kinds of a record: it can be asked for by them even where its text says it otherwise.

use super::facts::name;
use crate::record::{Facts, Kind, Theme};

/// The themes and the kind of the record by name, with words for them.
pub fn of(facts: &Facts) -> impl Iterator<Item = (String, &'static str)> + '_ {
    let kind = facts.kind.and_then(|kind| Some((name(&kind), of_kind(kind)?)));
    facts.themes.iter().map(|theme| (name(theme), of_theme(*theme))).chain(kind)
}

fn of_theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Culture => "kultura umění",
        Theme::Education => "vzdělávání školství škola",
        Theme::Youth => "mládež mladí děti",
        Theme::Sport => "sport",
        Theme::Tourism => "turistika turismus cestovní ruch",
        Theme::Economy => "ekonomika hospodářství podnikání",
        Theme::Environment => "životní prostředí ekologie příroda",
        Theme::Energy => "energie energetika",
        Theme::Waste => "odpad odpadové hospodářství",
        Theme::Transport => "doprava",
        Theme::Governance => "samospráva veřejná správa",
        Theme::Social => "sociální služby",
        Theme::Heritage => "památka kulturní dědictví historie",
        Theme::Reconstruction => "rekonstrukce obnova",
        Theme::EuFunds => "evropské fondy dotace",
    }
}

/// Search and news are what every notice is: their words would tell nothing.
fn of_kind(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::PartnerList => Some("seznam přehled"),
        Kind::Project => Some("projekt"),
        Kind::Event => Some("akce událost"),
        Kind::Funding => Some("dotace grant financování výzva"),
        Kind::Guide => Some("průvodce návod"),
        Kind::PartnerSearch | Kind::News => None,
    }
}
