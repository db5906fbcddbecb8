use super::*;

fn keys() -> Keys {
    let key = base64::engine::general_purpose::STANDARD.encode([7; 32]);
    Keys::parse(&format!("1 2026-01-01T00:00:00Z {key}")).unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_953_600, 0).unwrap()
}

fn channel() -> Channel {
    Channel::new(DeviceId([1; 16]), StateHash::of(b"state"), now()).unwrap()
}

#[test]
fn a_channel_says_what_was_sealed_until_it_is_over() {
    let keys = keys();
    let channel = channel();
    let text = channel.seal(&keys, Vendor::Google).unwrap();
    assert!(text.len() < LONGEST, "{}", text.len());
    for (later, opens) in [
        (TimeDelta::minutes(-6), false),
        (TimeDelta::minutes(-4), true),
        (TimeDelta::zero(), true),
        (CHANNEL_LIVES - TimeDelta::seconds(1), true),
        (CHANNEL_LIVES, false),
    ] {
        let opened = Channel::open(&keys, Vendor::Google, &text, now() + later);
        assert_eq!(opened.is_some(), opens, "{later}");
        if let Some(opened) = opened {
            assert_eq!(opened.device, channel.device);
            assert_eq!(opened.number, channel.number);
            assert!(opened.state.is(StateHash::of(b"state")));
            assert!(!opened.state.is(StateHash::of(b"State")));
        }
    }
}

#[test]
fn a_channel_of_one_vendor_is_none_of_the_other_and_no_secret() {
    let keys = keys();
    let text = channel().seal(&keys, Vendor::Google).unwrap();
    assert!(Channel::open(&keys, Vendor::Microsoft, &text, now()).is_none());
    assert!(Secret::open(&keys, &text, now()).is_none());
}

#[test]
fn a_secret_lives_for_thirty_days() {
    let keys = keys();
    let secret = Secret {
        device: DeviceId([2; 16]),
        issued: now(),
    };
    let text = secret.seal(&keys).unwrap();
    assert_eq!(Secret::open(&keys, &text, now()), Some(secret));
    let last = secret.expires() - TimeDelta::seconds(1);
    assert_eq!(Secret::open(&keys, &text, last), Some(secret));
    assert_eq!(Secret::open(&keys, &text, secret.expires()), None);
}

#[test]
fn texts_that_nobody_sealed_open_nothing() {
    let keys = keys();
    let long = "A".repeat(1 << 20);
    for text in [
        "",
        "A",
        "AA==",
        "ä",
        "../../etc/passwd",
        "\0",
        long.as_str(),
    ] {
        assert!(Secret::open(&keys, text, now()).is_none());
        assert!(Channel::open(&keys, Vendor::Microsoft, text, now()).is_none());
    }
}

#[test]
fn a_state_hash_is_sixty_four_digits() {
    let digits = hex::encode(Sha256::digest(b"state"));
    assert!(
        StateHash::parse(&digits)
            .unwrap()
            .is(StateHash::of(b"state"))
    );
    for wrong in [
        "",
        "ab",
        digits.split_at(1).1,
        &format!("{digits}00"),
        &"zz".repeat(32),
    ] {
        assert!(StateHash::parse(wrong).is_none());
    }
}
