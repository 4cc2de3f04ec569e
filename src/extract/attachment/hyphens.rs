//! Words broken at the end of a printed line, joined again so that they are found.
//!
//! A soft hyphen (U+00AD) always was a break. A hyphen between small letters was one, unless the same document
//! writes the word with its hyphen inside a line; before a capital or a figure it belongs to the name
//! ("Frýdek-Místek"). Either way the word stands on one line afterwards. Empty lines end a paragraph and are no break.

use std::collections::HashSet;

/// The lines with broken words joined.
pub fn join(text: &str) -> String {
    let compounds = compounds(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(end) = rest.find('\n') {
        let (line, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        let Some((stem, Break { keep, tail })) = broken(line, after, &compounds) else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        out.push_str(stem);
        out.push_str(keep);
        out.push_str(&after[..tail]);
        out.push('\n');
        rest = after[tail..].trim_start_matches([' ', '\t']).strip_prefix('\n').unwrap_or(after[tail..].trim_start_matches([' ', '\t']));
    }
    out.push_str(rest);
    out
}

/// What stays between the parts, and the bytes of the next line that belong to the word.
struct Break {
    keep: &'static str,
    tail: usize,
}

fn broken<'a>(line: &'a str, next: &str, compounds: &HashSet<String>) -> Option<(&'a str, Break)> {
    let line = line.trim_end();
    let mark = line.chars().next_back().filter(|mark| is_hyphen(*mark))?;
    let stem = &line[..line.len() - mark.len_utf8()];
    let last = stem.chars().next_back().filter(|last| last.is_alphabetic())?;
    let first = next.chars().next().filter(|first| first.is_alphanumeric())?;
    let tail = next.find(char::is_whitespace).unwrap_or(next.len());
    if mark == '\u{ad}' {
        return Some((stem, Break { keep: "", tail }));
    }
    let head = stem.rsplit(|char: char| !char.is_alphanumeric()).next().unwrap_or(stem);
    let rest = next.split(|char: char| !char.is_alphanumeric()).next().unwrap_or(next);
    let compound = !first.is_lowercase() || !last.is_lowercase() || compounds.contains(&format!("{head}-{rest}").to_lowercase());
    Some((stem, Break { keep: if compound { "-" } else { "" }, tail }))
}

fn is_hyphen(mark: char) -> bool {
    matches!(mark, '-' | '\u{2010}' | '\u{ad}')
}

/// Words that the text writes with a hyphen inside a line.
fn compounds(text: &str) -> HashSet<String> {
    let words = text.split_whitespace().map(|word| word.trim_matches(|char: char| !char.is_alphanumeric() && !is_hyphen(char)));
    let inside = |word: &&str| word.trim_matches(is_hyphen).contains(is_hyphen);
    words.filter(inside).filter(|word| !word.ends_with(is_hyphen)).map(|word| word.replace('\u{2010}', "-").to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn breaks_are_joined_and_names_keep_their_hyphen() {
        for (text, want) in [
            ("nová kolo-\nnáda stojí", "nová kolonáda\nstojí"),
            ("v obci Brandýs-\nBoleslav je", "v obci Brandýs-Boleslav\nje"),
            ("spolu\u{ad}\npráce obcí", "spolupráce\nobcí"),
            ("kolo\u{2010}\nnáda", "kolonáda\n"),
            ("moravsko-slezský kraj a moravsko-\nslezský svaz", "moravsko-slezský kraj a moravsko-slezský\nsvaz"),
            ("výčet -\nbody", "výčet -\nbody"),
            ("konec-\n\nDalší", "konec-\n\nDalší"),
        ] {
            assert_eq!(join(text), want, "{text}");
        }
    }
}
