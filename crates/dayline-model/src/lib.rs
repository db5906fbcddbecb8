//! The words and rules of a calendar: pure, no I/O, no clock.
#![warn(missing_docs)]
