//! Counts as rows with bars to scale.

use super::output::{Output, clean};

/// Columns of the longest bar.
const BAR: usize = 30;

/// A row a value.
pub fn print(rows: Vec<(String, u64)>, out: &mut Output) -> anyhow::Result<()> {
    let longest = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    for (label, count) in rows {
        let length = (count as usize * BAR).div_ceil(longest as usize);
        out.line(format_args!("{}", format!("  {:16} {count:>5}  {}", clean(&label), "▇".repeat(length)).trim_end()))?;
    }
    Ok(())
}
