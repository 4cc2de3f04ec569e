//! Every way of writing a day or a range of days, in every frame that says what happens then.
//!
//! Crossed like the numbers of people (`counts.rs`): the reader must find days, role and the year left out, and
//! none where a day is only told.

use std::fmt::Write as _;

use twindex::notice::{Notice, read};
use twindex::record::DateRole::{self, Deadline, Event};

use super::crossed::Wrong;

/// Words for days around the middle of June 2013, first and last day.
const DAYS: &[(&str, &str, &str)] = &[
    ("13. června 2013", "2013-06-13", ""),
    ("13. června", "2013-06-13", ""),
    ("13.června 2013", "2013-06-13", ""),
    ("13. 6. 2013", "2013-06-13", ""),
    ("13.6.2013", "2013-06-13", ""),
    ("13.06.2013", "2013-06-13", ""),
    ("13. 06. 2013", "2013-06-13", ""),
    ("13. 6.", "2013-06-13", ""),
    ("13.6.", "2013-06-13", ""),
    ("13\u{a0}. června 2013", "2013-06-13", ""),
    ("13.\u{a0}června\u{a0}2013", "2013-06-13", ""),
    ("ve čtvrtek 13. června", "2013-06-13", ""),
    ("ve čtvrtek 13. června 2013 od 14:00", "2013-06-13", ""),
    ("13. června 2013 v 9.30 hodin", "2013-06-13", ""),
    ("dne 13. června t. r.", "2013-06-13", ""),
    ("13. ČERVNA 2013", "2013-06-13", ""),
    ("2013-06-13", "2013-06-13", ""),
    ("13/6/2013", "2013-06-13", ""),
];

const RANGES: &[(&str, &str, &str)] = &[
    ("12.–14. června 2013", "2013-06-12", "2013-06-14"),
    ("12. – 14. června 2013", "2013-06-12", "2013-06-14"),
    ("12.-14. června", "2013-06-12", "2013-06-14"),
    ("12.-14.6.2013", "2013-06-12", "2013-06-14"),
    ("12.–14. 6. 2013", "2013-06-12", "2013-06-14"),
    ("12. až 14. června 2013", "2013-06-12", "2013-06-14"),
    ("12. až 14. června", "2013-06-12", "2013-06-14"),
    ("od 12. do 14. června 2013", "2013-06-12", "2013-06-14"),
    ("od středy 12. do pátku 14. června", "2013-06-12", "2013-06-14"),
    ("od 12. června do 14. června 2013", "2013-06-12", "2013-06-14"),
    ("od 12. 6. do 14. 6. 2013", "2013-06-12", "2013-06-14"),
    ("od 12. do 14. 6. 2013", "2013-06-12", "2013-06-14"),
    ("ve dnech 12. až 14. června 2013", "2013-06-12", "2013-06-14"),
    ("ve dnech 12.–14. června", "2013-06-12", "2013-06-14"),
    ("v termínu 12. - 14. června 2013", "2013-06-12", "2013-06-14"),
    ("mezi 12. a 14. červnem 2013", "2013-06-12", "2013-06-14"),
    ("12. a 13. června 2013", "2013-06-12", "2013-06-13"),
    ("12., 13. a 14. června 2013", "2013-06-12", "2013-06-14"),
    ("12. 6. – 14. 6. 2013", "2013-06-12", "2013-06-14"),
    ("12.6.-14.6.2013", "2013-06-12", "2013-06-14"),
    ("12.6.2013 - 14.6.2013", "2013-06-12", "2013-06-14"),
    ("12. června – 2. července 2013", "2013-06-12", "2013-07-02"),
    ("12. června až 2. července", "2013-06-12", "2013-07-02"),
    ("30. 6. až 2. 7. 2013", "2013-06-30", "2013-07-02"),
    ("28. 12. 2013 – 3. 1. 2014", "2013-12-28", "2014-01-03"),
    ("28. prosince 2013 až 3. ledna 2014", "2013-12-28", "2014-01-03"),
    ("28. prosince až 3. ledna", "2013-12-28", "2014-01-03"),
    ("od pátku 14. června do neděle 16. června", "2013-06-14", "2013-06-16"),
];

const EVENTS: &[&str] = &[
    "Setkání partnerů se koná {} v Brně.",
    "Konference se uskuteční {} v kongresovém centru.",
    "Festival proběhne {}",
    "Seminář pro starosty: {}.",
    "Zveme vás na setkání starostů, které se bude konat {}.",
    "Termín konání: {}",
    "Datum konání: {}",
    "Datum: {}",
    "Kdy: {}",
    "Do Brna přijede {} delegace z Polska.",
    "Slavnosti začínají {}.",
    "Slavnostní podpis smlouvy je naplánován na {}.",
];

const DEADLINES: &[&str] = &[
    "Přihlášky zasílejte do {}.",
    "Přihlášky posílejte nejpozději do {} na adresu úřadu.",
    "Přihlaste se nejpozději {}.",
    "Hlaste se do {}.",
    "Uzávěrka přihlášek je {}.",
    "Uzávěrka: {}",
    "Uzávěrka přihlášek: {}",
    "Termín pro podání žádostí: {}",
    "Termín podání žádostí je {}.",
    "Termín odevzdání: {}",
    "Žádosti lze podávat do {}.",
    "Žádosti přijímáme do {} včetně.",
    "Zájemci se mohou hlásit do {}.",
    "Ozvěte se nám do {}.",
    "Registrace končí {}.",
    "Registrujte se do {}.",
    "Lhůta pro podání končí {}.",
    "Nabídky zasílejte do {}.",
    "Odpověď očekává starosta do {}.",
];

fn dates(title: &str, summary: Option<&str>, body: Option<&str>, published: &str) -> Vec<(String, String, DateRole)> {
    let facts = read(&Notice { title, summary, body, published: published.parse().ok(), ..Notice::default() });
    let told =
        |date: twindex::record::NoticeDate| (date.date.to_string(), date.end.map(|end| end.to_string()).unwrap_or_default(), date.role);
    facts.dates.into_iter().map(told).collect()
}

struct Case<'a> {
    frame: &'a str,
    days: &'a str,
    published: &'a str,
    want: (&'a str, &'a str, DateRole),
}

#[track_caller]
fn all(cases: &[Case]) {
    let mut wrong = Wrong::default();
    for case in cases {
        let words = case.frame.replace("{}", case.days);
        let got = dates("Zprávy z partnerských měst", Some(&words), None, case.published);
        let (first, last, role) = case.want;
        if got != [(first.to_owned(), last.to_owned(), role)] {
            wrong.add([case.frame, case.days], &format!("{words:?}: {got:?}, not {:?}", case.want));
        }
    }
    wrong.none(cases.len());
}

#[test]
fn every_day_in_every_frame() {
    let mut cases = Vec::new();
    let published = "2013-05-14";
    for &frame in EVENTS {
        for &(days, first, last) in DAYS.iter().chain(RANGES) {
            cases.push(Case { frame, days, published, want: (first, last, Event) });
        }
    }
    for &frame in DEADLINES {
        // Of a range the last day counts, but nobody writes `nejpozději do ve dnech`.
        for &(days, first, _) in DAYS.iter().filter(|(days, ..)| !days.starts_with("ve ") && !days.starts_with("dne ")) {
            cases.push(Case { frame, days, published, want: (first, "", Deadline) });
        }
    }
    all(&cases);
}

#[test]
fn ends_of_months() {
    let frames =
        ["Přihlášky zasílejte do {}.", "Zájemci se mohou hlásit do {}.", "Ozvěte se nejpozději do {}.", "Žádosti lze podávat do {}."];
    let mut cases = Vec::new();
    for frame in frames {
        for (days, published, want) in [
            ("konce června", "2013-05-14", "2013-06-30"),
            ("konce června 2013", "2013-05-14", "2013-06-30"),
            ("konce měsíce června", "2013-05-14", "2013-06-30"),
            ("konce ledna", "2013-12-10", "2014-01-31"),
            ("konce února 2014", "2013-12-10", "2014-02-28"),
        ] {
            cases.push(Case { frame, days, published, want: (want, "", Deadline) });
        }
    }
    all(&cases);
}

#[test]
fn years_left_out_across_new_year() {
    let mut cases = Vec::new();
    for (frame, days, published, first, last) in [
        ("Setkání se uskuteční {}.", "13. ledna", "2013-12-10", "2014-01-13", ""),
        ("Setkání se uskuteční {}.", "13. 1.", "2013-12-30", "2014-01-13", ""),
        ("Setkání se uskutečnilo {}.", "20. prosince", "2014-01-08", "2013-12-20", ""),
        ("Delegace navštívila město {}.", "28. prosince", "2014-01-02", "2013-12-28", ""),
        ("Delegace navštívila město {}.", "28. až 30. prosince", "2014-01-02", "2013-12-28", "2013-12-30"),
        ("Setkání se konalo {}.", "30. prosince až 2. ledna", "2014-01-08", "2013-12-30", "2014-01-02"),
        ("Setkání se koná {}.", "30. prosince až 2. ledna", "2013-12-08", "2013-12-30", "2014-01-02"),
        ("Setkání se koná {}.", "14. května", "2013-05-14", "2013-05-14", ""),
        ("Setkání se konalo {}.", "10. května", "2013-05-14", "2013-05-10", ""),
        ("Festival se koná {}.", "1. až 3. března", "2013-11-20", "2014-03-01", "2014-03-03"),
    ] {
        cases.push(Case { frame, days, published, want: (first, last, Event) });
    }
    cases.push(Case {
        frame: "Přihlášky zasílejte do {}.",
        days: "15. ledna",
        published: "2013-12-10",
        want: ("2014-01-15", "", Deadline),
    });
    all(&cases);
}

#[test]
fn slovak_and_english() {
    let published = "2013-05-14";
    let mut cases = Vec::new();
    for frame in
        ["Stretnutie partnerov sa uskutoční {}.", "Podujatie sa koná {} v Žiline.", "Konferencia sa bude konať {}.", "Termín konania: {}"]
    {
        for (days, first, last) in [
            ("13. júna 2013", "2013-06-13", ""),
            ("13. júna", "2013-06-13", ""),
            ("13. 6. 2013", "2013-06-13", ""),
            ("12. až 14. júna 2013", "2013-06-12", "2013-06-14"),
            ("12. – 14. júna", "2013-06-12", "2013-06-14"),
            ("od 12. do 14. júna", "2013-06-12", "2013-06-14"),
            ("v dňoch 12. až 14. júna 2013", "2013-06-12", "2013-06-14"),
            ("v dňoch 12. - 14. 6. 2013", "2013-06-12", "2013-06-14"),
        ] {
            cases.push(Case { frame, days, published, want: (first, last, Event) });
        }
    }
    for frame in
        ["Prihlášky posielajte do {}.", "Prihláste sa najneskôr do {}.", "Uzávierka prihlášok je {}.", "Záujemcovia sa môžu hlásiť do {}."]
    {
        for (days, first) in [("30. júna 2013", "2013-06-30"), ("30. júna", "2013-06-30"), ("30. 6. 2013", "2013-06-30")] {
            cases.push(Case { frame, days, published, want: (first, "", Deadline) });
        }
    }
    cases.push(Case { frame: "Prihlášky posielajte do {}.", days: "konca júna", published, want: ("2013-06-30", "", Deadline) });
    let on =
        ["The meeting takes place on {}.", "The conference will be held on {} in Brno.", "The festival is planned for {}.", "Date: {}"];
    for frame in on {
        for (days, first, last) in [
            ("13 June 2013", "2013-06-13", ""),
            ("13th June 2013", "2013-06-13", ""),
            ("the 13th of June 2013", "2013-06-13", ""),
            ("June 13, 2013", "2013-06-13", ""),
            ("June 13th, 2013", "2013-06-13", ""),
            ("June 13", "2013-06-13", ""),
            ("Thursday, 13 June 2013", "2013-06-13", ""),
            ("12-14 June 2013", "2013-06-12", "2013-06-14"),
            ("12–14 June", "2013-06-12", "2013-06-14"),
            ("12 to 14 June 2013", "2013-06-12", "2013-06-14"),
            ("12th to 14th June 2013", "2013-06-12", "2013-06-14"),
            ("June 12-14, 2013", "2013-06-12", "2013-06-14"),
            ("June 12 to 14, 2013", "2013-06-12", "2013-06-14"),
            ("30 June – 2 July 2013", "2013-06-30", "2013-07-02"),
            ("June 30 – July 2, 2013", "2013-06-30", "2013-07-02"),
            ("30 June to 2 July", "2013-06-30", "2013-07-02"),
        ] {
            cases.push(Case { frame, days, published, want: (first, last, Event) });
        }
    }
    for frame in [
        "Please apply by {}.",
        "Applications should be sent by {}.",
        "Replies are welcome until {}.",
        "The deadline is {}.",
        "Deadline: {}",
        "Register no later than {}.",
        "Expressions of interest must reach us before {}.",
    ] {
        for (days, first) in [("30 June 2013", "2013-06-30"), ("June 30, 2013", "2013-06-30"), ("30 June", "2013-06-30")] {
            cases.push(Case { frame, days, published, want: (first, "", Deadline) });
        }
    }
    cases.push(Case { frame: "Please apply by {}.", days: "the end of June", published, want: ("2013-06-30", "", Deadline) });
    all(&cases);
}

#[test]
fn days_that_are_only_told_are_none() {
    let days = ["3. dubna 2013", "3. 4. 2013", "3. dubna"];
    let frames = [
        "Aktualizováno {}",
        "Zveřejněno: {}",
        "Zastupitelstvo města záměr schválilo {}.",
        "Záměr projednala rada města na svém zasedání {}.",
        "Zastupitelé o partnerství rozhodli {}.",
        "Rada obce schválila partnerství usnesením ze dne {}.",
        "Na zasedání zastupitelstva {} byla nabídka schválena.",
        "V dopise ze dne {} starosta píše o škole.",
        "Žádost nám byla doručena {}.",
        "Dopis starosty jsme obdrželi {}.",
        "Stav k {}",
        "Zákon č. 128/2000 Sb. nabyl účinnosti {}.",
        "Údaje platí k {}.",
        "Dle sčítání k {} má město 4 500 obyvatel.",
        "Volby do zastupitelstva vyhrála {} nezávislá kandidátka.",
        "Starosta nastoupil do úřadu {}.",
        "Novým starostou byl zvolen {}.",
    ];
    let old = [
        "Smlouva byla podepsána 5. května 1995.",
        "Město bylo založeno 3. 5. 1400.",
        "Bitva se odehrála 2. července 1866.",
        "Město osvobodila armáda 8. května 1945.",
        "Leží na silnici 1. 4. třídy.",
        "Otevřeno denně 9.00 - 12.00 a 13.00 - 17.00 hod.",
        "Tel. 12. 34. 56",
        "Verze 2.1.3 a článek 4. 5.",
    ];
    let mut wrong = String::new();
    let sentences = frames.iter().flat_map(|frame| days.iter().map(move |days| frame.replace("{}", days)));
    for words in sentences.chain(old.iter().map(|words| (*words).to_owned())) {
        let got = dates("Zborov (Slovensko) hledá partnera v ČR", Some("Zborov hledá partnera."), Some(&words), "2013-05-14");
        if !got.is_empty() {
            writeln!(wrong, "  {words:?}: {got:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "read as dates of the notice:\n{wrong}");
}
