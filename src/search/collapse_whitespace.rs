//! A passage on one line: runs of blanks, line ends and control characters become one blank each, marks move with their words.
//!
//! Refuses to choose: what is shown is cut out by `snippet.rs`.

/// The text on one line, and where the given byte ranges, sorted and within it, have come to lie.
pub fn collapse_whitespace(text: &str, ranges: &[(usize, usize)]) -> (String, Vec<(usize, usize)>) {
    let mut shown = String::with_capacity(text.len());
    let mut ends: Vec<usize> = ranges.iter().flat_map(|(start, end)| [*start, *end]).collect();
    ends.sort_unstable();
    let mut moved = Vec::with_capacity(ends.len());
    for (at, letter) in text.char_indices() {
        while moved.len() < ends.len() && ends[moved.len()] <= at {
            moved.push(shown.len());
        }
        let blank = letter.is_whitespace() || letter.is_control();
        if !blank {
            shown.push(letter);
        } else if !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
    moved.resize(ends.len(), shown.len());
    let place = |end: &usize| ends.binary_search(end).map_or(shown.len(), |at| moved[at]);
    let marks = ranges.iter().map(|(start, end)| (place(start), place(end))).collect();
    (shown, marks)
}

#[cfg(test)]
mod tests {
    use super::collapse_whitespace;

    fn marked(text: &str, words: &[&str]) -> String {
        let mut from = 0;
        let mut range = |word: &&str| {
            let start = from + text[from..].find(*word).unwrap();
            from = start + word.len();
            (start, from)
        };
        let ranges: Vec<(usize, usize)> = words.iter().map(&mut range).collect();
        let (mut shown, marks) = collapse_whitespace(text, &ranges);
        for (start, end) in marks.iter().rev() {
            shown.insert(*end, ']');
            shown.insert(*start, '[');
        }
        shown
    }

    #[test]
    fn runs_of_blanks_are_one_and_marks_keep_their_words() {
        assert_eq!(marked("Obec\u{a0}\u{a0}\n\tŽďár  hledá\u{0}\u{7f} sbor", &["Žďár", "sbor"]), "Obec [Žďár] hledá [sbor]");
        assert_eq!(marked("  konec\r\n", &["konec"]), " [konec] ");
        assert_eq!(marked("e\u{301}  e\u{301}", &["e\u{301}", "e\u{301}"]), "[e\u{301}] [e\u{301}]");
        assert_eq!(marked("", &[]), "");
        assert_eq!(collapse_whitespace("\u{2028}\u{3000}", &[(0, 6)]), (" ".to_owned(), vec![(0, 1)]));
    }
}
