//! Where an entry begins and ends, and which of its own dates it bears: each page one kind of fault.

use super::{read, rows};

/// Day and title of the entries of a page with this list.
fn entries(list: &str) -> Vec<String> {
    let html = format!(
        "<html lang=en><head><title>Harbour office</title></head><body><header><a href=/>Harbour office</a></header>\
         <main>{list}</main></body></html>"
    );
    let listing = read("https://harbour.example/news", &html);
    rows(&listing).iter().map(|row| row.split(" | ").take(2).collect::<Vec<_>>().join(" | ")).collect()
}

/// Only one box begins with a picture; the one before it keeps its title.
#[test]
fn a_picture_that_one_box_begins_with_takes_no_title_from_another() {
    let post = |n: u32, picture: &str, title: &str| {
        format!(
            "<li>{picture}<h3><a href=/p/{n}>{title}</a></h3><div><time datetime=2024-04-{n:02}>{n} April 2024</time></div>\
             <div><p>What the keeper of the harbour wrote about day {n}…</p></div></li>"
        )
    };
    let list = [
        post(29, "", "The dredger is back"),
        post(22, "<figure><a href=/p/22><img src=/i/22.jpg alt='A crane'></a></figure>", "A crane for the western quay"),
        post(15, "", "Tide tables for the summer"),
        post(8, "", "Nets, ropes and other finds"),
    ];
    let want = [
        "2024-04-29 | The dredger is back",
        "2024-04-22 | A crane for the western quay",
        "2024-04-15 | Tide tables for the summer",
        "2024-04-08 | Nets, ropes and other finds",
    ];
    assert_eq!(entries(&format!("<ul>{}</ul>", list.concat())), want);
}

/// A second link behind the title is part of its row.
#[test]
fn no_entry_begins_on_the_line_of_another() {
    let row = |n: u32, more: &str, title: &str| {
        format!("<tr><td>04/{n}/2024</td><td>HB-{n}</td><td><a href=/d/{n}.pdf>{title}</a>{more}</td><td>Judge Ames</td></tr>")
    };
    let list = [
        row(29, "", "Pilots v. Lighthouse Board"),
        row(24, " <a href=/d/24-dissent.pdf>[Dissenting opinion]</a>", "In re Salvage of the Petrel"),
        row(19, "", "Harbour Tax Appeals"),
        row(17, " <a href=/d/17-errata.pdf>[Errata]</a>", "Estate of Captain Holm"),
        row(15, "", "Fishers v. Cannery"),
    ];
    let want = [
        "2024-04-29 | Pilots v. Lighthouse Board",
        "2024-04-24 | In re Salvage of the Petrel",
        "2024-04-19 | Harbour Tax Appeals",
        "2024-04-17 | Estate of Captain Holm",
        "2024-04-15 | Fishers v. Cannery",
    ];
    assert_eq!(entries(&format!("<table>{}</table>", list.concat())), want);
}

/// One entry was changed since: the first day of its line is its own, as in the others.
#[test]
fn of_two_dates_on_a_line_the_first_is_that_of_the_entry() {
    let post = |day: &str, changed: &str, title: &str| {
        format!("<div><span>{day}</span>{changed}<h2><a href=/a/{}>{title}</a></h2><p>Said at the quay.</p></div>", title.len())
    };
    let list = [
        post("12.04.2024", " <span>|</span> Updated: 26.04.2024", "Hours of the office"),
        post("09.04.2024", "", "The ice has gone"),
        post("02.04.2024", "", "Fees for berths and moorings"),
    ];
    let want = ["2024-04-12 | Hours of the office", "2024-04-09 | The ice has gone", "2024-04-02 | Fees for berths and moorings"];
    assert_eq!(entries(&list.concat()), want);
}

/// A document is filed after its case was argued.
#[test]
fn the_day_of_filing_is_the_publication() {
    let row = |n: u32, title: &str| format!("<tr><td>04/{n}/2024</td><td><a href=/o/{n}.pdf>{title}</a></td><td>01/{n}/2024</td></tr>");
    let head = "<tr><th>Date Filed</th><th>Case</th><th>Argued</th></tr>";
    let list = [row(29, "Pilots v. Lighthouse Board"), row(22, "In re Salvage of the Petrel"), row(17, "Harbour Tax Appeals")].concat();
    let want = ["2024-04-29 | Pilots v. Lighthouse Board", "2024-04-22 | In re Salvage of the Petrel", "2024-04-17 | Harbour Tax Appeals"];
    assert_eq!(entries(&format!("<table>{head}{list}</table>")), want);
}

/// The entry on top is set with its title before the day, all others with the day before the title.
#[test]
fn the_first_box_may_begin_with_what_others_end_with() {
    let day = |n: u32| format!("<p><time datetime=2024-04-{n:02}>{n} April 2024</time> <span>Quay</span></p>");
    let top =
        format!("<div><h2><a href=/p/29>The dredger is back</a></h2>{}<p>She lay up north.</p><a href=/p/29>Read more</a></div>", day(29));
    let post = |n: u32, title: &str| format!("<div>{}<h3><a href=/p/{n}>{title}</a></h3></div>", day(n));
    let list = [top, post(22, "A crane for the western quay"), post(15, "Tide tables for the summer"), post(8, "Nets and other finds")];
    let want = [
        "2024-04-29 | The dredger is back",
        "2024-04-22 | A crane for the western quay",
        "2024-04-15 | Tide tables for the summer",
        "2024-04-08 | Nets and other finds",
    ];
    assert_eq!(entries(&format!("<section>{}</section>", list.concat())), want);
}

/// Names and what is said of them stand in lines of one kind under the day.
#[test]
fn a_sentence_in_a_line_like_a_title_is_none() {
    let case = |name: &str, what: &str| format!("<span>{name}</span><br><span>{what}</span><br><br>");
    let day = |day: &str, cases: &str| format!("<div><strong>{day}</strong><br>{cases}</div>");
    let list = [
        day(
            "23 April 2024",
            &(case("Harbour v. Crane Works", "Whether the crane may stand on the quay when no ship is there.")
                + &case("In re Lantern", "Review of the keeper's pay.")
                + &case("Nets v. Ropes", "Whether nets are ropes for the purpose of the toll.")),
        ),
        day(
            "21 March 2024",
            &(case("Buoy v. Bell", "Whether the bell must ring at noon on holidays as well.")
                + &case("In re Anchor", "Appeal about the weight of an anchor.")),
        ),
    ];
    let want = [
        "2024-04-23 | Harbour v. Crane Works",
        "2024-04-23 | In re Lantern",
        "2024-04-23 | Nets v. Ropes",
        "2024-03-21 | Buoy v. Bell",
        "2024-03-21 | In re Anchor",
    ];
    assert_eq!(entries(&list.concat()), want);
}

/// The newest entry is set above the list, in a part and under a heading of its own.
#[test]
fn an_entry_set_above_the_list_is_one_of_it() {
    let day = |n: u32| format!("<p><time datetime=2024-04-{n:02}>{n} April 2024</time></p>");
    let top = format!(
        "<section><h2>On top</h2><article><a href=/p/29><img src=/i.jpg alt=''><h3>The dredger is back</h3></a>{}</article></section>",
        day(29)
    );
    let post = |n: u32, title: &str| format!("<li><h3><a href=/p/{n}>{title}</a></h3>{}<p>What the keeper wrote.</p></li>", day(n));
    let list = [post(22, "A crane for the western quay"), post(15, "Tide tables for the summer"), post(8, "Nets and other finds")].concat();
    let want = [
        "2024-04-29 | The dredger is back",
        "2024-04-22 | A crane for the western quay",
        "2024-04-15 | Tide tables for the summer",
        "2024-04-08 | Nets and other finds",
    ];
    assert_eq!(entries(&format!("<h1>News</h1>{top}<section><h2>All news</h2><ul>{list}</ul></section>")), want);
}

/// A section and a title below the day of each post, both links in lines of one kind, and a word or a file below some.
#[test]
fn as_many_lines_below_each_date_are_columns() {
    let sections = ["Dredging", "Cranes", "Seasons", "Findings", "Lanterns", "Ropes", "Cranes", "Tolls"];
    let title = |at: usize| format!("What the keeper of the harbour wrote in week {}", at + 1);
    let post = |(at, section): (usize, &&str)| {
        let more = ["", "<p>She lay up north for a month.</p>", "<div><a href=/t.pdf>The tables</a></div>"][at % 3];
        format!(
            "<li><div>{} April 2024</div><div><div><a href=/s/{}>{section}</a></div><div><a href=/p/{at}>{}</a></div>{more}</div></li>",
            29 - 3 * at,
            section.to_lowercase(),
            title(at)
        )
    };
    let list: String = sections.iter().enumerate().map(post).collect();
    let want: Vec<String> = (0..sections.len()).map(|at| format!("2024-04-{:02} | {}", 29 - 3 * at, title(at))).collect();
    assert_eq!(entries(&format!("<ul>{list}</ul>")), want);
}

/// Days in brackets stand at the end of each post; what two of them say ends with another day.
#[test]
fn no_entry_begins_inside_another() {
    let post = |n: u32, title: &str, says: &str| {
        format!(
            "<li><b><a href=/p/{n}>{title}</a></b><div>{says}</div><div>[{n} April 2024] <i>|</i> <i>Section: <a href=/s/{}>{title:.6}</a></i></div></li>",
            n % 3
        )
    };
    let list = [
        post(29, "The dredger is back", "She lay up north for a month."),
        post(22, "A crane for the western quay", "The old one is taken down on 14 April 2024."),
        post(15, "Tide tables for the summer", "They are printed at last."),
        post(8, "Nets and other finds", "They may be fetched until 12 April 2024."),
        post(3, "The toll for boats", "It stays as it was."),
        post(1, "A word from the keeper", "He wishes a good spring."),
    ];
    let want = [
        "2024-04-29 | The dredger is back",
        "2024-04-22 | A crane for the western quay",
        "2024-04-15 | Tide tables for the summer",
        "2024-04-08 | Nets and other finds",
        "2024-04-03 | The toll for boats",
        "2024-04-01 | A word from the keeper",
    ];
    assert_eq!(entries(&format!("<ul>{}</ul>", list.concat())), want);
}

/// The newest entry is set above the others with a picture that leads to it, and all pages stand at the top of the site.
#[test]
fn an_entry_above_the_list_is_known_by_the_words_of_its_address() {
    let day = |n: u32| format!("<p>by <i>keeper</i> | <time>{n} April 2024</time></p>");
    let top = format!(
        "<div><a href=/the-dredger-is-back-in-2024><img src=/i.jpg alt='The dredger is back'></a>\
         <h1><a href=/the-dredger-is-back-in-2024>The dredger is back</a></h1>{}<p>She lay up north.</p></div>",
        day(29)
    );
    let post = |n: u32, title: &str| {
        let address = title.to_lowercase().replace(' ', "-");
        format!("<article><h2><a href=/{address}>{title}</a></h2>{}<p>What the keeper wrote.</p></article>", day(n))
    };
    let list = [post(22, "A crane for the western quay"), post(15, "Tide tables for the summer"), post(8, "Nets and other finds")].concat();
    let want = [
        "2024-04-29 | The dredger is back",
        "2024-04-22 | A crane for the western quay",
        "2024-04-15 | Tide tables for the summer",
        "2024-04-08 | Nets and other finds",
    ];
    assert_eq!(entries(&format!("<h1>News</h1><section>{top}</section><section><div>{list}</div></section>")), want);
}

/// Words in brackets lead on from three of seven posts, elsewhere each time.
#[test]
fn words_that_lead_elsewhere_each_time_lead_to_the_entry() {
    let post = |n: u32| {
        let on = if n.is_multiple_of(2) { format!(" <a href=/p/{n}>[all of it]</a>") } else { String::new() };
        format!(
            "<table><tr><td><b>Notice of the keeper about berth {n}</b></td><td>{n} April 2024</td></tr>\
             <tr><td colspan=2>What he wrote of berth {n} is short.{on}</td></tr></table>"
        )
    };
    let html = format!("<title>Harbour office</title><main>{}</main>", (11..=17).rev().map(post).collect::<String>());
    let listing = read("https://harbour.example/news", &html);
    let links: Vec<_> = listing.entries.iter().map(|entry| entry.link.as_ref().map(url::Url::path)).collect();
    assert_eq!(links, [None, Some("/p/16"), None, Some("/p/14"), None, Some("/p/12"), None]);
    assert!(listing.entries.iter().all(|entry| entry.summary.as_ref().is_none_or(|says| says.ends_with("is short."))));
}
