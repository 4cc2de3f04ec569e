//! CSV after RFC 4180: CRLF, quotes doubled, a header; lists joined by `; `, places as `Name (CC)`.
//!
//! A text cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, tab or CR, OWASP "CSV Injection")
//! gets an apostrophe in front; telephone numbers (E.164), numbers and dates run nothing and are never touched.
//! `columns.rs` holds the columns, `csvw.rs` describes a file for programs.

mod columns;
mod csvw;

use std::io::{self, Write};

pub use columns::{COLUMNS, Column};

use super::{Counts, Exported, RecordWriter};
use columns::LIST;
pub(super) use columns::{Kind, Values};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Whose habits a table follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Commas, decimal points, RFC 3339.
    #[default]
    Rfc4180,
    /// As Excel in Czech reads a file without asking: byte order mark, semicolons, decimal commas, times it knows (UTC).
    CzechExcel,
}

/// A table of records as CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub dialect: Dialect,
    /// A byte order mark, which some spreadsheets need to take a file for UTF-8; Excel's dialect has it anyway.
    pub byte_order_mark: bool,
    pub columns: Vec<&'static Column>,
}

impl Default for Table {
    /// All columns, by the RFC.
    fn default() -> Self {
        Self { dialect: Dialect::Rfc4180, byte_order_mark: false, columns: COLUMNS.iter().collect() }
    }
}

impl Table {
    fn separator(&self) -> u8 {
        match self.dialect {
            Dialect::Rfc4180 => b',',
            Dialect::CzechExcel => b';',
        }
    }

    /// The cell in this dialect.
    fn cell(&self, column: &Column, exported: &Exported) -> String {
        let cell = (column.cell)(exported);
        match (column.kind, self.dialect) {
            (Kind::Text | Kind::Address, _) => neutral(cell),
            (Kind::Phone, _) => {
                if cell.split(LIST).all(is_e164) {
                    cell
                } else {
                    neutral(cell)
                }
            }
            (Kind::Decimal, Dialect::CzechExcel) => cell.replace('.', ","),
            (Kind::Time, Dialect::CzechExcel) => cell.parse::<jiff::Timestamp>().map_or(cell, |at| at.strftime("%F %T").to_string()),
            _ => cell,
        }
    }
}

pub(super) struct Csv<'a> {
    table: &'a Table,
    rows: csv::Writer<&'a mut dyn Write>,
    count: u64,
}

impl<'a> Csv<'a> {
    pub fn new(table: &'a Table, out: &'a mut dyn Write) -> Self {
        let rows = csv::WriterBuilder::new().delimiter(table.separator()).terminator(csv::Terminator::CRLF).from_writer(out);
        Self { table, rows, count: 0 }
    }
}

impl RecordWriter for Csv<'_> {
    fn begin(&mut self) -> io::Result<()> {
        let mut header: Vec<String> = self.table.columns.iter().map(|column| column.name.to_owned()).collect();
        let marked = self.table.byte_order_mark || self.table.dialect == Dialect::CzechExcel;
        if let Some(first) = header.first_mut().filter(|_| marked) {
            first.insert_str(0, BYTE_ORDER_MARK);
        }
        self.rows.write_record(header).map_err(fault)
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        self.count += 1;
        self.rows.write_record(self.table.columns.iter().map(|column| self.table.cell(column, exported))).map_err(fault)
    }

    fn end(&mut self) -> io::Result<Counts> {
        self.rows.flush()?;
        Ok(Counts::of(self.count))
    }
}

/// The fault of the writer below, whose kind the csv crate would hide: a closed pipe is to be known as one.
fn fault(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The cell as a spreadsheet shows it and never runs it.
fn neutral(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

/// A plus and digits (ITU-T E.164).
fn is_e164(number: &str) -> bool {
    number.strip_prefix('+').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
