//! Who seeks, judged by all mentions of a name, and whose country a country is.

use serde_json::json;
use twindex::record::{Facts, PlaceRole};

use super::facts;

fn read(title: &str, summary: &str, body: &str) -> Facts {
    facts(&json!({ "title": title, "summary": summary, "body": body, "published": "2014-03-03" }))
}

fn seekers(facts: &Facts) -> Vec<(&str, Option<&str>)> {
    let seekers = facts.places.iter().filter(|place| place.role == PlaceRole::Seeker);
    seekers.map(|place| (place.name.as_str(), place.country.as_deref())).collect()
}

#[test]
fn a_town_of_the_body_seeks_though_the_summary_names_another() {
    let facts = read(
        "Rumunské město hledá partnera",
        "Nabídku jsme dostali na setkání v Bukurešti.",
        "Sighișoara má 23 tisíc obyvatel a hledá partnera v České republice. Sighișoara už spolupracuje s německým Dinkelsbühlem.",
    );
    assert_eq!(seekers(&facts), [("Sighișoara", Some("RO"))]);
}

#[test]
fn lists_go_on_over_the_country_of_each_name() {
    let table = [
        ("Cieszyn v Polsku a Trenčín na Slovensku hledají partnera v Česku", [("Cieszyn", "PL"), ("Trenčín", "SK")]),
        ("Polský Cieszyn a slovenský Trenčín hledají partnera v Česku", [("Cieszyn", "PL"), ("Trenčín", "SK")]),
        ("Cieszyn in Poland and Trenčín in Slovakia seek a partner in the Czech Republic", [("Cieszyn", "PL"), ("Trenčín", "SK")]),
    ];
    for (title, want) in table {
        let facts = read(title, "", "");
        assert_eq!(seekers(&facts), want.map(|(name, country)| (name, Some(country))), "{title}");
    }
}

#[test]
fn a_country_behind_the_bracket_is_not_the_names() {
    let facts =
        read("Chrudim hledá partnera v Irsku", "Chrudim (23 tisíc obyvatel) spolupracuje s nizozemským Ede a hledá partnera v Irsku.", "");
    assert_eq!(seekers(&facts), [("Chrudim", Some("CZ"))]);
}

#[test]
fn the_name_of_a_language_is_no_country() {
    let facts = read("Slovinské město hledá partnera", "Ptuj, německy Pettau, hledá partnera v České republice.", "");
    assert_eq!(seekers(&facts), [("Ptuj", Some("SI"))]);
    assert_eq!(facts.countries, ["SI"]);
}

#[test]
fn a_title_that_announces_several_lets_each_of_them_seek() {
    let facts = read(
        "Tři slovinská města hledají české partnery",
        "Dopisy předalo velvyslanectví.",
        "Ptuj (18 tisíc obyvatel) je město vína.\n\nŽalec (5 tisíc obyvatel) pěstuje chmel.\n\nKranj (38 tisíc obyvatel) má průmysl.",
    );
    assert_eq!(seekers(&facts), [("Ptuj", Some("SI")), ("Žalec", Some("SI")), ("Kranj", Some("SI"))]);
}

#[test]
fn an_offer_that_was_refused_is_no_search() {
    let facts = read("Partnerství nebude", "Zastupitelé odmítli nabídku partnerství, kterou poslala polská obec Brenna.", "");
    assert!(seekers(&facts).is_empty(), "{:?}", facts.places);
}

#[test]
fn who_is_answered_under_its_own_name_seeks() {
    let table = [
        (
            "Hledáme přátele v Rakousku",
            "Vážení čtenáři, na schůzi jsme dostali úkol. Do Vimperka jezdí hosté z Bavorska i odjinud, partnera v Rakousku však nemáme. \
             Rádi bychom našli obec, která má lesy. Pište na starosta@vimperk-urad.example, tel. 388 402 230.",
            ("Vimperk", Some("CZ")),
            "AT",
        ),
        (
            "Dopis od jezera",
            "Starosta mne požádal, abych v Čechách našel partnera. V městečku Bled žije pět tisíc lidí, z Lublaně je to hodina. \
             Odpovězte na info@bled-obcina.example nebo +386 4 575 01 00.",
            ("Bled", Some("SI")),
            "CZ",
        ),
    ];
    for (title, body, seeker, wanted) in table {
        let facts = read(title, "", body);
        assert_eq!(seekers(&facts), [seeker], "{title}");
        assert_eq!(facts.wanted.countries, [wanted], "{title}");
    }
}

#[test]
fn an_office_that_passes_a_letter_on_does_not_seek() {
    let facts = read(
        "Slovinské město Ptuj hledá partnera v České republice",
        "",
        "Nabídku předává úřad v Olomouci. Podrobnosti sdělí odbor kultury, kultura@olomouc-kraj.example, tel. 585 508 111.",
    );
    assert_eq!(seekers(&facts), [("Ptuj", Some("SI"))]);
}

#[test]
fn who_is_named_by_an_adjective_bears_its_noun() {
    let facts = read(
        "Sušičtí hledají partnera v Itálii",
        "",
        "Zastupitelé rozhodli v květnu. Sušice by ráda našla italské město s řekou. Pište na info@sumava-posta.example.",
    );
    assert_eq!(seekers(&facts), [("Sušice", Some("CZ"))]);
    assert_eq!(facts.wanted.countries, ["IT"]);
}
