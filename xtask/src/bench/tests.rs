//! Cargo's messages, as they come.

use super::executable_of;

#[test]
fn cargo_tells_where_the_benchmarks_are() {
    let line = r#"{"reason":"compiler-artifact","package_id":"path+file:///checkout/tests#dayline-e2e@0.1.0","target":{"kind":["bench"],"name":"suite"},"executable":"/checkout/target/release/deps/suite-1"}"#;
    let found = executable_of(line);
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
        assert_eq!(executable_of(line), None, "{line}");
    }
}
