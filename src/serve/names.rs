//! What the values of facts are called in the language of a page.
//!
//! Refuses: sentences, which stand in `words`, and names of places, which the gazetteer has.

use serde::de::DeserializeOwned;

use super::words::Locale;
use crate::gazetteer;
use crate::record::{ChangeKind, Kind, Theme};

impl Locale {
    fn of(self, czech: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Czech => czech,
            Self::English => english,
        }
    }

    pub fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::PartnerSearch => self.of("hledání partnera", "partner search"),
            Kind::PartnerList => self.of("seznam zájemců", "list of seekers"),
            Kind::Project => self.of("projekt", "project"),
            Kind::Event => self.of("akce", "event"),
            Kind::Funding => self.of("dotace", "funding"),
            Kind::Guide => self.of("návod", "guide"),
            Kind::News => self.of("zpráva", "news"),
        }
    }

    pub fn theme(self, theme: Theme) -> &'static str {
        match theme {
            Theme::Culture => self.of("kultura", "culture"),
            Theme::Education => self.of("vzdělávání", "education"),
            Theme::Youth => self.of("mládež", "youth"),
            Theme::Sport => self.of("sport", "sport"),
            Theme::Tourism => self.of("turistika", "tourism"),
            Theme::Economy => self.of("hospodářství", "economy"),
            Theme::Environment => self.of("životní prostředí", "environment"),
            Theme::Energy => self.of("energetika", "energy"),
            Theme::Waste => self.of("odpady", "waste"),
            Theme::Transport => self.of("doprava", "transport"),
            Theme::Governance => self.of("samospráva", "governance"),
            Theme::Social => self.of("sociální služby", "social services"),
            Theme::Heritage => self.of("památky", "heritage"),
            Theme::Reconstruction => self.of("obnova", "reconstruction"),
            Theme::EuFunds => self.of("evropské fondy", "EU funds"),
        }
    }

    pub fn change(self, kind: ChangeKind) -> &'static str {
        let words = self.words();
        match kind {
            ChangeKind::New => words.new,
            ChangeKind::Changed => words.changed,
            ChangeKind::Gone => words.gone,
            ChangeKind::Returned => words.returned,
        }
    }

    /// The name of a country, or its code where there is no such country.
    pub fn country(self, code: &str) -> String {
        gazetteer::country(code).map_or_else(|| code.to_owned(), |known| self.of(known.name_cs, known.name_en).to_owned())
    }
}

/// A value as the type that has it: `partner_search`.
pub fn parsed<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(name.into()).ok()
}

/// The name of a value as JSON and addresses have it.
pub fn key(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
