//! The relay over loopback, as vendors and devices meet it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

mod devices;
mod frames;
mod hooks;
mod hostile;
mod process;
mod stage;
