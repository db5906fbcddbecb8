//! A world to test in: providers, clock, keyring and a data folder, all in one thread.

pub mod edits;
mod network;
mod oracle;
mod world;

pub use self::oracle::segment;
pub use self::world::{GOOGLE, MICROSOFT, World, agenda, sync, synced_well};
