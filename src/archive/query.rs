//! One prepared statement with its values: asked for all rows, the first, the only one, a number, whether there is any; or run.
//!
//! What takes several statements, or reads rows one at a time, goes to `Archive::ask`. Refuses: any statement of its own.

use rusqlite::{OptionalExtension, Params, Result as Read, Row};

use super::{Archive, Error};

impl Archive {
    pub(super) fn all<T, C: FromIterator<T>>(
        &self,
        question: &str,
        with: impl Params,
        read: impl FnMut(&Row<'_>) -> Read<T>,
    ) -> Result<C, Error> {
        self.ask(|sql| sql.prepare_cached(question)?.query_map(with, read)?.collect())
    }

    /// The first row, if there is one.
    pub(super) fn first<T>(&self, question: &str, with: impl Params, read: impl FnOnce(&Row<'_>) -> Read<T>) -> Result<Option<T>, Error> {
        self.ask(|sql| sql.prepare_cached(question)?.query_row(with, read).optional())
    }

    /// The row of a question that always has one.
    pub(super) fn one<T>(&self, question: &str, with: impl Params, read: impl FnOnce(&Row<'_>) -> Read<T>) -> Result<T, Error> {
        self.ask(|sql| sql.prepare_cached(question)?.query_row(with, read))
    }

    /// The number that a question asks for.
    pub(super) fn count(&self, question: &str, with: impl Params) -> Result<u64, Error> {
        self.one(question, with, |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
    }

    /// There is a row.
    pub(super) fn holds(&self, question: &str, with: impl Params) -> Result<bool, Error> {
        self.ask(|sql| sql.prepare_cached(question)?.exists(with))
    }

    /// Runs a statement that writes; how many rows it touched.
    pub(super) fn execute(&self, statement: &str, with: impl Params) -> Result<usize, Error> {
        self.ask(|sql| sql.prepare_cached(statement)?.execute(with))
    }
}
