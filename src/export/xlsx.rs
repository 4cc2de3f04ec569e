//! A workbook of Office Open XML (ISO/IEC 29500) for spreadsheets: real dates, numbers, truth values and links, lists joined by `; `.
//!
//! Sheets: `entries` has the columns of the CSV, `places` a row a place, `facts` a row for each piece of evidence. Rows go to
//! temporary files as they come; the links alone stay in memory, and Excel's bound on their number bounds it. What a cell
//! cannot hold (32,767 UTF-16 units) is cut and counted; a sheet that would have more than 1,048,576 rows is refused.

use std::fs::File;
use std::io::{self, Seek, Write};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::table::{COLUMNS, Kind, Values};
use super::{Counts, Exported, Metadata, RecordWriter, name};
use crate::record::{Evidence, Place, Where};

/// UTF-16 units in a cell.
const CELL: usize = 32_767;
/// Characters of an address that is still a link, and links on a sheet.
const LINK: usize = 2_079;
const LINKS: u32 = 65_530;
/// Width of a column in characters.
const WIDTH: f64 = 16.0;

const PLACES: [&str; 11] = ["id", "number", "role", "as_written", "name", "name_cs", "name_local", "country", "geonames_id", "lat", "lon"];
const FACTS: [&str; 8] = ["id", "fact", "words", "where", "start", "end", "rule", "certainty"];

/// The sheets in their order.
#[derive(Clone, Copy)]
enum Sheet {
    Entries,
    Places,
    Facts,
}

enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Day(Date),
    Time(Timestamp),
    Link(String),
    Truth(bool),
}

pub(super) struct Xlsx<'a> {
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    book: Workbook,
    /// Rows written of each sheet.
    rows: [u32; 3],
    links: u32,
    counts: Counts,
    day: Format,
    time: Format,
}

impl<'a> Xlsx<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        let (day, time) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"));
        Self { metadata, out, book: Workbook::new(), rows: [0; 3], links: 0, counts: Counts::default(), day, time }
    }

    fn header(&mut self, name: &str, columns: &[&str]) -> io::Result<()> {
        let bold = Format::new().set_bold();
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(fault)?;
        sheet.set_name(name).and_then(|sheet| sheet.set_freeze_panes(1, 0)).map_err(fault)?;
        for (at, column) in (0..).zip(columns) {
            sheet.write_string_with_format(0, at, *column, &bold).map_err(fault)?;
            sheet.set_column_width(at, WIDTH).map_err(fault)?;
        }
        Ok(())
    }

    fn row(&mut self, sheet: Sheet, cells: Vec<Cell>) -> io::Result<()> {
        self.rows[sheet as usize] += 1;
        let row = self.rows[sheet as usize];
        for (column, cell) in (0..).zip(cells) {
            self.cell(sheet, row, column, cell)?;
        }
        Ok(())
    }

    fn cell(&mut self, sheet: Sheet, row: u32, column: u16, cell: Cell) -> io::Result<()> {
        let (cell, cut) = fitting(cell);
        self.counts.shortened += u64::from(cut);
        let linked = matches!(&cell, Cell::Link(address) if address.chars().count() <= LINK && self.links < LINKS);
        self.links += u32::from(linked);
        let sheet: &mut Worksheet = self.book.worksheet_from_index(sheet as usize).map_err(fault)?;
        match cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) => sheet.write_string(row, column, text),
            Cell::Number(number) => sheet.write_number(row, column, number),
            Cell::Day(day) => sheet.write_datetime_with_format(row, column, day, &self.day),
            Cell::Time(at) => sheet.write_datetime_with_format(row, column, at.to_zoned(TimeZone::UTC).datetime(), &self.time),
            Cell::Link(address) if linked => sheet.write_url(row, column, address.as_str()),
            Cell::Link(address) => sheet.write_string(row, column, address),
            Cell::Truth(truth) => sheet.write_boolean(row, column, truth),
        }
        .map(drop)
        .map_err(fault)
    }

    fn properties(&mut self) {
        let properties =
            rust_xlsxwriter::DocProperties::new().set_title(self.metadata.title()).set_comment(self.metadata.attribution.join(" "));
        self.book.set_properties(&properties);
    }
}

impl RecordWriter for Xlsx<'_> {
    fn begin(&mut self) -> io::Result<()> {
        self.properties();
        let columns: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        self.header("entries", &columns)?;
        self.header("places", &PLACES)?;
        self.header("facts", &FACTS)
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        let record = &exported.record;
        let cells = COLUMNS.iter().map(|column| typed(column.kind, column.values, (column.cell)(exported))).collect();
        self.row(Sheet::Entries, cells)?;
        for (number, place) in (1..).zip(&record.facts.places) {
            self.row(Sheet::Places, place_cells(&record.id.0, number, place))?;
        }
        for evidence in &record.facts.evidence {
            self.row(Sheet::Facts, fact_cells(&record.id.0, evidence))?;
        }
        self.counts.records += 1;
        Ok(())
    }

    fn end(&mut self) -> io::Result<Counts> {
        for (sheet, columns) in [COLUMNS.len(), PLACES.len(), FACTS.len()].into_iter().enumerate() {
            let rows = self.rows[sheet];
            self.book.worksheet_from_index(sheet).and_then(|sheet| sheet.autofilter(0, 0, rows, columns as u16 - 1)).map_err(fault)?;
        }
        let mut file: File = tempfile::tempfile()?;
        self.book.save_to_writer(&file).map_err(fault)?;
        file.rewind()?;
        io::copy(&mut file, self.out)?;
        Ok(self.counts)
    }
}

/// The cell of a column as what it is; a list, and a day before those of spreadsheets (1900), stay text.
fn typed(kind: Kind, values: Values, cell: String) -> Cell {
    if cell.is_empty() {
        return Cell::Empty;
    }
    let read = match (kind, values) {
        (_, Values::Many) => None,
        (Kind::Day, _) => cell.parse().ok().filter(|day: &Date| day.year() >= 1900).map(Cell::Day),
        (Kind::Time, _) => cell.parse().ok().map(Cell::Time),
        (Kind::Integer | Kind::Decimal, _) => cell.parse().ok().map(Cell::Number),
        (Kind::Truth, _) => cell.parse().ok().map(Cell::Truth),
        (Kind::Address, _) => return Cell::Link(cell),
        _ => None,
    };
    read.unwrap_or(Cell::Text(cell))
}

fn place_cells(id: &str, number: u32, place: &Place) -> Vec<Cell> {
    vec![
        Cell::Text(id.to_owned()),
        Cell::Number(number.into()),
        Cell::Text(name(place.role)),
        Cell::Text(place.as_written.clone()),
        Cell::Text(place.name.clone()),
        optional(place.name_cs.as_ref()),
        optional(place.name_local.as_ref()),
        optional(place.country.as_ref()),
        place.geonames_id.map_or(Cell::Empty, |id| Cell::Number(id as f64)),
        place.lat.map_or(Cell::Empty, Cell::Number),
        place.lon.map_or(Cell::Empty, Cell::Number),
    ]
}

fn fact_cells(id: &str, evidence: &Evidence) -> Vec<Cell> {
    vec![
        Cell::Text(id.to_owned()),
        Cell::Text(evidence.field.clone()),
        Cell::Text(evidence.text.clone()),
        Cell::Text(place_name(evidence.place)),
        Cell::Number(evidence.start.into()),
        Cell::Number(evidence.end.into()),
        Cell::Text(evidence.rule.clone()),
        Cell::Text(name(evidence.certainty)),
    ]
}

fn optional(text: Option<&String>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.clone()))
}

/// `title`, `summary`, `body`, or `attachment 1` and so on.
pub(super) fn place_name(place: Where) -> String {
    match place {
        Where::Attachment(number) => format!("attachment {}", number + 1),
        other => name(other),
    }
}

/// The cell with as much of its text as fits, and whether it was cut.
fn fitting(cell: Cell) -> (Cell, bool) {
    match cell {
        Cell::Text(text) if text.encode_utf16().count() > CELL => {
            let mut units = 0;
            let fits = |char: &char| {
                units += char.len_utf16();
                units <= CELL
            };
            (Cell::Text(text.chars().take_while(fits).collect()), true)
        }
        cell => (cell, false),
    }
}

fn fault(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        XlsxError::RowColumnLimitError => io::Error::other("a sheet holds 1,048,576 rows: narrow the query, or write CSV or SQLite"),
        other => io::Error::other(other),
    }
}
