//! The words by which sites in central Europe name what is not the text: related lists, tools, meta lines.
//!
//! All folded (lower case, no diacritics) and matched at the start of a short line. Czech, Slovak, Polish,
//! German, English, French, Hungarian, Ukrainian. No site is named here, only the usual words.

use super::words::{fold, is_one};

/// Headings of lists of other pages.
const ELSEWHERE: &str = "souvisejici|podobne|mohlo by vas zajimat|mohlo by vas take|dalsi clanky|dalsi aktuality|dalsi zpravy|dalsi novinky|\
    ctete take|ctete dale|prectete si|nejctenejsi|nejnovejsi|posledni clanky|posledni aktuality|suvisiace|\
    mohlo by vas zaujimat|dalsie clanky|najcitanejsie|podobne clanky|related|you may also|you might also|more news|\
    more from|more articles|read also|read next|see also|latest news|recent posts|most read|powiazane|zobacz takze|\
    zobacz rowniez|podobne artykuly|czytaj tez|czytaj takze|pozostale aktualnosci|ahnliche|das konnte|weitere beitrage|\
    weitere meldungen|weitere nachrichten|articles lies|a lire aussi|kapcsolodo|схожі|\
    читаите також|інші новини|останні новини|більше новин|повязані новини|tovabbi hirek|hasonlo hirek|legfrissebb hirek|\
    ajanlott cikkek|dans la meme rubrique|sur le meme sujet|articles recents|voir aussi|lire aussi|lire egalement|\
    najnowsze wpisy|inne aktualnosci|dalsie spravy|precitajte si tiez";

/// Headings of what visitors say or are asked, and of other services of the site.
const OTHERS: &str = "komentare|diskuse|diskuze|pridat komentar|vase komentare|anketa|kalendar|novinky e-mailem|comments|leave a|newsletter|\
    komentarze|kommentare|stitky|napsat komentar|zanechat komentar|pridejte komentar|napiste komentar|komentar|\
    add comment|add a comment|post a comment|write a comment|reply|pridat koment|dodaj komentarz|skomentuj|kommentar schreiben|\
    o autorovi|o autorce|o autorech|o autorze|about the author|uber den autor|uber die autorin|a propos de l|\
    коментарі|залишити коментар|додати коментар|опитування|hozzaszolasok|szolj hozza|hirlevel|szavazas|commentaires|\
    laisser un commentaire|reactions|sondage|lettre d information|lettre d'information";

/// Headings of lists of files.
const DOWNLOADS: &str = "ke stazeni|soubory ke stazeni|soubory|prilohy|priloha|dokumenty|prilozene|pripojene|na stiahnutie|subory|download|\
    attachment|attached|files|documents|related files|zalaczniki|zalacznik|do pobrania|pliki|anhang|dateien|a telecharger|\
    fichiers|letoltheto|додатки|\
    прикріплені|вкладення|документи|фаили|завантажити|csatolmany|csatolmanyok|csatolt|melleklet|mellekletek|dokumentumok|\
    fajlok|pieces jointes|piece jointe|documents joints|telechargements|materialy|zum herunterladen|dokumente|anlagen|\
    subory na stiahnutie";

/// Starts of lines about the page itself.
const META: &str = "autor|author|text:|foto:|photo:|zdroj:|source:|napsal|vlozil|zverejnil|publikoval|written by|posted by|posted on|\
    posted in|published|publikovano|publikovane|zverejneno|zverejnene|vydano|vlozeno|vytvoreno|vytvorene|dne:|aktualizovano|\
    aktualizacia|aktualizovane|posledni aktualizace|posledni zmena|naposledy|zmeneno|last updated|last modified|updated|\
    modified|stitky|stitek|tagy|tags|tagi|znacky|kategorie|kategoria|category|categories|rubrika|sekce:|precteno|zobrazeno|\
    zobrazene|pocet zobrazeni|pocet navstev|pocet pristupu|pocet precteni|navstevy|views|evidencni cislo|cislo jednaci|c. j.|c.j.|spisova znacka|reference|ref.|aktenzeichen|\
    znak sprawy|vytisteno|printed|schlagworte|precitane|prectene|odslony|odslon|wyswietlen|hits|aufrufe|zugriffe|min cteni|min read|\
    doba cteni|reading time|citanie|opublikowano|data publikacji|veroffentlicht|erstellt|geandert|zamieszczono|dodano|\
    utworzono|ostatnia zmiana|poprawiono|mise a jour|publie|megjelent|za obsah odpovida|za stranku odpovida|za obsah zodpovida|za obsah zodpoveda|posledni uprava|upraveno|posledni revize|datum:|datum vlozeni|datum zverejneni|datum vydania|stav ke dni|tag:|temata:|klicova slova|\
    опубліковано|оновлено|змінено|переглядів|кількість переглядів|рубрика|категорія|теги|мітки|автор:|джерело:|letrehozva|\
    kozzeteve|modositva|frissitve|utolso modositas|megtekintes|megtekintesek|olvasva|rovat:|kategoria:|cimkek|szerzo:|irta:|\
    forras:|publie le|mis a jour|ecrit par|auteur :|source :|rubrique|mots-cles|etiquettes|temps de lecture|wyswietlono|\
    wytworzyl|opublikowal|liczba wyswietlen|erstellt von|eingestellt|zuletzt";

/// Words of buttons and of ways back.
const TOOLS: &str = "sdilet|sdileni|sdilejte|zdielat|share|teilen|udostepnij|partager|tweet|facebook|twitter|linkedin|whatsapp|vytisknout|\
    vytiskni|tisk|tisknout|tlacit|print|drucken|drukuj|imprimer|poslat|odeslat|e-mail|email|kopirovat|copy link|zpet|spat|\
    back|zuruck|powrot|retour|nahoru|top of page|hore|mensi pismo|vetsi pismo|zmensit|zvetsit|smaller font|larger font|\
    velikost pisma|reklama|inzerce|inzercia|anzeige|werbung|advertisement|publicite|hirdetes|реклама|predchozi|nasledujici|previous|next|rss|cely clanek|\
    поділитися|поширити|роздрукувати|друкувати|версія для друку|назад|повернутися|на початок|вгору|попередня|наступна|\
    nyomtatas|nyomtathato|megosztas|ossza meg|vissza|elozo|kovetkezo|lap tetejere|envoyer|haut de page|precedent|suivant|\
    ecouter|wersja do druku|polec|wstecz|do gory|poprzedni|nastepny|seite drucken|weiterempfehlen|vorlesen|nach oben";

/// Words of an office that signs.
const OFFICE: &str = "oddeleni|odbor|sekce|kancelar|usek|redakce|redaktor|redaktorka|tiskove|tiskovy|tiskova|mluvci|odd.|sekretariat|urad|\
    department|office|press|editor|editorial|webmaster|administrator|admin|redakcia|oddelenie|redakcja|redaktion|\
    pressestelle";

/// Academic degrees before or after a name.
const DEGREES: &str = "ing|mgr|bc|judr|phdr|mudr|rndr|paeddr|mvdr|doc|prof|phd|mba|dis|csc|dr|dipl|mga";

pub fn names_elsewhere(line: &str) -> bool {
    starts(line, ELSEWHERE)
}

pub fn names_others(line: &str) -> bool {
    // "2 comments": the count may come first.
    starts(line.trim_start_matches(|char: char| !char.is_alphabetic()), OTHERS)
}

pub fn names_downloads(line: &str) -> bool {
    starts(line, DOWNLOADS)
}

pub fn names_meta(line: &str) -> bool {
    starts(line, META)
}

pub fn names_tool(line: &str) -> bool {
    starts(line, TOOLS)
}

/// A word of an office stands in the line, or a degree before a name.
pub fn signs(line: &str) -> bool {
    let folded = fold(line);
    let mut words = folded.split([' ', ',', '(', ')']).filter(|word| !word.is_empty());
    words.any(|word| is_one(word, OFFICE) || is_one(word.trim_end_matches('.'), DEGREES))
}

/// A label at the start of the line, ended by its own end or by anything that is no letter.
fn starts(line: &str, labels: &str) -> bool {
    let folded = fold(line);
    let line = folded.trim_start_matches(|char: char| !char.is_alphanumeric());
    labels.split('|').any(|label| {
        line.strip_prefix(label).is_some_and(|rest| label.ends_with([':', '.']) || !rest.starts_with(|char: char| char.is_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_whole_words() {
        assert!(names_meta("Autor: K. Novák") && !names_meta("Autorka knihy přijede"));
        assert!(names_elsewhere("Související články") && names_elsewhere("» Related posts"));
        assert!(names_downloads("Přílohy (2)") && !names_downloads("Přílohou dopisu je mapa"));
        assert!(signs("Ing. Eva Dubová") && signs("redakce") && !signs("Redakčně zpracované odpovědi"));
    }
}
