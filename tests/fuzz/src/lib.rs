//! What holds whatever comes in.
//!
//! A target is a plain function over bytes that panics where a property does not hold. The tests of
//! this crate give it every file of its corpus and seeded mutations of them; `cargo xtask fuzz`
//! lets libFuzzer look for more (`libfuzzer/`, a workspace of its own).
//!
//! Nothing here measures time: a target bounds what comes out, and libFuzzer ends an input that
//! takes seconds.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a property that does not hold ends the run"
)]

pub mod corpus;
mod deep_link;
mod filter;
mod gate;
mod html;
mod links;
pub mod mutate;
mod providers;
mod rrule;
mod world;
mod zones;

use std::borrow::Cow;

/// Something of Dayline that reads what strangers wrote.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, and that of its folder below `corpus/`.
    pub name: &'static str,
    /// Panics where a property does not hold.
    pub check: fn(&[u8]),
}

/// Every target.
pub const TARGETS: &[Target] = &[
    target("graph-json", providers::check_graph),
    target("google-json", providers::check_google),
    target("rrule", rrule::check),
    target("zone-names", zones::check),
    target("html", html::check),
    target("links", links::check),
    target("gate", gate::check),
    target("filter", filter::check),
    target("deep-link", deep_link::check),
];

const fn target(name: &'static str, check: fn(&[u8])) -> Target {
    Target { name, check }
}

impl Target {
    /// The target of that name.
    pub fn find(name: &str) -> Option<Self> {
        TARGETS.iter().find(|target| target.name == name).copied()
    }
}

/// Bytes as a text: what reads texts is never given anything else.
fn text(input: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(input)
}
