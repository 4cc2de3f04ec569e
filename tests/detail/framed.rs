//! Texts framed as content systems frame them: facts above, files, tools, authors and visitors below.

use jiff::civil::date;
use twindex::extract::Entry;

use super::{layout, near, titles};

/// A box of facts in a definition list, unknown words among them, then the summary once more.
#[test]
fn a_list_of_facts_stands_between_heading_and_summary() {
    let html = r#"<body><div><h2><a href="/zpravy/clanek-12">Kłosowo szuka sąsiadów</a></h2><ul><li><a href="/p?print=1">Drukuj</a></li></ul>
        <dl><dt>Szczegóły</dt><dd>Autor: Redakcja</dd><dd>Nadesłano: 3 marca 2015</dd><dd>Czytelnicy: 214</dd></dl>
        <p>Wieś nad Wartą pisze listy do Czech.</p><p>Mieszkańcy uprawiają chmiel i grają w orkiestrze, chętnie przyjmą gości.</p>
        <p>Załączniki:</p><p><a href="/f/list.pdf">List (PDF)</a></p><ul><li><a href="/n/1">&lt; Poprzednia</a></li><li><a href="/n/2">Następna &gt;</a></li></ul></div></body>"#;
    let detail = layout(html, "Kłosowo szuka sąsiadów", "Wieś nad Wartą pisze listy do Czech.");
    near(detail.body.as_deref(), "Mieszkańcy uprawiają chmiel i grają w orkiestrze, chętnie przyjmą gości.", 0.6);
    assert_eq!(titles(&detail), ["List"]);
}

/// A line of facts in one box with the date; what the lines say is not known beforehand.
#[test]
fn a_box_with_the_date_goes_as_a_whole() {
    let html = r#"<body><div><h1>Lhota zve Bavory</h1><div><div>4. 5. 2021</div><div>čtení na tři minuty</div><div>Tiskové centrum</div></div>
        <div><div><span>Obec čeká v červnu dva autobusy hostů a shání pro ně nocleh v rodinách.</span></div></div>
        <div><span>Sdílet článek</span><a href="https://f.example/s?u=1">Facebook</a><a href="https://x.example/">X</a></div>
        <div><a href="/stitky/lhota">#Lhota</a></div></div></body>"#;
    let body = layout(html, "Lhota zve Bavory", "").body;
    near(body.as_deref(), "Obec čeká v červnu dva autobusy hostů a shání pro ně nocleh v rodinách.", 0.8);
}

/// Tags, share links, neighbours and comments below the text; single letters and own address as links.
#[test]
fn what_follows_the_tools_is_not_the_text() {
    let html = r#"<body><article><h1>Dub hledá přátele</h1><div><p>Dub leží pod lesem a má rád hosty, kteří přijedou na kole.</p><p>Kdo přijede první, dostane koláč.</p></div>
        <div><a href="/t/dub">Dub</a>, <a href="/t/kolo">kolo</a></div><div><h3>Sdílet:</h3><ul><li><a href="?share=facebook">Facebook</a></li><li><a href="?share=x">X</a></li></ul></div>
        <div><h2>2 komentáře</h2><ol><li><div><b>Eva</b> <time>12. 2. 2024</time><p>Přijedeme v neděli odpoledne i s dětmi.</p><a href='?re=1'>Odpovědět</a></div></li></ol></div>
        <div><h3>Napsat komentář</h3><form><p>Adresa se nezveřejní.</p><textarea></textarea></form></div></article></body>"#;
    let want = "Dub leží pod lesem a má rád hosty, kteří přijedou na kole.\n\nKdo přijede první, dostane koláč.";
    assert_eq!(layout(html, "Dub hledá přátele", "").body.as_deref(), Some(want));
}

/// A table of files with a head, tags and a counter, and a relative address that `<base>` leads elsewhere.
#[test]
fn a_table_of_files_with_a_head() {
    let html = r#"<head><base href="/sk/"></head><body><div><h1>Lúčky hľadajú partnera</h1><div>
        <p>V Lúčkach tečie teplá voda a hrá tu dychovka.</p></div><div><div>Prílohy:</div><table><thead><tr><th>Príloha</th><th>Veľkosť</th></tr></thead>
        <tbody><tr><td><a href="files/list.pdf">list.pdf</a></td><td>812 bajtov</td></tr></tbody></table></div>
        <div><div>Tagy:</div><div><div><a href="/tagy/voda">voda</a></div><div><a href="/tagy/eu">EÚ</a></div></div></div>
        <ul><li><a href="/print/880">Verzia pre tlač</a></li><li><span>Prečítané 214x</span></li></ul></div></body>"#;
    let detail = layout(html, "Lúčky hľadajú partnera", "");
    assert_eq!(detail.body.as_deref(), Some("V Lúčkach tečie teplá voda a hrá tu dychovka."));
    assert_eq!(detail.documents[0].url.path(), "/sk/files/list.pdf");
}

/// `<br>` alone parts the text from the date above it and from the tools below it.
#[test]
fn single_breaks_part_text_and_tools() {
    let html = r#"<body><h2>Osek zve sousedy</h2><font>28. 9. 2011</font><br>Osek slaví výročí první zmínky.<br>Pozvaní jsou všichni.<br><br>Druhý den se jde pěšky na hrad.<br><b>Přílohy:</b>
        <table><tr><td><a href="/s/plan.pdf">Plán cesty</a> (PDF, 34 kB)</td></tr></table><br><a href="javascript:history.back()">&lt;&lt; zpět</a> | <a href="javascript:print()">tisk</a></body>"#;
    let want = "Osek slaví výročí první zmínky.\nPozvaní jsou všichni.\n\nDruhý den se jde pěšky na hrad.";
    assert_eq!(layout(html, "Osek zve sousedy", "").body.as_deref(), Some(want));
}

/// Who wrote the text: a name with what the person does, or a section with a heading of its own.
#[test]
fn boxes_about_the_author() {
    let text = "<h1>Ves píše domů</h1><div><p>Ves poslala do Lužice balík knih a čeká na odpověď.</p></div>";
    let unnamed = format!(
        "<body><div>{text}<div><img src=a.png><div><strong>Karel Mrázek</strong><br>tajemník svazku, píše o knihách</div></div></div></body>"
    );
    let named = format!(
        "<body><div>{text}<p>Štítky: <a href=/t/a>knihy</a></p><div><h4>O autorovi</h4><p>Karel píše o knihách od roku 2011 a rád čte.</p></div></div></body>"
    );
    for html in [unnamed, named] {
        assert_eq!(layout(&html, "Ves píše domů", "").body.as_deref(), Some("Ves poslala do Lužice balík knih a čeká na odpověď."));
    }
}

/// Short lines and links inside a text are the text.
#[test]
fn contacts_and_links_inside_the_text_stay() {
    let html = r##"<body><div><h1>Bor hledá školu</h1><p>Škola v Boru nabízí výměnu žáků a učitelů na celé pololetí.</p><p><a href="#kontakt">Kontakt níže</a></p><h3 id=kontakt>Kontakt</h3>
        <div>Jana Veselá<br>tel.: 000 123 456</div><p>Přihlášky se posílají poštou do konce dubna na adresu obecního úřadu v Boru.</p><p>Ozveme se všem, kdo napíšou.</p></div></body>"##;
    let body = layout(html, "Bor hledá školu", "").body.unwrap();
    assert!(body.contains("Jana Veselá\ntel.: 000 123 456") && body.ends_with("Ozveme se všem, kdo napíšou."), "{body}");
}

/// A line with the date and a name above the text, a download script behind a file's name below it.
#[test]
fn a_date_with_a_name_and_a_file_behind_a_script() {
    let html = r#"<body><center><b><font size="+1">Kámen zve do lomu</font></b></center><br><i>12.3.2014, naposledy upraveno 1. 4. 2014</i><br><i>12.3.2014, Fr. Koudelka</i><br><br>
        <table align=right><tr><td><img src=1.jpg></td></tr><tr><td><i>Náves</i></td></tr></table>Lom je otevřen od jara do podzimu a hosté jsou vítáni.<br><br>
        Ke stažení: <a href="soubor.php?id=7">dopis starosty</a> (120 kB), <a href="/x/8">mapa lomu.pdf</a><br><br>Poslední úprava: 20. 12. 2019<br><br><a href="seznam.php">Zpět na přehled</a></body>"#;
    let detail = layout(html, "Kámen zve do lomu", "");
    assert!(detail.body.as_deref().unwrap().ends_with("Lom je otevřen od jara do podzimu a hosté jsou vítáni."), "{:?}", detail.body);
    assert!(!detail.body.as_deref().unwrap().contains("Koudelka"));
    assert_eq!(detail.documents.iter().map(|link| link.url.path()).collect::<Vec<_>>(), ["/zpravy/soubor.php", "/x/8"]);
}

/// Day and signature below the text, and who answers for it; a day of an event in the same place stays.
#[test]
fn a_day_with_a_signature_below_the_text() {
    let page = |line: &str| {
        format!(
            "<body><p align=center><b>Hůrka píše</b><p>Hůrka poslala dva dopisy a dostala jednu odpověď.<p>{line}<p>Za obsah odpovídá: <a href=/k>Jan Hora</a><p><a href=p.htm>ZPĚT</a></body>"
        )
    };
    let entry = Entry { title: "Hůrka píše".to_owned(), published: Some(date(2006, 10, 5)), ..Entry::default() };
    let body = |line: &str| super::read("/zpravy/c1.htm", "text/html; charset=utf-8", page(line).as_bytes(), &entry).body.unwrap();
    assert_eq!(body("5.10.2006, KOUDELKA"), "Hůrka poslala dva dopisy a dostala jednu odpověď.");
    assert!(body("12.11.2006, náměstí").ends_with("12.11.2006, náměstí"));
}
