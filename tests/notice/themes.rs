//! Themes that a text states, and words of themes that state none.

use serde_json::json;
use twindex::record::Theme;

use super::facts;

fn themes(body: &str) -> Vec<Theme> {
    let title = "Slovinské město Ptuj hledá partnera v Česku";
    facts(&json!({ "title": title, "body": body, "published": "2014-03-03" })).themes
}

#[test]
fn what_is_wished_for_is_a_theme_and_what_is_there_is_none() {
    let table = [
        ("Ptuj by uvítal spolupráci v oblasti sportu, divadel a ochrany přírody.", vec![Theme::Culture, Theme::Sport, Theme::Environment]),
        ("Druhou oblastí, o které chce mluvit, je třídění odpadu.", vec![Theme::Waste]),
        ("Město leží u řeky a je známé divadlem.", vec![]),
        ("Dotazy vyřizuje odbor školství a kultury.", vec![]),
    ];
    for (body, want) in table {
        assert_eq!(themes(body), want, "{body}");
    }
}

#[test]
fn what_is_refused_is_no_theme_wherever_its_verb_stands() {
    let table = [
        ("Ptuj má zájem o spolupráci v kultuře, nikoli ve sportu.", vec![Theme::Culture]),
        ("Zajímá ho spolupráce v kultuře. O spolupráci ve sportu město nestojí.", vec![Theme::Culture]),
        ("Kromě spolupráce v kultuře má zájem o spolupráci ve sportu.", vec![Theme::Culture, Theme::Sport]),
        ("Má zájem o spolupráci v kultuře, ale kromě divadel.", vec![Theme::Culture]),
    ];
    for (body, want) in table {
        assert_eq!(themes(body), want, "{body}");
    }
}

#[test]
fn a_fund_of_four_countries_is_none_of_the_union() {
    let read = |summary: &str| facts(&json!({ "title": "Nová výzva", "summary": summary, "published": "2014-03-03" })).themes;
    assert!(!read("Visegrádský fond podpoří setkání obcí.").contains(&Theme::EuFunds));
    assert!(read("Evropská unie uhradí většinu nákladů projektu z programu Interreg.").contains(&Theme::EuFunds));
}

#[test]
fn the_noun_says_what_a_thing_is_and_an_address_says_nothing() {
    let table = [
        ("Ptuj by uvítal spolupráci v oblasti vinařské turistiky.", vec![Theme::Tourism]),
        ("Ptuj by uvítal spolupráci sborů dobrovolných hasičů a sportovců.", vec![Theme::Sport]),
        ("Ptuj nabízí spolupráci v oblasti sportu, pište na kultura@ptuj-obcina.example.", vec![Theme::Sport]),
    ];
    for (body, want) in table {
        assert_eq!(themes(body), want, "{body}");
    }
}

/// A phrase tells what its noun alone leaves open: whoever pays for a journey wants no transport.
#[test]
fn phrases_state_what_their_words_alone_do_not() {
    let table = [
        ("Ptuj by uvítal spolupráci v péči o hosty a v provozu vleků.", vec![Theme::Tourism]),
        ("Ptuj nabízí dětské pobyty u moře.", vec![Theme::Youth]),
        ("Ptuj má zájem o společné žádosti do přeshraničního fondu.", vec![Theme::EuFunds]),
        ("Ptuj by uvítal spolupráci v oblasti sportu. Dopravu si hradí hosté.", vec![Theme::Sport]),
    ];
    for (body, want) in table {
        assert_eq!(themes(body), want, "{body}");
    }
}
