//! The engine against simulated providers: one thread, a paused clock, a seed.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

mod support;

mod audit;
mod details;
mod filters;
mod keys;
mod maintenance;
mod pen;
mod scheduler;
mod search;
mod sign_in;
mod simulation;
mod sync;
mod views;
mod visits;
mod watch;
