//! `timeline`: how many notices a year or month, empty ones included.

use jiff::civil::Date;

use super::output::{DIM, Output, styled};
use super::table::number;
use super::{Exit, Global, asking, bars, store};
use crate::search::{Dimension, Options, Table};

/// Count the notices of a query by year or month, empty ones included
///
/// Without a query all notices are counted. Undated ones are told apart.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A query, as for `search` [default: everything]
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// A row a year or a month
    #[arg(long, value_name = "SPAN", default_value = "year")]
    by: Span,
    #[command(flatten)]
    how: asking::How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Span {
    Year,
    Month,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = store::home(global)?;
    let index = store::index(&home, &store::archive(&home)?, out)?;
    let query = args.query.join(" ");
    let options = args.how.options();
    let found = index.matching(&query, &options)?;
    asking::tell(&found.read_as, &found.hints, &found.unmet, out);
    asking::tell_partial(found.len(), found.partial, out);
    let dimension = if args.by == Span::Year { Dimension::Year } else { Dimension::Month };
    let table = index.tabulate(&query, &Options { facets: false, ..options }, dimension, None)?;
    let (rows, undated) = rows(table, args.by);
    let total: u64 = rows.iter().map(|(_, count)| count).sum();
    if out.json {
        let periods: Vec<_> = rows.iter().map(|(period, count)| serde_json::json!({"period": period, "count": count})).collect();
        out.json(
            &serde_json::json!({"query": query, "total": total + undated, "undated": undated, "by": dimension.name(), "periods": periods}),
        )?;
    } else {
        bars::print(rows, out)?;
        let undated = if undated == 0 { String::new() } else { format!(" and {undated} undated") };
        out.line(format_args!("{}", styled(DIM, format_args!("{}{undated}", number(total, "dated notice", "dated notices")))))?;
    }
    Ok(if total + undated == 0 { Exit::Nothing } else { Exit::Done })
}

/// Every period from the first to the last, and how many records have none.
fn rows(table: Table, by: Span) -> (Vec<(String, u64)>, u64) {
    let (dated, unknown): (Vec<_>, Vec<_>) =
        table.rows.into_iter().partition(|row| row.value.starts_with(|letter: char| letter.is_ascii_digit()));
    let undated = unknown.iter().map(|row| row.count).sum();
    let counts: Vec<(String, u64)> = dated.into_iter().map(|row| (row.value, row.count)).collect();
    let ends = counts.first().zip(counts.last()).and_then(|(first, last)| Some((month(&first.0)?, month(&last.0)?)));
    let (Span::Month, Some((first, last))) = (by, ends) else { return (counts, undated) };
    let months = first.series(jiff::Span::new().months(1)).take_while(|month| *month <= last);
    let rows = months.map(|month| {
        let name = format!("{:04}-{:02}", month.year(), month.month());
        let count = counts.iter().find(|(period, _)| *period == name).map_or(0, |(_, count)| *count);
        (name, count)
    });
    (rows.collect(), undated)
}

fn month(period: &str) -> Option<Date> {
    let (year, month) = period.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Row;

    #[test]
    fn empty_months_are_rows_too() {
        let row = |value: &str, count| Row { value: value.to_owned(), count, cells: Vec::new() };
        let table =
            Table { total: 6, by: vec!["month"], rows: vec![row("2011-11", 2), row("2012-02", 3), row("unknown", 1)], columns: Vec::new() };
        let (rows, undated) = rows(table, Span::Month);
        let shown: Vec<String> = rows.iter().map(|(period, count)| format!("{period} {count}")).collect();
        assert_eq!((shown.join(", ").as_str(), undated), ("2011-11 2, 2011-12 0, 2012-01 0, 2012-02 3", 1));
    }
}
