//! The whole way from a request to a record, by the real program on sites of our own, rude ones among them.
//!
//! Nearly every test ends with `assert_rebuilds`: whatever happened, the pages alone give the same export.

mod changes;
mod doubts;
mod interrupted;
mod nights;
mod quiet;
mod relaunched;
mod shapes;
mod troubled;
mod unlinked;
