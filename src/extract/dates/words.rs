//! Month, weekday and label words of nine languages (cs, sk, pl, de, fr, it, hu, uk, en).
//!
//! All words are written folded: lower case, accents dropped, `ł` as `l`. Nominative, genitive and the
//! usual abbreviations stand side by side, because a page uses whichever its author typed.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents: `Září` and `ZÁŘÍ` both give `zari`.
pub fn fold(word: &str) -> String {
    word.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ł' { 'l' } else { c })
        .filter(|c| !is_combining_mark(*c))
        .collect()
}

const MONTHS: [&str; 12] = [
    "leden ledna led januar januara jan january styczen stycznia sty janner janvier janv gennaio gen sichen січень січня січ i",
    "unor unora uno februar februara feb february febr luty lutego lut feber fevrier fevr fev febbraio лютии лютого лют ii",
    "brezen brezna bre marec marca mar march marzec marz maerz mrz mars marzo marcius marc березень березня бер iii",
    "duben dubna dub april aprila apr kwiecien kwietnia kwi avril avr aprile aprilis квітень квітня квіт кві iv",
    "kveten kvetna kve maj maja may mai maggio mag majus травень травня трав v",
    "cerven cervna cer cvn jun juna june juni czerwiec czerwca cze juin giugno giu junius червень червня черв vi",
    "cervenec cervence cvc jul jula july juli lipiec lipca lip juillet juil luglio lug julius липень липня лип vii",
    "srpen srpna srp august augusta aug sierpien sierpnia sie aout agosto ago augusztus серпень серпня серп viii",
    "zari zar september septembra sep sept wrzesien wrzesnia wrz septembre settembre set szeptember szept вересень вересня вер ix",
    "rijen rijna rij oktober oktobra okt october oct pazdziernik pazdziernika paz octobre ottobre ott жовтень жовтня жовт x",
    "listopad listopadu lis listopada november novembra nov novembre листопад листопада лист xi",
    "prosinec prosince pro december decembra dec grudzien grudnia gru dezember dez decembre dicembre dic грудень грудня груд xii",
];

const WEEKDAYS: &str = "pondeli utery streda ctvrtek patek sobota nedele po ut st ct pa so ne \
    pondelok utorok stvrtok piatok nedela pon stv pia \
    poniedzialek wtorek sroda czwartek piatek niedziela wt sr czw pt niedz \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa \
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim \
    lunedi martedi mercoledi giovedi venerdi sabato domenica gio sab dom \
    hetfo kedd szerda csutortok pentek szombat vasarnap \
    понеділок вівторок середа четвер пятниця субота неділя пн вт ср чт пт сб нд \
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun";

/// Words that announce the day of publication.
const PUBLISHED: &str = "datum date data дата published publish posted post publication on of the dne ze vydano vlozeno zverejneno \
    zverejnene zverejneni publikovano publikovane publikacia publikovania publikace pridano pridane uverejneno uverejnene uverejnenia \
    vyveseno vyvesene vyveseni vytvoreno vystaveno vlozene vydani vydane napisane aktuality novinka \
    opublikowano opublikowane opublikowana dodano dodane publikacji utworzono dnia z wpisu zamieszczono \
    veroffentlicht veroffentlichung erschienen erstellt eingestellt vom am den der \
    publie publiee publication le mis en ligne du pubblicato pubblicata pubblicazione il inserito del \
    kozzeteve kozzetetel datuma megjelent letrehozva keltezes опубліковано опублікована публікації додано створено від";

/// Words that announce another day: never the publication.
const UPDATED: &str = "aktualizovano aktualizace aktualizovane aktualizacia posledni posledna zmena zmeneno upraveno uprava updated update \
    modified last edited aktualisiert aktualisierung geandert stand zuletzt letzte modifie modifiee mise a jour maj aggiornato \
    ultimo aggiornamento zaktualizowano aktualizacja ostatnia zmodyfikowano modositva frissitve utolso оновлено редаговано";

/// Words that open a remark after the date: author, source, counter, section.
const REMARK: &str = "autor autorka author authors by od napsal napsala vlozil vlozila pridal pridala zdroj zdroje source quelle fonte zrodlo forras \
    von verfasser par auteur autore di szerzo irta автор джерело zobrazeno zobrazene zobrazeni precteno precitane videno navstev \
    views viewed hits read reads odslon wyswietlen wyswietlenia aufrufe gelesen vues letture megtekintes переглядів перегляди \
    kategorie kategoria kategorii category categories rubrika rubriky sekce section rubryka kategoria dzial kategorien rubrik categorie \
    categoria категорія рубрика stitky tags tagy komentaru komentar komentare komentarzy komentarze comments comment kommentare \
    aktualizovano aktualizace aktualizovane aktualizacia upraveno uprava updated update modified zmena zmeneno posledni posledna last \
    aktualisiert modifie modifiee aggiornato zaktualizowano aktualizacja modositva frissitve оновлено sejmuto zvesene svesene zveseno \
    id cislo tisk print r roku р року г";

/// Words between a day and its clock time.
const BEFORE_TIME: &str = "v ve o um at a alle ore kl godz о t h";
/// Units after a clock time.
const AFTER_TIME: &str = "hod h hodin uhr am pm cet cest utc gmt z godz год";
/// Words of a range.
const UNTIL: &str = "az to do bis au al until till through po и і and und et e i";
/// Words between the day and the month, or the month and the year.
const LINKING: &str = "de of di del d";
/// Ordinal endings written onto the day.
const ORDINAL: &str = "st nd rd th er e";

/// What a word can mean; a word may mean several things (`maj` is a month and "updated").
#[derive(Clone, Copy, Default)]
struct Meaning {
    month: Option<u32>,
    roles: u16,
}

const ROLES: [&str; 9] = [WEEKDAYS, PUBLISHED, UPDATED, REMARK, BEFORE_TIME, AFTER_TIME, UNTIL, LINKING, ORDINAL];

/// The lists above by word, built once.
fn meaning(word: &str) -> Meaning {
    static LEXICON: OnceLock<HashMap<&'static str, Meaning>> = OnceLock::new();
    let lexicon = LEXICON.get_or_init(|| {
        let mut lexicon: HashMap<&'static str, Meaning> = HashMap::new();
        for (number, names) in (1..).zip(MONTHS) {
            for name in names.split_ascii_whitespace() {
                lexicon.entry(name).or_default().month.get_or_insert(number);
            }
        }
        for (role, list) in ROLES.iter().enumerate() {
            for word in list.split_ascii_whitespace() {
                lexicon.entry(word).or_default().roles |= 1 << role;
            }
        }
        lexicon
    });
    lexicon.get(word).copied().unwrap_or_default()
}

fn plays(word: &str, role: usize) -> bool {
    meaning(word).roles & (1 << role) != 0
}

/// Number of the month that `folded` names.
pub fn month(folded: &str) -> Option<u32> {
    meaning(folded).month
}

pub fn is_weekday(folded: &str) -> bool {
    plays(folded, 0)
}

pub fn is_published_label(folded: &str) -> bool {
    plays(folded, 1)
}

pub fn is_updated_label(folded: &str) -> bool {
    plays(folded, 2)
}

pub fn opens_remark(folded: &str) -> bool {
    plays(folded, 3)
}

pub fn precedes_time(folded: &str) -> bool {
    plays(folded, 4)
}

pub fn follows_time(folded: &str) -> bool {
    plays(folded, 5)
}

pub fn means_until(folded: &str) -> bool {
    plays(folded, 6)
}

pub fn links_parts(folded: &str) -> bool {
    plays(folded, 7)
}

pub fn is_ordinal_ending(folded: &str) -> bool {
    plays(folded, 8)
}
