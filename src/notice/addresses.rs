//! Who is answered: the names that addresses of the notice bear, and the countries in which they are at home.
//!
//! `mesto@policka.cz` is Polička's, and a telephone with +420 rings in the host country (`data/address-countries.tsv`). Refuses to say
//! that whoever is answered seeks: an embassy or an association may pass a letter on.

use std::sync::LazyLock;

use super::contacts;
use super::evidence::Ledger;
use super::text::{Text, fold};
use crate::lang::rows;
use crate::record::{Contacts, Evidence, Where};

/// Letters of a name that an address has at least; from `WITHIN` on they may stand within a word of it (`mestolitovel.cz`).
const STEM: usize = 4;
const WITHIN: usize = 5;
/// Letters of an ending that the name in the text may have more than the one in the address.
const ENDING: usize = 2;

/// Calling codes, the longest first, and domains of countries.
static COUNTRIES: LazyLock<Vec<(&'static str, &'static str, &'static str)>> = LazyLock::new(|| {
    let mut all: Vec<_> = rows(include_str!("data/address-countries.tsv")).map(|row| (row[0], row[1], row[2])).collect();
    all.sort_by_key(|(_, code, _)| usize::MAX - code.len());
    all
});

/// The addresses of a notice.
#[derive(Default)]
pub struct Addresses {
    pub contacts: Contacts,
    pub evidence: Vec<Evidence>,
    /// Hosts of web and mail addresses, and who has his box there, folded.
    hosts: Vec<String>,
    boxes: Vec<String>,
    /// Where the addresses are at home, in the order of the text.
    pub countries: Vec<&'static str>,
}

impl Addresses {
    /// The addresses of the texts; `home` is the country whose national numbers they write.
    pub fn of(texts: &[Text], home: &str) -> Self {
        let mut found = Self::default();
        let mut ledger = Ledger::default();
        for text in texts {
            contacts::read(text, home, &mut found.contacts, &mut ledger);
        }
        found.evidence = ledger.into_entries();
        for email in &found.contacts.emails {
            let (local, host) = email.split_once('@').unwrap_or_default();
            found.boxes.push(fold(local));
            found.hosts.push(fold(host));
        }
        found.hosts.extend(found.contacts.urls.iter().map(|url| fold(url)));
        let countries =
            found.contacts.phones.iter().filter_map(|phone| of_phone(phone)).chain(found.hosts.iter().filter_map(|host| of_host(host)));
        let mut all: Vec<&'static str> = Vec::new();
        for country in countries {
            if !all.contains(&country) {
                all.push(country);
            }
        }
        found.countries = all;
        found
    }

    /// Whether a code point of a text is an address's.
    pub fn hold(&self, place: Where, at: usize) -> bool {
        self.evidence.iter().any(|entry| entry.place == place && (entry.start as usize..entry.end as usize).contains(&at))
    }

    /// Whether a host bears the folded name, in any case: `urad@mesto-policka.cz` of `Poličce`.
    pub fn host_bears(&self, name: &str) -> bool {
        self.hosts.iter().any(|host| bears(host, name))
    }

    /// Whether a mail box does: `policka@region.cz`.
    pub fn box_bears(&self, name: &str) -> bool {
        self.boxes.iter().any(|local| bears(local, name))
    }
}

/// Whether an address has the longest word of a name.
fn bears(address: &str, name: &str) -> bool {
    let Some(word) = name.split([' ', '-']).max_by_key(|word| word.len()).filter(|word| word.len() >= STEM) else { return false };
    let stem = &word[..word.len().saturating_sub(ENDING).max(STEM)];
    let begins = |at: usize| at == 0 || !address.as_bytes()[at - 1].is_ascii_alphanumeric();
    address.match_indices(stem).any(|(at, _)| stem.len() >= WITHIN || begins(at))
}

fn of_phone(phone: &str) -> Option<&'static str> {
    let digits = phone.trim_start_matches('+');
    COUNTRIES.iter().find(|(_, code, _)| digits.starts_with(code)).map(|(country, ..)| *country)
}

fn of_host(host: &str) -> Option<&'static str> {
    let host = host.trim_start_matches("https://").trim_start_matches("http://").split('/').next().unwrap_or_default();
    let domain = host.rsplit('.').next().filter(|domain| domain.len() < host.len())?;
    COUNTRIES.iter().find(|(.., own)| *own == domain).map(|(country, ..)| *country)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(words: &str) -> Addresses {
        Addresses::of(&[Text::new(Where::Body, words)], "CZ")
    }

    #[test]
    fn addresses_bear_names_in_any_case() {
        let found = addresses("Pište na urad@mesto-policka.cz nebo hranice@region.eu, www.mestolitovel.cz/kontakt.");
        for name in ["policce", "policka", "litovle", "litovel"] {
            assert!(found.host_bears(name), "{name}");
        }
        assert!(found.box_bears("hranicim") && !found.host_bears("hranice"));
        assert!(!found.host_bears("as") && !found.host_bears("mestec kralove"));
    }

    #[test]
    fn addresses_are_at_home_in_countries() {
        let found = addresses("Tel. +386 3 734 56 78, 461 723 800, jan@laško.si, office@town.org.uk, info@town.eu, +380 44 123 45 67");
        assert_eq!(found.countries, ["SI", "CZ", "UA", "GB"]);
    }
}
