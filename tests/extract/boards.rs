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
