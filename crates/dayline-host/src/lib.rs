//! The world outside of Dayline as traits, and their real forms.
#![warn(missing_docs)]
