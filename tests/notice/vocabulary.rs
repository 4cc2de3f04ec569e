//! What the words of the data files mean in a whole notice: acts of seeking in any form, lands, lists, languages.

use serde_json::json;
use twindex::notice::{Notice, read, score_candidates};
use twindex::record::{Facts, Kind, Theme};

fn facts(title: &str, summary: &str) -> Facts {
    read(&Notice { title, summary: Some(summary), published: "2015-05-05".parse().ok(), ..Notice::default() })
}

/// A verb of seeking seeks in the infinitive as it does in the present.
#[test]
fn acts_of_seeking_in_any_form() {
    let table = [
        ("Saská Kamenz se rozhodla hledat partnera", "Kamenz by si přála protějšek v severních Čechách."),
        ("Dvě obce a jedno přání", "Italské obce Barga a Bagnone se rozhodly společně hledat partnera v Česku."),
        ("Town of Bakewell in search of a partner", "Bakewell would like to be twinned with a Czech town."),
    ];
    for (title, summary) in table {
        assert_eq!(facts(title, summary).kind, Some(Kind::PartnerSearch), "{title}");
    }
}

/// No row has `sblížit se`: the words together say what it is, and `--why` tells which.
#[test]
fn words_that_no_row_has_make_a_search() {
    let notice = Notice {
        title: "Psaní od řeky Mtkvari",
        summary: Some("Gruzínské lázeňské město Bordžomi by se chtělo sblížit s některým z českých lázeňských měst."),
        published: "2015-05-05".parse().ok(),
        ..Notice::default()
    };
    assert_eq!(read(&notice).kind, Some(Kind::PartnerSearch));
    let scored = score_candidates(&notice);
    let kind = scored.iter().find(|candidate| candidate.decision == "kind").expect("every notice has a kind");
    assert!(kind.features.iter().any(|share| share.feature == "word lazen" && share.adds > 0.0), "{:?}", kind.features);
    // A name is no word: whoever seeks, it is a search.
    assert!(!kind.words.contains(&"word bordz".to_owned()), "{:?}", kind.words);
}

/// A row with phrases has one or the other.
#[test]
fn phrases_stand_for_each_other() {
    let table = [
        ("Einladung zum Sommerfest", "Wir laden alle Freunde herzlich zum Fest am 3. Juli ein.", Kind::Event),
        ("Before you twin", "Ten questions to ask before the first letter.", Kind::Guide),
        ("Wegweiser", "Ein Leitfaden für Gemeinden: wie man eine Partnerstadt findet.", Kind::Guide),
    ];
    for (title, summary, kind) in table {
        assert_eq!(facts(title, summary).kind, Some(kind), "{title}");
    }
}

#[test]
fn lands_and_quarters_stand_for_their_country() {
    let table = [
        ("Severošpanělská obec Frías hledá partnera", "Obec Frías má zájem o spolupráci s českou obcí.", "ES"),
        ("Pikardské město Péronne hledá partnera", "Rádo by se spřátelilo s českým městem.", "FR"),
        ("Zpráva z cesty", "Delegace města pobývala tři dny v Akvitánii.", "FR"),
        ("Zpráva z cesty", "Hosté z Korutan poznali naše muzeum.", "AT"),
    ];
    for (title, summary, country) in table {
        assert_eq!(facts(title, summary).countries, [country], "{title} {summary}");
    }
}

#[test]
fn countries_of_one_list_are_wanted_together() {
    let wanted = |title, summary| facts(title, summary).wanted.countries;
    let three = wanted("Obec Lhotka hledá partnera", "Obec Lhotka hledá partnera v Rakousku, ve Slovinsku nebo v Chorvatsku.");
    assert_eq!(three, ["AT", "SI", "HR"]);
    assert_eq!(wanted("Obec Sokolec hledá partnera na Slovensku", "O polskou obec zájem nemá."), ["SK"]);
    // A notice that asks for no partner wants none from anywhere.
    assert!(wanted("Dvacet let partnerství", "Maďarské město Tata slaví dvacet let partnerství s českým protějškem.").is_empty());
}

/// Folded, `хор` and `chór` are in many a Czech word.
#[test]
fn words_of_another_language_state_no_theme() {
    let themes = |summary| facts("Obec Lhotka hledá partnera", summary).themes;
    assert!(themes("Obec Lhotka hledá partnera u hor v Chorvatsku.").is_empty());
    assert_eq!(themes("Obec Lhotka má zájem o sport, kulturu a výměny žáků."), [Theme::Culture, Theme::Education, Theme::Sport]);
    let spoken = facts("Громада шукає партнера", "Громада шукає партнера, її цікавить хор і театр.");
    assert!(json!(spoken.themes).as_array().is_some_and(|themes| themes.contains(&json!("culture"))), "{:?}", spoken.themes);
}
