//! The whole of Dayline on loopback: the programs that people run, the simulator as a program of
//! its own, the real keyring, and the real window through WebDriver.
//!
//! The session around it (display, session bus, unlocked keyring) is made by `cargo xtask test`.

pub mod browser;
pub mod canaries;
pub mod chaos;
pub mod crash;
pub mod dayline;
pub mod nats;
pub mod provider;
pub mod relay;
pub mod run;
pub mod simulator;
pub mod wait;
pub mod web;
pub mod window;
