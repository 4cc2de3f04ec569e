//! What there is to ask for and to count: fields, their values, and tables of counts.

use anyhow::bail;
use comfy_table::CellAlignment;
use serde_json::json;

use super::output::{DIM, Output, clean, styled};
use super::{Exit, asking, bars, table};
use crate::search::{Dimension, Index, Options, ValueCount, fields};

pub fn print_fields(out: &mut Output) -> anyhow::Result<Exit> {
    if out.json {
        let rows: Vec<_> = fields()
            .iter()
            .map(|field| json!({"field": field.name, "also": field.others, "asks": field.asks, "example": field.example}))
            .collect();
        out.json(&rows)?;
        return Ok(Exit::Done);
    }
    let mut table = table::plain(&["field", "also", "asks", "example"]);
    for field in fields() {
        table.add_row([field.name, field.others, field.asks, field.example]);
    }
    out.line(format_args!("{table}"))?;
    Ok(Exit::Done)
}

pub fn print_values(values: &[ValueCount], out: &mut Output) -> anyhow::Result<Exit> {
    if out.json {
        out.json(&values)?;
    } else {
        for value in values {
            let label = value.label.as_deref().map_or_else(String::new, |label| format!("  {}", clean(label)));
            out.line(format_args!("{:>6}  {:20}{}", value.records, clean(&value.value), styled(DIM, label)))?;
        }
    }
    Ok(if values.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// Counts by one dimension or two, whole.
pub fn tabulate(
    index: &Index,
    query: &str,
    options: &Options,
    (rows, more): (Dimension, &[Dimension]),
    out: &mut Output,
) -> anyhow::Result<Exit> {
    if more.len() > 1 {
        bail!("--facet counts by one dimension or two, as in --facet country,year");
    }
    let found = index.matching(query, options)?;
    asking::tell(&found.read_as, &found.hints, &found.unmet, out);
    asking::tell_partial(found.len(), found.partial, out);
    let table = index.tabulate(query, options, rows, more.first().copied())?;
    if out.json {
        out.json(&table)?;
    } else if table.columns.is_empty() {
        bars::print(table.rows.into_iter().map(|row| (row.value, row.count)).collect(), out)?;
        out.line(format_args!("{}", styled(DIM, table::number(table.total as u64, "notice", "notices"))))?;
    } else {
        let corner = table.by.join(" / ");
        let header: Vec<&str> = [corner.as_str()].into_iter().chain(table.columns.iter().map(String::as_str)).chain(["all"]).collect();
        let mut shown = table::plain(&header);
        for row in &table.rows {
            let cells = row.cells.iter().map(|count| if *count == 0 { "·".to_owned() } else { count.to_string() });
            shown.add_row([clean(&row.value)].into_iter().chain(cells).chain([row.count.to_string()]));
        }
        shown.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
        out.line(format_args!("{shown}"))?;
        out.line(format_args!("{}", styled(DIM, table::number(table.total as u64, "notice", "notices"))))?;
    }
    Ok(if table.total == 0 { Exit::Nothing } else { Exit::Done })
}
