//! Lists whose title and date only the whole column tells: each layout one kind of fault that a reader of single records makes.

use twindex::extract::ProblemKind;

use super::{read, rows};

fn page(heading: &str, list: &str) -> String {
    format!(
        "<html lang=en><head><title>{heading} | Milford</title></head><body><nav><a href=/>Home</a></nav>\
         <main><h1>{heading}</h1>{list}</main><footer><p>Milford, last updated March 9, 2024</p></footer></body></html>"
    )
}

fn titled(list: &str) -> Vec<String> {
    let listing = read("https://milford.example/board/notices", &page("Notices", list));
    rows(&listing).iter().map(|row| row.split(" | ").take(2).collect::<Vec<_>>().join(" | ")).collect()
}

/// Without their dates all titles would be one.
#[test]
fn titles_that_only_their_dates_tell_apart_keep_them() {
    let list = "<ul><li><a href=/f/3.pdf>March 5, 2024 Regular Meeting</a></li><li><a href=/f/2.pdf>February 6, 2024 Regular Meeting</a></li>\
        <li><a href=/f/1.pdf>January 9, 2024 Regular Meeting</a></li></ul>";
    assert_eq!(
        titled(list),
        [
            "2024-03-05 | March 5, 2024 Regular Meeting",
            "2024-02-06 | February 6, 2024 Regular Meeting",
            "2024-01-09 | January 9, 2024 Regular Meeting",
        ]
    );
}

/// A second date of each row, labelled, makes no entry of its own.
#[test]
fn a_labelled_second_date_is_no_entry() {
    let row = |n: u32, title: &str| {
        format!(
            "<div class=r><a href=/d/{n}.pdf>{title}</a><p>The court heard {title} and sent the matter back to the county.</p>\
             <div><b>Date:</b> April {n}, 2024</div><div><b>Posted:</b> April {n}, 2024</div></div>"
        )
    };
    let list = [row(8, "Maye v. Town of Ash"), row(7, "Westrom v. County"), row(3, "Tea v. Ramsey Mill")].concat();
    assert_eq!(titled(&list).len(), 3);
}

/// Words under a label of their own are no rival of the title; nor is a verdict that stands in each record.
#[test]
fn a_labelled_field_is_not_a_second_title() {
    let row = |n: u32, title: &str, decree: &str| {
        format!(
            "<div><p><strong>2024-CA-00{n}</strong></p><p>{title}</p><p><strong>Decree: </strong>{decree}</p>\
             <p><strong>Opinion Date:</strong> 01/0{n}/2023</p><p><a href=/o/{n}.pdf>View Document</a></p></div><hr>"
        )
    };
    let list = [
        row(9, "Carollo against the University", "Affirmed"),
        row(8, "Succession of Mrs. Foster", "Motion denied; judgment affirmed"),
        row(7, "Spears against Hall", "Reversed"),
    ];
    let titles = ["Carollo against the University", "Succession of Mrs. Foster", "Spears against Hall"];
    let found = titled(&list.concat());
    assert!(found.iter().zip(titles).all(|(row, title)| row.ends_with(title)), "{found:?}");
}

/// A figure or a full stop in one title does not send the reader to another column.
#[test]
fn one_odd_title_stays_in_its_column() {
    let row = |n: u32, title: &str, by: &str| {
        format!("<tr><td>{n}. 3. 2015</td><td><a href=/q/{n}.pdf>{title}</a></td><td>{by} Schinnenburg, written question</td></tr>")
    };
    let list = format!(
        "<table><tr><th>Date</th><th>Subject</th><th>By</th></tr>{}{}{}{}</table>",
        row(31, "Jobs in the city and its suburbs", "Anna"),
        row(30, "Delivery of DT5 units", "Karl"),
        row(28, "Students (2)", "Jens"),
        row(27, "Harbour fairs and their costs", "Ines"),
    );
    let found = titled(&list);
    assert!(found.iter().any(|row| row.ends_with("| Delivery of DT5 units")), "{found:?}");
    assert!(found.iter().any(|row| row.ends_with("| Students (2)")), "{found:?}");
}

/// Each heading lies in one element with the list that belongs to the heading before it.
#[test]
fn headings_glued_to_the_list_before_them_date_what_follows() {
    let days = ["November 14", "November 7", "October 31", "October 24", "October 17", "October 10"];
    let titles = |at: usize| [format!("Hill number {at} v. the Commissioner"), format!("Painting Works {at} v. Wilmot Place")];
    let heading = |at: usize| days.get(at).map_or_else(String::new, |day| format!("<b>Published on {day}, 2023:</b>"));
    let item = |title: &String| format!("<li><a href=/c/{}.pdf>AC46330</a> - {title}</li>", title.len());
    let part = |at: usize| format!("<div><ul>{}</ul>{}</div>", titles(at).iter().map(item).collect::<String>(), heading(at + 1));
    let list = format!("<div>{}</div>", heading(0)) + &(0..days.len()).map(part).collect::<String>();
    let found = titled(&list);
    assert_eq!(found.len(), 12, "{found:?}");
    assert_eq!(found[0], "2023-11-14 | AC46330 - Hill number 0 v. the Commissioner");
    assert_eq!(found[11], "2023-10-10 | AC46330 - Painting Works 5 v. Wilmot Place");
}

/// Short years between dashes behind a label, and days with their hours where the page lists nothing else.
#[test]
fn short_dashed_years_and_hours_are_dates_of_a_whole_list() {
    let row = |day: &str, n: u32, title: &str| {
        format!("<tr><td><b>Caption:</b> <a href=/a/{n}.mp3>{title}</a></td><td><b>Date argued:</b> {day}</td></tr>")
    };
    let list = format!(
        "<table>{}{}{}</table>",
        row("4-27-23", 1, "Ortega v. Blanche"),
        row("4-24-23", 2, "Newton v. Hennessy"),
        row("4-13-23", 3, "Diallo v. Police")
    );
    assert_eq!(titled(&list), ["2023-04-27 | Ortega v. Blanche", "2023-04-24 | Newton v. Hennessy", "2023-04-13 | Diallo v. Police"]);
    let row = |day: &str, n: u32, title: &str| {
        format!("<tr><td><a href=/board/notices/{n}>{title}</a></td><td>{day} 12:00 PM - 1:30 PM</td></tr>")
    };
    let list = format!(
        "<table>{}{}{}</table>",
        row("12/20/2019", 1, "Water Quality Subcommittee"),
        row("12/13/2019", 2, "Board of Directors of the County"),
        row("11/15/2019", 3, "Safety and Operations Council")
    );
    assert_eq!(titled(&list)[1], "2019-12-13 | Board of Directors of the County");
}

/// An entry set above the list in another shape is told, and the listing is not whole.
#[test]
fn a_featured_entry_above_the_list_is_told() {
    let card =
        |n: u32, title: &str| format!("<article><h3><a href=/board/notices/{n}>{title}</a></h3><time>March {n}, 2024</time></article>");
    let list = format!(
        "<section><h2><a href=/board/notices/9>The bridge opens in spring</a></h2><p>March 9, 2024</p><p>After two years of work.</p></section><div>{}{}{}</div>",
        card(7, "Library hours change"),
        card(5, "Board seeks volunteers"),
        card(2, "Road works on Mill Street")
    );
    let listing = read("https://milford.example/board/notices", &page("Notices", &list));
    let has_it = listing.entries.iter().any(|entry| entry.title == "The bridge opens in spring");
    assert!(has_it || !listing.whole, "{listing:?}");
}

/// One date that can only be read the other way round than its column is a fault that is told, no day by guess.
#[test]
fn a_date_against_the_order_of_its_column_is_told() {
    let list = |days: [&str; 5]| {
        let row = |(nth, day): (usize, &&str)| {
            format!(
                "<div class=i><p>{day}</p><h3><a href=/n/{nth}>Village number {nth} seeks a partner</a></h3><p>A short word on it.</p></div>"
            )
        };
        page("Notices", &days.iter().enumerate().map(row).collect::<String>())
    };
    for days in [
        ["24.11.2020", "12.13.2020", "30.10.2020", "15.9.2020", "28.7.2020"],
        ["24/11/2020", "12/13/2020", "30/10/2020", "15/9/2020", "28/7/2020"],
        ["11.24.2020", "13.12.2020", "10.30.2020", "9.15.2020", "7.28.2020"],
    ] {
        let listing = read("https://milford.example/board/notices", &list(days));
        let impossible = listing.problems.iter().filter(|problem| problem.kind == ProblemKind::ImpossibleDate).count();
        let dated = listing.entries.iter().filter(|entry| entry.published.is_some()).count();
        assert_eq!((listing.entries.len(), dated, impossible), (5, 4, 1), "{days:?}");
    }
}

/// The heading of a month or year says the year of the days below it; a day of another month is none of them.
#[test]
fn days_without_a_year_stand_under_a_heading_that_names_it() {
    let month = "<h2>March 2024</h2><ul><li><i>9 March</i> <a href=/n/4>The bridge is closed</a><p>Until noon.</p></li>\
        <li><i>2. 3.</i> <a href=/n/3>A choir from Tann sings</a><p>In the hall.</p></li></ul><h2>February 2024</h2>\
        <ul><li><i>28 February</i> <a href=/n/2>New lamps in Mill Lane</a><p>Eleven of them.</p></li></ul>";
    let wanted = ["2024-03-09 | The bridge is closed", "2024-03-02 | A choir from Tann sings", "2024-02-28 | New lamps in Mill Lane"];
    assert_eq!(titled(month), wanted);
    assert_eq!(titled(&month.replace("March 2024", "2024").replace("February 2024", "2024")), wanted);
    let ended = "<h2>2023</h2><p>It was a good year.</p><h2>Notices to all</h2><ul><li><i>9 March</i> <a href=/n/4>The bridge is closed</a></li>\
        <li><i>2 March</i> <a href=/n/3>A choir from Tann sings</a></li></ul>";
    assert_eq!(titled(ended), Vec::<String>::new());
}

/// Words that no grammar knows, around a `datetime` that says the same numbers.
#[test]
fn a_machine_readable_day_is_read_whatever_words_stand_around_it() {
    let row = |n: u32, title: &str| {
        let said = format!("<time datetime=2024-02-{n:02}>Posted upon the board of the town: {n}th of the second moon, 2024</time>");
        let changed = "<time datetime=2024-03-01>Amended: first of the third moon</time>";
        format!("<div><h3><a href=/n/{n}>{title}</a></h3><dl><dd>{said}</dd><dd>{changed}</dd></dl><p>By order.</p></div>")
    };
    let list = row(9, "The bridge is closed") + &row(7, "A choir from Tann sings") + &row(4, "New lamps in Mill Lane");
    assert_eq!(
        titled(&list),
        ["2024-02-09 | The bridge is closed", "2024-02-07 | A choir from Tann sings", "2024-02-04 | New lamps in Mill Lane"]
    );
}

/// Of two columns of days the earlier is that of publication, wherever it stands.
#[test]
fn the_day_a_notice_is_taken_down_does_not_date_it() {
    let row =
        |n: u32, title: &str| format!("<tr><td>{}. 2. 2024</td><td><a href=/n/{n}>{title}</a></td><td>{n}. 2. 2024</td></tr>", n + 15);
    let list = format!(
        "<table>{}{}{}</table>",
        row(9, "The bridge is closed"),
        row(7, "A choir from Tann sings"),
        row(4, "New lamps in Mill Lane")
    );
    assert_eq!(
        titled(&list),
        ["2024-02-09 | The bridge is closed", "2024-02-07 | A choir from Tann sings", "2024-02-04 | New lamps in Mill Lane"]
    );
}

/// Dated links outside the list: one that leads where its entries do is told, also at the top of a site, and a pager is not.
#[test]
fn an_entry_beside_the_list_is_told_and_a_pager_is_none() {
    let item = |n: u32, title: &str| format!("<li><a href=/show.php?n={n}>{title}</a><div>{n} March 2024, by the clerk</div></li>");
    let list =
        format!("<ul>{}{}{}</ul>", item(9, "The bridge is closed"), item(7, "A choir from Tann sings"), item(4, "New lamps in Mill Lane"));
    let read = |list: &str| read("https://milford.example/", &page("Notices", list));
    assert!(read(&list).whole);
    let beside = format!("{list}<section><h2><a href=/show.php?n=12>The mayor resigns</a></h2><span>12 March 2024</span></section>");
    assert!(!read(&beside).whole);
    let pager = format!("{list}<p>1 <a href='/show.php?n=2'>2</a> <a href='/show.php?n=3'>&gt;</a></p><p>Changed on 12 March 2024</p>");
    let doubts = read(&pager).problems;
    assert!(!doubts.iter().any(|doubt| doubt.kind == ProblemKind::LeftOut), "{doubts:?}");
}

/// The head of a column decides, though another column tells the rows better apart.
#[test]
fn a_column_whose_head_says_title_holds_the_titles_though_all_are_one() {
    let row = |day: u32, hall: &str| format!("<tr><td>April {day}, 2024</td><td>Town meeting</td><td>{hall}</td></tr>");
    let rows = [row(9, "Old school in Ash"), row(5, "Parish hall in Elm"), row(2, "Fire station in Oak")].concat();
    let list = format!("<table><tr><th>Day</th><th>Title</th><th>Place</th></tr>{rows}</table>");
    assert_eq!(titled(&list), ["2024-04-09 | Town meeting", "2024-04-05 | Town meeting", "2024-04-02 | Town meeting"]);
}

/// A code is part of the title that a dash ties to it, and a title where titles stand in other entries.
#[test]
fn titles_with_codes_and_titles_that_are_codes() {
    let item = |code: &str, title: &str| format!("<li><a href=/c/{code}.pdf>{code}</a> – {title}</li>");
    let list = format!(
        "<p><b>Published on 24 October 2023:</b></p><ul>{}{}</ul><p><b>Published on 17 October 2023:</b></p><ul>{}{}</ul>",
        item("ZM-120", "Budget of the town"),
        item("ZM-121", "A contract with Tann"),
        item("ZM-118", "Care of the oaks"),
        item("ZM-119", "Wells and springs"),
    );
    let listing = read("https://milford.example/board/notices", &page("Notices", &list));
    assert_eq!(rows(&listing)[1], "2023-10-24 | ZM-121 – A contract with Tann | /c/ZM-121.pdf | -");
    assert_eq!(listing.entries.len(), 4);
    let card =
        |title: &str, day: &str| format!("<article><h3><a href=/d/{}>{title}</a></h3>{day}<p>A few words.</p></article>", title.len());
    let day = |day: &str| format!("<p>{day} April 2024</p>");
    let cards = [
        card("The ferry sails again", &day("29")),
        card("B-3/2024", ""),
        card("New benches", &day("21")),
        card("A choir sings", &day("9")),
    ];
    assert_eq!(titled(&cards.concat())[1], "- | B-3/2024");
}

/// Most meetings have one name; the links below them have one, too, but are no better for it.
#[test]
fn titles_that_repeat_are_no_labels() {
    let item = |day: &str, title: &str| format!("<p><strong>{day} - {title}</strong><br><a href=/b/{}.pdf>Papers</a></p>", day.len());
    let list = [
        item("Thursday 15 February 2024", "regular meeting"),
        item("Wednesday 17 January 2024", "yearly meeting"),
        item("Wednesday 13 December 2023", "regular meeting"),
        item("Tuesday 14 November 2023", "regular meeting"),
    ];
    let want =
        ["2024-02-15 | regular meeting", "2024-01-17 | yearly meeting", "2023-12-13 | regular meeting", "2023-11-14 | regular meeting"];
    assert_eq!(titled(&list.concat()), want);
}
