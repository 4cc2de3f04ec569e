//! Pages that hold more than their list: sections under headings, and what is to come behind what has been.

use super::{read, rows};

/// Day and title of the entries of a page of a town in this language; none where it is not said.
fn dated(lang: Option<&str>, list: &str) -> Vec<String> {
    let lang = lang.map(|lang| format!(" lang={lang}")).unwrap_or_default();
    let html = format!("<html{lang}><title>L</title><body><nav><a href=/>H</a></nav><main><h1>Letters</h1>{list}</main></body></html>");
    rows(&read("https://town.example/letters", &html)).iter().map(|row| row.split(" | ").take(2).collect::<Vec<_>>().join(" | ")).collect()
}

const NEWS: [(&str, &str); 4] = [
    ("2024-04-12", "A letter from Tann"),
    ("2024-04-05", "Firemen go to Elm"),
    ("2024-03-28", "The school writes"),
    ("2024-03-02", "A choir sings"),
];

/// What is read of the news alone.
fn news() -> Vec<String> {
    NEWS.iter().map(|(day, title)| format!("{day} | {title}")).collect()
}

fn card(day: &str, title: &str) -> String {
    format!("<div><h3><a href=/p/{}>{title}</a></h3><p>{day}</p><p>A few words on what it is about.</p></div>", title.len())
}

fn cards(items: &[(&str, &str)]) -> String {
    items.iter().map(|(day, title)| card(day, title)).collect()
}

/// Cards of one markup in one element; only a heading stands between news and events.
#[test]
fn events_to_come_behind_the_news_are_no_entries() {
    let events = [("2024-05-18", "Fair on the square"), ("2024-05-25", "Concert of the choir"), ("2024-06-08", "Days of the town")];
    let list = format!("{}<h2>Coming up</h2>{}", cards(&NEWS), cards(&events));
    assert_eq!(dated(Some("en"), &list), news());
    let html = format!("<html><title>L</title><body><main><h1>Letters</h1>{list}</main></body></html>");
    assert!(read("https://town.example/letters", &html).whole, "days to come are no entries that were left out");
}

/// Their days are gone, but they rise, where those of the news fall.
#[test]
fn events_in_the_other_order_are_a_list_of_their_own() {
    let month = |head: &str, items: &[(&str, &str)]| format!("<div><h3>{head}</h3><div>{}</div></div>", links(items));
    let events = [("2024-04-14", "Fair on the square"), ("2024-04-20", "Concert of the choir"), ("2024-04-27", "Days of the town")];
    let months = month("April", &NEWS[..2]) + &month("March", &NEWS[2..]);
    assert_eq!(dated(Some("en"), &format!("{months}<section><h2>In town</h2>{}</section>", links(&events))), news());
    // Sections in the same order are one list.
    assert_eq!(dated(Some("en"), &months), news());
}

fn links(items: &[(&str, &str)]) -> String {
    let item = |(day, title): &(&str, &str)| format!("<li><a href=/p/{}>{title}</a> <span>({day})</span></li>", title.len());
    format!("<ul>{}</ul>", items.iter().map(item).collect::<String>())
}

/// Posts under one date, one level below it; one has no link, and titles may look like codes.
#[test]
fn every_post_below_a_date_is_an_entry() {
    let post = |title: &str| {
        format!("<div><div><h3>{title}</h3><div>A few words.</div><p>Posted by <span>Ann</span> at 9:0{}</p></div></div>", title.len() % 10)
    };
    let link = |title: &str| post(&format!("<a href=/2024/{}>{title}</a>", title.len()));
    let day = |day: &str, posts: &[String]| format!("<div><h2><span>{day}</span></h2><div>{}</div></div>", posts.concat());
    let list = [
        day("Friday, 12 April 2024", &[link("A letter from Tann"), link("B-2/2024")]),
        day("Friday, 5 April 2024", &[link("Firemen go to Elm"), post("Waste is collected on Monday")]),
        day("Thursday, 28 March 2024", &[link("C-3/2024"), link("The school writes to us")]),
        day("Saturday, 2 March 2024", &[link("A choir sings")]),
    ];
    let want = [
        "2024-04-12 | A letter from Tann",
        "2024-04-12 | B-2/2024",
        "2024-04-05 | Firemen go to Elm",
        "2024-04-05 | Waste is collected on Monday",
        "2024-03-28 | C-3/2024",
        "2024-03-28 | The school writes to us",
        "2024-03-02 | A choir sings",
    ];
    assert_eq!(dated(Some("en"), &list.concat()), want);
}

/// A word that is October in Croatian and November in Polish; the other months of the page tell its language.
#[test]
fn months_are_read_in_the_language_of_the_page() {
    let listed =
        |days: &[&str]| -> String { days.iter().map(|day| format!("<p>{day} <a href=/v/{}>Post of {day}</a></p>", day.len())).collect() };
    let days = |lang: Option<&str>, list: &str| -> Vec<String> {
        dated(lang, list).iter().map(|row| row.split(" | ").next().unwrap().to_owned()).collect()
    };
    let croatian = listed(&["29. listopada 2023.", "4. listopada 2023.", "12. rujna 2023."]);
    for lang in [None, Some("en"), Some("cs"), Some("hr")] {
        assert_eq!(days(lang, &croatian), ["2023-10-29", "2023-10-04", "2023-09-12"], "{lang:?}");
    }
    assert_eq!(days(None, &listed(&["31. listopada 2023.", "14. listopada 2023."])), ["2023-10-31", "2023-10-14"], "November has 30 days");
    assert_eq!(
        days(None, &listed(&["29 listopada 2023", "4 listopada 2023", "12 września 2023"])),
        ["2023-11-29", "2023-11-04", "2023-09-12"]
    );
    let headed = format!(
        "<h2>Listopad 2023</h2>{}<h2>Rujan 2023</h2>{}",
        listed(&["29. listopada", "4. listopada"]),
        listed(&["12. rujna", "3. rujna"])
    );
    assert_eq!(days(Some("hr"), &headed), ["2023-10-29", "2023-10-04", "2023-09-12", "2023-09-03"]);
}
