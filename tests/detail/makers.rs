//! Pages as well-known systems build them: text in one element, everything else in others.
//!
//! No label in these pages is one that the reader could know by heart in every language; what counts is where
//! a line stands, what it links to, and which day it names.

use jiff::civil::{Date, date};
use twindex::extract::{Detail, Entry};

/// Reads a page for an entry of this day.
fn page(inner: &str, title: &str, summary: &str, day: Date) -> Detail {
    let summary = Some(summary.to_owned()).filter(|summary| !summary.is_empty());
    let entry = Entry { title: title.to_owned(), summary, published: Some(day), ..Entry::default() };
    super::read("/novinky/clanek-7", "text/html; charset=utf-8", format!("<body>{inner}</body>").as_bytes(), &entry)
}

fn body(inner: &str, title: &str, summary: &str, day: Date) -> String {
    page(inner, title, summary, day).body.unwrap_or_default()
}

/// A register of public information: a box of facts below the text whose labels nobody listed.
#[test]
fn a_box_of_facts_below_the_text() {
    let html = "<div><h2>Kłodno pisze do sąsiadów</h2><div><p>Kłodno wysłało listy do trzech gmin za rzeką.</p><table border=1><tr><td>Jeziora</td><td>4</td></tr>\
        <tr><td>Lasy</td><td>900 ha</td></tr></table><p>Kontakt: gmina@klodno.example</p></div><h3>Pliki dla chętnych</h3><ul><li><a href=/p/list.pdf>List (pdf, 80 KB)</a></li></ul>\
        <div><h3>Karta wpisu</h3><table><tr><th>Sporządził:</th><td>Ewa Lipska</td></tr><tr><th>Dzień wpisu:</th><td>2021-03-04 12:05</td></tr><tr><th>Wejść:</th><td>967</td></tr></table></div>\
        <div><a href=/r/7>Historia wpisu</a> <a href=#>Na papier</a></div></div>";
    let detail = page(html, "Kłodno pisze do sąsiadów", "", date(2021, 3, 4));
    let want = "Kłodno wysłało listy do trzech gmin za rzeką.\n\nJeziora 4\nLasy 900 ha\n\nKontakt: gmina@klodno.example";
    super::near(detail.body.as_deref(), want, 0.7);
    assert_eq!(super::titles(&detail), ["List"]);
}

/// Sections side by side: the heading in one, the text in another, a letter to order and a footer below.
#[test]
fn sections_beside_the_text() {
    let html = "<div><div><a href=/s><div>All stories</div></a><h1>Fernhill writes back</h1><p>Fernhill has answered every letter.</p><div><div><div>Jo Marsh</div>\
        <div>Keeper of letters</div></div><div>March 4, 2021</div><div>2 min</div></div></div></div><div><div><div><p>Forty letters went out to the coast last week.</p></div><div><div>Pass it on</div>\
        <a href='https://x.example/i?u=https://f.example'><img></a><a href=#><div>Copy</div></a></div></div></div><div><h2>Stay near</h2><p>One letter a month with news of our members and nothing else.</p>\
        <div><form><input type=email></form><div>Thank you! We have got your address.</div></div></div><div><div>Letters of Fernhill</div></div>";
    super::near(
        Some(&body(html, "Fernhill writes back", "Fernhill has answered every letter.", date(2021, 3, 4))),
        "Forty letters went out to the coast last week.",
        0.5,
    );
}

/// Pictures between a heading and the text before it; the heading has a word of newsletters.
#[test]
fn a_heading_stays_with_the_text_that_it_heads() {
    let prose = "<p>Spolek z Dolan zve děti na letní tábor u rybníka, kde budou stavět vory, péct chleba a hrát divadlo pro celou ves.</p>";
    let pictures =
        "<div><div><p><img src=a.jpg><br><em>Chléb z pece</em></p></div><div><p><img src=b.jpg><br><em>Oprava kola</em></p></div></div>";
    let html = format!(
        "<div><h1>Tábor u rybníka</h1>{prose}<h2>Co si vzít</h2><ul><li>boty do vody a plavky</li><li>kopii průkazu</li></ul>{pictures}\
         <h2>Jak se přihlásit</h2><p>Vyplněnou přihlášku pošlete na tabor@dolany.example do konce května, zálohu zaplatíte až v červnu.</p></div>"
    );
    let read = body(&html, "Tábor u rybníka", "", date(2021, 3, 4));
    assert!(read.contains("Jak se přihlásit\n\nVyplněnou přihlášku"), "{read}");
}

/// Plugins hang their tools into the element of the text; what they say afterwards is no text either.
#[test]
fn tools_inside_the_element_of_the_text() {
    let html = "<article><h1>Borek jedzie nad morze</h1><div><p>Borek wynajął dwa autobusy dla chóru i orkiestry.</p><p>Wyjazd jest w piątek rano spod szkoły.</p>\
        <div><div><h3>Podaj dalej:</h3><ul><li><a href='?share=a'><span>Kliknij tu, aby opowiedzieć o tym na pewnym portalu (nowe okno)</span></a></li></ul></div></div>\
        <div><h3>Daj serce:</h3><div><span>Serce</span> <span>Chwileczkę</span></div></div></div></article>";
    let want = "Borek wynajął dwa autobusy dla chóru i orkiestry.\n\nWyjazd jest w piątek rano spod szkoły.";
    assert_eq!(body(html, "Borek jedzie nad morze", "", date(2021, 3, 4)), want);
}

/// Tools, an advertisement and a pointer to another article between two paragraphs leave both alone.
#[test]
fn tools_and_pointers_between_paragraphs() {
    let page = |between: &str| {
        format!(
            "<div><h1>Lhotka čeká hosty</h1><div><p>Lhotka čeká v červnu hosty ze tří zemí a chystá pro ně slavnost u rybníka.</p>{between}<p>Spát budou ve škole.</p></div></div>"
        )
    };
    let want = "Lhotka čeká v červnu hosty ze tří zemí a chystá pro ně slavnost u rybníka.\n\nSpát budou ve škole.";
    for between in [
        "<div><a href='https://fb.example/s?u=https://l.example'>Předat dál</a></div>",
        "<p><a href='?tisk=1'>Na papír</a></p>",
        "<div>Reklama</div>",
        "<div><div>Ze sousedství:</div><a href=/novinky/clanek-3>Mlýn má nové kolo</a></div>",
        "<p>Čtěte také: <a href=/novinky/clanek-3>Mlýn má nové kolo</a></p>",
    ] {
        super::near(Some(&body(&page(between), "Lhotka čeká hosty", "", date(2021, 3, 4))), want, 0.8);
    }
}

/// One line of facts in a flat page: known by the day of the entry, or by its parts.
#[test]
fn lines_of_facts_in_a_flat_page() {
    let html = "<div><h2>Halmos vendégeket vár</h2><p><a href=#>Papírra</a> <a href=/kuld>Barátnak</a> Betűk: <a href=#>A+</a></p>\
        <p>Keletkezett: 2021. március 4. csütörtök, 11:02 | Javítva: 2021. március 9. | Tollforgató: Kis Anna | Olvasók: 1531</p>\
        <p><b>Halmos hat vendéget vár.</b></p><div><p>A vendégek a malomban laknak majd.</p></div>\
        <hr><p>Gondozza Kis Anna. Naposledy změněno 9. 3. 2021. Olvasók: 12</p><p><a href=/hirek>« A hírekhez</a></p></div>";
    assert!(
        body(html, "Halmos vendégeket vár", "Halmos hat vendéget vár.", date(2021, 3, 4)).ends_with("A vendégek a malomban laknak majd.")
    );
}

/// A question with buttons, and what its box says.
#[test]
fn a_question_to_the_reader() {
    let html = "<main><div><h1>Valmont ouvre sa porte</h1></div><div><h2>Comment venir</h2><p>Le car part de la gare à huit heures précises.</p></div>\
        <div><p>Avez-vous trouvé ici ce que vous cherchiez ?</p><button>Oui</button> <button>Non</button></div></main>";
    let want = "Comment venir\n\nLe car part de la gare à huit heures précises.";
    super::near(Some(&body(html, "Valmont ouvre sa porte", "", date(2021, 3, 4))), want, 0.85);
}

/// A contact in a box of its own is the text; the tools under it are not.
#[test]
fn a_contact_in_a_box_is_the_text() {
    let html = "<div><h2>Вербне шукає друзів</h2><div>04.03.2021 | 77 разів</div><div><div>Вербне має школу й млин над річкою.</div><div>Пишіть нам українською або чеською.</div></div>\
        <div><h3>Куди писати</h3><p>Рада громади, вул. Млинова, 3<br>тел. 0300 44 55 66</p></div><div><span>Далі людям</span> <a href='https://s.example/?u=https://v.example'>f</a></div>\
        <div><a href=/publ>← Усе</a></div></div>";
    let want = "Вербне має школу й млин над річкою.\n\nПишіть нам українською або чеською.\n\nКуди писати\n\nРада громади, вул. Млинова, 3\nтел. 0300 44 55 66";
    super::near(Some(&body(html, "Вербне шукає друзів", "", date(2021, 3, 4))), want, 0.85);
}

/// Files outside the article under their label, with a line break inside the link, in a table with a head.
#[test]
fn files_wherever_they_stand() {
    let text = "<h1>Sedmi lip hledá kapelu</h1><div><p>Obec Sedm Lip hledá dechovku na zářijovou slavnost.</p>";
    let outside = format!(
        "<div><div>{text}</div></div><div><h3>Prílohy</h3><div><a href=/d/noty.pdf>Noty</a><span>(7k)</span></div></div><div><a href=/>Späť</a></div></div>"
    );
    let broken = format!("<div>{text}</div><h3>Materiały</h3><div><a href=/d/noty.pdf>Noty<br><span>noty.pdf 7.0KB</span></a></div></div>");
    let table = format!(
        "<div>{text}<table><caption>K věci:</caption><tr><th>Co to je</th><th>Jak velké</th></tr><tr><td><a href=/d/noty.pdf>Noty</a></td><td>7 kB</td></tr></table></div></div>"
    );
    for html in [outside, broken, table] {
        let detail = page(&html, "Sedmi lip hledá kapelu", "", date(2021, 3, 4));
        assert_eq!(detail.body.as_deref(), Some("Obec Sedm Lip hledá dechovku na zářijovou slavnost."), "{html}");
        assert_eq!(detail.documents.iter().map(|link| link.url.path()).collect::<Vec<_>>(), ["/d/noty.pdf"], "{html}");
    }
}

/// Of two days in one line the entry's own counts.
#[test]
fn made_and_changed_in_one_line() {
    let html = "<div><h2>Mlýnec pečuje o lípy</h2><p>Vytvořeno / změněno: 4. 3. 2021 / 9. 3. 2021</p><p>Mlýnec zasadil osm lip podél cesty k nádraží.</p></div>";
    assert_eq!(page(html, "Mlýnec pečuje o lípy", "", date(2021, 3, 4)).published, Some(date(2021, 3, 4)));
}

/// Title, facts and text in one cell, parted by single line breaks.
#[test]
fn title_and_facts_in_one_paragraph() {
    let html = "<table><tr><td>menü</td><td><font><b>Füredi posta</b></font><br><font>Feltette: admin - 2021. március 4. 10:04<br>Polc: <a href=/t?t=3>Levelek</a></font><hr>\
        <font>Füred levelet írt a tóparti falvaknak.<br><br>Válasz még nem jött.</font></td></tr></table>";
    assert_eq!(body(html, "Füredi posta", "", date(2021, 3, 4)), "Füred levelet írt a tóparti falvaknak.\n\nVálasz még nem jött.");
}

/// Who wrote is told in a line above the text, and again in a sentence below it; a name of the text itself stays.
#[test]
fn a_sentence_about_the_writer() {
    let page = |below: &str| {
        format!(
            "<div><div><h1>Das Rad dreht sich</h1><p>Worte: Uwe Lang | 4. März 2021</p></div><div><p>Die Mühle von Auental mahlt wieder.</p><p>Was kommt nun?</p></div>\
             <div><p><b>{below}</b> schreibt seit zehn Jahren über Bäche und ihre Leute.</p></div></div>"
        )
    };
    let text = "Die Mühle von Auental mahlt wieder.\n\nWas kommt nun?";
    super::near(Some(&body(&page("Uwe Lang"), "Das Rad dreht sich", "", date(2021, 3, 4))), text, 0.6);
    assert!(body(&page("Ida Bach"), "Das Rad dreht sich", "", date(2021, 3, 4)).ends_with("ihre Leute."));
}

/// Place, day and signature below the text, and a line about the page between two others.
#[test]
fn a_signature_and_a_line_between() {
    let html = "<h2>Hájik stavia most</h2>Hájik stavia most z dubového dreva.<br><br>Hotový bude na jar.<br><br><p align=right>V Hájiku, 4. 3. 2021<br>Ján Mlynár, richtár</p><p><a href=/oznamy>späť</a></p>";
    assert_eq!(body(html, "Hájik stavia most", "", date(2021, 3, 4)), "Hájik stavia most z dubového dreva.\n\nHotový bude na jar.");
    let html = "<div><h1>Kobyla má studnu</h1><p>4. 3. 2021</p><p>Obec Kobyla vyhloubila studnu hlubokou třicet metrů.</p><p>Text: Eva Nová</p><p>Stránku už četlo 31 lidí.</p><p><a href=#>Na papír</a></p></div>";
    assert_eq!(body(html, "Kobyla má studnu", "", date(2021, 3, 4)), "Obec Kobyla vyhloubila studnu hlubokou třicet metrů.");
}

/// A list of links whose lines say more than the links belongs to the text; the bare list below it does not.
#[test]
fn a_list_of_partners_with_remarks() {
    let html = "<div><h1>Roncy a trois voisins</h1><p>4 mars 2021</p><div><p>Roncy visite ses voisins chaque printemps.</p><ul><li><a href=/v/1>Orval</a> (depuis 1990)</li><li><a href=/v/2>Ligne</a> (depuis 1991)</li></ul></div>\
        <ul><li><a href=/novinky/clanek-3>Le moulin tourne</a></li><li><a href=/novinky/clanek-4>Le pont est ouvert</a></li></ul></div>";
    let want = "Roncy visite ses voisins chaque printemps.\n\nOrval (depuis 1990)\nLigne (depuis 1991)";
    super::near(Some(&body(html, "Roncy a trois voisins", "", date(2021, 3, 4))), want, 0.6);
}

/// Between a lead and its text stand a name and a day in elements of their own.
#[test]
fn a_byline_between_lead_and_text() {
    let html = "<main><article><header><p>Cestování</p><h1>Vlak do Lužice jede zase</h1><p>Po roce se dá k sousedům dojet bez přestupu.</p><p>Adam Koryta</p><p>7. června 2022</p></header>\
        <div><p>Vlak jezdí dvakrát denně a zastaví v každé vesnici. Kola se berou zdarma.</p><p>Jízdenku prodá průvodčí, platí i na druhé straně hranice.</p></div></article></main>";
    let want = "Po roce se dá k sousedům dojet bez přestupu.\n\nVlak jezdí dvakrát denně a zastaví v každé vesnici. Kola se berou zdarma.\n\nJízdenku prodá průvodčí, platí i na druhé straně hranice.";
    assert_eq!(body(html, "Vlak do Lužice jede zase", "", date(2022, 6, 7)), want);
}

/// A list of links is the text where the text announces it, and no list where nothing does.
#[test]
fn a_list_of_links_that_the_text_announces() {
    let page = |line: &str| {
        format!(
            "<main><h1>Lom hledá souseda</h1><p>Rada města vybírala ze všech obcí, které se do konce roku přihlásily.</p><p>{line}</p><ul><li><a href=/s/1>Ostrov u Vsi</a></li><li><a href=/s/2>Skála</a></li></ul></main>"
        )
    };
    let body = |line: &str| body(&page(line), "Lom hledá souseda", "", date(2022, 6, 7));
    assert!(body("Do druhého kola postoupily tyto tři malé obce:").ends_with("Ostrov u Vsi\nSkála"));
    assert!(!body("Do druhého kola postoupily jen dvě malé obce.").contains("Ostrov"));
}

/// Where no blanks part the words a sentence is prose all the same.
#[test]
fn a_text_without_blanks() {
    let html = "<div><h1>河村寫信給鄰居</h1><div>河村給三個外國村莊寫了信希望孩子們夏天能互相拜訪</div><div>學校有兩百個學生也有一個合唱團還有一個樂隊</div></div>\
        <div><h3>最新</h3><div><a href=/n/2>磨坊又開始轉動</a><p>工人</p></div><div><a href=/n/3>橋已經修好</a><p>村長</p></div></div>";
    let want = "河村給三個外國村莊寫了信希望孩子們夏天能互相拜訪\n\n學校有兩百個學生也有一個合唱團還有一個樂隊";
    assert_eq!(body(html, "河村寫信給鄰居", "", date(2022, 6, 7)), want);
}
