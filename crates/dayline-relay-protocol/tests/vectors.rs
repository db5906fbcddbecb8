//! Every message as it stands on the wire.
//!
//! A change of a vector is a change of the protocol, and needs a new version.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use dayline_relay_protocol::{
    Bye, Channel, ChannelId, ChannelRequest, Device, ErrorBody, ErrorDetail, FromDevice, FromRelay,
    Hello, Hint, HintKind, Position, Reason, Rotation, VERSION, Vendor, Welcome,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn check<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(vector: &str, value: &T) {
    let text = vector.trim_end();
    assert_eq!(serde_json::to_string(value).unwrap(), text);
    assert_eq!(&serde_json::from_str::<T>(text).unwrap(), value);
}

macro_rules! vector {
    ($name:literal) => {
        include_str!(concat!("../vectors/", $name, ".json"))
    };
}

fn position(sequence: u64) -> Position {
    Position {
        epoch: "5f1d2c3b4a596877".into(),
        sequence,
    }
}

fn channel() -> ChannelId {
    ChannelId("00a1b2c3d4e5f607".into())
}

#[test]
fn frames_of_a_device() {
    check(
        vector!("hello-first"),
        &FromDevice::Hello(Hello {
            version: VERSION,
            last: None,
        }),
    );
    check(
        vector!("hello-again"),
        &FromDevice::Hello(Hello {
            version: VERSION,
            last: Some(position(41)),
        }),
    );
}

#[test]
fn frames_of_a_relay() {
    check(
        vector!("welcome"),
        &FromRelay::Welcome(Welcome {
            version: VERSION,
            position: position(41),
        }),
    );
    for (vector, kind) in [
        (vector!("hint-changed"), HintKind::Changed),
        (vector!("hint-missed"), HintKind::Missed),
        (vector!("hint-removed"), HintKind::Removed),
        (vector!("hint-reauthorize"), HintKind::Reauthorize),
    ] {
        check(
            vector,
            &FromRelay::Hint(Hint {
                channel: channel(),
                kind,
                position: position(42),
            }),
        );
    }
    check(vector!("missed"), &FromRelay::Missed(position(u64::MAX)));
    for (vector, reason) in [
        (vector!("bye-draining"), Reason::Draining),
        (vector!("bye-replaced"), Reason::Replaced),
        (vector!("bye-revoked"), Reason::Revoked),
        (vector!("bye-protocol"), Reason::Protocol),
    ] {
        check(
            vector,
            &FromRelay::Bye(Bye {
                reason,
                retry_after_ms: 1500,
            }),
        );
    }
}

#[test]
fn bodies_of_requests() {
    check(
        vector!("device"),
        &Device {
            secret: "AYd0bm90IGEgcmVhbCBzZWNyZXQ".into(),
            expires_at: 1_798_761_600,
        },
    );
    check(vector!("rotation"), &Rotation { revoke_older: true });
    for (vector, vendor) in [
        (vector!("channel-request-microsoft"), Vendor::Microsoft),
        (vector!("channel-request-google"), Vendor::Google),
    ] {
        check(
            vector,
            &ChannelRequest {
                vendor,
                client_state_sha256: "ab".repeat(32),
            },
        );
    }
    check(
        vector!("channel"),
        &Channel {
            id: channel(),
            url: "https://relay.example/v1/hooks/google/AYd0bm90IGEgcmVhbCBjaGFubmVs".into(),
            expires_at: 1_803_945_600,
        },
    );
    check(
        vector!("error"),
        &ErrorBody {
            error: ErrorDetail {
                code: "unauthorized".into(),
                message: "The device's secret is not, or no longer, good.".into(),
            },
        },
    );
}

#[test]
fn members_that_a_later_relay_adds_are_passed_over() {
    let later = r#"{"type":"hint","channel":"00a1b2c3d4e5f607","kind":"changed","epoch":"5f1d2c3b4a596877","sequence":42,"colour":"blue"}"#;
    let hint = FromRelay::Hint(Hint {
        channel: channel(),
        kind: HintKind::Changed,
        position: position(42),
    });
    assert_eq!(serde_json::from_str::<FromRelay>(later).unwrap(), hint);
}

#[test]
fn frames_that_are_not_known_do_not_parse() {
    for text in [
        "",
        "{}",
        "null",
        r#"{"type":"subscribe"}"#,
        r#"{"type":"hello"}"#,
        r#"{"type":"hello","version":-1}"#,
        r#"{"type":"hello","version":1,"last":{"epoch":"a"}}"#,
    ] {
        assert!(serde_json::from_str::<FromDevice>(text).is_err(), "{text}");
    }
}

#[test]
fn secrets_are_not_printed() {
    let device = Device {
        secret: "planted".into(),
        expires_at: 0,
    };
    let channel = Channel {
        id: channel(),
        url: "https://relay.example/planted".into(),
        expires_at: 0,
    };
    assert!(!format!("{device:?}{channel:?}").contains("planted"));
}
