//! Character references of HTML (§13.2.5.72 and the states that follow): `&amp;`, `&#38;`, `&#x26;`.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Where a reference stands: in the value of an attribute a name without its semicolon may be part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Text,
    Attribute,
}

/// The text with its references replaced.
pub fn decode(text: &str, place: Place) -> Cow<'_, str> {
    let Some(mut at) = text.find('&') else { return Cow::Borrowed(text) };
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    loop {
        let rest = &text[at + 1..];
        let found = if let Some(number) = rest.strip_prefix('#') { numeric(number) } else { named(rest, place) };
        let next = if let Some((signs, length)) = found {
            out.push_str(&text[from..at]);
            out.extend(signs.into_iter().filter(|sign| *sign != '\0'));
            from = at + 1 + length;
            from
        } else {
            at + 1
        };
        let Some(more) = text[next..].find('&') else { break };
        at = next + more;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// What the reference means, the second none for most, and its length behind the ampersand.
type Reference = Option<([char; 2], usize)>;

/// Behind `&#`.
fn numeric(text: &str) -> Reference {
    let (digits, radix, mark) = text.strip_prefix(['x', 'X']).map_or((text, 10, 1), |digits| (digits, 16, 2));
    let count = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let ends = usize::from(digits[count..].starts_with(';'));
    let number = match u32::from_str_radix(&digits[..count], radix) {
        _ if count == 0 => return None,
        Ok(number) => number,
        Err(_) => u32::MAX,
    };
    let replaced = number.checked_sub(0x80).and_then(|at| *C1_REPLACEMENTS.get(at as usize)?);
    let sign = replaced.or_else(|| char::from_u32(number).filter(|sign| *sign != '\0')).unwrap_or('\u{fffd}');
    Some(([sign, '\0'], mark + count + ends))
}

/// Behind `&`: the longest name that is one.
fn named(text: &str, place: Place) -> Reference {
    let mut found = None;
    // The table holds the beginnings of its names too.
    let prefixes = (1..=text.len()).map_while(|end| Some((end, NAMED_ENTITIES.get(text.get(..end)?)?)));
    for (end, signs) in prefixes {
        if signs.0 != 0 {
            found = Some((end, *signs));
        }
    }
    let (end, (first, second)) = found?;
    let next = text[end..].bytes().next();
    let part =
        place == Place::Attribute && !text[..end].ends_with(';') && next.is_some_and(|byte| byte == b'=' || byte.is_ascii_alphanumeric());
    if part { None } else { Some(([char::from_u32(first)?, char::from_u32(second)?], end)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_by_the_standard() {
        for (text, place, want) in [
            ("a &amp; b&lt", Place::Text, "a & b<"),
            ("&notit; &notin; &NotEqualTilde;", Place::Text, "¬it; ∉ ≂\u{338}"),
            ("&copy=1&copy;&copyx", Place::Attribute, "&copy=1©&copyx"),
            ("&#65;&#x41&#X41;&#128;&#0;&#xD800;&#99999999999;&#;&#x;&;&é", Place::Text, "AAA€\u{fffd}\u{fffd}\u{fffd}&#;&#x;&;&é"),
        ] {
            assert_eq!(decode(text, place), want, "{text}");
        }
    }
}
