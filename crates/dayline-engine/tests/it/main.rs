//! The engine against simulated providers: one thread, a paused clock, a seed.

mod support;

mod pen;
mod sign_in;
mod simulation;
mod sync;
