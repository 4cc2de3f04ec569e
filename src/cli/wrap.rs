//! Text to lines of a width. Colour codes take no room; a word longer than a line gets one to itself.

use unicode_normalization::UnicodeNormalization;

/// The lines, broken at blanks.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let long = columns(word);
        if used > 0 && used + 1 + long > width {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += long;
        }
    }
    lines
}

/// Columns that the word takes, letters with marks counted once.
fn columns(word: &str) -> usize {
    anstream::adapter::strip_str(word).to_string().nfc().count()
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_are_full_and_no_longer() {
        assert_eq!(wrap("obec hledá partnera", 10), ["obec hledá", "partnera"]);
        assert_eq!(wrap("a  b", 10), ["a b"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("nejneobhospodařovávatelnější obec", 10), ["nejneobhospodařovávatelnější", "obec"]);
    }

    #[test]
    fn colour_takes_no_room() {
        let red = "\u{1b}[31mobec\u{1b}[0m hledá";
        assert_eq!(wrap(red, 10), [red]);
    }
}
