//! Cargo's messages, as they come, and what benchmarks need.

use super::{executable_of, needs_of, programs_of};

#[test]
fn cargo_tells_where_the_benchmarks_are() {
    let line = r#"{"reason":"compiler-artifact","package_id":"path+file:///checkout/tests#dayline-e2e@0.1.0","target":{"kind":["bench"],"name":"suite"},"executable":"/checkout/target/release/deps/suite-1"}"#;
    let found = executable_of(line, "bench", "suite");
    assert_eq!(
        found.as_deref(),
        Some("/checkout/target/release/deps/suite-1")
    );
}

#[test]
fn other_messages_tell_of_no_benchmarks() {
    for line in [
        "",
        "warning: something",
        r#"{"reason":"build-finished","success":true}"#,
        r#"{"reason":"compiler-artifact","target":{"kind":["lib"],"name":"suite"},"executable":null}"#,
        r#"{"reason":"compiler-artifact","target":{"kind":["bin"],"name":"suite"},"executable":"/x"}"#,
        r#"{"reason":"compiler-artifact","target":{"kind":["bench"],"name":"other"},"executable":"/x"}"#,
    ] {
        assert_eq!(executable_of(line, "bench", "suite"), None, "{line}");
    }
}

#[test]
fn only_what_the_named_benchmarks_start_is_built() {
    let programs = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let programs = programs_of(&needs_of(&names));
        programs.iter().map(|one| one.name).collect::<Vec<_>>()
    };
    let all = ["dayline-relay", "dayline-simulator", "dayline"];
    assert!(programs(&["view-week", "search"]).is_empty());
    assert_eq!(programs(&["relay-hop", "relay-idle"]), ["dayline-relay"]);
    assert_eq!(programs(&["relay-storm", "e2e"]), all);
    assert_eq!(programs(&["start"]), ["dayline-desktop", "dayline-hello"]);
    assert_eq!(programs(&["window"]), ["dayline-desktop"]);
    let window = ["dayline-desktop", "dayline-hello"];
    assert_eq!(programs(&[]), [&all[..], &window].concat());
}
