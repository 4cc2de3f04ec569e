//! czech
