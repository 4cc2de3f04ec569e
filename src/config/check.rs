//! From the file's words to checked values; faults are gathered, each with its line, never the first alone.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use scraper::Selector;
use toml::Spanned;
use url::Url;

use super::{Config, Crawler, DELAY_FLOOR, Schedule, Selectors, Source, contact, is_loopback, raw};

/// Gathers faults; knows the text to name the line of each.
struct Faults<'a> {
    text: &'a str,
    found: Vec<String>,
}

impl Faults<'_> {
    fn add<T>(&mut self, at: &Spanned<T>, what: impl std::fmt::Display) {
        let line = self.text[..at.span().start].matches('\n').count() + 1;
        self.found.push(format!("line {line}: {what}"));
    }
}

pub fn check(raw: &raw::Config, text: &str, base: &Path) -> Result<Config, Vec<String>> {
    let mut faults = Faults { text, found: Vec::new() };
    let mut crawler = crawler(&raw.crawler, &mut faults);
    let mut names = BTreeSet::new();
    let mut sources = Vec::new();
    for raw in &raw.source {
        if !names.insert(raw.name.get_ref().clone()) {
            faults.add(&raw.name, format_args!("a second source is named {:?}", raw.name.get_ref()));
        }
        sources.extend(source(raw, &mut faults));
    }
    let here = sources.len() == raw.source.len() && sources.iter().all(Source::on_loopback);
    if let Some(text) = &raw.crawler.contact
        && !text.get_ref().trim().is_empty()
    {
        match contact::contact(text.get_ref(), here) {
            Ok(contact) => crawler.contact = Some(contact),
            Err(fault) => faults.add(text, fault),
        }
    }
    if let Some(path) = &raw.crawler.ca {
        crawler.ca = Some(base.join(path));
    }
    for source in &sources {
        let delay = source.delay.unwrap_or(crawler.delay);
        if delay < DELAY_FLOOR && !source.on_loopback() {
            faults.found.push(format!(
                "source {:?}: a delay of {} s is below the floor of {} s for hosts other than this machine",
                source.name,
                delay.as_secs_f64(),
                DELAY_FLOOR.as_secs_f64()
            ));
        }
    }
    if faults.found.is_empty() {
        Ok(Config { home: base.join(raw.home.as_deref().unwrap_or("index")), crawler, sources })
    } else {
        Err(faults.found)
    }
}

fn crawler(raw: &raw::Crawler, faults: &mut Faults) -> Crawler {
    let mut out = Crawler::default();
    for (value, target) in [(&raw.delay, &mut out.delay), (&raw.timeout, &mut out.timeout)] {
        if let Some(value) = value {
            match duration(value.get_ref()) {
                Ok(found) => *target = found,
                Err(fault) => faults.add(value, fault),
            }
        }
    }
    for (value, target) in [(&raw.max_page, &mut out.max_page), (&raw.max_attachment, &mut out.max_attachment)] {
        if let Some(value) = value {
            match bytes(value.get_ref()) {
                Ok(found) => *target = found,
                Err(fault) => faults.add(value, fault),
            }
        }
    }
    out.retries = raw.retries.unwrap_or(out.retries).min(5);
    out
}

fn source(raw: &raw::Source, faults: &mut Faults) -> Option<Source> {
    let before = faults.found.len();
    let name = raw.name.get_ref();
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        faults.add(&raw.name, format_args!("source name {name:?}: use lower-case letters, digits and '-'"));
    }
    let addresses = match raw.listing.get_ref() {
        raw::Listings::One(address) => &vec![Spanned::new(raw.listing.span(), address.clone())],
        raw::Listings::Several(addresses) => addresses,
    };
    if addresses.is_empty() {
        faults.add(&raw.name, format_args!("source {name:?} has no listing address"));
    }
    let listing: Vec<Url> = addresses.iter().filter_map(|address| listing_address(address, faults)).collect();
    let mut hosts = hosts_of(&listing);
    for host in &raw.hosts {
        match contact::host(host.get_ref()) {
            Ok(parsed) => hosts.push(parsed),
            Err(fault) => faults.add(host, fault),
        }
    }
    hosts.sort();
    hosts.dedup();
    let mut out = Source { hosts, title: raw.title.clone(), ..Source::new(name, listing) };
    out.details = raw.details.unwrap_or(out.details);
    out.attachments = raw.attachments.unwrap_or(out.attachments);
    if let Some(pages) = &raw.max_pages {
        out.max_pages = *pages.get_ref();
        if out.max_pages == 0 {
            faults.add(pages, "max_pages must be at least 1");
        }
    }
    if let Some(delay) = &raw.delay {
        match duration(delay.get_ref()) {
            Ok(found) => out.delay = Some(found),
            Err(fault) => faults.add(delay, fault),
        }
    }
    if let Some(schedule) = &raw.schedule {
        match Schedule::parse(schedule.get_ref()) {
            Ok(found) => out.schedule = found,
            Err(fault) => faults.add(schedule, fault),
        }
    }
    out.selectors = selectors(&raw.selectors, faults);
    (faults.found.len() == before).then_some(out)
}

fn listing_address(address: &Spanned<String>, faults: &mut Faults) -> Option<Url> {
    let text = address.get_ref();
    match Url::parse(text) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") || url.host().is_none() => {
            faults.add(address, format_args!("{text:?} is not an http or https address"));
            None
        }
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            faults.add(address, format_args!("{text:?} carries a user name or password"));
            None
        }
        Ok(mut url) => {
            url.set_fragment(None);
            Some(url)
        }
        Err(error) => {
            faults.add(address, format_args!("{text:?} is not an address: {error}"));
            None
        }
    }
}

/// The hosts of the addresses; `www.` and the bare name are one site.
pub fn hosts_of(listing: &[Url]) -> Vec<String> {
    let mut hosts = BTreeSet::new();
    for url in listing {
        let Some(host) = url.host_str() else { continue };
        hosts.insert(host.to_owned());
        if matches!(url.host(), Some(url::Host::Domain(_))) && !is_loopback(url) {
            hosts.insert(host.strip_prefix("www.").map_or_else(|| format!("www.{host}"), str::to_owned));
        }
    }
    hosts.into_iter().collect()
}

fn selectors(raw: &raw::Selectors, faults: &mut Faults) -> Selectors {
    let mut compile = |value: &Option<Spanned<String>>| {
        let value = value.as_ref()?;
        let compiled = Selector::parse(value.get_ref()).ok();
        if compiled.is_none() {
            faults.add(value, format_args!("{:?} is not a CSS selector that twindex knows", value.get_ref()));
        }
        compiled
    };
    Selectors {
        entry: compile(&raw.entry),
        date: compile(&raw.date),
        title: compile(&raw.title),
        summary: compile(&raw.summary),
        next: compile(&raw.next),
        body: compile(&raw.body),
    }
}

/// `2s`, `500ms`, `1.5s`, `3min`, `2h`.
fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = number_and_unit(text);
    let factor = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ if number == "0" => 0.0,
        _ => return Err(format!("{text:?} is not a duration: write \"2s\", \"500ms\" or \"3min\"")),
    };
    let value: f64 = number.parse().map_err(|_| format!("{text:?} is not a duration: write \"2s\", \"500ms\" or \"3min\""))?;
    Duration::try_from_secs_f64(value * factor)
        .ok()
        .filter(|found| *found <= Duration::from_hours(24))
        .ok_or_else(|| format!("{text:?} is longer than a day"))
}

/// `8 MiB`, `500 KiB`, `1000`.
fn bytes(text: &str) -> Result<u64, String> {
    let fault = || format!("{text:?} is not a size: write \"8 MiB\" or \"500 KiB\"");
    let (number, unit) = number_and_unit(text);
    let factor: u64 = match unit {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        _ => return Err(fault()),
    };
    let value: u64 = number.parse().map_err(|_| fault())?;
    value.checked_mul(factor).filter(|size| (1..=1 << 30).contains(size)).ok_or_else(|| format!("{text:?} is not between 1 B and 1024 MiB"))
}

fn number_and_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    (&text[..split], text[split..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("/tmp/config.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_name_and_an_address_are_enough() {
        let config = parse("[[source]]\nname = \"smocr\"\nlisting = [\"https://www.smocr.cz/cs/a\"]\n").expect("valid");
        assert_eq!(config.home, Path::new("/tmp/index"));
        assert_eq!(config.crawler, Crawler::default());
        assert_eq!(config.sources[0].hosts, ["smocr.cz", "www.smocr.cz"]);
        assert!(config.sources[0].details && config.sources[0].attachments);
    }

    #[test]
    fn every_fault_is_listed_with_its_line() {
        let text = "[crawler]\ndelay = \"fast\"\ncontact = \"you@university.example\"\n[[source]]\nname = \"A b\"\nlisting = [\"ftp://x\", \"no\"]\n\
                    max_pages = 0\n[source.selectors]\nentry = \"td[\"\n";
        let error = parse(text).expect_err("faulty");
        for part in ["line 2", "line 3", "line 5", "line 6", "line 7", "line 9", "7 faults"] {
            assert!(error.contains(part), "{part} is missing from:\n{error}");
        }
    }

    #[test]
    fn unknown_keys_and_short_delays_are_refused() {
        assert!(parse("[crawler]\npoliteness = 3\n").expect_err("unknown").contains("politeness"));
        let text = |host: &str| format!("[crawler]\ndelay = \"0s\"\n[[source]]\nname = \"a\"\nlisting = [\"http://{host}/\"]\n");
        assert!(parse(&text("mesto.cz")).expect_err("too fast").contains("floor"));
        assert!(parse(&text("127.0.0.1:8000")).is_ok());
    }

    #[test]
    fn durations_and_sizes() {
        for (text, want) in [("2s", 2000), ("500ms", 500), ("1.5 s", 1500), ("3min", 180_000), ("0", 0)] {
            assert_eq!(duration(text), Ok(Duration::from_millis(want)), "{text}");
        }
        for text in ["", "s", "2", "2 days", "99h", "-1s", "1e9s"] {
            assert!(duration(text).is_err(), "{text}");
        }
        assert_eq!((bytes("8 MiB"), bytes("10")), (Ok(8 << 20), Ok(10)));
        assert!(bytes("2 GB").is_err() && bytes("0").is_err() && bytes("9999999 MiB").is_err());
    }
}
