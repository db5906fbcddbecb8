//! Random histories of Dayline and its providers, and the world that they happen in.
//!
//! A [`History`](history::History) is a list of steps that follows from a seed: edits at the
//! providers, faults, syncs, deaths. [`live`](life::live) lives it: the engine against the
//! simulator in one thread, on tokio's paused clock, with everything that decides drawn from the
//! seed. After each step the invariants of ARCHITECTURE.md are looked at; after faults stop,
//! Dayline has to show what the providers show. A history that fails is [`shrink`]ed to the
//! shortest one that still does.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

pub mod calls;
mod edit;
pub mod fault;
pub mod history;
mod journal;
pub mod life;
mod logs;
mod people;
mod post;
mod process;
mod relay;
pub mod shrink;
mod weather;
pub mod world;
