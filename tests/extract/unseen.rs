//! Layouts written after the reader was, without looking at its rules.

use twindex::extract::Listing;

use super::read;

fn rows(listing: &Listing) -> Vec<String> {
    let row = |entry: &twindex::extract::Entry| {
        let day = entry.published.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let path = entry.link.as_ref().map_or("", |url| url.path());
        format!("{day} | {} | {path} | {}", entry.title, entry.summary.as_deref().unwrap_or("-"))
    };
    listing.entries.iter().map(row).collect()
}

/// Cards in rows; the picture is a link of its own, a category link precedes the title, tags follow.
#[test]
fn cards_in_rows_with_categories_and_tags() {
    let card = |n: u32, cat: &str, title: &str, day: &str, text: &str| {
        format!(
            "<div class=col><div class=card><a href=/aktuality/{n}><img src=/i/{n}.jpg alt=''></a><div class=body>\
             <a class=cat href=/kategorie/{cat}>{cat}</a><h4><a href=/aktuality/{n}>{title}</a></h4>\
             <div class=meta><i class=icon></i> {day} <span>|</span> <span>Jana K.</span></div><p class=perex>{text}</p>\
             <ul class=tags><li><a href=/tag/mesto>město</a></li><li><a href=/tag/eu>EU</a></li></ul></div></div></div>"
        )
    };
    let html = format!(
        "<html><head><title>Aktuality | Obec Lhota</title></head><body><header><a href=/>Obec Lhota</a></header><nav><a href=/urad>Úřad</a></nav>\
         <section><div class=container><h1>Aktuality</h1><div class=row>{}{}</div><div class=row>{}</div></div></section>\
         <footer><p>Obec Lhota, 12. 3. 2024</p></footer></body></html>",
        card(9, "spolky", "Hasiči jedou do Saska", "4. dubna 2024", "Pojede jich devět."),
        card(8, "skola", "Škola hledá partnera ve Slezsku", "1. dubna 2024", "Píše se už třetí dopis."),
        card(7, "spolky", "Pěvci zpívali v Budyšíně", "28. března 2024", "Sál byl plný."),
    );
    assert_eq!(
        rows(&read("https://lhota.example/aktuality", &html)),
        [
            "2024-04-04 | Hasiči jedou do Saska | /aktuality/9 | Pojede jich devět.",
            "2024-04-01 | Škola hledá partnera ve Slezsku | /aktuality/8 | Píše se už třetí dopis.",
            "2024-03-28 | Pěvci zpívali v Budyšíně | /aktuality/7 | Sál byl plný.",
        ]
    );
}

/// A notice board: title first, day posted and day removed in columns, the title is the document.
#[test]
fn notice_board_with_two_dates_in_columns() {
    let html = "<html><head><title>Úřední deska</title></head><body><h1>Úřední deska</h1><table><thead><tr><th>Název</th><th>Vyvěšeno</th><th>Sejmuto</th></tr></thead><tbody>\
        <tr><td><a href=/d/12>Výzva k partnerství s Horní Vsí</a></td><td>3. 4. 2024</td><td>19. 4. 2024</td></tr>\
        <tr><td><a href=/d/11>Zápis z jednání výboru</a></td><td>22. 3. 2024</td><td>8. 4. 2024</td></tr>\
        <tr><td><a href=/d/10>Dopis z města Brod</a></td><td>1. 3. 2024</td><td>16. 3. 2024</td></tr></tbody></table></body></html>";
    assert_eq!(
        rows(&read("https://ves.example/deska", html)),
        [
            "2024-04-03 | Výzva k partnerství s Horní Vsí | /d/12 | -",
            "2024-03-22 | Zápis z jednání výboru | /d/11 | -",
            "2024-03-01 | Dopis z města Brod | /d/10 | -",
        ]
    );
}

/// Two rows an entry: picture and title above, text and date below.
#[test]
fn two_table_rows_an_entry() {
    let html = "<html><head><title>Nabídky</title></head><body><table><tr><td><a href=/>Domů</a></td><td><h1>Nabídky</h1><table>\
        <tr><td colspan=2><a href='clanek.php?id=31'><b>Obec Trnka nabízí přátelství</b></a></td></tr>\
        <tr><td>Trnka leží u lesa a má dvě stě obyvatel.</td><td>(9.10.2009)</td></tr>\
        <tr><td colspan=2><a href='clanek.php?id=30'><b>Město Šípek odpovídá</b></a></td></tr>\
        <tr><td>Šípek má náměstí a kašnu.</td><td>(2.10.2009)</td></tr>\
        <tr><td colspan=2><a href='clanek.php?id=29'><b>Ves Hloh zve na pouť</b></a></td></tr>\
        <tr><td>Hloh slaví v srpnu.</td><td>(30.9.2009)</td></tr></table></td></tr></table></body></html>";
    assert_eq!(
        rows(&read("https://kraj.example/nabidky.php", html)),
        [
            "2009-10-09 | Obec Trnka nabízí přátelství | /clanek.php | Trnka leží u lesa a má dvě stě obyvatel.",
            "2009-10-02 | Město Šípek odpovídá | /clanek.php | Šípek má náměstí a kašnu.",
            "2009-09-30 | Ves Hloh zve na pouť | /clanek.php | Hloh slaví v srpnu.",
        ]
    );
}

/// The date closes the entry; the site's own heading is an `h1` in the header, the page's an `h2`.
#[test]
fn date_at_the_end_of_each_entry() {
    let html = "<html><head><title>Partnerstädte – Stadt Moorbach</title></head><body><div><h1><a href=/>Stadt Moorbach</a></h1></div>\
        <div><h2>Partnerstädte</h2><div>\
        <div><h3>Brief aus Ried</h3><p>Ried liegt im Tal und sucht Freunde.</p><p><a href=/p/ried>mehr</a></p><div>Eingestellt am 05.09.2013 von Amt 3</div></div>\
        <div><h3>Besuch aus Au</h3><p>Der Chor sang zwei Stunden.</p><p><a href=/p/au>mehr</a></p><div>Eingestellt am 01.09.2013 von Amt 3</div></div>\
        </div></div><div><h2>Termine</h2><div><div><h3>Markt</h3><div>07.09.2013, 8:00 - 12:00 Uhr</div></div><div><h3>Lauf</h3><div>08.09.2013, 9:00 - 11:00 Uhr</div></div></div></div></body></html>";
    assert_eq!(
        rows(&read("https://moorbach.example/partnerstaedte", html)),
        [
            "2013-09-05 | Brief aus Ried | /p/ried | Ried liegt im Tal und sucht Freunde.",
            "2013-09-01 | Besuch aus Au | /p/au | Der Chor sang zwei Stunden.",
        ]
    );
}

/// Spans only, one link a line, the day after the title in brackets, a featured entry in other markup.
#[test]
fn featured_entry_and_bracketed_days() {
    let html = "<html><head><title>Gemellaggi</title></head><body><div><h1>Gemellaggi</h1>\
        <div><div><h2><a href=/g/50>Borgo Alto apre le porte</a></h2><p><small>12 aprile 2024</small></p><p>Una festa in piazza.</p></div>\
        <p><a href=/g/49>Colle cerca un gemello</a> (8 aprile 2024)</p><p><a href=/g/48>Lettera da Valle</a> (2 aprile 2024)</p>\
        <p><a href=/g/47>Il coro di Monte</a> (30 marzo 2024)</p></div></div></body></html>";
    assert_eq!(
        rows(&read("https://borgo.example/gemellaggi", html)),
        [
            "2024-04-12 | Borgo Alto apre le porte | /g/50 | Una festa in piazza.",
            "2024-04-08 | Colle cerca un gemello | /g/49 | -",
            "2024-04-02 | Lettera da Valle | /g/48 | -",
            "2024-03-30 | Il coro di Monte | /g/47 | -",
        ]
    );
}
