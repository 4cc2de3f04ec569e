//! What the pages say, in Czech and in English, side by side; and how a day and a number are written in each.
//!
//! A text is a field, so that one that is missing in either language does not compile.

use jiff::Timestamp;
use jiff::civil::Date;

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    #[default]
    Czech,
    English,
}

macro_rules! words {
    ($($name:ident: $czech:literal, $english:literal;)+) => {
        pub struct Words { $(pub $name: &'static str,)+ }
        static CZECH: Words = Words { $($name: $czech,)+ };
        static ENGLISH: Words = Words { $($name: $english,)+ };
    };
}

words! {
    site: "Partnerství měst", "Town twinning";
    tagline: "archiv oznámení", "an archive of notices";
    skip: "Přejít k obsahu", "Skip to the content";
    search: "Hledat", "Search";
    places: "Místa", "Places";
    changes: "Změny", "Changes";
    about: "O archivu", "About";
    help: "Nápověda", "Help";
    main_menu: "Hlavní nabídka", "Main menu";
    other_language: "English", "Česky";
    box_label: "Co hledáte?", "What are you looking for?";
    box_example: "lázeňské město hledá partnera", "lázeňské město hledá partnera";
    intro: "Oznámení měst a obcí, které hledají partnera za hranicemi, jak je zveřejnily weby svazů, ve všech zněních. Pište, jak vás napadne: na tvaru slov ani diakritice nezáleží.",
        "Notices of municipalities that look for a partner abroad, as the sites of their unions published them, in every wording. Write in Czech as it comes: form and diacritics do not matter.";
    for_instance: "Například", "For instance";
    suggestions: "Návrhy", "Suggestions";
    more_options: "Další možnosti", "More options";
    from: "Vydáno od", "Published from";
    to: "do", "to";
    day_hint: "rok, měsíc nebo den: 2009, 2009-05, 31. 5. 2009", "a year, month or day: 2009, 2009-05, 2009-05-31";
    as_of: "Stav ke dni", "As of";
    as_of_hint: "jak web vypadal na konci toho dne", "as the site stood at the end of that day";
    any: "počítat i oznámení, která splňují jen část dotazu", "count notices that meet only a part of the query, too";
    literal: "slova nebrat jako data, velikosti ani země", "do not read dates, sizes or countries out of words";
    read_as: "Čteno jako", "Read as";
    keep_words: "hledat jako slova", "search as words";
    no_notice_has: "Žádné oznámení nemá", "No notice has";
    did_you_mean: "Neměli jste na mysli", "Did you mean";
    notices: "oznámení", "notices";
    notice: "oznámení", "notice";
    nothing: "Nic nenalezeno.", "Nothing found.";
    nothing_hint: "Zkuste méně slov, jiné slovo, nebo zrušte některé zúžení.", "Try fewer words, another word, or take a filter away.";
    none_whole: "Celému dotazu neodpovídá žádné oznámení.", "No notice meets the whole query.";
    partial_after: "splňuje jen část dotazu", "meet only a part of the query";
    part_only: "Splňují jen část dotazu", "Meet only a part of the query";
    lacks: "Chybí", "Lacks";
    narrow: "Zúžit", "Narrow";
    narrowed: "Zúženo na", "Narrowed to";
    take_away: "zrušit", "remove";
    all_away: "zrušit vše", "remove all";
    country: "Země", "Country";
    year: "Rok", "Year";
    kind: "Druh", "Kind";
    theme: "Téma", "Theme";
    wanted_in: "Hledá partnera v zemi", "Wants a partner in";
    place: "Místo", "Place";
    more: "další", "more";
    sort: "Řadit", "Sort";
    by_relevance: "podle shody", "by relevance";
    newest: "od nejnovějších", "newest first";
    oldest: "od nejstarších", "oldest first";
    by_place: "podle místa", "by place";
    by_size: "podle velikosti", "by size";
    list: "Seznam", "List";
    table: "Tabulka", "Table";
    timeline: "Časová osa", "Timeline";
    map: "Mapa", "Map";
    view: "Zobrazení", "View";
    previous: "Předchozí", "Previous";
    next: "Další", "Next";
    page: "Strana", "Page";
    of: "z", "of";
    undated: "bez data", "undated";
    gone: "zmizelo z webu", "gone from the site";
    summary: "Perex", "Summary";
    from_document: "z dokumentu", "from the document";
    title: "Název", "Title";
    date: "Datum", "Date";
    inhabitants: "Obyvatel", "Inhabitants";
    inhabitants_long: "obyvatel", "inhabitants";
    identifier: "Označení", "Identifier";
    columns: "Sloupce", "Columns";
    show: "Zobrazit", "Show";
    copy: "Kopírovat", "Copy";
    copied: "Zkopírováno", "Copied";
    copy_table: "Kopírovat tabulku", "Copy the table";
    download: "Stáhnout výsledky", "Download the results";
    follow: "Sledovat", "Follow";
    count: "Počet", "Count";
    per_year: "Oznámení podle let", "Notices by year";
    per_month: "Oznámení podle měsíců", "Notices by month";
    drag_hint: "Kliknutím nebo tažením přes sloupce zúžíte období.", "Click a bar or drag across bars to narrow the period.";
    as_table: "Jako tabulka", "As a table";
    seekers_map: "Kde leží obce, které hledají", "Where the municipalities that seek lie";
    borders: "Obrys: Natural Earth, volné dílo. Hranice jsou zjednodušené, Krym podle rezoluce Valného shromáždění OSN 68/262.",
        "Outline: Natural Earth, public domain. Borders are simplified; Crimea as in resolution 68/262 of the UN General Assembly.";
    no_dots: "Žádné z těchto oznámení nemá místo na mapě.", "None of these notices has a place on the map.";
    unmapped: "bez místa na mapě", "without a place on the map";
    facts: "Co oznámení říká", "What the notice says";
    who: "Kdo hledá", "Who seeks";
    wanted: "Požadavek", "Wanted";
    similar_size: "podobné velikosti", "of similar size";
    at_least: "nejméně", "at least";
    at_most: "nejvýše", "at most";
    about_size: "asi", "about";
    more_than: "více než", "more than";
    less_than: "méně než", "fewer than";
    dates: "Termíny", "Dates";
    event: "akce", "event";
    deadline: "uzávěrka", "deadline";
    contacts: "Kontakty", "Contacts";
    mentioned: "Zmíněná místa", "Places mentioned";
    on_the_web: "Na webu", "On the web";
    seen: "Viděno", "Seen";
    version: "Verze", "Version";
    sure: "jisté", "sure";
    likely: "pravděpodobné", "likely";
    evidence_hint: "Podtržená místa v textu jsou doklady údajů; najetí nebo klávesa Tab ukáže pravidlo a jistotu.",
        "Underlined words are what facts were read from; hover or Tab shows the rule and its certainty.";
    words_of_notice: "Znění", "Text";
    documents: "Dokumenty", "Documents";
    text_of_document: "Text dokumentu", "Text of the document";
    no_document_text: "text nelze přečíst", "no text could be read";
    not_fetched: "nestaženo", "not fetched";
    stored_copy: "uložená kopie", "stored copy";
    versions: "Verze a změny", "Versions and changes";
    first_seen: "poprvé viděno", "first seen";
    changed: "změněno", "changed";
    returned: "vrátilo se", "returned";
    new: "nové", "new";
    before: "Předtím", "Before";
    after: "Potom", "After";
    archived_page: "Archivovaná stránka", "The archived page";
    captures: "Uložené podoby", "Captures";
    alone: "otevřít samostatně", "open on its own";
    frame_hint: "Stránka, jak byla uložena. Skripty neběží a nic se nenačítá odjinud.", "The page as it was stored. No script runs and nothing is loaded from elsewhere.";
    no_capture: "Stránka není v archivu.", "The page is not in the archive.";
    cite: "Jak citovat", "How to cite";
    similar: "Podobná oznámení", "Similar notices";
    around: "Ve stejné době", "Around that time";
    earlier: "Starší", "Earlier";
    later: "Novější", "Later";
    spellings: "Psáno též", "Also written";
    through_years: "Oznámení v průběhu let", "Notices through the years";
    all_of_place: "Hledat v těchto oznámeních", "Search in these notices";
    unlinked: "Nezařazená místa", "Places not on the map";
    happened_in: "Změny od", "Changes since";
    nothing_happened: "Od té doby se nic nezměnilo.", "Nothing has changed since then.";
    shown_first: "Zobrazeno prvních", "Shown are the first";
    sources: "Zdroje", "Sources";
    source: "Zdroj", "Source";
    last_good: "Poslední úplný průchod", "Last complete crawl";
    never: "zatím žádný", "none yet";
    span: "Období", "Period";
    problems: "Co se nepodařilo přečíst", "What could not be read";
    no_problems: "Při posledním průchodu nic.", "Nothing in the last crawl.";
    runs: "Poslední průchody", "Last crawls";
    began: "Začátek", "Began";
    outcome: "Výsledek", "Outcome";
    requests: "Požadavků", "Requests";
    interrupted: "přerušeno", "interrupted";
    whole: "úplný", "complete";
    in_part: "neúplný", "incomplete";
    licences: "Licence dat", "Licences of the data";
    for_programs: "Pro programy", "For programs";
    privacy: "Stránky neukládají cookies, nic nenačítají odjinud a fungují bez skriptů.",
        "These pages set no cookies, load nothing from elsewhere and work without scripts.";
    not_found: "Tady nic není.", "There is nothing here.";
    busy: "Ptá se příliš mnoho čtenářů naráz; zkuste to za okamžik.", "Too many ask at once; try again in a moment.";
    only_read: "Odpovídá se tu jen na GET a HEAD.", "Only GET and HEAD are answered here.";
    long_address: "Adresa je příliš dlouhá.", "The address is too long.";
    other_name: "Pod tímto jménem tento server neodpovídá.", "This server does not answer under that name.";
    begin: "Začněte hledáním.", "Begin with a search.";
    failed: "Stránku se nepodařilo sestavit.", "The page could not be made.";
    too_long: "Dotaz je příliš dlouhý: nejvýše 500 znaků.", "The query is too long: at most 500 characters.";
    too_deep: "Tak daleko se nelistuje; zúžte dotaz nebo výsledky stáhněte.", "Pages end before that; narrow the query or download the results.";
    bad_day: "není den, měsíc ani rok", "is no day, month or year";
    not_used: "nepoužito", "not used";
    past_too_large: "Archiv je pro prohlížení minulého stavu na stránce příliš velký; `twindex search --as-of` ho prohledá.",
        "The archive is too large to be searched as of a day here; `twindex search --as-of` does it.";
    past_note: "Stav webu ke dni", "The site as of";
    to_now: "zpět k dnešku", "back to now";
    grammar_intro: "Pište slova tak, jak vás napadnou: na tvaru, velikosti písmen ani diakritice nezáleží. Kdo chce přesněji, má k dispozici tento jazyk:",
        "Write words as they come: form, case and diacritics do not matter. For more precision there is this language:";
    about_copy: "O této kopii", "About this copy";
    copy_of: "Statická kopie archivu; poslední průchod začal", "A static copy of the archive; the last crawl began";
    copy_lacks: "Uložené stránky, minulé dny a celý dotazovací jazyk má program sám (`twindex serve`).",
        "Stored pages, past days and the whole query language are in the program itself (`twindex serve`).";
    copy_search: "Pište slova tak, jak vás napadnou: na tvaru, velikosti písmen ani diakritice nezáleží. Nejdříve jsou oznámení, která mají všechna slova, pak ta, která mají některá. Hvězdička za začátkem slova zastupuje zbytek (ukraj*), minus před slovem ho vylučuje (-sport). Výsledky zúží odkazy vedle nich a období od–do.",
        "Write words as they come: form, case and diacritics do not matter. Notices that have all the words come first, then those with some. An asterisk after the beginning of a word stands for the rest (ukraj*), a minus before a word excludes it (-sport). Links beside the results narrow them, as does a period.";
    copy_browse: "Bez skriptů lze procházet seznamy podle zemí, let, druhů a témat na úvodní straně a všechna místa.",
        "Without scripts there are the lists by country, year, kind and theme on the first page, and all places.";
    needs_script: "Hledání v této kopii potřebuje skripty. Bez nich lze procházet seznamy podle zemí, let, druhů a témat.",
        "Searching in this copy needs scripts. Without them there are the lists by country, year, kind and theme.";
    fields: "Pole", "Fields";
    example: "Příklad", "Example";
    asks: "Co hledá", "What it asks";
    other_names: "Také", "Also";
}

impl Locale {
    pub fn words(self) -> &'static Words {
        match self {
            Self::Czech => &CZECH,
            Self::English => &ENGLISH,
        }
    }

    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::Czech => "cs",
            Self::English => "en",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::Czech => Self::English,
            Self::English => Self::Czech,
        }
    }

    /// Before the path of every page in this language.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Czech => "",
            Self::English => "/en",
        }
    }

    pub fn day(self, date: Date) -> String {
        match self {
            Self::Czech => format!("{}.\u{a0}{}.\u{a0}{}", date.day(), date.month(), date.year()),
            Self::English => date.strftime("%-d\u{a0}%B\u{a0}%Y").to_string(),
        }
    }

    /// To the minute, in UTC.
    pub fn moment(self, at: Timestamp) -> String {
        let at = at.to_zoned(jiff::tz::TimeZone::UTC);
        format!("{} {:02}:{:02}\u{a0}UTC", self.day(at.date()), at.hour(), at.minute())
    }

    /// Digits in groups of three.
    pub fn number(self, value: u64) -> String {
        let (digits, gap) = (value.to_string(), if self == Self::Czech { '\u{a0}' } else { ',' });
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(gap);
            }
            out.push(digit);
        }
        out
    }

    /// `1 notice`, `3 notices`; the Czech word is the same for all.
    pub fn notices(self, count: u64) -> String {
        let words = self.words();
        format!("{}\u{a0}{}", self.number(count), if count == 1 { words.notice } else { words.notices })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_are_written_as_each_language_has_them() {
        let day = jiff::civil::date(2011, 8, 5);
        assert_eq!((Locale::Czech.day(day), Locale::English.day(day)), ("5.\u{a0}8.\u{a0}2011".into(), "5\u{a0}August\u{a0}2011".into()));
        assert_eq!((Locale::Czech.number(1_234_567), Locale::English.number(999)), ("1\u{a0}234\u{a0}567".into(), "999".into()));
        assert_eq!((Locale::Czech.notices(5), Locale::English.notices(1)), ("5\u{a0}oznámení".into(), "1\u{a0}notice".into()));
    }
}
