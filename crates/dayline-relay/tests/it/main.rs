//! The relay over loopback, as vendors and devices meet it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

mod cluster;
mod devices;
mod frames;
mod hooks;
mod hostile;
mod kills;
mod nodes;
mod process;
mod stage;
