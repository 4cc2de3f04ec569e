//! Contacts: e-mail addresses, telephones as E.164 (ITU-T), web addresses.
//!
//! Reads `(at)`, `[zavináč]`, `(tečka)` and blanks around them. Refuses fax numbers, numbers without a
//! prefix unless the text calls them telephones or sets them beside an address, and web addresses that the notice merely cites as its source.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::evidence::Ledger;
use super::nations::HOST;
use super::text::Text;
use crate::record::{Certainty, Contacts};

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[a-z0-9][a-z0-9._%+-]*(?:@| ?[(\[{] ?(?:at|zavinac|a) ?[)\]}] ?| zavinac )(?:[a-z0-9-]+(?:\.| ?[(\[{] ?(?:dot|tecka|bodka) ?[)\]}] ?| tecka ))+[a-z]{2,24}\b",
    )
});
static AT: LazyLock<Regex> = LazyLock::new(|| pattern(r" ?[(\[{] ?(?:at|zavinac|a) ?[)\]}] ?| zavinac "));
static DOT: LazyLock<Regex> = LazyLock::new(|| pattern(r" ?[(\[{] ?(?:dot|tecka|bodka) ?[)\]}] ?| tecka "));
static WEB: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"https?://[^\s<>"\x1a]+|\bwww\.[^\s<>"\x1a]+|\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:cz|sk|eu|com|org|net|info|gov|ua|pl|it|de|fr|hu|ro|rs|ba|si|hr|me|mk|al|bg|gr|md|lt|lv|ee|se|fi|dk|no|at|ch|be|nl|lu|es|pt|ie|uk|tr|il|ps|ge|am|by)(?:/[^\s<>"\x1a]*)?"#,
    )
});
static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:\( ?)?(?:\+|\b00) ?[1-9][0-9]{0,3} ?\)?(?:[ ./-]{0,2}\(?[0-9]+\)?){2,7})|\b[0-9]{3} ?[0-9]{3} ?[0-9]{3}\b|\b[0-9]{2} [0-9]{3} [0-9]{2} [0-9]{2}\b|\(?\b0[0-9]{1,4}\)?[ /-]{1,2}[0-9]{1,4}(?:[ -]?[0-9]{2,4}){1,3}\b",
    )
});
static CALLED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:tel|telefon[a-z]*|mobil[a-z]*|mob|phone|gsm|volejte|cislo|cisle|cisla|linka|lince)\b[^\n]{0,40}$"));
static FAX: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^./ ]|[^.a/] )\bfax[a-z]*\.?:? ?$"));
static CITED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:zverejn|uverejn|publikov|publish|posted|prevzat|zdroj|source|spravovan)[a-z]*\b[^\n.]{0,60}$"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed expression")
}

/// Reads the contacts of one text into `contacts`, without repeats; `home` is the country whose national numbers it writes.
pub fn read(text: &Text, home: &str, contacts: &mut Contacts, ledger: &mut Ledger) {
    let shadow = text.shadow.as_str();
    let mut taken: Vec<Range<usize>> = Vec::new();
    if shadow.contains('@') || shadow.contains("zavinac") || AT.is_match(shadow) {
        for found in EMAIL.find_iter(shadow) {
            let plain = AT.replace(found.as_str(), "@");
            let plain = DOT.replace_all(&plain, ".");
            let rule = if found.as_str().contains('@') { "contacts.email" } else { "contacts.email-spelt" };
            add(&mut contacts.emails, plain.replace(' ', ""), "contacts.emails", text, found.range(), rule, ledger);
            taken.push(found.range());
        }
    }
    for found in WEB.find_iter(shadow) {
        let range = trim(shadow, found.range());
        if overlaps(&taken, &range) || CITED.is_match(&shadow[back(range.start)..range.start]) || file_name(&shadow[range.clone()]) {
            continue;
        }
        add(&mut contacts.urls, text.words(range.clone()).to_owned(), "contacts.urls", text, range.clone(), "contacts.url", ledger);
        taken.push(range);
    }
    for found in PHONE.find_iter(shadow) {
        if overlaps(&taken, &found.range()) {
            continue;
        }
        let before = &shadow[back(found.start())..found.start()];
        if FAX.is_match(before) {
            continue;
        }
        let called = CALLED.is_match(before) || beside(shadow, &taken, &found.range()) || alone(shadow, &found.range());
        if let Some(number) = e164(found.as_str(), called, home) {
            add(&mut contacts.phones, number, "contacts.phones", text, found.range(), "contacts.phone", ledger);
        }
    }
}

fn add(list: &mut Vec<String>, value: String, field: &str, text: &Text, span: Range<usize>, rule: &'static str, ledger: &mut Ledger) {
    if !list.contains(&value) {
        ledger.note(format!("{field}[{}]", list.len()), text, span, rule, Certainty::Sure);
        list.push(value);
    }
}

/// How a country writes its numbers within it: its code, whether a 0 leads them, and their digits without that.
const PLANS: [(&str, &str, bool, std::ops::RangeInclusive<usize>); 6] = [
    ("CZ", "420", false, 9..=9),
    ("PL", "48", false, 9..=9),
    ("SK", "421", true, 9..=9),
    ("UA", "380", true, 9..=9),
    ("DE", "49", true, 7..=11),
    ("GB", "44", true, 9..=10),
];

/// `+` and digits, or nothing: a national number must be called a telephone and be one of its country. What that has not is
/// Czech or, with a 0 before it, Slovak.
fn e164(written: &str, called: bool, home: &str) -> Option<String> {
    let written = written.replace("(0)", "");
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let trimmed = written.trim_start_matches([' ', '(']);
    let number = if trimmed.starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else {
        let national = digits.trim_start_matches('0');
        let leads = national.len() + 1 == digits.len();
        let fits = |country: &str| {
            let (_, code, trunk, length) = PLANS.iter().find(|plan| plan.0 == country)?;
            (*trunk == leads && length.contains(&national.len())).then_some(*code)
        };
        let code = [home, HOST, "SK"].into_iter().find_map(fits)?;
        if !(called || code == "421" && written.contains('/')) {
            return None;
        }
        format!("{code}{national}")
    };
    // E.164 allows fifteen digits; below eight it is no telephone abroad.
    (8..=15).contains(&number.len()).then(|| format!("+{number}"))
}

/// The address without the sentence's punctuation.
fn trim(shadow: &str, mut range: Range<usize>) -> Range<usize> {
    while let Some(last) = shadow[range.clone()].chars().last() {
        let address = &shadow[range.clone()];
        let unopened = last == ')' && address.matches(')').count() > address.matches('(').count();
        if unopened || ".,;:!?'\"]".contains(last) {
            range.end -= 1;
        } else {
            break;
        }
    }
    range
}

/// `dohoda.doc`, `e.g.`, `s.r.o.` have no address in them.
fn file_name(address: &str) -> bool {
    !address.contains('/') && address.split('.').all(|part| part.len() < 3)
}

fn overlaps(taken: &[Range<usize>], range: &Range<usize>) -> bool {
    taken.iter().any(|other| other.start < range.end && range.start < other.end)
}

/// `urad@obec.cz, 234 567 890`: only punctuation lies between a number and an address.
fn beside(shadow: &str, addresses: &[Range<usize>], number: &Range<usize>) -> bool {
    let apart = |from: usize, to: usize| shadow[from..to].trim_matches([' ', ',', ';', '/', '|']).is_empty();
    addresses.iter().any(|address| {
        address.end <= number.start && apart(address.end, number.start) || number.end <= address.start && apart(number.end, address.start)
    })
}

/// `kancelář starosty, 572 503 950.`: three groups of three, set apart by signs on both sides, whose first figure a Czech
/// number may begin with (numbering plan of the Czech Telecommunication Office).
fn alone(shadow: &str, number: &Range<usize>) -> bool {
    let written = &shadow[number.clone()];
    let grouped = written.len() == 11 && written.split(' ').count() == 3;
    let before = shadow[..number.start].ends_with([',', ':', '(', ';', '-'])
        || shadow[..number.start].ends_with(", ")
        || shadow[..number.start].ends_with(": ");
    let behind = shadow[number.end..].chars().next().is_none_or(|sign| ".,;)\n".contains(sign));
    grouped && before && behind && written.starts_with(['2', '3', '4', '5', '6', '7', '9'])
}

/// Start of the words just before; the shadow is ASCII, so any offset is a boundary.
fn back(at: usize) -> usize {
    at.saturating_sub(80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Where;

    fn contacts(text: &str) -> Contacts {
        let mut contacts = Contacts::default();
        read(&Text::new(Where::Body, text), HOST, &mut contacts, &mut Ledger::default());
        contacts
    }

    #[test]
    fn national_numbers_are_of_the_country_whose_language_it_is() {
        let table = [
            ("PL", "tel. 13 555 80 22", "+48135558022"),
            ("SK", "telefón 057 555 12 40", "+421575551240"),
            ("SK", "053/451 22 33", "+421534512233"),
            ("DE", "Tel. 09942 555 170", "+499942555170"),
            ("UA", "телефон (03546) 5-55-12", "+380354655512"),
            ("GB", "phone 01588 555 141", "+441588555141"),
            ("GB", "phone 222 333 444", "+420222333444"),
        ];
        for (home, text, want) in table {
            let mut contacts = Contacts::default();
            read(&Text::new(Where::Body, text), home, &mut contacts, &mut Ledger::default());
            assert_eq!(contacts.phones, [want], "{text}");
        }
        assert!(contacts("Dne 05 06 2012 přišlo 09 12 34 56 78 hostů.").phones.is_empty());
    }

    #[test]
    fn emails_in_disguise() {
        let read = contacts(
            "Pište: Jan.Novak@obec-lhota.cz, starosta (at) wilamowice.pl, info[zavináč]foo[tečka]sk nebo urad zavináč bar tečka cz.",
        );
        assert_eq!(read.emails, ["jan.novak@obec-lhota.cz", "starosta@wilamowice.pl", "info@foo.sk", "urad@bar.cz"]);
        assert!(read.urls.is_empty());
    }

    #[test]
    fn phones_become_e164() {
        let read = contacts(
            "Tel.: 222 333 444, +39 0575 123456, 00380 (44) 123-45-67, +44 (0)20 7946 0018, fax: +420 222 333 555, IČ 123 456 789",
        );
        assert_eq!(read.phones, ["+420222333444", "+390575123456", "+380441234567", "+442079460018"]);
        let read =
            contacts("Zahraniční oddělení, urad@obec.cz, 222 333 444; paní Malá, 777 888 999, mala@obec.cz. Stavba za 150 000 000 Kč.");
        assert_eq!(read.phones, ["+420222333444", "+420777888999"]);
    }

    #[test]
    fn evidence_of_a_phone_is_the_number_alone() {
        let (mut read, mut ledger) = (Contacts::default(), Ledger::default());
        super::read(&Text::new(Where::Body, "Tel. +39 0575 123456, mobil (+380 44) 123-45-67."), "CZ", &mut read, &mut ledger);
        let quoted: Vec<String> = ledger.into_entries().into_iter().map(|evidence| evidence.text).collect();
        assert_eq!(quoted, ["+39 0575 123456", "(+380 44) 123-45-67"]);
    }

    #[test]
    fn web_addresses_end_before_punctuation() {
        let read = contacts(
            "Více na www.obec.pl/kontakt. (https://example.org/a_(b)), mesto.sk; zveřejněno na stránkách www.burza.eu spravovaných radou",
        );
        assert_eq!(read.urls, ["www.obec.pl/kontakt", "https://example.org/a_(b)", "mesto.sk"]);
    }
}
