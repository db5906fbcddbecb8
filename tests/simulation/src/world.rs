//! A world to test in: providers, clock, keyring and a data folder, all in one thread.

pub mod edits;
pub mod network;
pub mod oracle;
mod setting;

pub use self::oracle::segment;
pub use self::setting::{GOOGLE, MICROSOFT, NOW, Who, World, agenda, sync, synced_well};
