use serde_json::Value;

use super::count::{Count, bye, hint};

/// What the protocol's own vectors say.
fn vector(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn frames_are_those_of_the_protocol() {
    let (channel, epoch) = ("00a1b2c3d4e5f607", "5f1d2c3b4a596877");
    for (frame, text) in [
        (
            hint(channel, super::CHANGED, epoch, 42),
            include_str!("../../../../crates/dayline-relay-protocol/vectors/hint-changed.json"),
        ),
        (
            hint(channel, super::MISSED, epoch, 42),
            include_str!("../../../../crates/dayline-relay-protocol/vectors/hint-missed.json"),
        ),
        (
            hint(channel, super::REMOVED, epoch, 42),
            include_str!("../../../../crates/dayline-relay-protocol/vectors/hint-removed.json"),
        ),
        (
            hint(channel, super::REAUTHORIZE, epoch, 42),
            include_str!("../../../../crates/dayline-relay-protocol/vectors/hint-reauthorize.json"),
        ),
        (
            bye("draining", 1500),
            include_str!("../../../../crates/dayline-relay-protocol/vectors/bye-draining.json"),
        ),
    ] {
        assert_eq!(frame, vector(text));
    }
    let mut count = Count::begin(0x5f1d_2c3b_4a59_6877);
    for _ in 0..41 {
        count.announce(false, channel, super::CHANGED);
    }
    let welcome = include_str!("../../../../crates/dayline-relay-protocol/vectors/welcome.json");
    assert_eq!(count.welcome(), vector(welcome));
}

#[test]
fn what_waits_is_joined_and_what_was_not_sent_is_missed() {
    let mut count = Count::begin(1);
    for _ in 0..3 {
        count.announce(true, "a", super::CHANGED);
    }
    assert_eq!(count.take().len(), 1);
    assert_eq!(count.welcome()["sequence"], 1);
    count.announce(true, "a", super::CHANGED);
    count.settle();
    assert!(!count.is_pending());
    assert_eq!(count.welcome()["sequence"], 2);
}
