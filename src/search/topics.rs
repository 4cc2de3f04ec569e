//! Czech words for the themes and kinds of a record: it can be asked for by them even where its text says it otherwise.

use crate::record::{Facts, Kind, Theme};

/// What the record is about, in words of its own language class.
pub fn of(facts: &Facts) -> impl Iterator<Item = &'static str> + '_ {
    facts.themes.iter().map(|theme| of_theme(*theme)).chain(facts.kind.and_then(of_kind))
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
