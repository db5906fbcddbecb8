//! A world to test in: providers, clock, keyring and a data folder, all in one thread.

pub mod edits;
mod network;
mod oracle;
mod world;

pub use self::network::Sent;
pub use self::oracle::{Seen, Window, segment};
pub use self::world::{GOOGLE, MICROSOFT, NOW, World, sync, synced_well};
