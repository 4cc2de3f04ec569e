//! Tables of written dates, and the promise that no text makes the reader panic.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

const SEEN: Date = date(2024, 5, 1);

fn read(text: &str) -> Option<Result<Date, Impossible>> {
    whole(text, SEEN).map(|found| found.date)
}

#[test]
fn whole_dates_of_many_hands() {
    let table = [
        ("12.03.2024", date(2024, 3, 12)),
        (" 30. 8. 2012", date(2012, 8, 30)),
        ("4.\u{a0}11.\u{a0}2022", date(2022, 11, 4)),
        ("2012-07-04", date(2012, 7, 4)),
        ("4/7/2012", date(2012, 7, 4)),
        ("7/24/2012", date(2012, 7, 24)),
        ("04-07-2012", date(2012, 7, 4)),
        ("12. května 2023", date(2023, 5, 12)),
        ("Středa, 27. září 2017", date(2017, 9, 27)),
        ("21Led2017", date(2017, 1, 21)),
        ("5 / prosince / 2019", date(2019, 12, 5)),
        ("22. 5. 2016 19:13", date(2016, 5, 22)),
        ("18.05.2016, 23:41", date(2016, 5, 18)),
        ("16 Жовтня, 2023 р., 20:43", date(2023, 10, 16)),
        ("24. October 2017", date(2017, 10, 24)),
        ("Wednesday July 4, 2012", date(2012, 7, 4)),
        ("Dec. 3rd, 2019", date(2019, 12, 3)),
        ("2019. március 5.", date(2019, 3, 5)),
        ("2019. 03. 05.", date(2019, 3, 5)),
        ("le 1er août 2018", date(2018, 8, 1)),
        ("Veröffentlicht am Montag, 3. März 2014", date(2014, 3, 3)),
        ("poniedziałek, 6 października 2014 r.", date(2014, 10, 6)),
        ("martedì 9 luglio 2019", date(2019, 7, 9)),
        ("pátek, 20, říjen 2017 12:55", date(2017, 10, 20)),
        ("2. novembra 2015", date(2015, 11, 2)),
        ("3. XI. 2015", date(2015, 11, 3)),
        ("Datum: 5. 12. 2022", date(2022, 12, 5)),
        ("publikované: 30.01.2018 - 11:02  //  aktualizácia: 31.01.2018 - 10:00 // zobrazené: 87", date(2018, 1, 30)),
        ("Aktualizováno: 2. 2. 2020 | Zveřejněno: 1. 2. 2020", date(2020, 2, 1)),
        ("6. 2. 2019 Autor: Jana Nová", date(2019, 2, 6)),
        ("27.11.2018, 23:41, autor: jn, zdroj: agentura", date(2018, 11, 27)),
        ("[12.03.2024]", date(2024, 3, 12)),
        ("12.03.24", date(2024, 3, 12)),
        ("12.3.2024 ve 14.30 hod.", date(2024, 3, 12)),
        ("2. zář\u{301}i\u{301} 2020", date(2020, 9, 2)),
    ];
    for (text, want) in table {
        assert_eq!(read(text), Some(Ok(want)), "{text}");
    }
}

#[test]
fn events_and_other_words_are_no_publication() {
    let table = [
        "2. - 3. 11. 2017",
        "20. – 26. září 2020",
        "30. září - 2. října 2018",
        "1. listopadu 2017 15:00-17:00",
        "20. 3. 2024 od 9:30",
        "12.03.2024 - 14.03.2024",
        "March 2-3, 2024",
        "Termín: 2. 4. 2022",
        "Datum konání: 2. 4. 2022",
        "Aktualizováno 2. 4. 2022",
        "již 13. června",
        "rok 2020",
        "zpravodaj 12, říjen 2017",
        "tel. 12.03.2024.555",
        "1.2.3.2024",
        "verze 12.03.24 z dílny",
        "",
    ];
    for text in table {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn impossible_days_are_found_and_faulty() {
    assert_eq!(read("31. 2. 2020"), Some(Err(Impossible::NoSuchDay)));
    assert_eq!(read("13.13.2020"), Some(Err(Impossible::NoSuchDay)));
    // Without blanks it can only be the order of months before days.
    assert_eq!(read("12.13.2020"), Some(Ok(date(2020, 12, 13))));
    assert_eq!(read("3. 5. 2024"), Some(Err(Impossible::Future(date(2024, 5, 3)))));
    assert_eq!(read("2. 5. 2024"), Some(Ok(date(2024, 5, 2))));
    assert_eq!(read("1. 1. 2104"), Some(Err(Impossible::Future(date(2104, 1, 1)))));
    assert_eq!(read("1. 1. 1889"), Some(Err(Impossible::TooOld)));
}

#[test]
fn days_told_by_their_distance() {
    let table = [
        ("Gestern, 11:15 Uhr", Some(date(2024, 4, 30))),
        ("dnes", Some(SEEN)),
        ("Zveřejněno včera", Some(date(2024, 4, 30))),
        ("Posted 3 days ago", Some(date(2024, 4, 28))),
        ("há 2 dias", Some(date(2024, 4, 29))),
        ("l'altro ieri", Some(date(2024, 4, 29))),
        ("5 hours ago", None),
        ("gestern im Stadtrat", None),
        ("900 days ago", None),
    ];
    for (text, want) in table {
        assert_eq!(relative(text, SEEN).map(|found| found.date), want.map(Ok), "{text}");
    }
    // Hungarian for today, Dutch for Monday.
    let told = |tag: &str| relative("ma", Setting { seen: SEEN, language: Language::of_tag(tag) }).map(|found| found.date);
    assert_eq!((told("hu"), told("nl")), (Some(Ok(SEEN)), None));
}

#[test]
fn days_without_a_year_are_of_the_latest_that_has_them() {
    let table = [
        ("30. Apr.", Some(date(2024, 4, 30))),
        ("2 May", Some(date(2024, 5, 2))),
        ("3 May", Some(date(2023, 5, 3))),
        ("29. února", Some(date(2024, 2, 29))),
        ("5. 12.", Some(date(2023, 12, 5))),
        ("30. února", None),
        ("2. – 5. dubna", None),
        ("5. dubna, kulturní dům", None),
        ("5. 4. 2024", None),
    ];
    for (text, want) in table {
        assert_eq!(of_late(text, SEEN).map(|found| (found.date, found.year)), want.map(|day| (Ok(day), Year::Assumed)), "{text}");
    }
}

#[test]
fn dates_in_running_text() {
    let text = "Sešli se 3. 11. 2022 v Liberci, poté 20. – 26. září 2020 v Plzni a 12. května 2023.";
    let forms: Vec<_> = find(text, SEEN).into_iter().map(|f| (text[f.start..f.end].to_owned(), f.form)).collect();
    let want = [("3. 11. 2022", Form::Day), ("20. – 26. září 2020", Form::Range), ("12. května 2023", Form::Day)];
    assert_eq!(forms, want.map(|(text, form)| (text.to_owned(), form)));
}

#[test]
fn machine_times() {
    let table = [
        ("2024-03-12", Some(date(2024, 3, 12))),
        ("2024-03-12T23:30:00+01:00", Some(date(2024, 3, 12))),
        ("2024-03-12T23:30:00.000Z", Some(date(2024, 3, 12))),
        ("Tue, 12 Mar 2024 09:00:00 +0100", Some(date(2024, 3, 12))),
        ("2024-02-30", None),
        ("PT3H", None),
        ("", None),
    ];
    for (text, want) in table {
        assert_eq!(iso(text), want, "{text}");
    }
}

const PRINTED: [&str; 9] = [
    "ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince",
    "januára|februára|marca|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra",
    "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia",
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    "január|február|március|április|május|június|július|augusztus|szeptember|október|november|december",
    "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
    "January|February|March|April|May|June|July|August|September|October|November|December",
];

proptest! {
    #[test]
    fn printed_dates_read_back(year in 1991i16..2024, month in 1i8..=12, day in 1i8..=28, language in 0usize..9) {
        let name = PRINTED[language].split('|').nth(month as usize - 1).unwrap();
        let forms = [
            format!("{day}.{month}.{year}"),
            format!("{day:02}. {month:02}. {year}"),
            format!("{year}-{month:02}-{day:02}"),
            format!("{day}. {name} {year}"),
            format!("{day} {name}, {year} 08:05"),
            format!("{year}. {name} {day}."),
            format!("{} {day}, {year}", name.to_uppercase()),
            format!("{day:02}/{month:02}/{year}"),
        ];
        for form in forms {
            let read = read(&form);
            prop_assert_eq!(read, Some(Ok(date(year, month, day))), "{}", form);
        }
    }

    #[test]
    fn no_text_panics(text in "[0-9 .:/,–a-zříěA-Z\\-]{0,60}|\\PC{0,60}") {
        for found in find(&text, SEEN) {
            prop_assert!(text.get(found.start..found.end).is_some());
        }
        whole(&text, SEEN);
        iso(&text);
    }
}
