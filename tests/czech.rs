//! The Czech analyzer against its reference, an outside judge, and any text at all.
//!
//! The reference table was computed by `data/analyze.py`, so the two implementations must say the same of every word.
//! The judge is a treebank of the Universal Dependencies, read from the shared folder: it is not part of this repository.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::house::check_sums;
use proptest::prelude::*;
use twindex::search::czech::{
    Lang, Reader, Side, analyze_query, analyze_text, derivations, explain, fold, is_stop, lemmas, lemmas_of_folded,
};
use unicode_normalization::UnicodeNormalization;

const REFERENCE: &str = include_str!("../src/search/czech/data/reference.tsv");

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    REFERENCE.lines().map(|line| line.split('\t').collect::<Vec<_>>().try_into().expect("four columns"))
}

#[test]
fn equals_the_reference_on_every_word() {
    let mut words = 0;
    for [word, accented, bare, family] in rows() {
        words += 1;
        let found = lemmas(word);
        assert_eq!(found.join(","), accented, "lemmas of {word}");
        assert_eq!(lemmas_of_folded(word).join(","), bare, "folded lemmas of {word}");
        let linked: BTreeSet<String> = found.iter().flat_map(|lemma| derivations(&fold(lemma))).collect();
        assert_eq!(linked.into_iter().collect::<Vec<_>>().join(","), family, "derivations of {word}");
    }
    assert!(words > 5000, "{words} words");
}

#[test]
fn the_data_is_the_data_of_the_sums_file_and_within_its_size() {
    let bytes = check_sums("src/search/czech/data");
    assert!((1_000_000..=4_500_000).contains(&bytes), "{bytes} bytes");
}

#[test]
fn a_query_meets_the_text_with_and_without_its_diacritics() {
    let (mut known, mut met) = (0, 0);
    for [word, ..] in rows() {
        let text = analyze_text(word, Lang::Cs).remove(0);
        let asked = |query: &str| analyze_query(query, Lang::Cs).remove(0).lemmas;
        if fold(word) == word {
            continue;
        }
        assert_eq!(asked(word), text.lemmas, "{word} as written");
        if text.known {
            known += 1;
            met += usize::from(asked(&fold(word)).iter().any(|lemma| text.lemmas.contains(lemma)));
        }
    }
    eprintln!("czech: {met} of {known} words of the reference are found when typed without diacritics");
    assert!(known > 500 && met * 100 >= known * 98, "{met} of {known}");
}

#[test]
fn a_bare_word_beside_an_accented_one_is_read_both_ways() {
    let shared = |query: &str, text: &str| {
        let asked = analyze_query(query, Lang::Cs).remove(1).lemmas;
        analyze_text(text, Lang::Cs).remove(0).lemmas.iter().any(|lemma| asked.contains(lemma))
    };
    for (bare, written) in [("penez", "peněz"), ("prilezitosti", "příležitosti"), ("stredisku", "středisku")] {
        assert!(shared(&format!("škola {bare}"), written), "{bare} for {written}");
    }
}

#[test]
fn a_country_and_its_adjective_share_a_link() {
    let link = |word: &str| analyze_text(word, Lang::Cs).remove(0).derivations;
    assert_eq!(link("Litvou"), ["litevsky"]);
    for (name, adjective) in
        [("Kolumbii", "kolumbijský"), ("Brna", "brněnské"), ("Korejí", "korejských"), ("Alsaskem", "alsaských"), ("sportem", "sportovní")]
    {
        assert!(link(name).iter().any(|key| link(adjective).contains(key)), "{name} and {adjective}");
    }
    assert!(link("litevských").contains(&"litevsky".to_owned()));
    for (one, other) in [("Peru", "perských"), ("kuchyně", "kuchařský"), ("ředitel", "ředění"), ("automobil", "mobilní")] {
        assert!(!link(one).iter().any(|key| link(other).contains(key)), "{one} is no kin of {other}");
    }
    assert!(link("turistiky").contains(&"turisticky".to_owned()));
    assert!(link("1968").is_empty(), "a year is no name");
    assert!(link("Brzeżany")[0].ends_with("sky"), "a name no list has gets the adjective it would have");
}

#[test]
fn a_calling_a_deed_and_a_compound_link_to_their_family() {
    let linked = |one: &str, other: &str| {
        let terms = |word: &str| analyze_text(word, Lang::Cs).remove(0).derivations;
        terms(one).iter().any(|key| terms(other).contains(key))
    };
    for (one, other) in [
        ("hudebníci", "hudby"),
        ("sportovec", "sportem"),
        ("tenistky", "tenisový"),
        ("učitelka", "učitelských"),
        ("Kanaďané", "kanadské"),
        ("čeština", "českého"),
        ("agroturistiku", "turistický"),
        ("cyklostezky", "cyklistického"),
        ("archiváři", "archivní"),
        ("zastupitelstvu", "zastupitelé"),
        ("pěstují", "pěstování"),
        ("doporučí", "doporučením"),
        ("Andorrou", "andorrských"),
        ("Peru", "peruánské"),
        ("Čechách", "českou"),
    ] {
        assert!(linked(one, other), "{one} and {other}");
    }
}

#[test]
fn tokens_tell_what_they_are() {
    let tokens = analyze_text("Obyvatelé Frýdku-Místku nespěchali.", Lang::Cs);
    let surfaces: Vec<_> = tokens.iter().map(|token| token.surface.as_str()).collect();
    assert_eq!(surfaces, ["obyvatelé", "frýdku", "místku", "nespěchali"]);
    assert_eq!(tokens.iter().map(|token| token.position).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(tokens.iter().map(|token| token.capitalised).collect::<Vec<_>>(), [true, true, true, false]);
    assert_eq!(tokens[3].lemmas, ["spechat"]);
    assert_eq!(tokens[3].name, None, "a known word in lowercase is no name");
    assert!(tokens[1].name.is_some());
    assert!(analyze_query("nespěchali", Lang::Cs)[0].name.is_some(), "in a query anything may be a name");
}

#[test]
fn explains_with_accents() {
    let word = explain("Řek teklo mnoho", Lang::Cs).next().unwrap();
    assert_eq!((word.word.as_str(), word.folded.as_str()), ("Řek", "rek"));
    assert!(word.lemmas.contains(&"řeka".to_owned()) || word.lemmas.contains(&"řek".to_owned()), "{:?}", word.lemmas);
    assert!(is_stop("který") && is_stop("ktery") && !is_stop("článek") && !is_stop("strana"));
}

#[test]
fn other_languages_have_their_own_chains() {
    let lemma = |word: &str, lang| analyze_text(word, lang).remove(0).lemmas;
    assert_eq!(lemma("partnerships", Lang::En), lemma("partnership", Lang::En));
    assert_eq!(lemma("Łódź", Lang::Other), ["lodz"]);
    let slovak = lemma("mestách", Lang::Sk);
    assert_eq!(slovak[0], lemma("mesto", Lang::Sk)[0]);
    let czech = analyze_query("města", Lang::Cs).remove(0).lemmas;
    assert!(lemma("mesta", Lang::Sk).iter().any(|term| czech.contains(term)), "a Czech query finds the Slovak word");
}

/// Case forms of towns beside their nominatives: what a reader types, what stands in a notice.
const TOWNS: &str = "Berounem Beroun;Vsetína Vsetín;Kyjově Kyjov;Bučou Buča;Užhorodu Užhorod;Ivano Ivano;Rachova Rachov;Chusti Chust;Koločavě Koločava;\
    Mukačevem Mukačevo;Rize Riga;Tartuem Tartu;Vilniusu Vilnius;Narvě Narva;Bardejova Bardejov;Trenčíně Trenčín;Skalici Skalica;Senci Senec;\
    Krosnem Krosno;Opolí Opole;Lublani Lublaň;Mariboru Maribor;Osijeku Osijek;Banja Banja;Mostaru Mostar;Sofií Sofie;Varnou Varna;Kluži Kluž;\
    Pirny Pirna;Görlitzem Görlitz;Drážďanech Drážďany;Pasova Pasov;Lince Linec;Vídní Vídeň;Kremže Kremže;Litoměřic Litoměřice;Sušicích Sušice;\
    Teplic Teplice;Žatci Žatec;Hradce Hradec;Písku Písek;Mostě Most;Chebem Cheb;Kadaně Kadaň;Plzní Plzeň;Brně Brno;Dobrušce Dobruška;\
    Vysokém Vysoké;Hluboké Hluboká;Deštným Deštné;Poličce Polička;Telči Telč;Třebíče Třebíč;Přerově Přerov;Vyškova Vyškov";

#[test]
fn names_of_towns_meet_their_case_forms() {
    let met = |query: &str, form: &str| {
        let asked = analyze_query(query, Lang::Cs).remove(0);
        let text = analyze_text(form, Lang::Cs).remove(0);
        asked.lemmas.iter().any(|lemma| text.lemmas.contains(lemma)) || asked.name == text.name
    };
    let (mut pairs, mut kept) = (0, 0);
    for (form, nominative) in TOWNS.split(';').filter_map(|pair| pair.split_once(' ')) {
        let typed = [nominative.to_owned(), nominative.to_lowercase(), fold(&nominative.to_lowercase())];
        let missed: Vec<&String> = typed.iter().filter(|query| !met(query, form)).collect();
        if !missed.is_empty() {
            eprintln!("czech: {missed:?} do not find {form}");
        }
        pairs += 1;
        kept += usize::from(missed.is_empty());
    }
    eprintln!("czech: {kept} of {pairs} towns find their case form, as written, in small letters and without diacritics");
    assert!(pairs > 50 && kept * 100 >= pairs * 96, "{kept} of {pairs}");
}

proptest! {
    #[test]
    fn any_text_gives_tokens_on_character_boundaries(text in any::<String>(), query in any::<bool>()) {
        let side = if query { Side::Query } else { Side::Text };
        for lang in [Lang::Cs, Lang::Sk, Lang::En, Lang::Other] {
            let mut end = 0;
            let tokens: Vec<_> = Reader::new(&text, lang, side).collect();
            for (position, token) in tokens.iter().enumerate() {
                prop_assert!(token.start >= end && token.end > token.start);
                prop_assert!(text.get(token.start..token.end).is_some());
                prop_assert_eq!(token.position, position);
                prop_assert!(!token.lemmas.is_empty());
                end = token.end;
            }
            prop_assert_eq!(&tokens, &Reader::new(&text, lang, side).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_lending_reader_says_what_a_fresh_one_says(words in prop::collection::vec("[a-zá-ž]{1,12}|[A-ZÁ-Ž]{1,3}[a-zá-ž]{0,9}|[0-9]{1,4}", 0..20)) {
        let text = words.join(" ");
        for token in analyze_text(&text, Lang::Cs) {
            let alone = analyze_text(&text[token.start..token.end], Lang::Cs).remove(0);
            prop_assert_eq!((&token.lemmas, &token.derivations, &token.name, token.known), (&alone.lemmas, &alone.derivations, &alone.name, alone.known));
        }
    }

    #[test]
    fn the_normal_form_of_a_text_does_not_matter(words in prop::collection::vec("[a-zá-žÁ-Ž]{1,9}", 0..9)) {
        let composed: String = words.join(" ").nfc().collect();
        let apart: String = composed.nfd().collect();
        let terms = |text: &str| analyze_text(text, Lang::Cs).into_iter().map(|token| (token.surface, token.lemmas)).collect::<Vec<_>>();
        prop_assert_eq!(terms(&composed), terms(&apart));
    }
}

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("TWINDEX_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Pairs of types that share a term, against those that share a lemma of the treebank: F1, and F1 of the proper names.
fn conflation(
    gold: &HashMap<String, (HashSet<String>, String)>,
    index: impl Fn(&str) -> Vec<String>,
    query: impl Fn(&str) -> Vec<String>,
    itself: bool,
) -> (f64, f64) {
    let mut by_term: HashMap<String, HashSet<&str>> = HashMap::new();
    let mut by_lemma: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (word, (lemmas, _)) in gold {
        for term in index(word) {
            by_term.entry(term).or_default().insert(word);
        }
        for lemma in lemmas {
            by_lemma.entry(lemma).or_default().insert(word);
        }
    }
    let (mut all, mut names) = ([0.0; 3], [0.0; 3]);
    for (word, (lemmas, kind)) in gold {
        let union = |sets: Vec<&HashSet<&str>>| -> HashSet<String> {
            sets.into_iter().flatten().filter(|other| itself || *other != word).map(|&w| w.to_owned()).collect()
        };
        let found = union(query(word).iter().filter_map(|term| by_term.get(term)).collect());
        let right = union(lemmas.iter().map(|lemma| &by_lemma[lemma.as_str()]).collect());
        let row = [found.intersection(&right).count(), found.len(), right.len()].map(|n| n as f64);
        for sums in [Some(&mut all), (kind == "PROPN").then_some(&mut names)].into_iter().flatten() {
            sums.iter_mut().zip(row).for_each(|(sum, n)| *sum += n);
        }
    }
    let f1 = |[both, found, right]: [f64; 3]| 2.0 * both / (found + right);
    (f1(all), f1(names))
}

#[test]
fn conflates_the_forms_of_a_lemma_like_a_treebank() {
    let Some(file) = shared().map(|folder| folder.join("czech/treebank-dev.tsv")).filter(|file| file.is_file()) else {
        eprintln!("czech: no treebank here, conflation not judged");
        return;
    };
    let mut gold: HashMap<String, (HashSet<String>, String)> = HashMap::new();
    let mut most: HashMap<String, usize> = HashMap::new();
    for line in std::fs::read_to_string(file).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let [form, lemma, kind, count] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        // One word to the judge, two to a search: dojde-li.
        if !form.chars().all(char::is_alphabetic) || form.chars().count() < 2 {
            continue;
        }
        let count: usize = count.parse().unwrap();
        let entry = gold.entry(form.to_owned()).or_default();
        entry.0.insert(lemma.to_lowercase());
        if count > most.get(form).copied().unwrap_or(0) {
            most.insert(form.to_owned(), count);
            kind.clone_into(&mut entry.1);
        }
    }
    let text = |word: &str| analyze_text(word, Lang::Cs).remove(0).lemmas;
    let typed = |word: &str| analyze_query(&fold(word), Lang::Cs).remove(0).lemmas;
    let (accents, names) = conflation(&gold, lemmas, lemmas, false);
    let (folded, _) = conflation(&gold, text, text, false);
    let (bare, _) = conflation(&gold, text, typed, true);
    eprintln!(
        "czech: conflation F1 {accents:.4} with accents, names {names:.4}, as indexed {folded:.4}, typed without diacritics {bare:.4}"
    );
    assert!(accents >= 0.990 && names >= 0.98 && folded >= 0.9885 && bare >= 0.987, "{accents} {names} {folded} {bare}");
}
