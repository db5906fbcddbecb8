//! The engine against simulated providers: one thread, a paused clock, a seed.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

use dayline_simulation::world as support;

mod audit;
mod copies;
mod details;
mod diagnostics;
mod doctor;
mod filters;
mod keys;
mod ladder;
mod maintenance;
mod patterns;
mod pen;
mod report;
mod scheduler;
mod search;
mod shared;
mod sign_in;
mod stats;
mod sync;
mod typing;
mod views;
mod visits;
mod watch;
mod zones;
