//! Gives what libFuzzer makes up to the target that `DAYLINE_FUZZ_TARGET` names.
//!
//! One program for all targets: linking it takes longer than building them.
#![no_main]

use std::sync::LazyLock;

use dayline_fuzz::Target;
use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("DAYLINE_FUZZ_TARGET").unwrap_or_default();
    Target::find(&name).unwrap_or_else(|| panic!("DAYLINE_FUZZ_TARGET names no target: {name:?}"))
});

fuzz_target!(|input: &[u8]| (TARGET.check)(input));
