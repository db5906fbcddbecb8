//! The webhook relay: Microsoft and Google send to it, devices hold a socket to it, and what goes
//! through is that some device has something new.
//!
//! ```text
//! webhook → routes → hooks (read and drop) → relay (believe) → registry ─┐
//! device  → routes → relay (enrol, channels)                             │
//! device  ⇄ socket ← session (what it may say)                       ←───┘
//! ```
//!
//! Several of them are one through NATS ([`cluster`]).
//!
//! It keeps nothing about people. A device is a random number, and a channel a sealed text that
//! carries the number; what the vendors say of tenants, people and events is dropped while it is
//! read. A restart forgets everything but keys and revocations, and harms nothing: a hint only
//! says sooner what a device finds out by itself.

#![warn(missing_docs)]

mod answers;
pub mod cluster;
pub mod config;
pub mod hooks;
pub mod keys;
pub mod limits;
mod metered;
pub mod metrics;
pub mod registry;
pub mod relay;
pub mod revocations;
mod routes;
pub mod seal;
pub mod server;
mod session;
mod socket;
