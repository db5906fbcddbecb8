//! Everything Dayline can do, as one async API.
#![warn(missing_docs)]

pub mod view;
