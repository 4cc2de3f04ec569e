//! The ground floor, crossed: every form of date in every language of the data, for every reader of dates.
//!
//! The rows are those of `src/lang/data`, so that a language added there is tested here without another line.

use jiff::civil::date;
use twindex::lang::Language;
use twindex::lang::dates::{Civil, Clock, Confidence, Context, Form, Order, Precision, Preferred, Span, find, iso, settle};
use twindex::lang::rows;

const MONTHS: &str = include_str!("../src/lang/data/months.tsv");
const MONTHS_OF_CLDR: &str = include_str!("../src/lang/data/months-cldr.tsv");

fn context(language: &str) -> Context {
    Context { languages: Language::of_tag(language).into_iter().collect(), ..Context::default() }
}

fn civil(year: i16, month: i8, day: i8) -> Civil {
    Civil { year: Some(year), month: Some(month), day: Some(day) }
}

/// What a form of date must be read as: first day, last day, span, confidence.
type Reading = (Civil, Option<Civil>, Span, Confidence);

/// Every form with a month's name, and its reading.
fn forms(name: &str, month: i8) -> Vec<(String, Reading)> {
    let day = civil(2019, month, 5);
    let whole = |text: String| (text, (day, None, Span::One, Confidence::Sure));
    let range = |text: String| (text, (day, Some(civil(2019, month, 8)), Span::Range, Confidence::Sure));
    let capital = name.to_uppercase();
    vec![
        whole(format!("5. {name} 2019")),
        whole(format!("05 {name} 2019")),
        whole(format!("5.{name}.2019")),
        whole(format!("5 {capital}, 2019")),
        whole(format!("{name} 5, 2019")),
        whole(format!("{capital} 5th, 2019")),
        whole(format!("2019. {name} 5.")),
        whole(format!("5\n / {name}\n / 2019")),
        whole(format!("5 de {name} de 2019")),
        (format!("5. {name} 2019 14:30"), (day, None, Span::Stamp, Confidence::Sure)),
        range(format!("5. – 8. {name} 2019")),
        range(format!("5. {name} až 8. {name} 2019")),
        range(format!("{name} 5-8, 2019")),
        (format!("5. a 8. {name} 2019"), (day, Some(civil(2019, month, 8)), Span::Several, Confidence::Sure)),
    ]
}

fn check(text: &str, context: &Context, want: Reading) -> Option<String> {
    let found = find(text, context);
    let read = found.iter().map(|found| (found.start, found.end, found.span, found.confidence)).collect::<Vec<_>>();
    (read != [want] || found[0].form != Form::Word).then(|| format!("{text:?}: {found:?}"))
}

#[test]
fn every_form_in_every_language() {
    let mut wrong = Vec::new();
    let mut languages = std::collections::BTreeMap::new();
    for row in rows(MONTHS).chain(rows(MONTHS_OF_CLDR)).filter(|row| row[0] != "-") {
        let month: i8 = row[1].parse().unwrap();
        languages.entry(row[0]).or_insert_with(std::collections::BTreeSet::new).insert(month);
        let context = context(row[0]);
        for name in row[2].split(' ') {
            wrong.extend(forms(name, month).into_iter().filter_map(|(text, want)| check(&text, &context, want)));
            let whole_month = Civil { day: None, ..civil(2019, month, 1) };
            wrong.extend(check(&format!("{name} 2019"), &context, (whole_month, None, Span::One, Confidence::Likely)));
            let no_year = Civil { year: None, ..civil(0, month, 5) };
            wrong.extend(check(&format!("5. {name}"), &context, (no_year, None, Span::One, Confidence::Likely)));
        }
        for name in row.get(3).into_iter().flat_map(|names| names.split(' ')).filter(|name| !name.is_empty()) {
            for text in [format!("5. {name}. 2019"), format!("5{name}2019"), format!("5 {name} 2019")] {
                wrong.extend(check(&text, &context, (civil(2019, month, 5), None, Span::One, Confidence::Sure)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(languages.len() >= 31, "{languages:?}");
    assert!(languages.values().all(|months| months.len() == 12), "{languages:?}");
}

/// As `2019-03-05`, `..` for a span, `2019-03` and `2019` where less is written, `?` for a year left out.
fn shown(civil: Civil) -> String {
    let year = civil.year.map_or("?".to_owned(), |year| year.to_string());
    let part = |part: Option<i8>| part.map_or(String::new(), |part| format!("-{part:02}"));
    format!("{year}{}{}", part(civil.month), part(civil.day))
}

fn read(text: &str, context: &Context) -> String {
    let one = |found: &twindex::lang::dates::DateMention| match found.end {
        Some(end) => format!("{}..{}", shown(found.start), shown(end)),
        None => shown(found.start),
    };
    find(text, context).iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn forms_of_many_hands() {
    for (text, want) in [
        ("12.03.2024", "2024-03-12"),
        ("4.\u{a0}11.\u{a0}2022", "2022-11-04"),
        ("5. XI. 2019", "2019-11-05"),
        ("5.III.2019", "2019-03-05"),
        ("prvního června 2018", "2018-06-01"),
        ("dvacátého prvního března 2018", "2018-03-21"),
        ("dne 5. měsíce května roku 2018", "2018-05-05"),
        ("12.3.24", "2024-03-12"),
        ("12/03/98", "1998-03-12"),
        ("Nov. 5, 2019", "2019-11-05"),
        ("Dec. 3rd, 2019", "2019-12-03"),
        ("5th of November 2019", "2019-11-05"),
        ("le 1er août 2018", "2018-08-01"),
        ("5 novembre '19", "2019-11-05"),
        ("2019 m. lapkričio 5 d.", "2019-11-05"),
        ("lapkričio 5 d. 2019 m.", "2019-11-05"),
        ("2019. gada 5. novembrī", "2019-11-05"),
        ("5.11.2019 klo 8.00", "2019-11-05"),
        ("20191105", "2019-11-05"),
        ("20191305", ""),
        ("2019-11-05", "2019-11-05"),
        ("2019-11", "2019-11"),
        ("11/2019", "2019-11"),
        ("v roce 2019", "2019"),
        ("31. 2. 2020", "2020-02-31"),
        ("od 1. března do 31. května 2019", "2019-03-01..2019-05-31"),
        ("5. a 19. března 2019", "2019-03-05..2019-03-19"),
        ("5., 6. a 7. června 2014", "2014-06-05..2014-06-07"),
        ("15./16. 6. 2024", "2024-06-15..2024-06-16"),
        ("2. - 3. 11. 2017", "2017-11-02..2017-11-03"),
        ("30. prosince – 2. ledna 2018", "2017-12-30..2018-01-02"),
        ("28. 2. – 2. 3. 2015", "2015-02-28..2015-03-02"),
        ("5. března až do pátku 7. března 2019", "2019-03-05..2019-03-07"),
        ("květen až červen 2012", "2012-05..2012-06"),
        ("March–May 2020", "2020-03..2020-05"),
        ("March 3-5, 2020", "2020-03-03..2020-03-05"),
        ("2009–2011", "2009..2011"),
        ("2009 až 2011", "2009..2011"),
        ("proběhne 13. ledna od 14 hodin", "?-01-13"),
        ("od 5. do 8. června", "?-06-05..?-06-08"),
        ("5. 3.", "?-03-05"),
        ("1.2.3.2024", ""),
        ("tel. 12.03.2024.555", ""),
        ("5. v Praze", ""),
        ("May 15:30", ""),
        ("verze 1.2", ""),
        ("5. 3. 12. 3. 2024", "?-03-05 2024-03-12"),
        ("3. 11. 3. 2024", "2024-03-11"),
        ("12.03.2024 - 10.03.2024", "2024-03-12 2024-03-10"),
    ] {
        assert_eq!(read(text, &Context::default()), want, "{text}");
    }
}

#[test]
fn the_language_tells_two_months_of_one_name_apart() {
    assert_eq!(read("5. listopada 2019", &context("hr")), "2019-10-05");
    assert_eq!(read("5. listopada 2019", &context("pl")), "2019-11-05");
    assert_eq!(read("5. listopadu 2019", &Context::default()), "2019-11-05");
}

#[test]
fn open_figures_follow_the_context_and_are_settled_by_a_column() {
    let text = "11/05/2019";
    assert_eq!(read(text, &Context::default()), "2019-05-11");
    assert_eq!(read(text, &Context::of_tag("en-US")), "2019-11-05");
    assert_eq!(read(text, &Context::of_tag("en_GB")), "2019-05-11");
    let found = &find(text, &Context::default())[0];
    assert_eq!((found.order, found.swapped().start), (Order::Open, civil(2019, 11, 5)));
    let order = |text: &str| find(text, &Context::default())[0].order;
    assert_eq!(order("25/03/2019"), Order::DayFirst);
    assert_eq!(order("03/25/2019"), Order::MonthFirst);
    assert_eq!(order("03-25-2019"), Order::MonthFirst);
    assert_eq!(order("05.03.2019"), Order::Settled);
    assert_eq!(order("03.25.2019"), Order::MonthFirst);
    let column = |text: &str| settle(find(text, &Context::default()).iter().map(|mention| mention.order));
    assert_eq!(column("11/05/2019\n11/25/2019"), Some(Preferred::MonthFirst));
    assert_eq!(column("11/05/2019\n25/11/2019"), Some(Preferred::DayFirst));
    assert_eq!(column("11/05/2019\n12/05/2019"), None);
    assert_eq!(column("11/25/2019\n25/11/2019"), None);
    assert_eq!(read("11/05/2019 – 11/25/2019", &Context::default()), "2019-11-05..2019-11-25");
}

#[test]
fn times_belong_to_their_day() {
    let clock = |hour, minute| Some(Clock { hour, minute });
    for (text, span, time) in [
        ("22. 5. 2016 19:13", Span::Stamp, clock(19, 13)),
        ("12.3.2024 ve 14.30 hod.", Span::Stamp, clock(14, 30)),
        ("March 5, 2019 at 2:05 pm", Span::Stamp, clock(14, 5)),
        ("March 5, 2019 12 am", Span::Stamp, clock(0, 0)),
        ("5. 3. 2019 v 17 hodin", Span::Stamp, clock(17, 0)),
        ("1. listopadu 2017 15:00-17:00", Span::Range, clock(15, 0)),
        ("20. 3. 2024 od 9:30", Span::Range, clock(9, 30)),
        ("5. 3. 2019", Span::One, None),
    ] {
        let found = &find(text, &Context::default())[0];
        assert_eq!((found.span, found.time, &text[found.range.clone()]), (span, time, text), "{text}");
        assert_eq!(found.precision(), Precision::Day);
    }
}

#[test]
fn times_of_machines() {
    for (text, day, minutes, offset) in [
        ("2024-03-12", Some(date(2024, 3, 12)), None, None),
        ("2024-03-12T23:30:00+01:00", Some(date(2024, 3, 12)), Some(23 * 60 + 30), Some(60)),
        ("2024-03-12T23:30:00.000Z", Some(date(2024, 3, 12)), Some(23 * 60 + 30), Some(0)),
        ("2024-03-12 23:30-0500", Some(date(2024, 3, 12)), Some(23 * 60 + 30), Some(-300)),
        ("Tue, 12 Mar 2024 09:00:00 +0100", Some(date(2024, 3, 12)), Some(540), Some(60)),
        ("Tue, 12 Mar 24 09:00:00 GMT", Some(date(2024, 3, 12)), Some(540), Some(0)),
        ("12 Mar 98 09:00 EST", Some(date(1998, 3, 12)), Some(540), Some(-300)),
        ("Út, 12 bře 2024 09:00:00 +0100", Some(date(2024, 3, 12)), Some(540), Some(60)),
        ("20240312", Some(date(2024, 3, 12)), None, None),
        ("2024-02-30", None, None, None),
        ("PT3H", None, None, None),
        ("yesterday 2024-03-12", None, None, None),
        ("", None, None, None),
    ] {
        let stamp = iso(text);
        assert_eq!(stamp.map(|stamp| stamp.date), day, "{text}");
        let time = stamp.and_then(|stamp| stamp.time).map(|time| i16::from(time.hour()) * 60 + i16::from(time.minute()));
        assert_eq!((time, stamp.and_then(|stamp| stamp.offset)), (minutes, offset), "{text}");
    }
}
