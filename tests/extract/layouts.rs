//! Lists of other towns in other markup: one test a layout, all inside the same noisy site.

use jiff::civil::date;
use twindex::extract::{Listing, ProblemKind};

use super::read;

/// A site of nothing but `div`: cookie bar, menu, breadcrumb, side boxes with dates, footer.
fn site(heading: &str, list: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>{heading} - Town of Lower Meadow</title></head><body>\
         <div>We use cookies since 1. 1. 2023. <a href=/cookies>More</a></div>\
         <div><a href=/>Lower Meadow</a><ul><li><a href=/news>News</a></li><li><a href=/office>Office</a></li></ul></div>\
         <div><div><div><a href=/>Home</a> / <span>{heading}</span></div><h1>{heading}</h1>\
         <p>Partner towns write to us; their letters stand below, since 3. 4. 2001 without a gap.</p>{list}</div>\
         <div><div><div>Events</div><ul><li>3. 4. 2024 10:00-12:00 <a href=/e/1>Easter market</a></li>\
         <li>5. - 7. 6. 2024 <a href=/e/2>Days of the town</a></li><li>9. 6. 2024 <a href=/e/3>Marathon by the river</a></li></ul></div>\
         <div><div>Town news</div><ul><li>2. 4. 2024 <a href=/n/11>Water cut in Mill Street</a></li>\
         <li>28. 3. 2024 <a href=/n/12>New opening hours of the library</a></li></ul></div></div></div>\
         <div>Lower Meadow 2024. Last change 12. 4. 2024. <a href=/map>Map</a></div></body></html>"
    )
}

const HERE: &str = "https://meadow.example/partners";

type Want<'a> = (&'a str, &'a str, &'a str, &'a str);

#[track_caller]
fn expect(listing: &Listing, want: &[Want]) {
    let found: Vec<(String, &str, String, &str)> = listing
        .entries
        .iter()
        .map(|entry| {
            let day = entry.published.map(|day| day.to_string()).unwrap_or_default();
            let path = entry.link.as_ref().map(|url| url.path().to_owned() + &url.query().map(|q| format!("?{q}")).unwrap_or_default());
            (day, entry.title.as_str(), path.unwrap_or_default(), entry.summary.as_deref().unwrap_or_default())
        })
        .collect();
    let found: Vec<Want> = found.iter().map(|(day, title, path, summary)| (day.as_str(), *title, path.as_str(), *summary)).collect();
    assert_eq!(found, want, "{}", listing.layout);
}

#[test]
fn articles_with_time_elements() {
    let list = "<article><header><h2><a href=/partners/1>Tarnica looks for a twin</a></h2><time datetime=2023-11-05>5 listopada 2023</time></header>\
        <p>A hill town of 3 000 people.</p><footer><a href=/partners/1>Czytaj dalej</a></footer></article>\
        <article><header><h2><a href=/partners/2>Letter from Olza</a></h2><time datetime=2023-10-02>2 października 2023</time></header>\
        <p>Choirs wanted.</p><footer><a href=/partners/2>Czytaj dalej</a></footer></article>";
    expect(
        &read(HERE, &site("Partners", list)),
        &[
            ("2023-11-05", "Tarnica looks for a twin", "/partners/1", "A hill town of 3 000 people."),
            ("2023-10-02", "Letter from Olza", "/partners/2", "Choirs wanted."),
        ],
    );
}

#[test]
fn headings_and_paragraphs_without_wrapper() {
    let list = "<h3><a href=/p/a>Rosenau sucht Partner</a></h3><p>12. März 2019</p><p>Eine Gemeinde am Fluss.</p><p>Sie bietet Musik.</p>\
        <h3><a href=/p/b>Kaltbach lädt ein</a></h3><p>3. Februar 2019</p><p>Zwei Chöre reisen.</p>\
        <h3><a href=/p/c>Grünfeld antwortet</a></h3><p>1. Februar 2019</p><p>Die Stadt sagt zu.</p>";
    expect(
        &read(HERE, &site("Partnerschaften", list)),
        &[
            ("2019-03-12", "Rosenau sucht Partner", "/p/a", "Eine Gemeinde am Fluss. Sie bietet Musik."),
            ("2019-02-03", "Kaltbach lädt ein", "/p/b", "Zwei Chöre reisen."),
            ("2019-02-01", "Grünfeld antwortet", "/p/c", "Die Stadt sagt zu."),
        ],
    );
}

#[test]
fn date_paragraph_before_heading() {
    let list = "<p>Mardi 4 juin 2019</p><h2><a href=/f/1>Bellerive cherche une ville</a></h2><p>Au bord du lac.</p>\
        <p>Lundi 13 mai 2019</p><h2><a href=/f/2>Montclair répond</a></h2><p>Une école écrit.</p>";
    expect(
        &read(HERE, &site("Jumelages", list)),
        &[
            ("2019-06-04", "Bellerive cherche une ville", "/f/1", "Au bord du lac."),
            ("2019-05-13", "Montclair répond", "/f/2", "Une école écrit."),
        ],
    );
}

#[test]
fn table_rows_with_a_date_over_several() {
    let list = "<table><tr><th>Dátum</th><th>Mesto</th></tr>\
        <tr><td rowspan=2>7.&nbsp;5.&nbsp;2018</td><td><a href=/t/1>Kamenica hľadá partnera</a></td></tr>\
        <tr><td><a href=/t/2>Lipovec ponúka výmenu žiakov</a></td></tr>\
        <tr><td>2. 5. 2018</td><td><a href=/t/3>Dubina píše starostovi</a></td></tr></table>";
    expect(
        &read(HERE, &site("Partnerstvá", list)),
        &[
            ("2018-05-07", "Kamenica hľadá partnera", "/t/1", ""),
            ("2018-05-07", "Lipovec ponúka výmenu žiakov", "/t/2", ""),
            ("2018-05-02", "Dubina píše starostovi", "/t/3", ""),
        ],
    );
}

#[test]
fn definition_list() {
    let list = "<dl><dt>2019. március 5.</dt><dd><a href=/h/1>Kőhegy testvért keres</a><br>Egy falu a dombok alatt.</dd>\
        <dt>2019. február 28.</dt><dd><a href=/h/2>Nádas levele</a><br>A tó mellől.</dd></dl>";
    expect(
        &read(HERE, &site("Testvérvárosok", list)),
        &[
            ("2019-03-05", "Kőhegy testvért keres", "/h/1", "Egy falu a dombok alatt."),
            ("2019-02-28", "Nádas levele", "/h/2", "A tó mellől."),
        ],
    );
}

#[test]
fn one_date_over_several_list_items() {
    let list = "<h4>18.05.2016</h4><ul><li><a href=/u/1>Липове шукає партнера</a></li><li><a href=/u/2>Школа в Озерному пише лист</a></li></ul>\
        <h4>11.05.2016</h4><ul><li><a href=/u/3>Гірське запрошує хор</a></li></ul>";
    expect(
        &read(HERE, &site("Партнери", list)),
        &[
            ("2016-05-18", "Липове шукає партнера", "/u/1", ""),
            ("2016-05-18", "Школа в Озерному пише лист", "/u/2", ""),
            ("2016-05-11", "Гірське запрошує хор", "/u/3", ""),
        ],
    );
}

#[test]
fn sections_with_one_date_and_several_cards() {
    let list = "<section><h2>4. 3. 2020</h2><div><h3><a href=/c/1>Vrbice hledá město u moře</a></h3><p>Loď už mají.</p></div>\
        <div><h3><a href=/c/2>Hory nabízejí lyže</a></h3><p>Zimní výměna.</p></div></section>\
        <section><h2>1. 3. 2020</h2><div><h3><a href=/c/3>Louka píše do Bretaně</a></h3><p>Odpověď přišla.</p></div></section>";
    expect(
        &read(HERE, &site("Partneři", list)),
        &[
            ("2020-03-04", "Vrbice hledá město u moře", "/c/1", "Loď už mají."),
            ("2020-03-04", "Hory nabízejí lyže", "/c/2", "Zimní výměna."),
            ("2020-03-01", "Louka píše do Bretaně", "/c/3", "Odpověď přišla."),
        ],
    );
}

#[test]
fn split_boxes_and_cards_that_are_links() {
    let list = "<div><a href=/s/1><div><span>21</span><span>Led</span><span>2017</span></div><div><b>Zelená hledá druha</b>\
        <span>Obec u rybníka.</span></div></a></div>\
        <div><a href=/s/2><div><span>9</span><span>Pro</span><span>2016</span></div><div><b>Modrá se ozvala</b><span>Pošta z hor.</span></div></a></div>";
    expect(
        &read(HERE, &site("Družba", list)),
        &[("2017-01-21", "Zelená hledá druha", "/s/1", "Obec u rybníka."), ("2016-12-09", "Modrá se ozvala", "/s/2", "Pošta z hor.")],
    );
}

#[test]
fn dates_and_titles_in_one_text() {
    let list = "<ul><li>12.06.2015 – <a href=/i/1>Castelverde cerca un gemello</a>: un borgo tra le viti</li>\
        <li>30.05.2015 – <a href=/i/2>Pontelungo scrive</a>: lettera del sindaco</li>\
        <li>02.05.2015 – <a href=/i/3>Roccabruna invita</a>: festa di maggio</li></ul>";
    expect(
        &read(HERE, &site("Gemellaggi", list)),
        &[
            ("2015-06-12", "Castelverde cerca un gemello", "/i/1", "un borgo tra le viti"),
            ("2015-05-30", "Pontelungo scrive", "/i/2", "lettera del sindaco"),
            ("2015-05-02", "Roccabruna invita", "/i/3", "festa di maggio"),
        ],
    );
}

#[test]
fn breaks_instead_of_blocks() {
    let list = "<div><b>14.9.2011</b> <a href=x.php?id=5>Stara Luka traži prijatelja</a><br>Grad na rijeci.<br><br>\
        <b>2.9.2011</b> <a href=x.php?id=4>Otok piše</a><br>Pismo s mora.<br><br></div>";
    expect(
        &read(HERE, &site("Prijateljstva", list)),
        &[
            ("2011-09-14", "Stara Luka traži prijatelja", "/x.php?id=5", "Grad na rijeci."),
            ("2011-09-02", "Otok piše", "/x.php?id=4", "Pismo s mora."),
        ],
    );
}

#[test]
fn full_texts_in_the_list() {
    let list = "<div id=brook><h2>Brook seeks a sister</h2><p>Posted on March 3, 2022</p><p>Brook is a village of mills.</p>\
        <ul><li>two choirs</li><li>one band</li></ul><p>Write to the clerk.</p></div>\
        <div id=ford><h2>Ford answers</h2><p>Posted on January 7, 2022</p><p>Ford has a bridge.</p><p>Its school learns Czech.</p></div>";
    let listing = read(HERE, &site("Sister towns", list));
    expect(&listing, &[("2022-03-03", "Brook seeks a sister", "", ""), ("2022-01-07", "Ford answers", "", "")]);
    assert_eq!(listing.entries[0].anchor.as_deref(), Some("brook"));
    assert_eq!(listing.entries[0].body.as_deref(), Some("Brook is a village of mills.\n\ntwo choirs\none band\n\nWrite to the clerk."));
    assert_eq!(listing.entries[1].body.as_deref(), Some("Ford has a bridge.\n\nIts school learns Czech."));
}

#[test]
fn full_texts_without_wrapper() {
    let list = "<h3>Brook seeks a sister</h3><p><i>March 3, 2022</i></p><p>Brook is a village of mills.</p><p>Write to the clerk.</p>\
        <h3>Ford answers</h3><p><i>January 7, 2022</i></p><p>Ford has a bridge.</p><p>Its school learns Czech.</p>";
    let listing = read(HERE, &site("Sister towns", list));
    expect(&listing, &[("2022-03-03", "Brook seeks a sister", "", ""), ("2022-01-07", "Ford answers", "", "")]);
    assert_eq!(listing.entries[0].body.as_deref(), Some("Brook is a village of mills.\n\nWrite to the clerk."));
}

#[test]
fn lists_in_parts_and_a_part_of_one() {
    let list = "<h2>2021</h2><ul><li><span>3. 2. 2021</span> <a href=/y/1>Jasenov hledá přátele</a></li></ul>\
        <h2>2020</h2><ul><li><span>8. 9. 2020</span> <a href=/y/2>Borek píše</a></li><li><span>1. 7. 2020</span> <a href=/y/3>Doubrava zve</a></li></ul>\
        <h2>2019</h2><ul><li><span>5. 5. 2019</span> <a href=/y/4>Lhotka děkuje</a></li><li><span>4. 4. 2019</span> <a href=/y/5>Mlýn čeká</a></li></ul>";
    expect(
        &read(HERE, &site("Partneři", list)),
        &[
            ("2021-02-03", "Jasenov hledá přátele", "/y/1", ""),
            ("2020-09-08", "Borek píše", "/y/2", ""),
            ("2020-07-01", "Doubrava zve", "/y/3", ""),
            ("2019-05-05", "Lhotka děkuje", "/y/4", ""),
            ("2019-04-04", "Mlýn čeká", "/y/5", ""),
        ],
    );
}

#[test]
fn one_entry_is_a_list() {
    let list = "<div><div><span>5. 12. 2018</span><h3><a href=/partners/z>Záhoří hledá partnera do 15. 1. 2019</a></h3><p>Ves pod kopcem.</p>\
        <p><a href=/partners/z>Celý článek</a></p></div></div><p><a href='?page=1'>1</a> <b>2</b></p>";
    let listing = read("https://meadow.example/partners?page=2", &site("Partners", list));
    expect(&listing, &[("2018-12-05", "Záhoří hledá partnera do 15. 1. 2019", "/partners/z", "Ves pod kopcem.")]);
    assert_eq!(listing.next, None);
}

#[test]
fn impossible_and_future_days_leave_an_entry_undated() {
    let list = "<ul><li><b>31. 2. 2020</b> <a href=/i/1>Lom hledá město</a></li><li><b>1. 1. 2020</b> <a href=/i/2>Pramen píše</a></li>\
        <li><b>5. 5. 2044</b> <a href=/i/3>Skála zve</a></li><li><a href=/i/4>Údolí bez data</a></li><li><b>7. 7. 2019</b> <a href=/i/5>Sedlo děkuje</a></li></ul>";
    let listing = read(HERE, &site("Partneři", list));
    expect(
        &listing,
        &[
            ("", "Lom hledá město", "/i/1", ""),
            ("2020-01-01", "Pramen píše", "/i/2", ""),
            ("", "Skála zve", "/i/3", ""),
            ("", "Údolí bez data", "/i/4", ""),
            ("2019-07-07", "Sedlo děkuje", "/i/5", ""),
        ],
    );
    let count = |kind| listing.problems.iter().filter(|problem| problem.kind == kind).count();
    assert_eq!((count(ProblemKind::ImpossibleDate), count(ProblemKind::Undated)), (2, 1));
}

#[test]
fn visible_text_stands_against_data() {
    let list = "<div><time datetime=2020-01-05>6. 1. 2020</time><h3><a href=/d/1>Vodná hledá břeh</a></h3></div>\
        <div><time datetime=2020-01-03T10:00>před rokem</time><h3><a href=/d/2>Suchá hledá vodu</a></h3></div>\
        <div><time datetime=2020-01-02>2. 1. 2020</time><h3><a href=/d/3>Mokrá dává obojí</a></h3></div>\
        <script type='application/ld+json'>{\"@graph\":[{\"url\":\"/d/3\",\"datePublished\":\"2020-01-09T08:00:00Z\"}]}</script>";
    let listing = read(HERE, &site("Partneři", list));
    assert_eq!(listing.entries.iter().map(|entry| entry.published).collect::<Vec<_>>()[0], Some(date(2020, 1, 6)));
    assert_eq!(listing.entries.last().and_then(|entry| entry.published), Some(date(2020, 1, 2)));
    assert_eq!(listing.problems.iter().filter(|problem| problem.kind == ProblemKind::DatesDiffer).count(), 2);
}
