//! attachment
