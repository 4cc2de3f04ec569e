//! Bars over time as SVG: each a link, empty spans shown, no text inside, so that the picture can have any width.
//!
//! Refuses: scripts; what a drag does is the part of `assets/script.js`.

use maud::{Markup, html};

/// A span of time with its count.
pub struct Bar {
    pub label: String,
    /// What addresses have for it.
    pub key: String,
    pub count: u64,
    pub href: String,
    pub in_force: bool,
}

/// Units of a bar and the gap after it, and of the whole height.
const WIDTH: usize = 10;
const GAP: usize = 2;
const HEIGHT: u64 = 100;
/// The least height of a bar that is not empty.
const LEAST: u64 = 4;

/// The picture with the first and last label under it. `say` words a count.
pub fn bars(bars: &[Bar], name: &str, say: impl Fn(u64) -> String) -> Markup {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let height = |count: u64| if count == 0 { 0 } else { (count * HEIGHT / most).max(LEAST) };
    let labels = labels(bars);
    html! {
        @if !bars.is_empty() {
            figure.chart {
                p.most aria-hidden="true" { (say(most)) }
                svg viewBox={ "0 0 " (bars.len() * WIDTH) " " (HEIGHT) } preserveAspectRatio="none" role="group" aria-label=(name) {
                    @for (at, bar) in bars.iter().enumerate() {
                        @let said = format!("{}: {}", bar.label, say(bar.count));
                        a href=(bar.href) aria-label=(said) data-key=(bar.key) aria-current=[bar.in_force.then_some("true")] {
                            title { (said) }
                            rect.space x=(at * WIDTH) y="0" width=(WIDTH) height=(HEIGHT) {}
                            rect.bar x=(at * WIDTH + GAP / 2) y=(HEIGHT - height(bar.count)) width=(WIDTH - GAP) height=(height(bar.count)) {}
                        }
                    }
                }
                figcaption aria-hidden="true" { @for label in labels { span { (label) } } }
            }
        }
    }
}

/// The first label, the last, and one between where there is room.
fn labels(bars: &[Bar]) -> Vec<&str> {
    let at = |at: usize| bars.get(at).map(|bar| bar.label.as_str());
    let shown = match bars.len() {
        0 => Vec::new(),
        1 => vec![at(0)],
        2..=4 => vec![at(0), at(bars.len() - 1)],
        count => vec![at(0), at((count - 1) / 2), at(count - 1)],
    };
    shown.into_iter().flatten().collect()
}
