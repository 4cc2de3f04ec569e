//! From strings with places to text in reading order.
//!
//! Strings on one height make a line, parted by a blank where they stand apart and cut where a gutter may lie. Lines
//! stay in the order of the content stream, which most programs write as one reads; only where two columns of prose
//! stand side by side is the left one read before the right one (after the XY-cut of Nagy and Seth, 1984).
//! Tables are short cells in many rows: they stay as they are.

use super::page::Run;

/// Steps between lines, in heights of the font: a new line, and from where on a paragraph begins.
const LINE: f32 = 0.3;
const PARAGRAPH: f32 = 1.9;
/// Gaps on one line, in heights of the font: a blank, and one as wide as a gutter.
const BLANK: f32 = 0.2;
const GUTTER: f32 = 1.2;
/// Lines of a column at least, and letters in one on the average.
const MIN_LINES: usize = 4;
const MIN_LETTERS: usize = 24;

/// Strings of one line between gutters.
#[derive(Clone, Debug)]
struct Line {
    x: f32,
    end: f32,
    y: f32,
    size: f32,
    text: String,
}

pub fn text(runs: Vec<Run>) -> String {
    let lines = in_columns(lines(runs));
    let mut out = String::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        if let Some(before) = before {
            let (step, size) = ((before.y - line.y).abs(), line.size.max(1.0));
            out.push_str(match step {
                step if step > size * PARAGRAPH => "\n\n",
                step if step > size * LINE => "\n",
                _ => " ",
            });
        }
        out.push_str(line.text.trim_end());
        before = Some(line);
    }
    out
}

fn lines(runs: Vec<Run>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for run in runs.into_iter().filter(|run| !run.text.is_empty()) {
        let size = run.size.max(1.0);
        let same = lines.last_mut().filter(|line| (line.y - run.y).abs() <= size * LINE);
        match same {
            Some(line) if (run.x - line.end).abs() < size * GUTTER => {
                let apart = run.x - line.end > size * BLANK;
                if apart && !line.text.ends_with(' ') && !run.text.starts_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(&run.text);
                line.end = line.end.max(run.end);
            }
            _ => lines.push(Line { x: run.x, end: run.end, y: run.y, size, text: run.text }),
        }
    }
    lines.retain(|line| !line.text.trim().is_empty());
    lines
}

/// Stretches of lines on either side of a gutter, read one column after the other.
fn in_columns(lines: Vec<Line>) -> Vec<Line> {
    let Some(gutter) = gutter(&lines) else { return lines };
    let mut out = Vec::with_capacity(lines.len());
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let flush = |left: &mut Vec<Line>, right: &mut Vec<Line>, out: &mut Vec<Line>| {
        out.append(left);
        out.append(right);
    };
    for line in lines {
        if line.end <= gutter {
            left.push(line);
        } else if line.x >= gutter {
            right.push(line);
        } else {
            flush(&mut left, &mut right, &mut out);
            out.push(line);
        }
    }
    flush(&mut left, &mut right, &mut out);
    out
}

/// An upright between two columns of prose that few lines cross.
fn gutter(lines: &[Line]) -> Option<f32> {
    // A gutter lies just before the left edge of several lines.
    let mut edges: Vec<f32> = lines.iter().map(|line| line.x).collect();
    edges.sort_by(f32::total_cmp);
    let common = edges.chunk_by(|left, right| right - left < 1.0).filter(|edges| edges.len() >= MIN_LINES).map(|edges| edges[0] - 0.5);
    common.into_iter().find(|gutter| parts_columns(lines, *gutter))
}

fn parts_columns(lines: &[Line], gutter: f32) -> bool {
    let left: Vec<&Line> = lines.iter().filter(|line| line.end <= gutter).collect();
    let right: Vec<&Line> = lines.iter().filter(|line| line.x >= gutter).collect();
    let prose = |side: &[&Line]| {
        let letters: usize = side.iter().map(|line| line.text.chars().count()).sum();
        side.len() >= MIN_LINES && letters >= MIN_LETTERS * side.len()
    };
    let beside = |line: &&&Line| right.iter().any(|other| (other.y - line.y).abs() < line.size);
    prose(&left) && prose(&right) && left.iter().filter(beside).count() >= MIN_LINES && lines.len() <= (left.len() + right.len()) * 3 / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(x: f32, y: f32, text: &str) -> Run {
        Run { x, y, end: x + text.chars().count() as f32 * 5.0, size: 10.0, text: text.to_owned() }
    }

    #[test]
    fn columns_are_read_one_after_the_other_and_tables_by_rows() {
        let (mut page, mut table) =
            (vec![run(50.0, 700.0, "A heading over both of the columns of this printed page, from edge to edge of it")], Vec::new());
        for (at, number) in ["one", "two", "three", "four"].iter().enumerate() {
            let y = 680.0 - 12.0 * at as f32;
            page.push(run(50.0, y, &format!("left column with line {number} of it")));
            page.push(run(300.0, y, &format!("right column with line {number} of it")));
            table.push(run(50.0, y, number));
            table.push(run(300.0, y, "0"));
        }
        let text = text(page);
        let at = |part: &str| text.find(part).expect("a line");
        assert!(text.starts_with("A heading") && at("left column with line four") < at("right column with line one"), "{text}");
        assert_eq!(super::text(table), "one 0\ntwo 0\nthree 0\nfour 0");
    }

    #[test]
    fn strings_that_stand_apart_are_words() {
        assert_eq!(text(vec![run(50.0, 700.0, "Bor"), run(65.0, 700.0, "ov"), run(79.0, 700.0, "leží")]), "Borov leží");
    }
}
