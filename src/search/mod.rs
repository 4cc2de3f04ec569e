//! search
pub mod czech;
