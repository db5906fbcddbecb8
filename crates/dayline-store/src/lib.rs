//! Dayline in SQLite: the only crate that contains SQL.
#![warn(missing_docs)]
