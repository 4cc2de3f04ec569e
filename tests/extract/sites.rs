//! Layouts met when whole sites of other makers were crawled: labels, files as titles, full texts under headings.

use super::{read, rows};

/// A link around the card; a label that many cards share stands before the title, a remark after it.
#[test]
fn labels_of_cards_are_no_titles() {
    let card = |n: u32, label: &str, title: &str, day: &str, minutes: u32| {
        format!(
            "<div><a href=/zpravy/{n}><div><img src={n}.webp alt=''></div><div><div>{label}</div><div>{title}</div><div>{day}</div>\
             <div>{minutes} min čtení</div><div>Zpráva číslo {n} vypráví o cestě za hranice.</div></div></a></div>"
        )
    };
    let html = format!(
        "<html><body><div><h1>Zprávy</h1><div>{}{}{}{}</div></div></body></html>",
        card(9, "Ze světa", "Brod staví lávku", "3. 5. 2023", 2),
        card(8, "Ze světa", "Lom píše dopis do Saska", "1. 5. 2023", 4),
        card(7, "Ze světa", "Sokolové jedou do Štýrska", "28. 4. 2023", 3),
        card(6, "Granty", "Nová výzva pro malé obce", "2. 4. 2023", 3),
    );
    assert_eq!(
        rows(&read("https://unie.example/zpravy", &html)),
        [
            "2023-05-03 | Brod staví lávku | /zpravy/9 | Zpráva číslo 9 vypráví o cestě za hranice.",
            "2023-05-01 | Lom píše dopis do Saska | /zpravy/8 | Zpráva číslo 8 vypráví o cestě za hranice.",
            "2023-04-28 | Sokolové jedou do Štýrska | /zpravy/7 | Zpráva číslo 7 vypráví o cestě za hranice.",
            "2023-04-02 | Nová výzva pro malé obce | /zpravy/6 | Zpráva číslo 6 vypráví o cestě za hranice.",
        ]
    );
}

/// "Read more about" with the whole title, in the paragraph or after it, and a counter in a list of facts.
#[test]
fn long_more_links_and_counters_are_no_summary() {
    let item = |n: u32, title: &str, day: &str| {
        format!(
            "<article><h2><a href=/o/{n}>{title}</a></h2><dl><dt>Szczegóły</dt><dd>Opublikowano: {day} 11:0{n}</dd><dd>Odsłony: {n}4</dd></dl>\
             <p>Gmina numer {n} czeka na list. <a href=/o/{n}>Read more<span> about {title}</span></a></p>\
             <p><a href=/o/{n}>Czytaj więcej: {title}</a></p></article>"
        )
    };
    let html = format!(
        "<html><body><h1>Oferty</h1><div>{}{}{}</div></body></html>",
        item(3, "Miasto nad jeziorem szuka partnera w kraju nad dużą rzeką i w górach", "środa, 19 marca 2014"),
        item(2, "Straż z Podlasia zaprasza kolegów", "piątek, 7 marca 2014"),
        item(1, "List od wójta", "wtorek, 4 lutego 2014"),
    );
    assert_eq!(
        rows(&read("https://gminy.example/oferty", &html)),
        [
            "2014-03-19 | Miasto nad jeziorem szuka partnera w kraju nad dużą rzeką i w górach | /o/3 | Gmina numer 3 czeka na list.",
            "2014-03-07 | Straż z Podlasia zaprasza kolegów | /o/2 | Gmina numer 2 czeka na list.",
            "2014-02-04 | List od wójta | /o/1 | Gmina numer 1 czeka na list.",
        ]
    );
}

/// Rows under one day; a title may be the document itself, another row has a file with its size.
#[test]
fn titles_that_are_files_and_notes_of_their_size() {
    let html = "<html><body><h2>Anfragen</h2><table><tr><th>Datum</th><th>Titel</th><th>Anlage</th></tr>\
        <tr><td rowspan=2>28.10.2022</td><td><a href=/a/9>Oberau sucht Freunde</a></td><td><a href=/d/9.pdf><img alt=PDF src=p.png></a> 45 KB</td></tr>\
        <tr><td><a href=/d/8.pdf>Protokoll vom Herbst</a></td><td></td></tr>\
        <tr><td>14.10.2022</td><td><a href=/a/7>Brief aus Wald</a></td><td></td></tr></table></body></html>";
    let listing = read("https://bund.example/liste", html);
    assert_eq!(
        rows(&listing),
        [
            "2022-10-28 | Oberau sucht Freunde | /a/9 | -",
            "2022-10-28 | Protokoll vom Herbst | /d/8.pdf | -",
            "2022-10-14 | Brief aus Wald | /a/7 | -",
        ]
    );
    assert_eq!(listing.entries[0].documents[0].url.path(), "/d/9.pdf");
}

/// Headings with the text below and no wrapper: the date ends the heading or opens the text, one entry has a
/// list, an empty anchor stands before each heading.
#[test]
fn full_texts_under_headings_in_two_hands() {
    let html = "<html><body><h2>Nabídky</h2><p>Napište nám.</p>\
        <a name=n3></a><h3>Vrbno hledá sbor (4. dubna 2016)</h3><p>Vrbno má sbor.</p><p>Zpívá se v kapli.</p>\
        <a name=n2></a><h3>Lom hledá školu</h3><p><em>1.3.2016</em> Lom má školu.</p><p>Školu vede pan řídící.</p><ul><li>dvě třídy</li><li>zahrada</li></ul>\
        <a name=n1></a><h3>Ves hledá knihy (2. února 2016)</h3><p>Ves čte.</p><p>Čte i v zimě.</p><hr><p>Stránky spravuje Karel.</p></body></html>";
    let listing = read("https://mikro.example/nabidky.html", html);
    let seen: Vec<_> = listing
        .entries
        .iter()
        .map(|e| (e.published.unwrap().to_string(), e.title.as_str(), e.anchor.as_deref(), e.body.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [
            ("2016-04-04".to_owned(), "Vrbno hledá sbor", Some("n3"), Some("Vrbno má sbor.\n\nZpívá se v kapli.")),
            ("2016-03-01".to_owned(), "Lom hledá školu", Some("n2"), Some("Lom má školu.\n\nŠkolu vede pan řídící.\n\ndvě třídy\nzahrada")),
            ("2016-02-02".to_owned(), "Ves hledá knihy", Some("n1"), Some("Ves čte.\n\nČte i v zimě.")),
        ]
    );
}

/// One hand wrote the date into the heading, a later one at the start of the text: both halves are one list.
#[test]
fn halves_of_a_list_by_two_hands() {
    let html = "<html><body><h2>Nabídky</h2><h3>Vrbno hledá sbor (4. dubna 2016)</h3><p>Vrbno má sbor.</p><p>Zpívá se v kapli.</p>\
        <h3>Hůrka hledá mlynáře (9. března 2016)</h3><p>Hůrka má mlýn.</p><p>Mele se v zimě.</p><hr>\
        <h3>Lom hledá školu</h3><p><em>1.3.2016</em> Lom má školu.</p><p>Školu vede pan řídící.</p>\
        <h3>Ves hledá knihy</h3><p><em>2.2.2016</em> Ves čte.</p><p>Čte i v zimě.</p></body></html>";
    let listing = read("https://mikro.example/nabidky.html", html);
    let seen: Vec<_> = listing.entries.iter().map(|entry| (entry.published.unwrap().to_string(), entry.title.as_str())).collect();
    let want = [
        ("2016-04-04", "Vrbno hledá sbor"),
        ("2016-03-09", "Hůrka hledá mlynáře"),
        ("2016-03-01", "Lom hledá školu"),
        ("2016-02-02", "Ves hledá knihy"),
    ];
    assert_eq!(seen, want.map(|(day, title)| (day.to_owned(), title)));
}

/// A label that no list knows opens every date; a day in a title, and a place after the day of an event, are no such labels.
#[test]
fn dates_behind_labels_unheard_of() {
    let item = |n: u32, day: &str| {
        format!(
            "<div><p>Botschaft aus dem Rathaus, {day}</p><h4><a href=/m/{n}>Brief {n} vom 1. 2. 2020</a></h4><p>Der Brief Nummer {n} ist da. <a href=/m/{n}>mehr »</a></p></div>"
        )
    };
    let html = format!(
        "<html><body><h1>Briefe</h1><div>{}{}{}</div></body></html>",
        item(3, "5. Mai 2023"),
        item(2, "2. Mai 2023"),
        item(1, "9. April 2023")
    );
    assert_eq!(
        rows(&read("https://amt.example/briefe", &html)),
        [
            "2023-05-05 | Brief 3 vom 1. 2. 2020 | /m/3 | Der Brief Nummer 3 ist da.",
            "2023-05-02 | Brief 2 vom 1. 2. 2020 | /m/2 | Der Brief Nummer 2 ist da.",
            "2023-04-09 | Brief 1 vom 1. 2. 2020 | /m/1 | Der Brief Nummer 1 ist da.",
        ]
    );
    let calendar = "<html><body><h1>Akce</h1><ul><li>Brno 3. 5. 2023</li><li>Lom 4. 5. 2023</li><li>Ves 5. 6. 2023</li></ul></body></html>";
    assert_eq!(rows(&read("https://amt.example/akce", calendar)), [""; 0]);
}

/// "Read on about" and the whole title, in words that no list knows.
#[test]
fn links_that_say_the_title_again_are_no_summary() {
    let item = |n: u32, title: &str, day: &str, text: &str| {
        format!(
            "<article><time>{day}</time><h2><a href=/n/{n}>{title}</a></h2><div>{text} <a href=/n/{n}>Loe edasi <span>siin: {title}</span></a></div></article>"
        )
    };
    let html = format!(
        "<html><body><h1>Uudised</h1>{}{}{}</body></html>",
        item(3, "Vald otsib sõpra", "3. 5. 2023", "Vald on väike ja rahulik."),
        item(2, "Koor sõidab merele", "2. 5. 2023", "Laulavad kõik, kes oskavad."),
        item(1, "Kiri külast", "1. 4. 2023", "Tuli kaks bussi naabreid.")
    );
    let listing = read("https://vald.example/uudised", &html);
    let summaries: Vec<_> = listing.entries.iter().map(|entry| entry.summary.as_deref().unwrap()).collect();
    assert_eq!(summaries, ["Vald on väike ja rahulik.", "Laulavad kõik, kes oskavad.", "Tuli kaks bussi naabreid."]);
}
