//! Dayline.
fn main() {}
