//! `show`: one record whole, with the words its facts were read from.

use anyhow::bail;

use anstyle::Style;

use super::output::{BOLD, DIM, HIT, Output, clean, styled};
use super::selected::{Selected, select};
use super::{Exit, Global, store, table};
use crate::home::Home;
use crate::notice::{self, Notice};
use crate::pages::Pages;
use crate::record::{Certainty, DateRole, Evidence, Record, Where};

/// Show one notice whole
///
/// ID may be any part of the identifier that no other notice has, such as `2011-08-15` or `telavi`, or an address of the notice.
#[derive(Debug, clap::Args)]
pub struct Args {
    id: String,
    /// Explain where a fact was read: kind, places, countries, population, wanted, themes, dates, contacts, or "all"
    #[arg(long, value_name = "FIELD")]
    why: Option<String>,
    #[command(flatten)]
    selected: Selected,
    /// Print the text of a document, counted from 1
    #[arg(long, value_name = "N", conflicts_with = "why")]
    document: Option<usize>,
    /// Say where the bytes of its page lie
    #[arg(long, conflicts_with_all = ["why", "document"])]
    page: bool,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    let Some(record) = select(&archive, &args.id, args.selected, out)? else { return Ok(Exit::Nothing) };
    if let Some(number) = args.document {
        return document(&record, number, out);
    }
    match &args.why {
        Some(field) => why(&record, field, out),
        None if args.page => page(&home, &record, out).map(|()| Exit::Done),
        None if out.json => out.json(&record).map(|()| Exit::Done),
        None => show(&record, out).map(|()| Exit::Done),
    }
}

/// The text of one document.
fn document(record: &Record, number: usize, out: &mut Output) -> anyhow::Result<Exit> {
    let count = record.attachments.len();
    let Some(attachment) = number.checked_sub(1).and_then(|at| record.attachments.get(at)) else {
        bail!("{} has {} here; there is no document {number}", record.id, table::number(count as u64, "document", "documents"));
    };
    if out.json {
        out.json(attachment)?;
    } else if let Some(text) = &attachment.text {
        out.line(format_args!("{}", clean(text)))?;
    }
    if attachment.text.is_none() {
        let why = if attachment.bytes.is_none() { "it was not fetched" } else { "no text could be read of it" };
        out.say(format_args!("{} has no text: {why}.", clean(&attachment.url)));
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}

/// Where the bytes lie from which the version was read.
fn page(home: &Home, record: &Record, out: &mut Output) -> anyhow::Result<()> {
    let stored = Pages::open(&home.pages())?.read(&record.page)?;
    let (file, at) = (home.pages().join(&record.page.warc), stored.at);
    if out.json {
        return out.json(&serde_json::json!({
            "id": record.id, "version": record.version, "url": stored.url.as_str(), "fetched": at,
            "file": file, "offset": record.page.offset, "digest": record.page.digest,
        }));
    }
    for (label, value) in [
        ("address", stored.url.to_string()),
        ("fetched", at.to_string()),
        ("file", file.display().to_string()),
        ("offset", format!("{} bytes, a gzip member of its own", record.page.offset)),
        ("digest", record.page.digest.clone()),
    ] {
        out.line(format_args!("{} {}", styled(DIM, format_args!("{label:12}")), clean(&value)))?;
    }
    let stamp = at.strftime("%Y%m%d%H%M%S");
    out.hint(format_args!("`twindex replay` shows it at /{stamp}/{}", clean(stored.url.as_str())));
    Ok(())
}

fn why(record: &Record, field: &str, out: &mut Output) -> anyhow::Result<Exit> {
    let of_field = |evidence: &&Evidence| {
        field == "all" || evidence.field == field || evidence.field.strip_prefix(field).is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let found: Vec<&Evidence> = record.facts.evidence.iter().filter(of_field).collect();
    if out.json {
        for evidence in &found {
            out.json(evidence)?;
        }
    }
    if found.is_empty() {
        let mut fields: Vec<&str> = record.facts.evidence.iter().map(|e| e.field.split(['.', '[']).next().unwrap_or("")).collect();
        fields.sort_unstable();
        fields.dedup();
        let known = if fields.is_empty() { "no facts at all".to_owned() } else { fields.join(", ") };
        out.say(format_args!("Nothing was read into {field:?} here; this notice has evidence for: {known}."));
        return Ok(Exit::Nothing);
    }
    if out.json {
        return Ok(Exit::Done);
    }
    for evidence in found {
        out.line(format_args!("{}", styled(BOLD, clean(&evidence.field))))?;
        out.line(format_args!("  words  \"{}\" ({})", clean(&evidence.text), place(evidence.place)))?;
        out.line(format_args!("  rule   {}: {}", evidence.rule, notice::explain(&evidence.rule).unwrap_or("a rule of an older reader")))?;
        let certainty = if evidence.certainty == Certainty::Sure { "sure" } else { "likely" };
        out.line(format_args!("  trust  {certainty}"))?;
    }
    scored_candidates(record, field, out).map(|()| Exit::Done)
}

/// The candidates behind a field, with what spoke for and against each; the texts are read anew.
fn scored_candidates(record: &Record, field: &str, out: &mut Output) -> anyhow::Result<()> {
    /// Features shown of each candidate; more say little.
    const SHOWN: usize = 6;
    let decision = match field.split(['.', '[']).next().unwrap_or_default() {
        "kind" => "kind",
        "places" => "seeker",
        "wanted" => "wanted",
        "themes" => "theme",
        "all" => "",
        _ => return Ok(()),
    };
    let candidates = notice::score_candidates(&Notice {
        title: &record.title,
        summary: record.summary.as_deref(),
        body: record.body.as_deref(),
        attachments: &[],
        published: record.published,
        lang_hint: None,
    });
    for candidate in candidates.iter().filter(|candidate| decision.is_empty() || candidate.decision == decision) {
        let place = candidate.place.map(|at| format!(" ({})", place(at))).unwrap_or_default();
        let taken = if candidate.taken { "taken" } else { "not taken" };
        let said =
            format!("{} \"{}\"{place}: {taken}, {:.0} %", candidate.decision, clean(&candidate.value), candidate.probability * 100.0);
        out.line(format_args!("{}", styled(DIM, said)))?;
        for (sign, label) in [(1.0, "for"), (-1.0, "against")] {
            let shares = candidate.features.iter().filter(|share| share.adds * sign >= 0.05).take(SHOWN);
            let shares: Vec<String> = shares.map(|share| format!("{} {:+.1}", share.feature, share.adds)).collect();
            if !shares.is_empty() {
                out.line(format_args!("  {label:8}{}", shares.join(", ")))?;
            }
        }
    }
    Ok(())
}

fn show(record: &Record, out: &mut Output) -> anyhow::Result<()> {
    let facts = &record.facts;
    let title = marked(&record.title, record, (Where::Title, BOLD), out);
    out.hung("", 0, &title)?;
    let mut rows: Vec<(&str, String)> = vec![
        ("published", record.published.map_or_else(|| "undated".to_owned(), |date| date.to_string())),
        ("kind", facts.kind.map(table::kind).unwrap_or_default().to_owned()),
        ("who", clean(&table::who(record))),
        ("inhabitants", table::population(record)),
        ("wanted", wanted(record)),
        ("themes", names(&facts.themes)),
        ("dates", facts.dates.iter().map(date).collect::<Vec<_>>().join(", ")),
        (
            "contacts",
            [&facts.contacts.emails[..], &facts.contacts.phones, &facts.contacts.urls]
                .concat()
                .iter()
                .map(|contact| clean(contact))
                .collect::<Vec<_>>()
                .join(", "),
        ),
        ("address", linked(&record.url, out)),
        ("also at", record.aliases.iter().map(|alias| linked(alias, out)).collect::<Vec<_>>().join(", ")),
        ("seen", format!("{} to {}, version {}", stamp(record.first_seen), stamp(record.last_seen), record.version)),
        ("gone since", record.gone_since.map(stamp).unwrap_or_default()),
        ("id", record.id.to_string()),
    ];
    rows.retain(|(_, value)| !value.is_empty());
    for (label, value) in rows {
        out.hung(format_args!("{} ", styled(DIM, format_args!("{label:12}"))), 13, &value)?;
    }
    let texts = [(record.summary.as_deref(), Where::Summary), (record.body.as_deref(), Where::Body)];
    for (text, place) in texts.into_iter().filter_map(|(text, place)| Some((text?, place))) {
        let text = marked(text, record, (place, Style::new()), out);
        out.line(format_args!(""))?;
        out.hung("", 0, &text)?;
    }
    for attachment in &record.attachments {
        let size = attachment.bytes.map_or_else(|| "not fetched".to_owned(), |bytes| format!("{} kB", bytes.div_ceil(1000)));
        let read = attachment.text.as_ref().map_or("no text", |_| "text indexed");
        out.line(format_args!(""))?;
        out.hung(styled(DIM, "attachment   "), 13, &format!("{} ({size}, {read})", clean(&attachment.title)))?;
        out.line(format_args!("{:13}{}", "", linked(&attachment.url, out)))?;
    }
    Ok(())
}

/// An address that can be followed.
fn linked(address: &str, out: &Output) -> String {
    out.link(address, &clean(address))
}

/// The text in its style, with the evidence of its facts marked.
fn marked(text: &str, record: &Record, (place, style): (Where, Style), out: &Output) -> String {
    let mut spans: Vec<(usize, usize)> =
        record.facts.evidence.iter().filter(|e| e.place == place).map(|e| (e.start as usize, e.end as usize)).collect();
    spans.sort_unstable();
    let (mut shown, mut open_until) = (style.render().to_string(), None);
    for (index, char) in text.chars().enumerate() {
        if open_until == Some(index) {
            shown.push_str(&close(style, out));
            open_until = None;
        }
        for (_, end) in spans.iter().filter(|(start, end)| *start == index && end > start) {
            if open_until.is_none() {
                shown.push_str(&open(out));
            }
            open_until = open_until.max(Some(*end));
        }
        shown.push_str(&clean(char.encode_utf8(&mut [0; 4])));
    }
    if open_until.is_some() {
        shown.push_str(&close(style, out));
    }
    shown + &style.render_reset().to_string()
}

fn open(out: &Output) -> String {
    if out.colored() { HIT.render().to_string() } else { "[".to_owned() }
}

/// Ends a mark; the style around it goes on.
fn close(style: Style, out: &Output) -> String {
    if out.colored() { format!("{}{}", HIT.render_reset(), style.render()) } else { "]".to_owned() }
}

fn wanted(record: &Record) -> String {
    let wanted = &record.facts.wanted;
    let mut parts = Vec::new();
    match (wanted.population_min, wanted.population_max) {
        (Some(min), Some(max)) => parts.push(format!("{} to {} inhabitants", table::thousands(min), table::thousands(max))),
        (Some(min), None) => parts.push(format!("at least {} inhabitants", table::thousands(min))),
        (None, Some(max)) => parts.push(format!("at most {} inhabitants", table::thousands(max))),
        (None, None) => {}
    }
    if wanted.similar_size {
        parts.push("of similar size".to_owned());
    }
    if !wanted.countries.is_empty() {
        parts.push(format!("in {}", wanted.countries.join(", ")));
    }
    parts.join(", ")
}

fn date(found: &crate::record::NoticeDate) -> String {
    let role = match found.role {
        DateRole::Event => "event",
        DateRole::Deadline => "deadline",
    };
    match found.end {
        Some(end) => format!("{role} {} to {end}", found.date),
        None => format!("{role} {}", found.date),
    }
}

fn names(themes: &[crate::record::Theme]) -> String {
    let name = |theme| serde_json::to_value(theme).ok().and_then(|value| value.as_str().map(|name| name.replace('_', " ")));
    themes.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

fn place(place: Where) -> String {
    match place {
        Where::Title => "title".to_owned(),
        Where::Summary => "summary".to_owned(),
        Where::Body => "full text".to_owned(),
        Where::Attachment(number) => format!("attachment {}", number + 1),
    }
}

pub fn stamp(at: jiff::Timestamp) -> String {
    at.strftime("%F %H:%M UTC").to_string()
}
