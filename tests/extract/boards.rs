//! Lists in the manner of municipal boards and news: spans for which something is posted, sections as links, links that repeat a
//! title, a first entry of another shape.

use super::{read, rows};

const ADDRESS: &str = "https://elm.example/board";

/// Day, title and address of each entry.
fn listed(list: &str) -> Vec<String> {
    let page = format!(
        "<html lang=en><head><title>Board</title></head><body><nav><a href=/>Home</a></nav><main><h1>Board</h1>{list}</main></body></html>"
    );
    rows(&read(ADDRESS, &page))
}

/// Each is posted for two weeks; what is posted now has begun.
#[test]
fn a_span_dates_what_is_posted_by_its_first_day() {
    let item = |n: u32, title: &str, span: &str| {
        format!("<li><a href=/board/{n}><h4>{title}</h4></a><p>Period: {span}</p><p>Section: plans</p></li>")
    };
    let list = [
        item(4, "Budget of the joint municipality", "from 28 November 2020 to 12 December 2020"),
        item(3, "Plan number 48 at the mill brook", "from 20 November 2020 to 4 December 2020"),
        item(2, "Invitation to the council of 1 December", "from 13 November 2020 to 27 November 2020"),
        item(1, "Lost property of the autumn", "from 2 November 2020 to 16 November 2020"),
    ];
    let read = listed(&format!("<ul>{}</ul>", list.concat()));
    assert_eq!(read.iter().map(|row| &row[..10]).collect::<Vec<_>>(), ["2020-11-28", "2020-11-20", "2020-11-13", "2020-11-02"], "{read:?}");
}

/// A calendar goes on to what is to come: its spans date no entry.
#[test]
fn a_span_of_an_event_is_no_publication() {
    let item = |n: u32, title: &str, span: &str| format!("<li><a href=/board/{n}><h4>{title}</h4></a><p>Period: {span}</p></li>");
    let list = [
        item(1, "Exhibition of old maps", "from 2 November 2030 to 16 November 2030"),
        item(2, "Fair of books in the square", "from 13 November 2030 to 27 November 2030"),
        item(3, "Skating behind the school", "from 20 November 2030 to 4 December 2030"),
    ];
    let read = listed(&format!("<ul>{}</ul>", list.concat()));
    assert!(read.iter().all(|row| !row.starts_with("2030")), "{read:?}");
}

/// A card: the date on the picture, the section as a link, the title as a link.
#[test]
fn a_link_to_a_section_is_no_entry() {
    let card = |n: u32, day: &str, section: &str, title: &str| {
        format!(
            "<div class=card><a href=/board/{n}.html><img src={n}.jpg><div><span>{day}</span><span>Nov</span><span>20</span></div></a>\
             <div><div><a href=/board/section/{section}/>{section}</a></div><div><a href=/board/{n}.html>{title}</a></div></div></div>"
        )
    };
    let list = [
        card(6, "28", "Culture", "Workshops of Advent in the museum"),
        card(5, "27", "Culture", "The square has its pavement again"),
        card(4, "26", "Council", "Who will run the summer cinema"),
        card(3, "25", "Council", "Water will be shut off on Thursday"),
        card(2, "18", "Culture", "Choirs meet below the tower"),
        card(1, "11", "Council", "New hours of the registry"),
    ];
    let read = listed(&list.concat());
    assert_eq!(read.len(), 6, "{read:?}");
    assert!(read[0].starts_with("2020-11-28 | Workshops of Advent in the museum | "), "{read:?}");
}

/// A link over the whole card says the title to screen readers, with words before it.
#[test]
fn a_link_that_repeats_the_title_behind_other_words_is_none() {
    let card = |n: u32, title: &str| {
        format!(
            "<div class=card><div>2{n}. 11. 2020</div><div><div>{title}</div><p>What it is about, in a sentence or two.</p></div>\
             <a href=/board/{n}><span>find out about: {title}</span></a></div>"
        )
    };
    let list = [
        card(7, "Aid for heating from today"),
        card(5, "The market street is closed"),
        card(3, "Blood donors wanted"),
        card(1, "Paper and glass"),
    ];
    let read = listed(&list.concat());
    assert!(read[1].starts_with("2020-11-25 | The market street is closed | /board/5"), "{read:?}");
}

/// The words before the date lead up to it, so it is of the title.
#[test]
fn titles_that_lead_up_to_their_dates_keep_them() {
    let item =
        |n: u32, day: u32| format!("<li><a href=/f/{n}.pdf>Gazette no. {n} dated {day} November 2020</a> <span>(PDF, 4{n} kB)</span></li>");
    let read = listed(&format!("<ul>{}{}{}{}</ul>", item(23, 26), item(22, 19), item(21, 12), item(20, 5)));
    assert!(read[0].starts_with("2020-11-26 | Gazette no. 23 dated 26 November 2020"), "{read:?}");
}

/// The first is larger, stands in a box of its own, and its date follows below its text, in a footer or not.
#[test]
fn a_first_entry_of_another_shape_is_taken() {
    let title = "<h2><a href=/board/feast-9>A feast for the members</a></h2>";
    let text = "<p>The hall is let on Wednesday, so the feast was moved to the school. Come early, and bring a chair.</p><p>There will be music.</p>";
    let item = |n: u32, title: &str| {
        format!(
            "<a class=item href=/board/{title}-{n}><strong>The {title} of the year</strong><span>2{n}. 10. 2020</span><em>Council</em><span>What it is about, in a line.</span></a>"
        )
    };
    let list = [item(8, "mite"), item(7, "course"), item(5, "photograph"), item(3, "fair"), item(1, "library")].concat();
    for dated in [
        "<footer>Written by the office <time datetime=2020-11-22>22 November 2020</time></footer>",
        "<p>Published: <b>22. 11. 2020</b></p>",
    ] {
        let read = listed(&format!("<article>{title}{text}{dated}</article><div class=list>{list}</div>"));
        assert_eq!(read.len(), 6, "{dated} {read:?}");
        assert!(read[0].starts_with("2020-11-22 | A feast for the members"), "{dated} {read:?}");
    }
}

/// The last of the dates heads two entries as well.
#[test]
fn no_date_among_headings_is_left_out() {
    let group = |day: &str, titles: &[&str]| {
        let entries: String =
            titles.iter().map(|title| format!("<dd><a href=/d/{}.pdf>{title}</a> <span>(PDF, 45 kB)</span></dd>", title.len())).collect();
        format!("<dt>{day}</dt>{entries}")
    };
    let list = [
        group("Thu 26. 11. 2020", &["Invitation to the council", "Draft of the budget of next year"]),
        group("Tue 3. 11. 2020", &["How many people live here in all of it"]),
        group("Thu 8. 10. 2020", &["What information costs, and where", "The provisional budget has ended"]),
    ];
    let read = listed(&format!("<dl>{}</dl>", list.concat()));
    assert_eq!(read.iter().filter(|row| row.starts_with("2020-10-08")).count(), 2, "{read:?}");
}

/// Below an introduction, a year to each panel; all but the first are collapsed, and what is in them leads to files elsewhere.
#[test]
fn collapsed_years_below_an_introduction_are_one_list() {
    let panel = |year: u32, hidden: &str, titles: [&str; 4]| {
        let [linked @ .., last] = titles;
        let items: String = linked
            .iter()
            .enumerate()
            .map(|(at, title)| {
                format!("<li>{}.{}.{year}: <a href=/files/{year}/{at}.pdf>{title} <span>(4{at} KB)</span></a></li>", 28 - at, 11 - at)
            })
            .collect();
        format!("<div><h3>Notices {year}</h3><div{hidden}><ul>{items}<li>3.2.{year}: {last}</li></ul></div></div>")
    };
    let list = [
        panel(2020, "", ["Meeting of the council", "Fees for dogs", "Plan number 61", "A seal has been lost"]),
        panel(
            2019,
            " style=\"display: none\"",
            ["Budget of the year", "Fireworks in the old town", "Plan number 59", "Who is on the jury"],
        ),
        panel(
            2018,
            " style=\"display: none\"",
            ["Fees for sewage", "Who stands for election", "Cleaning of streets", "The lists are open"],
        ),
    ];
    let intro = "<p>By section 14 of the statute of 17.11.2016 bylaws and other notices are made public on this page.</p>";
    let read = listed(&format!("<div>{intro}</div>{}", list.concat()));
    assert_eq!(read.len(), 12, "{read:?}");
    assert!(read[4].starts_with("2019-11-28 | Budget of the year"), "{read:?}");
    assert!(read[11].starts_with("2018-02-03 | The lists are open"), "{read:?}");
}

/// The year stands above; what leads nowhere stands on one line with its day.
#[test]
fn a_day_without_a_year_opens_a_line_of_words() {
    let list = "<p><b>YEAR 2019</b></p>\
        <p><b>23.11.</b> - <a href=a.doc>Minutes of the assembly</a>\
        <p><b>16.11.</b> - <a href=b.xls>Budget of the year</a>, <a href=c.doc>what it means</a>\
        <p><b>9.11.</b> - <b>No water in Upper Lane</b><br>Bring a bucket to the fire station.\
        <p><b>30.10.</b> - <a href=d.html>Kites above the meadow</a>\
        <p><b>8.9.</b> - Notice: closed from 28. to 30.\
        <p><b>12.8.</b> - <a href=e.html>Feast of the parish</a>";
    let read = listed(list);
    assert_eq!(read.len(), 6, "{read:?}");
    assert!(read[2].starts_with("2019-11-09 | No water in Upper Lane"), "{read:?}");
    assert!(read[4].starts_with("2019-09-08 | Notice: closed from 28. to 30."), "{read:?}");
}

/// Its place behind the section tells the title that leads nowhere from section, deadline and word for the date.
#[test]
fn a_title_without_a_link_stands_where_titles_stand() {
    let row = |day: u32, section: &str, title: &str, more: &str| {
        format!(
            "<div><div><span>{section}</span><div>{title}</div><div>{more}</div></div><div><span><small>Published</small><br>{day}. 11. 2020</span></div></div>"
        )
    };
    let linked = |n: u32, title: &str| format!("<a href=/n/{n}>{title}</a>");
    let deadline = "<span><b>Until:</b> 30. 12. 2020</span>";
    let list = [
        row(27, "Hearings", &linked(8, "Draft plan of the mill quarter"), deadline),
        row(24, "Councils", &linked(7, "The council meets for the 28th time"), ""),
        row(20, "Notices", "<span>The road to the wood is closed</span>", deadline),
        row(17, "Tenders", &linked(5, "Grants for clubs in the coming year"), deadline),
        row(13, "Sales", &linked(4, "A meadow is for sale"), ""),
        row(12, "Notices", &linked(3, "Vaccines on Thursday"), ""),
    ];
    let read = listed(&list.concat());
    assert_eq!(read.len(), 6, "{read:?}");
    assert!(read[2].starts_with("2020-11-20 | The road to the wood is closed"), "{read:?}");
}

/// The title is plain, the day leads to the page, the sections lead to theirs.
#[test]
fn the_page_behind_the_date_is_that_of_the_entry() {
    let item = |n: u32, title: &str| {
        format!(
            "<li><div><time datetime=2020-11-2{n}><a href=/2020/11/{n}>2{n} November 2020</a></time> <a href=/section/news rel=tag>News</a></div><h2>{title}</h2><p>What it is about, in a line.</p></li>"
        )
    };
    let list = [item(8, "A bridge is open again"), item(6, "Who takes over the mill"), item(3, "Choirs in the barn")];
    let read = listed(&format!("<ul>{}</ul>", list.concat()));
    assert!(read[0].starts_with("2020-11-28 | A bridge is open again | /2020/11/8"), "{read:?}");
}

/// Day and year stand on lines of their own in a cell, with words behind them or the end of the span.
#[test]
fn a_day_that_lines_break_is_one() {
    let row = |n: u32, title: &str, end: &str| {
        format!("<tr><td><a href=/f/{n}.pdf>{title}</a></td><td>Town</td><td>{n}.11.<br>2020<br>&ndash;<br>{end}</td></tr>")
    };
    let list = [
        row(26, "A plot is for sale", "12.12.<br>2020"),
        row(18, "Budget of the union", "31.12.<br>2020"),
        row(9, "Fees for waste", "further notice"),
        row(5, "A path is closed", "1.12.<br>2020"),
    ];
    let read = listed(&format!("<table><tr><th>What<th>Who<th>From and to</tr>{}</table>", list.concat()));
    assert_eq!(read.len(), 4, "{read:?}");
    assert!(read[2].starts_with("2020-11-09 | Fees for waste"), "{read:?}");
}

/// A list in two sections; in the first a title has a second file beside it, which makes the second alone the more even list.
#[test]
fn sections_of_one_list_are_read_as_one() {
    let row = |n: u32, title: &str, more: &str| format!("<tr><td><a href=/f/{n}.pdf>{title}</a>{more}</td><td>{n}.11.2020</td></tr>");
    let table = |head: &str, rows: &[String]| format!("<h2>{head}</h2><div><table>{}</table></div>", rows.concat());
    let file = |n: u32, title: &str| format!(", <a href=/f/x{n}.pdf>{title}</a>");
    let first = [
        row(26, "A plot is for sale", ""),
        row(25, "The council meets", &file(1, "What the budget means for the town")),
        row(18, "Budget of the union", &file(2, "What the budget means for the union")),
    ];
    let second = [
        row(27, "A letter waits", ""),
        row(23, "No power in Mill Lane", ""),
        row(11, "Plan of the region", ""),
        row(10, "A path is closed", ""),
    ];
    let read = listed(&format!("{}{}", table("Town", &first), table("Others", &second)));
    assert_eq!(read.len(), 7, "{read:?}");
}

/// What the page calls the day of posting, in the language of the page, without a colon.
#[test]
fn a_term_that_says_publication_names_the_day() {
    let item = |n: u32, title: &str| {
        format!(
            "<li><h3><button aria-expanded=false>{title}</button></h3><div><dl><dt>Sammanträdesdatum</dt><dd>2020-10-{n}</dd><dt>Anslaget sattes upp</dt>\
             <dd>2020-11-{n}</dd><dt>Anslaget tas ned</dt><dd>2020-12-{n}</dd></dl><p><a href=/p/{n}.pdf>Läs protokollet</a></p></div></li>"
        )
    };
    let list = [item(27, "Kommunstyrelsen"), item(24, "Miljönämnden och byggnadsnämnden"), item(18, "Valnämnden"), item(12, "Direktionen")];
    let read = listed(&format!("<ul>{}</ul>", list.concat()));
    assert_eq!(read.iter().map(|row| &row[..10]).collect::<Vec<_>>(), ["2020-11-27", "2020-11-24", "2020-11-18", "2020-11-12"], "{read:?}");
}

/// The year has two figures, and section and number of the release stand before the day.
#[test]
fn a_short_day_in_an_element_of_its_own_is_one() {
    let item = |n: u32, title: &str| {
        format!(
            "<article><a href=/press/{n}><p><span>League</span><span>No. {n}/2020</span><span>{n}.11.20</span></p><h3>{title}</h3></a></article>"
        )
    };
    let list = [item(26, "Partners wanted for green harbours"), item(25, "The county asks for more"), item(19, "A mayor takes the chair")];
    let read = listed(&list.concat());
    assert_eq!(read.iter().map(|row| &row[..10]).collect::<Vec<_>>(), ["2020-11-26", "2020-11-25", "2020-11-19"], "{read:?}");
}
