//! The real `dayline`, killed or failed by the kernel at a chosen call, and what is left then.
//!
//! A [`Stage`] has a simulator of its own and a folder for each [`Situation`], made once and copied
//! for each point. At a point the program does its work under strace, which kills it or lets a call
//! fail. Then it runs again, undisturbed, and has to show what the providers' own interfaces list.
//!
//! The kernel's calls are counted and not the program's statements, so that every state that a
//! crash can leave on the disk is met by number. Dropping an engine at an await, as the engine's own
//! tests do, finds mistakes between two transactions; this finds those inside of one.

mod changes;
mod damage;
mod fault;
mod folder;
mod keyring;
mod report;
mod situation;
mod small_disk;
mod stage;

pub use self::damage::{Damage, Hurt, flips, hurt, hurt_log};
pub use self::fault::{CALLS, DISK_CALLS, Fault, Harm, spread};
pub use self::report::Report;
pub use self::situation::Situation;
pub use self::small_disk::sync_on_a_small_disk;
pub use self::stage::{Outcome, Stage};
