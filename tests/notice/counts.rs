//! Every way of writing a number of people, in every frame that says whose it is: the reader must find value and qualifier.
//!
//! The tables are crossed, so a form that is read in one sentence and not in another is told at once, with all
//! that fail. What is no present number of the seeker is crossed the same way and must give none.

use twindex::notice::{Notice, read};
use twindex::record::Qualifier::{self, About, Exact, LessThan, MoreThan};

use super::crossed::Wrong;

/// A number as it stands after a verb and after `s`, and its value. Digits do not inflect.
const DIGITS: &[(&str, u64)] = &[
    ("4 500", 4_500),
    ("4\u{a0}500", 4_500),
    ("4\u{2009}500", 4_500),
    ("4\u{202f}500", 4_500),
    ("4.500", 4_500),
    ("4,500", 4_500),
    ("4'500", 4_500),
    ("4’500", 4_500),
    ("4500", 4_500),
    ("1950", 1_950),
    ("820", 820),
    ("12 400", 12_400),
    ("123 400", 123_400),
    ("1 234 000", 1_234_000),
    ("12 tis.", 12_000),
    ("12tis.", 12_000),
    ("12,4 tis.", 12_400),
    ("4.5 tis.", 4_500),
    ("1,2 mil.", 1_200_000),
];

/// After a verb, after `s` (instrumental), value.
const WORDS: &[(&str, &str, u64)] = &[
    ("12 tisíc", "12 tisíci", 12_000),
    ("4,5 tisíce", "4,5 tisíci", 4_500),
    ("1,2 milionu", "1,2 miliony", 1_200_000),
    ("3 a půl tisíce", "3 a půl tisíci", 3_500),
    ("sedm set", "sedmi sty", 700),
    ("tři tisíce", "třemi tisíci", 3_000),
    ("tři tisíce dvě stě", "třemi tisíci dvěma sty", 3_200),
    ("dvanáct tisíc", "dvanácti tisíci", 12_000),
    ("pětadvacet tisíc", "pětadvaceti tisíci", 25_000),
    ("dvacet pět tisíc", "dvaceti pěti tisíci", 25_000),
    ("dva a půl tisíce", "dvěma a půl tisíci", 2_500),
    ("devět a půl tisíce", "devíti a půl tisíci", 9_500),
    ("půldruhého tisíce", "půldruhým tisícem", 1_500),
    ("patnáct set", "patnácti sty", 1_500),
    ("sto tisíc", "sto tisíci", 100_000),
    ("sto dvacet tisíc", "sto dvaceti tisíci", 120_000),
    ("dvě stě padesát tisíc", "dvěma sty padesáti tisíci", 250_000),
    ("čtvrt milionu", "čtvrt milionem", 250_000),
    ("půl milionu", "půl milionem", 500_000),
    ("tři čtvrtě milionu", "tři čtvrtě milionem", 750_000),
    ("tisíc", "tisícem", 1_000),
    ("tisícovku", "tisícovkou", 1_000),
];

const QUALIFIERS: &[(&str, Qualifier)] = &[
    ("", Exact),
    ("asi ", About),
    ("zhruba ", About),
    ("přibližně ", About),
    ("kolem ", About),
    ("okolo ", About),
    ("cca ", About),
    ("cca. ", About),
    ("circa ", About),
    ("na ", About),
    ("odhadem ", About),
    ("plus minus ", About),
    ("necelých ", LessThan),
    ("téměř ", LessThan),
    ("bezmála ", LessThan),
    ("skoro ", LessThan),
    ("takřka ", LessThan),
    ("méně než ", LessThan),
    ("o něco méně než ", LessThan),
    ("ani ne ", LessThan),
    ("těsně pod ", LessThan),
    ("přes ", MoreThan),
    ("nad ", MoreThan),
    ("více než ", MoreThan),
    ("víc než ", MoreThan),
    ("více jak ", MoreThan),
    ("o něco více než ", MoreThan),
    ("něco přes ", MoreThan),
    ("něco málo přes ", MoreThan),
    ("lehce přes ", MoreThan),
    ("vyše ", MoreThan),
];

/// Frames after a verb; `{}` takes qualifier and number.
const FRAMES: &[&str] = &[
    "Obec má {} obyvatel.",
    "Obec má {} ob. a leží u řeky.",
    "Obec má {} obyv. a leží u řeky.",
    "Město čítá {} obyvatel.",
    "Městečko, které čítá {} duší, leží v horách.",
    "Žije v něm {} lidí.",
    "V obci žije {} obyvatel.",
    "V městečku bydlí {} lidí.",
    "Obývá ho {} lidí.",
    "Město obývá {} lidí.",
    "Trvale zde žije {} osob.",
    "V obci je přihlášeno {} osob k trvalému pobytu.",
    "Obec má {} stálých obyvatel.",
    "Město (má {} obyvatel) leží u moře.",
    "Město ({} obyvatel) leží u moře.",
    "Město Zborov ({} ob.) leží u moře.",
    "Počet obyvatel: {}",
    "Počet obyvatel:\n{}",
    "Počet obyvatel:\t{}",
    "Počet obyvatel\n{}\nRozloha\n27 km2",
    "Počet obyvatel\t{}",
    "Počet obyvatel – {}",
    "Rozloha: 27 km2\nPočet obyvatel: {}\nNadmořská výška: 430 m",
    "Obyvatel: {}",
    "Obyv.: {}",
    "obyv: {}",
    "Populace: {}",
    "Populace města činí {}.",
    "Populace je {} a většina lidí pracuje v zemědělství.",
    "Počet obyvatel činí {}.",
    "Počet obyvatel města dosahuje {}.",
    "Počet jeho obyvatel je {}.",
    "Město má obyvatel {}.",
    "Město je domovem pro {} lidí.",
    "Rozkládá se na 27 km2 a má {} obyvatel.",
    "Leží 12 km od hranic, žije zde {} obyvatel.",
    "Obec, první zmínka o níž je z roku 1240, má {} obyvatel.",
    "Zborov leží v okrese Bardejov a má {} obyvatel.",
    "K 1. lednu 2012 měla obec {} obyvatel.",
    "Podle sčítání z roku 2011 má obec {} obyvatel.",
];

/// Frames after `s`.
const INSTRUMENTAL: &[&str] = &[
    "Obec s {} obyvateli leží u řeky.",
    "Město se {} obyvateli leží u řeky.",
    "Město s počtem obyvatel {} leží u řeky.",
    "Město s populací {} leží u řeky.",
    "Městečko Zborov s {} obyvateli má zájem o kulturu.",
];

fn population(summary: Option<&str>, body: Option<&str>) -> Option<(u64, Qualifier)> {
    let facts = read(&Notice {
        title: "Zborov (Slovensko) hledá partnera v ČR",
        summary,
        body,
        published: "2013-05-14".parse().ok(),
        ..Notice::default()
    });
    facts.population.map(|population| (population.value, population.qualifier))
}

/// A sentence made of parts, so that what fails can be told by part.
struct Case {
    frame: &'static str,
    qualifier: &'static str,
    number: &'static str,
    want: Option<(u64, Qualifier)>,
}

/// Reads every case and tells which parts the failing ones share, each with an example.
#[track_caller]
fn all(cases: &[Case]) {
    let mut wrong = Wrong::default();
    for case in cases {
        let words = case.frame.replace("{}", &format!("{}{}", case.qualifier, case.number));
        let got = population(Some(&words), None);
        if got != case.want {
            wrong.add([case.frame, case.qualifier, case.number], &format!("{words:?}: {got:?}, not {:?}", case.want));
        }
    }
    wrong.none(cases.len());
}

#[test]
fn every_way_of_writing_in_every_frame() {
    let mut cases = Vec::new();
    for (qualifier, read_as) in QUALIFIERS {
        let genitive = qualifier.ends_with("ých ") || matches!(*qualifier, "kolem " | "okolo ");
        for frame in FRAMES {
            let numbers = DIGITS.iter().copied().chain(WORDS.iter().map(|(after_verb, _, value)| (*after_verb, *value)));
            for (number, value) in numbers.filter(|(number, _)| !(genitive && number.starts_with("tisícovk"))) {
                cases.push(Case { frame, qualifier, number, want: Some((value, *read_as)) });
            }
        }
        for frame in INSTRUMENTAL {
            let numbers = DIGITS.iter().copied().chain(WORDS.iter().map(|(_, instrumental, value)| (*instrumental, *value)));
            for (number, value) in numbers {
                cases.push(Case { frame, qualifier, number, want: Some((value, *read_as)) });
            }
        }
    }
    all(&cases);
}

#[test]
fn adjectives_of_the_municipality() {
    let written = [
        ("dvacetitisícové", 20_000),
        ("patnáctitisícové", 15_000),
        ("pětadvacetitisícové", 25_000),
        ("stotisícové", 100_000),
        ("stodvacetitisícové", 120_000),
        ("dvousettisícové", 200_000),
        ("půlmilionové", 500_000),
        ("milionové", 1_000_000),
        ("dvoumilionové", 2_000_000),
        ("tisícihlavé", 1_000),
        ("dvoutisícové", 2_000),
        ("třítisícové", 3_000),
        ("pětitisícové", 5_000),
        ("osmisetové", 800),
        ("15tisícové", 15_000),
        ("15-tisícové", 15_000),
        ("15 tisícové", 15_000),
        ("15titisícové", 15_000),
        ("15ti tisícové", 15_000),
        ("15-ti tisícové", 15_000),
        ("200tisícové", 200_000),
    ];
    let frames = [
        "{} město hledá partnera.",
        "Jde o {} město v podhůří.",
        "Zborov, {} městečko na severu, má zájem o kulturu.",
        "V tomto {} městě je i nemocnice.",
    ];
    let qualified = [("", About), ("více než ", MoreThan), ("téměř ", LessThan), ("asi ", About), ("zhruba ", About)];
    let mut cases = Vec::new();
    for (adjective, value) in written {
        for frame in frames {
            for (qualifier, read_as) in qualified {
                cases.push(Case { frame, qualifier, number: adjective, want: Some((value, read_as)) });
            }
        }
    }
    all(&cases);
}

#[test]
fn slovak_and_english_frames() {
    let slovak_qualifiers = [
        ("", Exact),
        ("asi ", About),
        ("približne ", About),
        ("okolo ", About),
        ("takmer ", LessThan),
        ("necelých ", LessThan),
        ("menej ako ", LessThan),
        ("vyše ", MoreThan),
        ("viac ako ", MoreThan),
        ("viac než ", MoreThan),
        ("cez ", MoreThan),
    ];
    let slovak = [
        "Mesto má {} obyvateľov.",
        "V obci žije {} ľudí.",
        "Žije v ňom {} obyvateľov.",
        "Obec s počtom obyvateľov {} leží pri rieke.",
        "Počet obyvateľov: {}",
        "Počet obyvateľov je {}.",
        "Mesto ({} obyvateľov) leží pri mori.",
    ];
    let numbers = [("4 500", 4_500), ("12 tisíc", 12_000), ("12,5 tis.", 12_500), ("dvanásť tisíc", 12_000), ("tridsaťpäť tisíc", 35_000)];
    let english_qualifiers = [
        ("", Exact),
        ("about ", About),
        ("around ", About),
        ("some ", About),
        ("approximately ", About),
        ("roughly ", About),
        ("nearly ", LessThan),
        ("almost ", LessThan),
        ("just under ", LessThan),
        ("fewer than ", LessThan),
        ("less than ", LessThan),
        ("over ", MoreThan),
        ("just over ", MoreThan),
        ("more than ", MoreThan),
        ("a little over ", MoreThan),
        ("well over ", MoreThan),
    ];
    let english = [
        "The town has {} inhabitants.",
        "The town has a population of {}.",
        "The population of the town is {}.",
        "It is a town of {} near the sea.",
        "The village is home to {} people.",
        "The borough, with {} residents, lies by the sea.",
        "Population: {}",
        "The town ({} inhabitants) lies by the sea.",
        "The town (pop. {}) lies by the sea.",
    ];
    let english_numbers = [
        ("4 500", 4_500),
        ("23,400", 23_400),
        ("23 400", 23_400),
        ("twelve thousand", 12_000),
        ("12 thousand", 12_000),
        ("1.2 million", 1_200_000),
    ];
    let mut cases = Vec::new();
    for (qualifiers, frames, numbers) in
        [(&slovak_qualifiers[..], &slovak[..], &numbers[..]), (&english_qualifiers[..], &english[..], &english_numbers[..])]
    {
        for (qualifier, read_as) in qualifiers {
            for frame in frames {
                for (number, value) in numbers {
                    cases.push(Case { frame, qualifier, number, want: Some((*value, *read_as)) });
                }
            }
        }
    }
    for (adjective, value) in [("Tridsaťtisícové", 30_000), ("Dvadsaťpäťtisícové", 25_000), ("Päťtisícové", 5_000)] {
        cases.push(Case { frame: "{} mesto hľadá partnera.", qualifier: "", number: adjective, want: Some((value, About)) });
    }
    all(&cases);
}

#[test]
fn numbers_of_others_and_of_other_times_give_none() {
    let frames = [
        "V roce 1938 mělo město {} obyvatel.",
        "Roku 1910 zde žilo {} obyvatel.",
        "Před válkou tu žilo {} lidí.",
        "Před první světovou válkou mělo město {} obyvatel.",
        "Před ruskou invazí v něm žilo {} obyvatel.",
        "Do války mělo město {} obyvatel.",
        "Kdysi zde bydlelo {} lidí.",
        "Dříve mělo město {} obyvatel.",
        "V dobách největší slávy mělo město {} obyvatel.",
        "V polovině 19. století mělo město {} obyvatel.",
        "Region má {} obyvatel.",
        "Okres má {} obyvatel.",
        "V celém okrese žije {} lidí.",
        "Celý kraj má {} obyvatel.",
        "Celá oblast má {} obyvatel.",
        "Země má {} obyvatel.",
        "Aglomerace čítá {} obyvatel.",
        "Nedaleké hlavní město ({} obyvatel) nabízí letiště.",
        "Leží nedaleko hlavního města ({} obyvatel).",
        "Sousední město má {} obyvatel.",
        "Partnerské město v Polsku má {} obyvatel.",
        "Obě obce mají dohromady {} obyvatel.",
        "Obce sdružení mají celkem {} obyvatel.",
        "Mikroregion čítá {} obyvatel.",
        "Továrna zaměstnává {} lidí.",
        "V továrně pracuje {} lidí.",
        "Školu navštěvuje {} žáků.",
        "Na univerzitě studuje {} lidí.",
        "Hrad ročně navštíví {} lidí.",
        "Každý rok přijede {} turistů.",
        "Festivalu se účastní {} lidí.",
        "Do zahraničí odešlo {} lidí.",
        "Ve městě je {} domácností.",
        "Od hranic je vzdáleno {} km.",
        "Město leží v nadmořské výšce {} m.",
        "Rozpočet činí {} eur.",
        "Knihovna má {} svazků.",
        "Stadion má {} míst.",
        "Hledá partnera o velikosti {} obyvatel.",
        "Hledá město do {} obyvatel.",
        "Partnerské město by mělo mít {} obyvatel.",
        "Hledáme obec, která nemá více než {} obyvatel.",
        "Žije zde {} příslušníků maďarské menšiny.",
        "Město přijalo {} uprchlíků.",
        "The region has {} inhabitants.",
        "Before the war the town had {} inhabitants.",
        "The festival attracts {} people.",
        "The factory employs {} people.",
    ];
    let numbers = ["4 500", "4500", "12 tisíc", "12,4 tis.", "dvanáct tisíc"];
    let cases = frames.iter().flat_map(|frame| numbers.iter().map(move |number| Case { frame, qualifier: "", number, want: None }));
    all(&cases.collect::<Vec<_>>());
    for bare in
        ["V roce 2012 získalo město cenu.", "PSČ 084 12", "Tel. 054 474 1234", "IČO 00321 982", "Založeno 1355", "Otevřeno 10 000 hodin"]
    {
        assert_eq!(population(Some(bare), None), None, "{bare}");
    }
}
