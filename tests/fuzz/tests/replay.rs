//! Every kept input of every target, and seeded mutations of them.
//!
//! A failure tells where its input was written. Once the fault is mended, the input moves to
//! `corpus/TARGET/regression-…`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed assumption of a test ends the test"
)]

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use dayline_fuzz::mutate::{Dice, mutated};
use dayline_fuzz::{TARGETS, Target, corpus};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// How many inputs are made up for a target.
const MUTATIONS: usize = 2_000;
/// Longer ones are cut: the tests of each crate have the large inputs.
const LONGEST: usize = 8 * 1024;

struct Seeded(ChaCha8Rng);

impl Dice for Seeded {
    fn below(&mut self, bound: usize) -> usize {
        let number = usize::try_from(self.0.next_u32()).unwrap();
        number.checked_rem(bound).unwrap_or(0)
    }
}

fn replay(name: &str) {
    let target = Target::find(name).unwrap();
    let inputs = corpus::inputs(&target);
    assert!(!inputs.is_empty(), "{name} has no corpus");
    for (path, input) in &inputs {
        run(&target, input, || path.clone());
    }
    let mut dice = Seeded(ChaCha8Rng::seed_from_u64(name.len() as u64));
    for number in 0..MUTATIONS {
        let (_, input) = &inputs[number % inputs.len()];
        let (_, other) = &inputs[dice.below(inputs.len())];
        let mut input = mutated(input, other, &mut dice);
        input.truncate(LONGEST);
        run(&target, &input, || keep(name, number, &input));
    }
}

fn run(target: &Target, input: &[u8], path: impl FnOnce() -> PathBuf) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (target.check)(input))) {
        eprintln!("{} fails on {}", target.name, path().display());
        std::panic::resume_unwind(panic);
    }
}

/// Writes an input that fails to where it can be looked at.
fn keep(name: &str, number: usize, input: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{number}"));
    fs::write(&path, input).unwrap();
    path
}

#[test]
fn answers_of_graph_are_read_whatever_they_are() {
    replay("graph-json");
}

#[test]
fn answers_of_google_are_read_whatever_they_are() {
    replay("google-json");
}

#[test]
fn series_stay_in_their_window_whatever_their_rule() {
    replay("rrule");
}

#[test]
fn zones_mean_something_whatever_their_name() {
    replay("zone-names");
}

#[test]
fn descriptions_are_harmless_whatever_they_hold() {
    replay("html");
}

#[test]
fn offered_links_open_whatever_the_text() {
    replay("links");
}

#[test]
fn the_gate_judges_what_is_opened() {
    replay("gate");
}

#[test]
fn filters_print_what_they_mean() {
    replay("filter");
}

#[test]
fn deep_links_sign_in_whom_they_belong_to() {
    replay("deep-link");
}

#[test]
fn every_target_is_in_the_table_and_replayed() {
    let targets: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
    let table = corpus::table();
    let listed: BTreeSet<&str> = table.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(targets, listed);
    let source = include_str!("replay.rs");
    for name in targets {
        assert!(source.contains(&format!("replay(\"{name}\");")), "{name}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let entries = fs::read_dir(folder).unwrap();
    let folders = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let folders: BTreeSet<String> = folders.collect();
    assert!(folders.iter().all(|name| listed.contains(name.as_str())));
}
