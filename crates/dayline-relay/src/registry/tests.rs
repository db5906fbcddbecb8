use super::*;

const DEVICE: DeviceId = DeviceId([9; 16]);

fn count(epoch: u64) -> Count {
    Count { epoch, sequence: 0 }
}

fn channel(number: u16) -> ChannelNumber {
    let mut bytes = [0; 8];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    ChannelNumber(bytes)
}

fn sequences(frames: &[FromRelay]) -> Vec<u64> {
    let position = |frame: &FromRelay| match frame {
        FromRelay::Hint(hint) => hint.position.sequence,
        FromRelay::Missed(position) => position.sequence,
        other => panic!("{other:?}"),
    };
    frames.iter().map(position).collect()
}

#[test]
fn announcements_are_counted_and_the_same_ones_are_one() {
    let registry = Registry::new(10);
    let (link, start) = registry.connect(DEVICE, count(1));
    assert_eq!(
        (start.epoch.as_str(), start.sequence),
        ("0000000000000001", 0)
    );
    for (number, kind, expected) in [
        (1, HintKind::Changed, Announced::Queued),
        (1, HintKind::Changed, Announced::Coalesced),
        (1, HintKind::Missed, Announced::Queued),
        (2, HintKind::Changed, Announced::Queued),
    ] {
        assert_eq!(registry.announce(DEVICE, channel(number), kind), expected);
    }
    assert_eq!(sequences(&registry.take(&link).unwrap()), [1, 2, 3]);
    assert_eq!(registry.take(&link).unwrap(), []);
    registry.announce(DEVICE, channel(1), HintKind::Changed);
    assert_eq!(sequences(&registry.take(&link).unwrap()), [4]);
}

#[test]
fn a_device_that_missed_nothing_finds_its_count_where_it_was() {
    let registry = Registry::new(10);
    let (link, _) = registry.connect(DEVICE, count(1));
    registry.announce(DEVICE, channel(1), HintKind::Changed);
    registry.take(&link).unwrap();
    registry.disconnect(&link, Instant::now());
    let (_, position) = registry.connect(DEVICE, count(2));
    assert_eq!(
        (position.epoch.as_str(), position.sequence),
        ("0000000000000001", 1)
    );
}

#[test]
fn what_comes_while_a_device_is_away_or_was_not_sent_moves_its_count() {
    let registry = Registry::new(10);
    let (link, _) = registry.connect(DEVICE, count(1));
    registry.disconnect(&link, Instant::now());
    let marked = registry.announce(DEVICE, channel(1), HintKind::Changed);
    assert_eq!(marked, Announced::Marked);
    let (link, position) = registry.connect(DEVICE, count(2));
    assert_eq!(position.sequence, 1);
    registry.announce(DEVICE, channel(1), HintKind::Changed);
    registry.disconnect(&link, Instant::now());
    let (_, position) = registry.connect(DEVICE, count(2));
    assert_eq!(position.sequence, 2);
}

#[test]
fn a_second_connection_replaces_the_first_and_finds_what_that_left() {
    let registry = Registry::new(10);
    let (first, _) = registry.connect(DEVICE, count(1));
    registry.announce(DEVICE, channel(1), HintKind::Changed);
    let (second, position) = registry.connect(DEVICE, count(2));
    assert_eq!(position.sequence, 1);
    assert_eq!(registry.take(&first), Err(Reason::Replaced));
    registry.disconnect(&first, Instant::now());
    registry.announce(DEVICE, channel(1), HintKind::Changed);
    assert_eq!(sequences(&registry.take(&second).unwrap()), [2]);
}

#[test]
fn too_many_announcements_become_one() {
    let registry = Registry::new(10);
    let (link, _) = registry.connect(DEVICE, count(1));
    for number in 0..2_000 {
        registry.announce(DEVICE, channel(number), HintKind::Changed);
    }
    let frames = registry.take(&link).unwrap();
    assert!(
        matches!(frames.as_slice(), [FromRelay::Missed(_)]),
        "{frames:?}"
    );
    registry.announce(DEVICE, channel(1), HintKind::Changed);
    assert_eq!(sequences(&registry.take(&link).unwrap()), [2]);
}

#[test]
fn a_device_that_is_not_known_begins_an_epoch() {
    let registry = Registry::new(10);
    let unknown = registry.announce(DEVICE, channel(1), HintKind::Changed);
    assert_eq!(unknown, Announced::Unknown);
    assert_eq!(registry.count(), (0, 0));
    let (_, position) = registry.connect(DEVICE, count(7));
    assert_eq!(position.epoch, "0000000000000007");
}

#[test]
fn those_away_for_too_long_or_too_many_are_forgotten() {
    let registry = Registry::new(3);
    let start = Instant::now();
    for number in 0..10 {
        let (link, _) = registry.connect(DeviceId([number; 16]), count(1));
        registry.disconnect(&link, start + Duration::from_secs(number.into()));
    }
    let (_here, _) = registry.connect(DeviceId([99; 16]), count(1));
    registry.forget(start + Duration::from_secs(20));
    assert_eq!(registry.count(), (1, 3));
    let (_, kept) = registry.connect(DeviceId([9; 16]), count(2));
    assert_eq!(kept.epoch, "0000000000000001");
    let (_, forgotten) = registry.connect(DeviceId([0; 16]), count(2));
    assert_eq!(forgotten.epoch, "0000000000000002");
    registry.forget(start + Duration::from_secs(9) + REMEMBERED);
    assert_eq!(registry.count(), (3, 0));
}

#[test]
fn a_revoked_device_is_hung_up_on() {
    let registry = Registry::new(3);
    let (link, _) = registry.connect(DEVICE, count(1));
    registry.revoke(DEVICE);
    assert_eq!(registry.take(&link), Err(Reason::Revoked));
    registry.disconnect(&link, Instant::now());
    registry.revoke(DEVICE);
    assert_eq!(registry.count(), (0, 0));
}
