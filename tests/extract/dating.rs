//! Which date of several is the entry's, and dates that stand elsewhere than in its words: each page one kind of fault.

use super::{read, rows};

/// Day and title of the entries of a page with this heading and list, in this language.
fn dated(lang: &str, list: &str) -> Vec<String> {
    let html = format!("<html lang={lang}><title>L</title><body><nav><a href=/>H</a></nav><main><h1>Listy</h1>{list}</main></body></html>");
    let listing = read("https://obec.example/listy", &html);
    rows(&listing).iter().map(|row| row.split(" | ").take(2).collect::<Vec<_>>().join(" | ")).collect()
}

/// A row of a table that names the year, bold but no heading.
#[test]
fn a_block_that_names_a_year_dates_what_stands_below() {
    let row = |day: &str, title: &str| format!("<tr><td><font><b>{day}</b></td><td>{title}</td></tr>");
    let year = |year: &str| format!("<tr><td colspan=2 bgcolor=gray><font><b>{year}</b></font></td></tr>");
    let list = [
        "<table>".into(),
        year("Rok 2008"),
        row("7. 1.", "<a href=a.htm>Masopust bude v sobotu</a>"),
        year("Rok 2007"),
        row("14. 12.", "Vánoční koncert v kapli"),
        row("3. 12.", "<a href=c.htm>Svoz popela se mění</a>"),
    ];
    let want = ["2008-01-07 | Masopust bude v sobotu", "2007-12-14 | Vánoční koncert v kapli", "2007-12-03 | Svoz popela se mění"];
    assert_eq!(dated("cs", &list.concat()), want);
}

#[test]
fn a_tooltip_tells_the_day_of_a_distance_from_today() {
    let row = |when: &str, title: &str| format!("<li><span title='{when}'>a while ago</span> <a href=/n/{}>{title}</a></li>", title.len());
    let list = [row("Apr 29, 2024", "The ferry sails again"), row("Apr 21, 2024", "New benches by the pier")].concat();
    assert_eq!(dated("en", &format!("<ul>{list}</ul>")), ["2024-04-29 | The ferry sails again", "2024-04-21 | New benches by the pier"]);
}

/// Of two columns of dates the head says which is the publication, though the other is the earlier one.
#[test]
fn the_head_of_a_column_tells_the_publication() {
    let row = |n: u32, title: &str| format!("<tr><td><a href=/z/{n}>{title}</a></td><td>2024-03-0{n}</td><td>2024-03-1{n} 8:05</td></tr>");
    let head = "<tr><th>Tytuł</th><th>Data wytworzenia</th><th>Data publikacji</th></tr>";
    let list = [row(7, "Zarządzenie w sprawie świetlicy"), row(4, "Wykaz działek gminy"), row(1, "Nabór na stanowisko kierowcy")].concat();
    assert_eq!(
        dated("pl", &format!("<table>{head}{list}</table>")),
        ["2024-03-17 | Zarządzenie w sprawie świetlicy", "2024-03-14 | Wykaz działek gminy", "2024-03-11 | Nabór na stanowisko kierowcy"]
    );
}

/// Figures that would be days to come if the day stood first: the order is settled before the columns are weighed.
#[test]
fn the_order_of_day_and_month_is_settled_before_columns_are_weighed() {
    let row = |n: u32, title: &str, closes: &str| format!("<tr><td>0{n}/12/24<td>{closes}<td><a href=/l/{n}.pdf>{title}</a>");
    let list = [
        row(4, "Bids for road salt and gravel", "05/20/24"),
        row(3, "Auction of two county trucks", "04/18/24"),
        row(2, "Hearing on the mill permit", "03/15/24"),
        row(1, "List of unpaid property taxes", "02/28/24"),
    ];
    let want = [
        "2024-04-12 | Bids for road salt and gravel",
        "2024-03-12 | Auction of two county trucks",
        "2024-02-12 | Hearing on the mill permit",
        "2024-01-12 | List of unpaid property taxes",
    ];
    assert_eq!(dated("en", &format!("<table><tr><th>Posted<th>Closes<th>Notice{}</table>", list.concat())), want);
}

/// The cell beside the table has dates of the same shape.
#[test]
fn dates_beside_the_table_are_none_of_its_rows() {
    let row = |n: u32, title: &str| format!("<tr><td>1{n}. 3. 2024<td>2{n}. 3. 2024<td><a href=/u/{n}.pdf>{title}</a>");
    let rows = [row(8, "Záměr pronájmu louky"), row(5, "Rozpočtové opatření první"), row(2, "Pozvánka na zasedání")].concat();
    let aside = "<td><b>Akce</b><br>3. 5. 2024 <a href=/a/1>Májka</a><br>8. 5. 2024 <a href=/a/2>Pietní akt</a>";
    let list = format!("<table><tr>{aside}<td><h2>Deska</h2><table><tr><th>Vyvěšeno<th>Sejmuto<th>Název{rows}</table></table>");
    assert_eq!(
        dated("cs", &list),
        ["2024-03-18 | Záměr pronájmu louky", "2024-03-15 | Rozpočtové opatření první", "2024-03-12 | Pozvánka na zasedání"]
    );
}

/// The panels of an accordion are collapsed, not hidden; a menu that a button opens is hidden.
#[test]
fn collapsed_panels_are_read() {
    let panel = |id: &str, month: &str, rows: &str, hidden: &str| {
        format!("<h3><button aria-controls={id}>{month}</button></h3><div id={id} {hidden}><ul>{rows}</ul></div>")
    };
    let row = |day: &str, title: &str| format!("<li><a href=/p/{}>{title}</a> <span>({day})</span></li>", title.len());
    let list = [
        panel("a", "April 2024", &row("Montag, 29. April", "Neue Brücke über den Bach"), ""),
        panel(
            "b",
            "März 2024",
            &[row("Freitag, 8. März", "Das Freibad wird saniert"), row("Montag, 4. März", "Zwei Linden gepflanzt")].concat(),
            "hidden",
        ),
    ];
    assert_eq!(
        dated("de", &list.concat()),
        ["2024-04-29 | Neue Brücke über den Bach", "2024-03-08 | Das Freibad wird saniert", "2024-03-04 | Zwei Linden gepflanzt"]
    );
}

#[test]
fn a_figure_with_its_stop_is_a_day_of_the_month_above() {
    let list = "<h2>Märts 2024</h2><dl><dt>N, 28.</dt><dd><a href=/u/a>Kooli uus katus</a></dd><dt>T, 5.</dt><dd><a href=/u/b>Talvetee on suletud</a>\
        </dd></dl><h2>Veebruar 2024</h2><dl><dt>K, 14.</dt><dd><a href=/u/c>Sõprade jooks tuleb taas</a></dd></dl>";
    assert_eq!(
        dated("et", list),
        ["2024-03-28 | Kooli uus katus", "2024-03-05 | Talvetee on suletud", "2024-02-14 | Sõprade jooks tuleb taas"]
    );
}

/// Welsh is no language of the data; a list beside it is.
#[test]
fn dates_in_words_that_no_language_has_are_told() {
    let row = |day: &str, title: &str| format!("<li><a href=/n/{}>{title}</a> <i>{day}</i></li>", title.len());
    let list = [
        row("5 Chwefror 2024", "Pont newydd i'r pentref"),
        row("28 Ionawr 2024", "Yr ysgol ar gau"),
        row("3 Ionawr 2024", "Coed wedi'u plannu"),
    ];
    let told = |html: &str| {
        let listing =
            read("https://pentref.example/newyddion", &format!("<html lang=cy><body><main><h1>Newyddion</h1>{html}</main></body></html>"));
        (listing.whole, listing.problems.iter().any(|problem| problem.what.starts_with("3 dates in words")))
    };
    assert_eq!(told(&format!("<ul>{}</ul>", list.concat())), (false, true));
    // Titles of dated entries that look like it, and one word in all of them.
    let row = |n: u32, word: &str| format!("<li><a href=/z/{n}>{n}. {word} 2024</a> <i>1{n}. 3. 2024</i></li>");
    let sessions = [row(5, "zasedání"), row(4, "schůze"), row(3, "zasedání")].concat();
    assert_eq!(told(&format!("<ul>{sessions}</ul>")), (true, false));
    let undated =
        "<li><a href=/a>1. pololetí 2024</a></li><li><a href=/b>2. pololetí 2023</a></li><li><a href=/c>1. pololetí 2023</a></li>";
    assert!(!told(&format!("<ul>{undated}</ul>")).1);
}

/// Month headings leave the year to the heading above them, and days stand without a stop; one of them comes twice.
#[test]
fn days_stand_under_a_month_under_a_year() {
    let day = |day: u32, title: &str| format!("<dt>{day}</dt><dd><a href=/n/{}>{title}</a></dd>", title.len());
    let month = |name: &str, days: String| format!("<h3>{name}</h3><dl>{days}</dl>");
    let list = [
        "<h2>2024</h2>".into(),
        month("April", [day(27, "The mill is sold"), day(27, "Eggs for the asking"), day(3, "Frost in the orchards")].concat()),
        month("January", day(30, "Snow ploughs wanted")),
        "<h2>2023</h2>".into(),
        month("December", [day(22, "Closed until the new year"), day(1, "Candles in the chapel")].concat()),
    ];
    let side =
        "<h2>Soon</h2><ul><li>7 March 2024 <a href=/e/1>General meeting</a></li><li>2 March 2024 <a href=/e/2>Day of water</a></li></ul>";
    let want = [
        "2024-04-27 | The mill is sold",
        "2024-04-27 | Eggs for the asking",
        "2024-04-03 | Frost in the orchards",
        "2024-01-30 | Snow ploughs wanted",
        "2023-12-22 | Closed until the new year",
        "2023-12-01 | Candles in the chapel",
    ];
    assert_eq!(dated("en", &format!("<div>{}</div></main><div>{side}</div>", list.concat())), want);
}

/// What a heading between the entries says is no text of the one before it.
#[test]
fn a_heading_of_a_month_is_no_summary() {
    let html = "<html lang=en><title>L</title><body><main><h1>News</h1><h2>2024</h2><h3>April</h3><dl><dt>27</dt><dd><a href=/a>The mill is \
        sold</a></dd><dt>9</dt><dd><a href=/b>Frost in the orchards</a></dd></dl><h3>January</h3><dl><dt>30</dt><dd><a href=/c>Snow ploughs \
        wanted</a></dd></dl></main>";
    let listing = read("https://obec.example/news", html);
    assert_eq!(listing.entries.iter().filter_map(|entry| entry.summary.as_deref()).collect::<Vec<_>>(), [""; 0]);
}

/// Meetings to come go on the order of those that have been; a day by which something closes does not.
#[test]
fn meetings_to_come_stand_in_the_list_of_those_that_have_been() {
    let row =
        |day: &str, n: u32, changed: &str| format!("<tr><td>{day}<td><a href=/m/{n}>Meeting of body {n} of the town</a><td>{changed}");
    let head = "<tr><th>Date<th>Meeting<th>Last updated";
    let list = [
        row("14. 5. 2024", 4, "26. 4. 2024"),
        row("23. 4. 2024", 3, "29. 4. 2024"),
        row("9. 4. 2024", 2, "30. 3. 2024"),
        row("12. 3. 2024", 1, "13. 3. 2024"),
    ];
    let want = [("2024-05-14", 4), ("2024-04-23", 3), ("2024-04-09", 2), ("2024-03-12", 1)]
        .map(|(day, n)| format!("{day} | Meeting of body {n} of the town"));
    assert_eq!(dated("en", &format!("<table>{head}{}</table>", list.concat())), want);
}

#[test]
fn a_day_told_by_its_distance_dates_as_others_do() {
    let row = |n: u32, day: &str| {
        format!(
            "<article><h2><a href=/a/{n}>Der Marktplatz wird zum {n}. Mal gefegt</a></h2><p>Von A. Berg · <span>{day}</span></p></article>"
        )
    };
    let list = [row(4, "Heute, 9:05 Uhr"), row(3, "Gestern"), row(2, "vor 3 Tagen"), row(1, "26. April 2024")].concat();
    let want = [
        "2024-05-01 | Der Marktplatz wird zum 4. Mal gefegt",
        "2024-04-30 | Der Marktplatz wird zum 3. Mal gefegt",
        "2024-04-28 | Der Marktplatz wird zum 2. Mal gefegt",
        "2024-04-26 | Der Marktplatz wird zum 1. Mal gefegt",
    ];
    assert_eq!(dated("de", &list), want);
}

/// Where no day of the list has a year the latest is assumed, and told; days to come run the other way and are none.
#[test]
fn days_of_no_year_are_of_the_latest_and_told() {
    let row = |day: &str, n: u32| {
        format!(
            "<li><div><span>{}</span></div><h3><a href=/n/{n}>Zpráva číslo {n} z obce</a></h3></li>",
            day.replace(' ', "</span> <span>")
        )
    };
    let page = |days: [&str; 4]| {
        let list: Vec<String> = days.iter().zip(1..).map(|(day, n)| row(day, n)).collect();
        read("https://obec.example/listy", &format!("<html lang=cs><title>L</title><main><h1>Listy</h1><ul>{}</ul></main>", list.concat()))
    };
    let fallen = page(["30. dubna", "2. března", "5. ledna", "27. prosince"]);
    let days: Vec<String> = fallen.entries.iter().filter_map(|entry| entry.published).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2024-04-30", "2024-03-02", "2024-01-05", "2023-12-27"]);
    assert!(fallen.problems.iter().any(|problem| problem.kind.name() == "year_assumed"), "{:?}", fallen.problems);
    assert_eq!(page(["5. května", "12. května", "1. června", "3. července"]).entries, []);
}

/// Several days an entry, not as many in each: what they are called says which is which.
#[test]
fn days_of_one_label_are_one_column() {
    let entry = |n: u32, title: &str, rest: &str| {
        format!(
            "<li><p><b><a href=/d/{n}>{title}</a></b></p><p><span>Vyvěšeno: {n}. 4. 2024</span> | <span>Sejmutí: {rest}</span></p></li>"
        )
    };
    let list = [
        entry(29, "Záměr prodat pozemek u lesa", "15. 5. 2024"),
        entry(22, "Pozvánka na zasedání dne 6. 5. 2024", "7. 5. 2024 | Zodpovídá: <a href=/o/1>J. Malá</a>"),
        entry(15, "Nález: svazek klíčů", "neuvedeno | Zodpovídá: stráž"),
        entry(9, "Usnesení rady ze dne 2. 4. 2024", "30. 4. 2024"),
    ];
    let want = [
        "2024-04-29 | Záměr prodat pozemek u lesa",
        "2024-04-22 | Pozvánka na zasedání dne 6. 5. 2024",
        "2024-04-15 | Nález: svazek klíčů",
        "2024-04-09 | Usnesení rady ze dne 2. 4. 2024",
    ];
    assert_eq!(dated("cs", &format!("<ul>{}</ul>", list.concat())), want);
}

/// The year is that of a heading that counts what stands below it; a word stands behind each day, and one title names a day with its year.
#[test]
fn a_heading_that_counts_its_entries_names_their_year() {
    let row = |day: &str, title: &str| format!("<li><p>{day} · Rada</p><h3><a href=/listy/{}>{title}</a></h3></li>", title.len());
    let part = |year: &str, rows: &[String]| format!("<section><h2>{year} ({})</h2><ul>{}</ul></section>", rows.len(), rows.concat());
    let list = part("2023", &[row("27. listopadu", "Rada zasedala naposledy"), row("9. ledna", "Nový rok, nové jízdné")])
        + &part("2022", &[row("5. prosince", "Poplatky od 1. ledna 2023")]);
    let want = ["2023-11-27 | Rada zasedala naposledy", "2023-01-09 | Nový rok, nové jízdné", "2022-12-05 | Poplatky od 1. ledna 2023"];
    assert_eq!(dated("cs", &list), want);
}

/// Days between bars, in a line like that of what is said below, which has days of its own.
#[test]
fn days_between_the_same_signs_are_those_of_one_list() {
    let row = |n: u32, title: &str, says: &str| {
        format!("<div><h3><a href=/listy/{n}>{title}</a></h3><p>Píše <i>kancelář</i> | {n}. 3. 2024 | Témata</p><p>{says}</p></div>")
    };
    let list = [
        row(22, "Svátky v úřadu", "Od 29. 3. 2024 do 1. 4. 2024 je zavřeno, znovu přijďte 2. 4. 2024."),
        row(14, "Hledají se dobrovolníci", "Hlaste se do 5. 4. 2024."),
        row(9, "Poděkování za úklid", "Bylo nás přes sto."),
        row(4, "Knihovna má nové knihy", "Od 6. 3. 2024 si je lze půjčit."),
    ];
    let want = [
        "2024-03-22 | Svátky v úřadu",
        "2024-03-14 | Hledají se dobrovolníci",
        "2024-03-09 | Poděkování za úklid",
        "2024-03-04 | Knihovna má nové knihy",
    ];
    assert_eq!(dated("cs", &list.concat()), want);
}
