//! Contacts and addresses as terms: what is stored and what is asked come to the same spelling.
//!
//! An e-mail address is found whole and by its domain, a telephone by its digits with or without the calling code, an address
//! without its scheme and by its host.

use std::collections::BTreeSet;

use super::closed;
use crate::record::{Contacts, Record};

/// Terms of the contacts of a record.
pub fn of_contacts(contacts: &Contacts) -> BTreeSet<String> {
    let mail = contacts.emails.iter().flat_map(|mail| {
        let mail = mail.to_lowercase();
        let domain = mail.split_once('@').map(|(_, domain)| domain.to_owned());
        std::iter::once(mail).chain(domain)
    });
    let phones = contacts.phones.iter().flat_map(|phone| phone_terms(phone));
    mail.chain(phones).chain(contacts.urls.iter().flat_map(|url| address_terms(url))).collect()
}

/// Terms of the addresses under which a record is known.
pub fn of_record(record: &Record) -> BTreeSet<String> {
    std::iter::once(&record.url).chain(&record.aliases).flat_map(|url| address_terms(url)).collect()
}

/// A value that is asked for, as its term.
pub fn term(value: &str) -> String {
    let digits = digits(value);
    let phone = digits.len() >= closed::DIALLED && value.chars().all(|letter| !letter.is_alphabetic());
    if phone { digits.strip_prefix("00").unwrap_or(&digits).to_owned() } else { bare(value) }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn phone_terms(phone: &str) -> Vec<String> {
    closed::forms(&digits(phone), phone.starts_with('+'))
}

fn address_terms(url: &str) -> Vec<String> {
    let address = bare(url);
    let host = address.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
    vec![address, host]
}

/// Without scheme, `www.` and the last slash, in small letters.
fn bare(url: &str) -> String {
    let lower = url.trim().to_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_found_in_any_spelling() {
        let contacts = Contacts {
            emails: vec!["Radnice@Obec.test".to_owned()],
            phones: vec!["+420123456789".to_owned()],
            urls: vec!["https://www.obec.test/kontakt/".to_owned()],
        };
        let terms = of_contacts(&contacts);
        for asked in ["radnice@obec.test", "obec.test", "+420 123 456 789", "123 456 789", "00420123456789", "http://obec.test/kontakt"] {
            assert!(terms.contains(&term(asked)), "{asked}: {terms:?}");
        }
        assert!(!terms.contains(&term("jinde.test")));
    }
}
