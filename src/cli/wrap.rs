//! Lines that fit the terminal: broken at blanks, hung under their beginning, styles not counted.

/// The text in lines of at most `width` columns, all but the first after `indent` blanks. A longer word stays whole, so
/// that an address can still be clicked and copied.
pub fn wrap(text: &str, indent: usize, width: usize) -> String {
    let room = width.saturating_sub(indent).max(20);
    let mut out = String::new();
    for (nth, line) in text.split('\n').enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        let mut column = 0;
        for (nth, word) in line.split(' ').enumerate() {
            let long = columns(word);
            if nth > 0 && column + 1 + long > room && column > 0 {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', indent));
                column = 0;
            } else if nth > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += long;
        }
    }
    out
}

/// Columns that a text takes, escape sequences of styles (`ESC [ … m`) and of links (`ESC ] … ESC \`) left out.
fn columns(text: &str) -> usize {
    let mut count = 0;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char == '\u{1b}' {
            match chars.next() {
                Some(']') => drop(chars.by_ref().skip_while(|char| *char != '\u{1b}').nth(1)),
                _ => drop(chars.find(|char| *char == 'm')),
            }
        } else {
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let text = "Obec leží v údolí řeky a \u{1b}[1mhledá\u{1b}[0m partnera pro kulturu";
        let shown = wrap(text, 3, 28);
        assert_eq!(shown, "Obec leží v údolí řeky a\n   \u{1b}[1mhledá\u{1b}[0m partnera pro\n   kulturu");
        assert_eq!(shown.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        let address = "https://mesto.example/velmi/dlouha/adresa/clanku";
        assert_eq!(wrap(&format!("viz {address} dále"), 0, 30), format!("viz\n{address}\ndále"));
        assert_eq!(wrap("a\nb", 2, 80), "a\nb");
        let linked = "viz \u{1b}]8;;https://mesto.example/dlouhá\u{1b}\\obec\u{1b}]8;;\u{1b}\\ dále";
        assert_eq!(wrap(linked, 0, 20), linked, "a link takes the columns of its words");
    }
}
