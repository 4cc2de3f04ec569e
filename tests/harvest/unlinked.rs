//! Long lists whose entries have no page of their own: a night reads them to the first page on which all stands as before.

use super::nights::{LIST, Town};
use crate::house::document;

const ON_A_PAGE: usize = 4;
const NAMES: [&str; 5] = ["Lípa", "Javor", "Olšina", "Vrbice", "Topolná"];

#[derive(Clone)]
struct Item {
    title: String,
    date: String,
    text: String,
    number: usize,
}

/// How entries are marked in the page.
#[derive(Clone, Copy, Debug)]
enum Anchors {
    None,
    /// From 1 on each page.
    OfThePage,
    /// Of the list as a whole.
    OfTheList,
}

/// The oldest has the number 0; newest first.
fn items(number: usize) -> Vec<Item> {
    let item = |number: usize| {
        let name = format!("{} {}", ["Horní", "Dolní", "Nová", "Stará"][number % 4], NAMES[number / 4]);
        Item {
            title: format!("Obec {name} hledá partnera"),
            date: format!("{}. {}. 2020", 1 + number, 1 + number / 2),
            text: format!("Zastupitelé obce {name} by rádi navázali spolupráci v oblasti kultury a sportu."),
            number,
        }
    };
    (0..number).rev().map(item).collect()
}

/// The same day and title, and other words.
fn twin(of: &Item, text: &str, number: usize) -> Item {
    Item { text: text.to_owned(), number, ..of.clone() }
}

fn publish(town: &mut Town, items: &[Item], anchors: Anchors) {
    publish_pages(town, &items.chunks(ON_A_PAGE).collect::<Vec<_>>(), anchors);
}

fn publish_pages(town: &mut Town, pages: &[&[Item]], anchors: Anchors) {
    for (page, part) in pages.iter().enumerate() {
        let id = |nth: usize, item: &Item| match anchors {
            Anchors::None => String::new(),
            Anchors::OfThePage => format!(" id=\"polozka-{}\"", nth + 1),
            Anchors::OfTheList => format!(" id=\"zprava-{}\"", item.number),
        };
        let articles: String = part
            .iter()
            .enumerate()
            .map(|(nth, item)| {
                format!("<article{}><h2>{}</h2><time>{}</time><p>{}</p></article>", id(nth, item), item.title, item.date, item.text)
            })
            .collect();
        let next =
            if page + 1 < pages.len() { format!("<a rel=\"next\" href=\"{LIST}?p={}\">Další</a>", page + 2) } else { String::new() };
        let path = if page == 0 { LIST.to_owned() } else { format!("{LIST}?p={}", page + 1) };
        town.put(&path, &document("Nabídky", &format!("<h1>Nabídky</h1>{articles}{next}")));
    }
}

/// What a night found new and changed, how many entries there are, and how many pages it asked for.
fn night(town: &mut Town, day: i64) -> (u64, u64, u64, usize) {
    let report = town.usual_night(day);
    assert_eq!(&*report.troubles, &[][..]);
    (report.counts.new, report.counts.changed, report.counts.entries, town.asked.len())
}

#[track_caller]
fn assert_known(town: &Town, items: &[Item]) {
    let mut found: Vec<String> = town.records().iter().map(said).collect();
    let mut wanted: Vec<String> = items.iter().map(|item| format!("{} {}", item.title, item.text)).collect();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
    // None has taken the words of another.
    for record in town.records() {
        let words = twindex::extract::text::fold(record["title"].as_str().unwrap()).replace(' ', "-");
        assert!(record["id"].as_str().unwrap().contains(&words), "{record:#}");
    }
}

fn said(record: &serde_json::Value) -> String {
    let text = record["summary"].as_str().or(record["body"].as_str()).unwrap_or_default();
    format!("{} {text}", record["title"].as_str().unwrap())
}

#[test]
fn new_entries_cost_the_pages_that_they_are_on_and_one() {
    for anchors in [Anchors::None, Anchors::OfThePage, Anchors::OfTheList] {
        let all = items(20);
        let mut town = Town::new();
        publish(&mut town, &all[2..], anchors);
        assert_eq!(night(&mut town, 0), (18, 0, 18, 5), "{anchors:?}");
        let before = town.records();
        assert_eq!(night(&mut town, 1), (0, 0, 18, 1), "{anchors:?}");
        publish(&mut town, &all, anchors);
        assert_eq!(night(&mut town, 2), (2, 0, 20, 2), "{anchors:?}");
        assert_eq!(night(&mut town, 3), (0, 0, 20, 1), "{anchors:?}");
        assert_known(&town, &all);
        for (old, new) in before.iter().zip(&town.records()[2..]) {
            assert_eq!((&old["url"], &old["version"], &old["aliases"]), (&new["url"], &new["version"], &new["aliases"]), "{anchors:?}");
        }
        // What is taken from the middle is missed by the whole reading of the week, and gone with the next.
        let mut left = all.clone();
        left.remove(9);
        publish(&mut town, &left, anchors);
        let gone = (4..20).find(|day| town.usual_night(*day).counts.gone == 1);
        assert_eq!(gone, Some(14), "{anchors:?}");
        assert_eq!(town.records().iter().filter(|record| !record["gone_since"].is_null()).count(), 1);
        town.assert_rebuilds();
    }
}

#[test]
fn anchors_that_are_unique_on_the_only_page_read_are_no_addresses() {
    let all = items(20);
    let mut town = Town::new();
    // The first page grows, the others stay as they are.
    let published = |town: &mut Town, new: &[Item]| {
        let pages: Vec<&[Item]> = [new].into_iter().chain(all[4..].chunks(ON_A_PAGE)).collect();
        publish_pages(town, &pages, Anchors::OfThePage);
    };
    published(&mut town, &all[2..4]);
    assert_eq!(night(&mut town, 0), (18, 0, 18, 5));
    published(&mut town, &all[1..4]);
    assert_eq!(night(&mut town, 1), (1, 0, 19, 2));
    let mut now = all.clone();
    now[1].text.push_str(" Uzávěrka přihlášek se prodlužuje.");
    published(&mut town, &now[..4]);
    assert_eq!(night(&mut town, 2), (1, 1, 20, 2));
    assert_known(&town, &now);
    town.assert_rebuilds();
}

#[test]
fn twins_on_both_sides_of_a_page_break_stay_what_they_are() {
    let mut all = items(18);
    let third = twin(&all[5], "Třetí výzva se týká dobrovolných hasičů a jejich soutěží.", 30);
    all[6] = twin(&all[5], "Druhá výzva se týká školních výměn a letních táborů.", 31);
    for shift in 1..=4 {
        let mut town = Town::new();
        publish(&mut town, &all[4..], Anchors::None);
        night(&mut town, 0);
        let now = [&all[4 - shift..4], std::slice::from_ref(&third), &all[4..]].concat();
        publish(&mut town, &now, Anchors::None);
        let (new, changed, entries, asked) = night(&mut town, 1);
        assert_eq!((new, changed, entries), (shift as u64 + 1, 0, now.len() as u64));
        assert!(asked < now.len().div_ceil(ON_A_PAGE), "{asked}");
        assert_known(&town, &now);
        town.assert_rebuilds();
    }
}

#[test]
fn a_new_twin_takes_the_place_of_none_that_is_there() {
    let mut all = items(18);
    all[2] = twin(&all[1], "Druhá výzva se týká školních výměn a letních táborů.", 30);
    let mut town = Town::new();
    publish(&mut town, &all, Anchors::None);
    night(&mut town, 0);
    // The older of two goes, and a third comes: counted from the oldest, it would be the second.
    let third = twin(&all[1], "Třetí výzva se týká dobrovolných hasičů a jejich soutěží.", 31);
    let now = [&all[..1], std::slice::from_ref(&third), &all[1..2], &all[3..]].concat();
    publish(&mut town, &now, Anchors::None);
    assert_eq!(night(&mut town, 1), (1, 0, 19, 2));
    assert_known(&town, &[&all[..], &[third]].concat());
    town.assert_rebuilds();
}

#[test]
fn while_a_twin_may_stand_further_down_the_list_is_read_on() {
    let all = items(18);
    let new = twin(&all[16], "Ještě jedna výzva téhož dne, která se týká včelařů.", 30);
    let now = [&[new][..], &all].concat();
    let mut town = Town::new();
    publish(&mut town, &all, Anchors::None);
    night(&mut town, 0);
    publish(&mut town, &now, Anchors::None);
    assert_eq!(night(&mut town, 1), (1, 0, 19, 5));
    assert_known(&town, &now);
    // Now that both are known, they keep nobody from ending early.
    let now = [&items(20)[..1], &now].concat();
    publish(&mut town, &now, Anchors::None);
    assert_eq!(night(&mut town, 2), (1, 0, 20, 2));
    assert_known(&town, &now);
    town.assert_rebuilds();
}

#[test]
fn other_words_of_a_known_entry_are_a_version_and_end_the_night_early_all_the_same() {
    let all = items(20);
    let mut town = Town::new();
    publish(&mut town, &all[2..], Anchors::None);
    night(&mut town, 0);
    let mut now = all.clone();
    now[2].text.push_str(" Uzávěrka přihlášek se prodlužuje.");
    publish(&mut town, &now[2..], Anchors::None);
    assert_eq!(night(&mut town, 1), (0, 1, 18, 2));
    now[3].text.push_str(" Přihlásit se může každý spolek.");
    publish(&mut town, &now, Anchors::None);
    assert_eq!(night(&mut town, 2), (2, 1, 20, 3), "the page that follows could have held the one of before");
    assert_known(&town, &now);
    assert_eq!(town.records().iter().filter(|record| record["version"] == 2).count(), 2);
    town.assert_rebuilds();
}

/// A table in which three or more of one day and title are told apart by their files alone, behind a word that all rows have.
fn with_files(decisions: &[&str]) -> String {
    let row = |day: u32, title: &str, file: &str| format!("<tr><td>{day}. 3. 2020<td>{title}<td><a href={file}>Zobrazit</a></tr>");
    let rows: String = decisions.iter().map(|file| row(12, "Rozhodnutí o povolení stavby", file)).collect();
    let others = [row(11, "Oznámení o zahájení řízení", "/y.pdf"), row(9, "Svoz odpadu na jaře", "/z.pdf")].concat();
    document("Deska", &format!("<h1>Deska</h1><table><tr><th>Vyvěšeno<th>Název<th>Soubor</tr>{rows}{others}</table>"))
}

#[test]
fn entries_of_one_day_and_title_are_told_apart_by_their_files() {
    let mut town = Town::new();
    town.source.attachments = false;
    town.put(LIST, &with_files(&["/a.pdf", "/b.pdf", "/c.pdf"]));
    assert_eq!(night(&mut town, 0), (5, 0, 5, 1));
    assert_eq!(night(&mut town, 1), (0, 0, 5, 1));
    let held = |town: &Town| -> Vec<(serde_json::Value, serde_json::Value)> {
        town.records().iter().map(|record| (record["id"].clone(), record["attachments"][0]["url"].clone())).collect()
    };
    let before = held(&town);
    town.put(LIST, &with_files(&["/b.pdf", "/n.pdf", "/a.pdf", "/c.pdf"]));
    assert_eq!(night(&mut town, 2), (1, 0, 6, 1), "the new one is none of the known");
    let after = held(&town);
    assert!(before.iter().all(|known| after.contains(known)), "{before:?} {after:?}");
    town.assert_rebuilds();
}
