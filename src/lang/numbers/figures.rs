//! Figures with grouping marks and decimals: `13 000`, `23.400`, `27,5`.

use std::ops::Range;

use super::numerals::ONE;

/// Hundredths of the figure at an offset, the offset behind it, and whether marks part its digits.
pub fn digits(text: &[u8], start: usize) -> Option<(u64, usize, bool)> {
    let run = |at: usize| text[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = |range: Range<usize>| {
        let digits = text[range].iter().filter(|byte| byte.is_ascii_digit());
        digits.take(18).fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'))
    };
    let mut end = start + run(start);
    if end - start > 15 {
        return None;
    }
    let group = |at: usize, mark: u8| text.get(at) == Some(&mark) && run(at + 1) == 3;
    let mark = text.get(end).copied().filter(|mark| matches!(mark, b' ' | b'.' | b',' | b'\''));
    if let Some(mark) = mark.filter(|&mark| end - start <= 3 && text[start] != b'0' && group(end, mark)) {
        // A comma parts all its groups alike; other marks may change.
        while text.get(end).is_some_and(|&next| (next == mark || mark != b',' && matches!(next, b' ' | b'.' | b'\'')) && group(end, next)) {
            end += 4;
        }
        return (end - start <= 19).then(|| (number(start..end) * ONE, end, true));
    }
    let fraction = if matches!(text.get(end), Some(b',' | b'.')) { run(end + 1) } else { 0 };
    if (1..=2).contains(&fraction) {
        let hundredths = number(end + 1..end + 1 + fraction) * if fraction == 1 { 10 } else { 1 };
        return Some((number(start..end) * ONE + hundredths, end + 1 + fraction, false));
    }
    Some((number(start..end) * ONE, end, false))
}
