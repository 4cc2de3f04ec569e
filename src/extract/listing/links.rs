//! What a link is for: an entry's page, a document, a "more" link, or a tool of the listing.
//!
//! Only words that every such site uses ("read more", "next") and file endings are known here; no
//! class, no id, no address of a site.

use url::Url;

use super::outline::Outline;
use crate::extract::dates::fold;
use crate::extract::text::normalise;

const MORE: &str = "vice|cely clanek|cely text|cele zneni|cist dal|cist dale|cist vice|precist|precist vice|zobrazit|zobrazit vice|detail|\
    detail clanku|plny text|text clanku|vice informaci|vice zde|zde|pokracovat|pokracovat ve cteni|pokracovani|viac|citat viac|citat dalej|\
    cely clanok|viac informacii|more|read more|read|full text|full article|continue reading|details|learn more|find out more|see more|\
    weiterlesen|weiter lesen|mehr|mehr lesen|mehr erfahren|mehr dazu|zum artikel|lire la suite|lire plus|en savoir plus|voir plus|\
    leggi|leggi tutto|leggi di piu|continua|continua a leggere|approfondisci|czytaj|czytaj wiecej|czytaj dalej|wiecej|szczegoly|tovabb|\
    tovabb olvasom|bovebben|reszletek|olvass tovabb|opsirnije|procitaj vise|vise|saznaj vise|докладніше|детальніше|читати далі|далі|\
    читати|permalink|link|odkaz|otevrit|open";
const NEXT: &str = "dalsi|dalsi strana|dalsi stranka|dalsi clanky|dalsi zpravy|dalsi zaznamy|dalsi novinky|nasledujici|nasledujici strana|\
    nasledujici stranka|starsi|starsi clanky|starsi zpravy|starsi prispevky|starsi zaznamy|starsi novinky|vpred|dopredu|dalej|dalsia|dalsie|\
    dalsia strana|dalsie clanky|nasledujuca|nasledujuca strana|starsie|starsie clanky|next|next page|older|older posts|older entries|\
    older news|forward|weiter|nachste|nachste seite|altere|altere beitrage|altere meldungen|vor|suivant|suivante|page suivante|\
    plus anciens|articles plus anciens|successiva|successivo|avanti|pagina successiva|nastepna|nastepna strona|nastepne|starsze|\
    starsze wpisy|kovetkezo|kovetkezo oldal|regebbi|regebbi bejegyzesek|наступна|наступна сторінка|старіші|вперед|далі";
const LOAD_MORE: &str = "nacist dalsi|nacist vice|zobrazit dalsi|zobrazit starsi|ukazat dalsi|vice clanku|vice zprav|nacitat dalsie|\
    zobrazit dalsie|nacitat viac|load more|show more|view more|more news|more articles|mehr laden|mehr anzeigen|weitere laden|\
    weitere anzeigen|afficher plus|charger plus|voir plus|carica altri|mostra altri|zaladuj wiecej|pokaz wiecej|tovabbiak|tobb betoltese|\
    завантажити ще|показати ще|більше";
const BACK: &str = "predchozi|predesla|zpet|zpet na prvni stranu|novejsi|prvni|posledni|predchadzajuca|spat|novsie|prva|posledna|previous|prev|\
    back|newer|newer posts|first|last|zuruck|vorherige|neuere|erste|letzte|precedent|precedente|retour|premiere|derniere|indietro|prima|\
    ultima|poprzednia|wstecz|pierwsza|ostatnia|elozo|vissza|elso|utolso|попередня|назад|перша|остання|vse|all|strana|page";

/// What the words of a link say, apart from where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    Next,
    LoadMore,
    /// Back, first, last.
    OtherPage,
    /// A page number or a range of items.
    Number,
    More,
    Title,
    Empty,
}

/// Folded words of a text, marks dropped.
pub fn plain(text: &str) -> String {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

pub fn wording(text: &str) -> Wording {
    let text = normalise(text);
    let plain = plain(&text);
    // "Read more about" may go on with the whole title.
    let opens = |phrase: &str| phrase.contains(' ') && plain.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
    if text.chars().count() > 60 {
        let more = MORE.split('|').any(|phrase| opens(phrase) && !phrase.contains("informac"));
        return if more { Wording::More } else { Wording::Title };
    }
    let among = |list: &str| list.split('|').any(|phrase| phrase == plain);
    if plain.is_empty() {
        let forward = text.chars().any(|c| "»›>→⟩❯▶".contains(c));
        let back = text.chars().any(|c| "«‹<←⟨❮◀".contains(c));
        return if forward && !back {
            Wording::Next
        } else if text.is_empty() {
            Wording::Empty
        } else {
            Wording::OtherPage
        };
    }
    if plain.split(' ').all(|word| word.bytes().all(|byte| byte.is_ascii_digit())) && plain.len() <= 9 {
        return Wording::Number;
    }
    if among(NEXT) {
        Wording::Next
    } else if LOAD_MORE.split('|').any(|phrase| plain.starts_with(phrase)) {
        Wording::LoadMore
    } else if among(BACK) {
        Wording::OtherPage
    } else if among(MORE) || MORE.split('|').any(opens) {
        Wording::More
    } else {
        Wording::Title
    }
}

const DOCUMENTS: [&str; 17] =
    ["pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "odp", "zip", "rar", "7z", "csv", "txt", "epub"];
const NO_PAGES: [&str; 12] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "mp3", "mp4", "xml", "rss", "ics", "css"];

/// Ending of the last path segment, lower case.
fn ending(url: &Url) -> Option<String> {
    let name = url.path_segments()?.next_back()?;
    Some(name.rsplit_once('.')?.1.to_ascii_lowercase())
}

pub fn is_document(url: &Url) -> bool {
    ending(url).is_some_and(|ending| DOCUMENTS.contains(&ending.as_str()))
}

/// Addresses of one document: base for relative links, and the page's own.
pub struct Links<'a> {
    pub base: Url,
    pub page: &'a Url,
}

impl Links<'_> {
    /// Address of the link at `at`.
    pub fn resolve(&self, outline: &Outline, at: usize) -> Option<Url> {
        self.join(outline.attr(at, "href")?)
    }

    pub fn join(&self, href: &str) -> Option<Url> {
        let url = self.base.join(href.trim()).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    }

    /// Whether the link may lead to an entry's page: no document, no picture, not this page, not a tool.
    pub fn leads_to_page(&self, outline: &Outline, at: usize) -> Option<Url> {
        if outline.attr(at, "rel").is_some_and(|rel| has_word(rel, "nofollow") || has_word(rel, "tag")) {
            return None;
        }
        let mut url = self.resolve(outline, at)?;
        url.set_fragment(None);
        let page = !is_document(&url) && !ending(&url).is_some_and(|ending| NO_PAGES.contains(&ending.as_str()));
        (page && !self.is_here(&url)).then_some(url)
    }

    /// This very page, fragment and order of query aside.
    pub fn is_here(&self, url: &Url) -> bool {
        url.path() == self.page.path()
            && url.query().unwrap_or_default() == self.page.query().unwrap_or_default()
            && same_host(url, self.page)
    }
}

/// Hosts that differ by a leading `www.` or `ww.` are one.
pub fn same_host(a: &Url, b: &Url) -> bool {
    fn bare(url: &Url) -> &str {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").or_else(|| host.strip_prefix("ww.")).unwrap_or(host)
    }
    bare(a) == bare(b) && a.port_or_known_default() == b.port_or_known_default() || (bare(a) == bare(b) && a.scheme() != b.scheme())
}

pub fn has_word(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
}
