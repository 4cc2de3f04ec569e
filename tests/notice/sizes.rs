//! The size asked of the partner, in six languages, and what is no present number of the seeker.

use serde_json::json;
use twindex::record::Facts;

use super::facts;

fn read(title: &str, body: &str) -> Facts {
    facts(&json!({ "title": title, "body": body, "published": "2014-03-03" }))
}

#[test]
fn a_limit_that_is_wished_is_the_partners_wherever_its_noun_stands() {
    let table = [
        ("Slovinský Ptuj hledá partnera", "Ideálně by měl mít mezi 5 a 10 tisíci obyvatel.", Some(5_000), Some(10_000)),
        ("Slovenian town of Ptuj seeks a Czech twin", "The twin should be of 15,000 to 40,000 inhabitants.", Some(15_000), Some(40_000)),
        ("Bad Elster sucht Partner in Tschechien", "Gesucht wird eine Stadt mit 2.000 bis 8.000 Einwohnern.", Some(2_000), Some(8_000)),
        ("Bad Elster sucht Partner in Tschechien", "Gesucht ist eine Gemeinde mit höchstens 15.000 Einwohnern.", None, Some(15_000)),
        ("Sopot szuka partnera w Czechach", "Szuka miasta, które ma nie więcej niż 30 tysięcy mieszkańców.", None, Some(30_000)),
        ("Громада Калуш шукає партнера в Чехії", "Шукаємо громаду від 5 до 20 тисяч мешканців.", Some(5_000), Some(20_000)),
    ];
    for (title, body, min, max) in table {
        let facts = read(title, body);
        assert_eq!((facts.wanted.population_min, facts.wanted.population_max), (min, max), "{body}");
        assert_eq!(facts.population, None, "{body}");
    }
}

#[test]
fn a_number_that_was_or_is_denied_is_not_the_present_one() {
    for body in ["Počet obyvatel klesl z 20 000 na 16 500.", "Uváděných čtyřicet tisíc obyvatel v něm zdaleka nežije."] {
        let value = read("Slovinský Ptuj hledá partnera", body).population.map(|population| population.value);
        assert!(value.is_none_or(|value| value == 16_500), "{body}: {value:?}");
    }
}

#[test]
fn a_seeker_is_not_looked_up_where_it_wants_its_partner() {
    let facts = read("Freistadt sucht Partner in Tschechien", "Die Stadt Freistadt sucht eine Partnerstadt in Tschechien.");
    assert!(facts.places.iter().all(|place| place.country.as_deref() != Some("CZ")), "{:?}", facts.places);
}
