//! Every way of asking for a partner of some size, in every sentence that asks; the seeker's own size beside it.

use std::fmt::Write as _;

use twindex::notice::{Notice, read};

/// Limits and what they ask: least, most. `{}` is the word for inhabitants.
const LIMITS: &[(&str, Option<u64>, Option<u64>)] = &[
    ("do 10 000 {}", None, Some(10_000)),
    ("do 10 tisíc {}", None, Some(10_000)),
    ("do velikosti 10 000 {}", None, Some(10_000)),
    ("do deseti tisíc {}", None, Some(10_000)),
    ("s maximálně 10 000 {}", None, Some(10_000)),
    ("s nejvýše 10 000 {}", None, Some(10_000)),
    ("s méně než 10 000 {}", None, Some(10_000)),
    ("s ne více než 10 000 {}", None, Some(10_000)),
    ("pod 10 000 {}", None, Some(10_000)),
    ("o velikosti do 10 000 {}", None, Some(10_000)),
    ("s počtem obyvatel do 10 000", None, Some(10_000)),
    ("nepřesahující 10 000 {}", None, Some(10_000)),
    ("od 5 do 10 tisíc {}", Some(5_000), Some(10_000)),
    ("od 5 000 do 10 000 {}", Some(5_000), Some(10_000)),
    ("od pěti do deseti tisíc {}", Some(5_000), Some(10_000)),
    ("s 5 až 10 tisíci {}", Some(5_000), Some(10_000)),
    ("s 5–10 tisíci {}", Some(5_000), Some(10_000)),
    ("s 5 000 až 10 000 {}", Some(5_000), Some(10_000)),
    ("o velikosti 5 až 10 tisíc {}", Some(5_000), Some(10_000)),
    ("v rozmezí 5 až 10 tisíc {}", Some(5_000), Some(10_000)),
    ("mezi 5 a 10 tisíci {}", Some(5_000), Some(10_000)),
    ("s počtem obyvatel mezi 5 000 a 10 000", Some(5_000), Some(10_000)),
    ("s počtem obyvatel od 5 000 do 10 000", Some(5_000), Some(10_000)),
    ("nad 5 000 {}", Some(5_000), None),
    ("s více než 5 000 {}", Some(5_000), None),
    ("s alespoň 5 000 {}", Some(5_000), None),
    ("s minimálně 5 000 {}", Some(5_000), None),
    ("s nejméně pěti tisíci {}", Some(5_000), None),
    ("s 5 000 a více {}", Some(5_000), None),
];

const ASKING: &[&str] = &[
    "Hledá české město {}.",
    "Město hledá v České republice partnera {}.",
    "Obec má 4 500 obyvatel a hledá partnerskou obec {}.",
    "Ráda by navázala partnerství s českou obcí {}.",
    "Partnerem by se mělo stát město {}.",
    "Mělo by jít o město {}.",
    "Nejlépe by vyhovovalo město {}.",
    "Ideální by bylo město {}.",
    "Podmínkou je město {}.",
    "Představuje si partnera {}.",
    "Nejraději by spolupracovala s městem {}.",
    "Vítán je partner {}.",
    "Vítána je i obec {}.",
];

const SIMILAR: &[&str] = &[
    "Hledá město podobné velikosti.",
    "Do plánu na příští rok si radnice zapsala i partnera podobné velikosti.",
    "Hledá stejně velké město.",
    "Hledá partnera srovnatelné velikosti.",
    "Hledá partnera s podobným počtem obyvatel.",
    "Hledá obec o přibližně stejném počtu obyvatel.",
    "Partnerská obec by měla být podobně velká.",
    "Partnerské město by mělo být zhruba stejně velké.",
    "Mělo by jít o město obdobné velikosti.",
    "Ráda by navázala partnerství s velikostně srovnatelným městem.",
    "Ideální by byl partner podobné velikosti.",
    "Hľadá mesto podobnej veľkosti.",
    "The town seeks a partner of similar size.",
    "The partner town should be of about the same size.",
];

const ABROAD: &[(&str, Option<u64>, Option<u64>)] = &[
    ("The town seeks a Czech town with up to 10,000 inhabitants.", None, Some(10_000)),
    ("The town is looking for a partner with fewer than 10,000 residents.", None, Some(10_000)),
    ("The town is looking for a Czech town of no more than 10,000 people.", None, Some(10_000)),
    ("The partner should not have more than 10,000 inhabitants.", None, Some(10_000)),
    ("The village seeks a partner village under 1,500 inhabitants.", None, Some(1_500)),
    ("The town seeks a Czech town of between 5,000 and 10,000 inhabitants.", Some(5_000), Some(10_000)),
    ("The town seeks a partner of 5,000 to 10,000 inhabitants.", Some(5_000), Some(10_000)),
    ("The town seeks a partner town with a population of 5,000-10,000.", Some(5_000), Some(10_000)),
    ("The city seeks a partner with at least 50,000 inhabitants.", Some(50_000), None),
    ("The city seeks a partner with more than 50,000 inhabitants.", Some(50_000), None),
    ("Mesto hľadá českú obec do 10 000 obyvateľov.", None, Some(10_000)),
    ("Mesto hľadá partnera s počtom obyvateľov do 10 000.", None, Some(10_000)),
    ("Mesto hľadá partnera s menej ako 10 000 obyvateľmi.", None, Some(10_000)),
    ("Partnerská obec by mala mať najviac 10 000 obyvateľov.", None, Some(10_000)),
    ("Partnerské mesto by nemalo mať viac ako 10 000 obyvateľov.", None, Some(10_000)),
    ("Mesto hľadá partnera od 5 do 10 tisíc obyvateľov.", Some(5_000), Some(10_000)),
    ("Mesto hľadá partnera s viac ako 5 000 obyvateľmi.", Some(5_000), None),
    ("Mesto hľadá partnera s 5 až 10 tisíc obyvateľmi.", Some(5_000), Some(10_000)),
    ("Partnerské město by nemělo mít více než 10 000 obyvatel.", None, Some(10_000)),
    ("Partner nesmí mít více než 10 tisíc obyvatel.", None, Some(10_000)),
    ("Partnerská obec by měla mít alespoň 5 000 obyvatel.", Some(5_000), None),
    ("Partnerská obec by měla mít 5 až 10 tisíc obyvatel.", Some(5_000), Some(10_000)),
    ("Předpokladem je počet obyvatel partnera mezi 5 a 10 tisíci.", Some(5_000), Some(10_000)),
    ("Požadavek na partnera: do 10 000 obyvatel.", None, Some(10_000)),
    ("Velikost partnerské obce: 5 000 až 10 000 obyvatel.", Some(5_000), Some(10_000)),
];

/// Sentences that ask nothing of the partner's size.
const NOTHING: &[&str] = &[
    "Město má 10 000 obyvatel a hledá partnera.",
    "Město s více než 10 000 obyvateli hledá českého partnera.",
    "Hledá partnera. Obec má do 500 obyvatel.",
    "Hledá partnera, sama má necelých 5 000 obyvatel.",
    "Hledá partnera do 30. června.",
    "Hledá partnera do vzdálenosti 500 km.",
    "Hledá město (5 000 obyvatel má i Zborov) s lázněmi.",
    "Hosté jsou vítáni, město má přes 10 000 obyvatel.",
    "Obě města jsou podobně velká a spolupracují dvacet let.",
    "V celém okrese žije přes 70 000 obyvatel a město hledá partnera.",
    "Hledá partnera pro školu s 300 žáky.",
];

type Size = (Option<u64>, Option<u64>, bool);

fn size(summary: &str) -> Size {
    let title = "Zborov (Slovensko) hledá partnera v ČR";
    let wanted = read(&Notice { title, summary: Some(summary), published: "2013-05-14".parse().ok(), ..Notice::default() }).wanted;
    (wanted.population_min, wanted.population_max, wanted.similar_size)
}

fn wrong(cases: impl IntoIterator<Item = (String, Size)>) -> String {
    let mut told = String::new();
    for (words, want) in cases {
        let got = size(&words);
        if got != want {
            writeln!(told, "  {words:?}: {got:?}, not {want:?}").unwrap();
        }
    }
    told
}

#[test]
fn every_limit_in_every_sentence_that_asks() {
    let cases = ASKING.iter().flat_map(|frame| {
        LIMITS.iter().map(move |(limit, least, most)| {
            let inhabitants = if limit.contains("s ") && !limit.contains("velikosti") { "obyvateli" } else { "obyvatel" };
            (frame.replace("{}", &limit.replace("{}", inhabitants)), (*least, *most, false))
        })
    });
    let abroad = ABROAD.iter().map(|(words, least, most)| ((*words).to_owned(), (*least, *most, false)));
    let wrong = wrong(cases.chain(abroad));
    assert!(wrong.is_empty(), "{} read otherwise:\n{wrong}", wrong.lines().count());
}

#[test]
fn similar_size_and_nothing_asked() {
    let cases = SIMILAR.iter().map(|words| (*words, (None, None, true))).chain(NOTHING.iter().map(|words| (*words, (None, None, false))));
    let wrong = wrong(cases.map(|(words, want)| (words.to_owned(), want)));
    assert!(wrong.is_empty(), "{} read otherwise:\n{wrong}", wrong.lines().count());
}
