//! Tables and pages of `font` and `br`, from the same rounds as `unseen`: written after the reader was, without looking at
//! its rules.

use super::{read, rows};

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

/// Old page of `font` and `br`: the bold day on its own line, the title in a link below, text below that.
#[test]
fn fonts_and_breaks() {
    let html = "<html><head><title>Aktuality</title></head><body><center><font size=5>Aktuality</font></center><br>\
        <font size=2><b>28.5.2007</b><br><a href=a31.htm>Výlet do Pasova</a><br>Autobus odjíždí od školy.<br><br>\
        <b>2.5.2007</b><br><a href=a30.htm>Host z Lince</a><br>Pan starosta přivezl dort.<br><br>\
        <b>18.4.2007</b><br><a href=a29.htm>Dopis z Brém</a><br>Píší nám námořníci.<br><br></font><hr><font size=1>Obec 2007</font></body></html>";
    assert_eq!(
        rows(&read("https://obec.example/aktuality.htm", html)),
        [
            "2007-05-28 | Výlet do Pasova | /a31.htm | Autobus odjíždí od školy.",
            "2007-05-02 | Host z Lince | /a30.htm | Pan starosta přivezl dort.",
            "2007-04-18 | Dopis z Brém | /a29.htm | Píší nám námořníci.",
        ]
    );
}

/// Nested tables: each entry a table of its own, day and title in one cell, text in the next row.
#[test]
fn a_table_an_entry() {
    let entry = |n: u32, day: &str, title: &str, text: &str| {
        format!(
            "<table width=100%><tr><td><font size=1>{day}</font> &nbsp; <a href=show.asp?id={n}><b>{title}</b></a></td></tr><tr><td>{text} <a href=show.asp?id={n}>[více]</a></td></tr></table>"
        )
    };
    let html = format!(
        "<html><head><title>Mesto Hrad</title></head><body><table><tr><td><a href=/>Úvod</a><br><a href=/mapa>Mapa</a></td><td><font size=4>Partnerské mestá</font>{}{}{}</td>\
         <td><b>Kalendár</b><br>5.6.2010 9:00 - 11:00 Beh<br>6.6.2010 10:00 - 12:00 Trh</td></tr></table></body></html>",
        entry(8, "18.05.2010", "Veža hľadá priateľov", "Mesto pod horou píše list."),
        entry(7, "11.05.2010", "Most ponúka pomoc", "Hasiči majú nové auto."),
        entry(6, "04.05.2010", "Brána sa otvára", "V sobotu príde zbor."),
    );
    assert_eq!(
        rows(&read("https://hrad.example/partner.asp", &html)),
        [
            "2010-05-18 | Veža hľadá priateľov | /show.asp | Mesto pod horou píše list.",
            "2010-05-11 | Most ponúka pomoc | /show.asp | Hasiči majú nové auto.",
            "2010-05-04 | Brána sa otvára | /show.asp | V sobotu príde zbor.",
        ]
    );
}

/// A table with number, day, title, country and a column of texts; the head row has plain cells.
#[test]
fn a_table_of_five_columns() {
    let html = "<html><head><title>Register</title></head><body><div><h1>Register of requests</h1><table><tr><td>No.</td><td>Received</td><td>Town</td><td>Country</td><td>Wish</td></tr>\
        <tr><td>3</td><td>12 May 2010</td><td><a href=/r/3>Alder Bay</a></td><td>Ireland</td><td>School exchange with a town by the sea.</td></tr>\
        <tr><td>2</td><td>3 May 2010</td><td><a href=/r/2>Birch Hill</a></td><td>Estonia</td><td>Choirs and a summer fair.</td></tr></table></div></body></html>";
    assert_eq!(
        rows(&read("https://forest.example/register", html)),
        [
            "2010-05-12 | Alder Bay | /r/3 | Ireland School exchange with a town by the sea.",
            "2010-05-03 | Birch Hill | /r/2 | Estonia Choirs and a summer fair.",
        ]
    );
}
