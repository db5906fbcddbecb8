use chrono::TimeDelta;

use super::*;
use crate::seal::StateHash;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_953_600, 0).unwrap()
}

fn secret(device: u8, issued: DateTime<Utc>) -> Secret {
    Secret {
        device: DeviceId([device; 16]),
        issued,
    }
}

fn channel(device: u8, issued: DateTime<Utc>) -> Channel {
    Channel::new(DeviceId([device; 16]), StateHash::of(b""), issued).unwrap()
}

#[test]
fn what_is_revoked_stays_so_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("revocations");
    let earlier = now() - TimeDelta::milliseconds(1);
    let first = Revocations::open(&path, now()).unwrap();
    first
        .revoke(Ends::Secrets, DeviceId([1; 16]), now())
        .unwrap();
    first
        .revoke(Ends::Device, DeviceId([2; 16]), now())
        .unwrap();
    drop(first);
    let again = Revocations::open(&path, now()).unwrap();
    assert!(again.has_secret(&secret(1, earlier)));
    assert!(!again.has_secret(&secret(1, now())));
    assert!(!again.has_channel(&channel(1, earlier)));
    assert!(again.has_secret(&secret(2, earlier)));
    assert!(again.has_channel(&channel(2, earlier)));
    assert!(!again.has_channel(&channel(2, now())));
    assert!(!again.has_secret(&secret(3, earlier)));
}

#[test]
fn revocations_of_what_is_over_anyway_are_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("revocations");
    let first = Revocations::open(&path, now()).unwrap();
    for device in 1..=9 {
        let before = now() - TimeDelta::days(10 * i64::from(device));
        first
            .revoke(Ends::Secrets, DeviceId([device; 16]), before)
            .unwrap();
        first
            .revoke(Ends::Device, DeviceId([device; 16]), before)
            .unwrap();
    }
    drop(first);
    Revocations::open(&path, now()).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches("secrets").count(), 2, "{text}");
    assert_eq!(text.matches("device").count(), 8, "{text}");
}

#[test]
fn a_line_that_is_none_is_an_error_and_a_torn_last_line_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("revocations");
    let good = format!("device {} 2026-11-29T12:00:00.000Z\n", "01".repeat(16));
    std::fs::write(&path, format!("{good}devi")).unwrap();
    let read = Revocations::open(&path, now()).unwrap();
    assert!(read.has_secret(&secret(1, now() - TimeDelta::days(1))));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), good);
    for wrong in ["devi\n", "\n", "device 01 2026-11-29T12:00:00Z\n"] {
        std::fs::write(&path, format!("{wrong}{good}")).unwrap();
        let error = Revocations::open(&path, now()).unwrap_err().to_string();
        assert!(error.starts_with("line 1 of"), "{error}");
    }
}

#[test]
fn what_a_full_disk_left_of_a_line_does_not_join_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("revocations");
    let first = Revocations::open(&path, now()).unwrap();
    let mut torn = OpenOptions::new().append(true).open(&path).unwrap();
    torn.write_all(b"device 0101").unwrap();
    first
        .revoke(Ends::Secrets, DeviceId([2; 16]), now())
        .unwrap();
    let again = Revocations::open(&path, now()).unwrap();
    assert!(again.has_secret(&secret(2, now() - TimeDelta::days(1))));
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_full_disk_did_not_take_is_written_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("revocations");
    let first = Revocations::open(&path, now()).unwrap();
    let full = OpenOptions::new().append(true).open("/dev/full").unwrap();
    let file = first.file.as_ref().unwrap();
    let good = std::mem::replace(&mut file.lock().unwrap().file, full);
    assert!(
        first
            .revoke(Ends::Device, DeviceId([1; 16]), now())
            .is_err()
    );
    assert!(first.write_again().is_err());
    file.lock().unwrap().file = good;
    first.write_again().unwrap();
    first
        .revoke(Ends::Device, DeviceId([2; 16]), now())
        .unwrap();
    let again = Revocations::open(&path, now()).unwrap();
    for device in [1, 2] {
        assert!(again.has_secret(&secret(device, now() - TimeDelta::days(1))));
    }
}
