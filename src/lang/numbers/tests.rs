//! Tables of written quantities.

use super::*;

#[test]
fn vague_thousands_are_no_number() {
    for written in ["několik tisíc lidí", "desítky tisíc hostů", "tisíce lidí", "s tisíci hostů", "3,5 lidí", "pět lidí"] {
        assert_eq!(find(written), [], "{written}");
    }
}

#[test]
fn all_ways_of_writing() {
    let table = [
        ("13 000", 13_000),
        ("13\u{a0}000", 13_000),
        ("13\u{202f}000", 13_000),
        ("23.400", 23_400),
        ("23,400 inhabitants", 23_400),
        ("1004", 1_004),
        ("27,5 tisíc", 27_500),
        ("27.5 tis.", 27_500),
        ("40 tis.", 40_000),
        ("1,2 milionu", 1_200_000),
        ("půl milionu", 500_000),
        ("půldruhého milionu", 1_500_000),
        ("dva a půl tisíce", 2_500),
        ("čtyřmi tisíci", 4_000),
        ("dvaceti pěti tisíci", 25_000),
        ("pětadvacet tisíc", 25_000),
        ("dvě stě tisíc", 200_000),
        ("patnáct set", 1_500),
        ("tisíc", 1_000),
        ("čtyřicetitisícové", 40_000),
        ("půlmilionového", 500_000),
        ("stotisícovým", 100_000),
        ("dvanáctitisícové", 12_000),
        ("pětatřicetitisícové", 35_000),
        ("40tisícové", 40_000),
        ("dvadsaťtisícové", 20_000),
        ("třemi tisíci a pěti sty", 3_500),
        ("five thousand", 5_000),
        ("sto dvacet tisíc", 120_000),
        ("3 a půl tisíce", 3_500),
        ("12 tisíc pět set", 12_500),
        ("dvanáct tisíc 500", 12_500),
        ("čtvrt milionu", 250_000),
        ("tři čtvrtě milionu", 750_000),
        ("half a million", 500_000),
        ("one and a half thousand", 1_500),
        ("15-ti tisícové", 15_000),
        ("15 tisícov", 15_000),
        ("15titisícové", 15_000),
        ("osmisetová", 800),
        ("2,5tisícový", 2_500),
        ("dwadzieścia pięć tysięcy", 25_000),
        ("12 tys.", 12_000),
        ("pięćset tysięcy", 500_000),
        ("fünfundzwanzigtausend", 25_000),
        ("12 Tsd.", 12_000),
        ("3,5 Millionen", 3_500_000),
        ("двадцять п’ять тисяч", 25_000),
        ("15 тис.", 15_000),
    ];
    for (written, want) in table {
        let read = find(written);
        assert_eq!(read.first().map(|quantity| quantity.value), Some(want), "{written}");
        assert_eq!(read.len(), 1, "{written}");
    }
}

#[test]
fn ranges_are_one_quantity() {
    for (written, low, value) in [
        ("5 až 7 tisíc", 5_000, 7_000),
        ("mezi 5 a 7 tisíci", 5_000, 7_000),
        ("od tří do osmi tisíc", 3_000, 8_000),
        ("5 000–7 500", 5_000, 7_500),
        ("10 000 až 12 000", 10_000, 12_000),
        ("od 3 000 obyvatel do 8 000", 3_000, 8_000),
        ("between 5,000 and 7,000", 5_000, 7_000),
    ] {
        let read = find(written);
        assert_eq!(read.iter().map(|quantity| (quantity.low, quantity.value)).collect::<Vec<_>>(), [(Some(low), value)], "{written}");
    }
}

#[test]
fn what_bounds_a_quantity_stands_beside_it() {
    use Qualifier::{About, AtLeast, AtMost, LessThan, MoreThan};
    for (written, want, words) in [
        ("do dvou tisíc obyvatel", AtMost, "do"),
        ("méně než 5 000 lidí", LessThan, "méně než"),
        ("více než čtyřmi tisíci obyvatel", MoreThan, "více než"),
        ("přibližně 300 osob", About, "přibližně"),
        ("alespoň 2 000", AtLeast, "alespoň"),
        ("10 000 a více obyvatel", AtLeast, "a více"),
        ("up to five thousand", AtMost, "up to"),
        ("ponad 12 tys. mieszkańców", MoreThan, "ponad"),
        ("etwa 20.000 Einwohner", About, "etwa"),
        ("понад 15 тис. мешканців", MoreThan, "понад"),
        ("cca. 500", About, "cca"),
    ] {
        let read = find(written);
        let (qualifier, range) = read[0].qualifier.clone().unwrap_or_else(|| panic!("{written}"));
        assert_eq!((qualifier, written[range].trim_end_matches('.')), (want, words), "{written}");
    }
    assert_eq!(find("město 3 000 obyvatel")[0].qualifier, None);
}

#[test]
fn ranges_are_bytes_of_the_source() {
    let text = "Straße – do „dvou tisíc“ obyvatel";
    assert_eq!(&text[find(text)[0].range.clone()], "dvou tisíc");
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "[0-9 .,ab–a-zříětisíc\\-]{0,40}|\\PC{0,60}") {
        for found in find(&text) {
            proptest::prop_assert!(text.get(found.range).is_some());
        }
    }
}
