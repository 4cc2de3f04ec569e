//! Groups of countries, of which a record is at its own time: members of the European Union, the Balkans, Visegrád.
//!
//! The rows stand in `data/groups.tsv`; a group is a row more. Refuses to know regions inside countries: the gazetteer does.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::analysis::fold;

pub struct Group {
    /// As it is written after `region:`.
    pub key: &'static str,
    /// Folded lemmas, with whether they stand for the group in running words, too.
    names: Vec<(&'static str, bool)>,
    members: Vec<Member>,
}

struct Member {
    country: &'static str,
    from: Option<Date>,
    to: Option<Date>,
}

static GROUPS: LazyLock<Vec<Group>> =
    LazyLock::new(|| include_str!("data/groups.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(read).collect());

fn read(line: &'static str) -> Option<Group> {
    let mut cells = line.split('\t');
    let (key, names, members) = (cells.next()?, cells.next()?, cells.next()?);
    let names = names.split('|').map(|name| name.strip_prefix('*').map_or((name, true), |name| (name, false))).collect();
    Some(Group { key, names, members: members.split(' ').map(member).collect() })
}

fn member(text: &'static str) -> Member {
    let (country, days) = text.split_once(':').unwrap_or((text, ".."));
    let (from, to) = days.split_once("..").unwrap_or((days, ""));
    Member { country, from: from.parse().ok(), to: to.parse().ok() }
}

pub fn all() -> &'static [Group] {
    &GROUPS
}

/// Keys of the groups that one of the countries belonged to on the day; without a day, that it ever did.
pub fn of(countries: &[String], day: Option<Date>) -> Vec<&'static str> {
    let belongs = |member: &Member| {
        let then = day.is_none_or(|day| member.from.is_none_or(|from| from <= day) && member.to.is_none_or(|to| day <= to));
        then && countries.iter().any(|country| country == member.country)
    };
    GROUPS.iter().filter(|group| group.members.iter().any(belongs)).map(|group| group.key).collect()
}

/// The group of this name: its key or one of its names, in any case form, with or without marks.
pub fn named(name: &str) -> Option<&'static Group> {
    let key = fold(name.trim()).replace([' ', '_'], "-");
    GROUPS.iter().find(|group| group.key == key).or_else(|| {
        let words: Vec<&str> = name.split_whitespace().collect();
        longest(&words, true).filter(|(count, _)| *count == words.len()).map(|(_, group)| group)
    })
}

/// So many of the first words name a group in running text.
pub fn meaning(words: &[&str]) -> Option<(usize, &'static Group)> {
    longest(words, false)
}

fn longest(words: &[&str], asked: bool) -> Option<(usize, &'static Group)> {
    let names = GROUPS.iter().flat_map(|group| group.names.iter().map(move |name| (name, group)));
    let fits = |(name, spoken): &(&'static str, bool)| {
        let parts: Vec<&str> = name.split(' ').collect();
        let is = |(part, word): (&&str, &&str)| super::analysis::is_form_of(word, part);
        ((*spoken || asked) && parts.len() <= words.len() && parts.iter().zip(words).all(is)).then_some(parts.len())
    };
    names.filter_map(|(name, group)| Some((fits(name)?, group))).max_by_key(|(count, _)| *count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_country_belongs_to_a_group_at_its_time() {
        let of = |code: &str, year: i16| of(&[code.to_owned()], Some(date(year, 6, 15))).join(" ");
        assert_eq!(of("HR", 2012), "balkan");
        assert_eq!(of("HR", 2014), "eu balkan");
        assert_eq!(of("GB", 2019), "eu british-isles");
        assert_eq!(of("GB", 2021), "british-isles");
        assert_eq!(of("SK", 2010), "eu visegrad");
        assert_eq!(of("JP", 2010), "");
    }

    #[test]
    fn a_group_is_named_in_any_form() {
        for (name, key) in [
            ("Balkán", "balkan"),
            ("na Balkáně", ""),
            ("balkánské", "balkan"),
            ("západní Balkán", "western-balkans"),
            ("zapadniho balkanu", "western-balkans"),
            ("EU", "eu"),
            ("Evropské unie", "eu"),
            ("Visegrád", "visegrad"),
            ("nordic", "nordic"),
            ("western balkans", "western-balkans"),
        ] {
            assert_eq!(named(name).map_or("", |group| group.key), key, "{name}");
        }
        let spoken = |text: &str| meaning(&text.split(' ').collect::<Vec<_>>()).map(|(count, group)| (count, group.key));
        assert_eq!(spoken("severských zemí víno"), Some((2, "nordic")));
        assert_eq!(spoken("EU fondy"), None);
    }
}
