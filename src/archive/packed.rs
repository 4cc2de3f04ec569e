//! Facts and their evidence as rows have them: facts as JSON without what is empty, evidence in a few bytes a fact.
//!
//! Evidence is the bulk of what is read from a notice, and nobody asks for it in SQL. Its words stand in the texts of the
//! version, its fields and rules in the table `names`: what is left are numbers (LEB128, as in DWARF 5 §7.6). Disposable
//! like all facts: what cannot be unpacked is left out, and comes back with the next reading.

use std::io::Read;

use flate2::read::DeflateDecoder;
use serde_json::Value;

use crate::record::{Attachment, Certainty, Evidence, Facts, Where};

/// Begins what is packed so; no stream of DEFLATE (RFC 1951 §3.2.3: the block type 11 is an error), as older archives have.
const PACKED: u8 = 0xff;
const SURE: u64 = 1;
/// The words follow: they are not those of the text.
const WITH_WORDS: u64 = 2;
/// Title, summary and body come before the documents.
const DOCUMENTS: u64 = 3;

/// The texts that evidence speaks of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts<'a> {
    pub title: &'a str,
    pub summary: Option<&'a str>,
    pub body: Option<&'a str>,
    pub attachments: &'a [Attachment],
}

impl<'a> Texts<'a> {
    /// The words between two offsets in code points.
    fn words(&self, place: Where, start: u32, end: u32) -> Option<&'a str> {
        let text = match place {
            Where::Title => Some(self.title),
            Where::Summary => self.summary,
            Where::Body => self.body,
            Where::Attachment(nth) => self.attachments.get(nth as usize)?.text.as_deref(),
        }?;
        let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let from = ends.nth(start as usize)?;
        let to = if end > start { ends.nth((end - start) as usize - 1)? } else { from };
        text.get(from..to)
    }
}

/// Facts without evidence, and without what is empty.
pub(super) fn facts_to_json(facts: &Facts) -> String {
    let value = |facts: &Facts| serde_json::to_value(facts).expect("facts have text keys");
    let bare = Facts { evidence: Vec::new(), ..facts.clone() };
    said(value(&bare), &value(&Facts::default())).unwrap_or_else(|| Value::Object(serde_json::Map::new())).to_string()
}

/// Facts from what `facts_to_json` wrote, or from a whole object as older archives have it.
pub(super) fn facts_from_json(text: &str) -> serde_json::Result<Facts> {
    let mut whole = serde_json::to_value(Facts::default())?;
    fill(&mut whole, serde_json::from_str(text)?);
    serde_json::from_value(whole)
}

/// What a value says beside the default; nothing is said by null.
fn said(value: Value, default: &Value) -> Option<Value> {
    if value == *default {
        return None;
    }
    Some(match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter_map(|(name, field)| {
                let field = said(field, default.get(&name).unwrap_or(&Value::Null))?;
                Some((name, field))
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(|item| said(item, &Value::Null).unwrap_or_default()).collect(),
        plain => plain,
    })
}

fn fill(whole: &mut Value, said: Value) {
    match (whole, said) {
        (Value::Object(whole), Value::Object(said)) => {
            for (name, field) in said {
                fill(whole.entry(name).or_insert(Value::Null), field);
            }
        }
        (whole, said) => *whole = said,
    }
}

/// Packs evidence; `number` gives the number of a name.
pub(super) fn pack<E>(evidence: &[Evidence], texts: &Texts<'_>, mut number: impl FnMut(&str) -> Result<u64, E>) -> Result<Vec<u8>, E> {
    let mut out = vec![PACKED];
    for Evidence { field, text, place, start, end, rule, certainty } in evidence {
        let derivable = texts.words(*place, *start, *end) == Some(text);
        let sure = match certainty {
            Certainty::Sure => SURE,
            Certainty::Likely => 0,
        };
        let place = match place {
            Where::Title => 0,
            Where::Summary => 1,
            Where::Body => 2,
            Where::Attachment(nth) => DOCUMENTS + u64::from(*nth),
        };
        let flags = if derivable { sure } else { sure | WITH_WORDS };
        for value in [flags, number(field)?, number(rule)?, place, u64::from(*start), u64::from(end.saturating_sub(*start))] {
            put(&mut out, value);
        }
        if !derivable {
            put(&mut out, text.len() as u64);
            out.extend_from_slice(text.as_bytes());
        }
    }
    Ok(out)
}

/// What `pack` packed, or what older archives hold; `name` gives the name of a number.
pub(super) fn unpack(packed: &[u8], texts: &Texts<'_>, mut name: impl FnMut(u64) -> Option<String>) -> Option<Vec<Evidence>> {
    let [PACKED, rest @ ..] = packed else {
        let mut text = String::new();
        DeflateDecoder::new(packed).read_to_string(&mut text).ok()?;
        return serde_json::from_str(&text).ok();
    };
    let mut rest = rest;
    let mut out = Vec::new();
    while !rest.is_empty() {
        let flags = take(&mut rest)?;
        let (field, rule) = (name(take(&mut rest)?)?, name(take(&mut rest)?)?);
        let place = match take(&mut rest)? {
            0 => Where::Title,
            1 => Where::Summary,
            2 => Where::Body,
            nth => Where::Attachment(u32::try_from(nth - DOCUMENTS).ok()?),
        };
        let start = u32::try_from(take(&mut rest)?).ok()?;
        let end = start.checked_add(u32::try_from(take(&mut rest)?).ok()?)?;
        let text = if flags & WITH_WORDS == 0 {
            texts.words(place, start, end)?.to_owned()
        } else {
            let length = usize::try_from(take(&mut rest)?).ok()?;
            let (words, after) = rest.split_at_checked(length)?;
            rest = after;
            String::from_utf8(words.to_vec()).ok()?
        };
        out.push(Evidence { field, text, place, start, end, rule, certainty: Certainty::from(flags & SURE != 0) });
    }
    Some(out)
}

fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;
    use crate::record::{Kind, Wanted};

    const TITLE: &str = "Obec Říčany hledá družbu";

    fn texts() -> Texts<'static> {
        Texts { title: TITLE, summary: None, body: Some("Ščuka 🐟 a okoun"), attachments: &[] }
    }

    fn there_and_back(evidence: &[Evidence]) -> Option<Vec<Evidence>> {
        let mut names: Vec<String> = Vec::new();
        let packed = pack(evidence, &texts(), |name| {
            let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            });
            Ok::<_, Infallible>(at as u64)
        });
        let Ok(packed) = packed;
        unpack(&packed, &texts(), |number| names.get(number as usize).cloned())
    }

    proptest! {
        #[test]
        fn evidence_comes_back_as_it_was(
            all in prop::collection::vec(("[a-z.\\[\\]0-9]{1,12}", "[a-zř🐟 ]{0,9}", 0u32..5, 0u32..30, 0u32..300, any::<bool>()), 0..9)
        ) {
            let evidence: Vec<Evidence> = all.into_iter().map(|(field, text, place, start, length, sure)| {
                let place = [Where::Title, Where::Summary, Where::Body, Where::Attachment(0), Where::Attachment(200)][place as usize];
                let end = start + length;
                let text = texts().words(place, start, end).map_or(text, str::to_owned);
                Evidence { rule: format!("{field}.rule"), field, text, place, start, end, certainty: sure.into() }
            }).collect();
            prop_assert_eq!(there_and_back(&evidence), Some(evidence));
        }

        #[test]
        fn rubbish_is_no_evidence_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            drop(unpack(&[&[PACKED], &bytes[..]].concat(), &texts(), |_| Some(String::new())));
            drop(unpack(&bytes, &texts(), |_| None));
        }
    }

    #[test]
    fn words_of_the_texts_cost_nothing() {
        let one = Evidence {
            field: "places[0]".to_owned(),
            text: "Říčany".to_owned(),
            place: Where::Title,
            start: 5,
            end: 11,
            rule: "places.linked".to_owned(),
            certainty: Certainty::Sure,
        };
        let packed = pack(std::slice::from_ref(&one), &texts(), |name| Ok::<_, Infallible>(name.len() as u64));
        assert_eq!(packed.map(|packed| packed.len()), Ok(7));
        assert_eq!(there_and_back(std::slice::from_ref(&one)), Some(vec![one]));
    }

    #[test]
    fn facts_say_only_what_they_say() {
        let facts = Facts { kind: Some(Kind::News), wanted: Wanted { similar_size: true, ..Wanted::default() }, ..Facts::default() };
        let text = facts_to_json(&facts);
        assert_eq!(text, r#"{"kind":"news","wanted":{"similar_size":true}}"#);
        assert_eq!(facts_from_json(&text).ok(), Some(facts.clone()));
        assert_eq!(facts_from_json(&serde_json::to_string(&facts).expect("facts")).ok(), Some(facts));
        assert_eq!(facts_from_json(&facts_to_json(&Facts::default())).ok(), Some(Facts::default()));
    }
}
