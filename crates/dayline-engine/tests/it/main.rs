//! The engine against simulated providers: one thread, a paused clock, a seed.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

mod support;

mod details;
mod doctor;
mod filters;
mod ladder;
mod patterns;
mod pen;
mod scheduler;
mod search;
mod shared;
mod sign_in;
mod simulation;
mod stats;
mod sync;
mod views;
mod visits;
