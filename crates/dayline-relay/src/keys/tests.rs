use super::*;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn line(id: u8, made: &str) -> String {
    format!("{id} {made} {}\n", STANDARD.encode([id; KEY_BYTES]))
}

#[test]
fn what_was_sealed_opens_for_its_purpose_only() {
    let keys = Keys::parse(&line(1, "2026-01-01T00:00:00Z")).unwrap();
    let now = at("2026-11-29T12:00:00Z");
    let purposes = [Purpose::Secret, Purpose::Microsoft, Purpose::Google];
    for sealed_for in purposes {
        let sealed = keys.seal(sealed_for, b"plain", now).unwrap();
        for opened_for in purposes {
            let opened = keys.open(opened_for, &sealed);
            assert_eq!(opened.is_some(), sealed_for == opened_for);
        }
    }
}

#[test]
fn a_bit_that_is_wrong_anywhere_opens_nothing() {
    let keys = Keys::parse(&line(1, "2026-01-01T00:00:00Z")).unwrap();
    let sealed = keys
        .seal(Purpose::Google, b"plain", at("2026-11-29T12:00:00Z"))
        .unwrap();
    for bit in 0..sealed.len() * 8 {
        let mut wrong = sealed.clone();
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(keys.open(Purpose::Google, &wrong), None, "bit {bit}");
    }
    for length in 0..sealed.len() {
        assert_eq!(keys.open(Purpose::Google, &sealed[..length]), None);
    }
}

#[test]
fn a_new_key_opens_at_once_and_seals_after_an_hour() {
    let text = line(7, "2026-01-01T00:00:00Z") + &line(3, "2026-11-29T12:00:00Z");
    let keys = Keys::parse(&text).unwrap();
    for (now, expected) in [
        ("2025-06-01T00:00:00Z", 7),
        ("2026-11-29T12:00:00Z", 7),
        ("2026-11-29T12:59:59Z", 7),
        ("2026-11-29T13:00:00Z", 3),
    ] {
        let sealed = keys.seal(Purpose::Secret, b"", at(now)).unwrap();
        assert_eq!(sealed[0], expected, "{now}");
    }
    let other_node = Keys::parse(&line(3, "2026-11-29T12:00:00Z")).unwrap();
    let early = other_node
        .seal(Purpose::Secret, b"early", at("2026-11-29T12:00:00Z"))
        .unwrap();
    assert!(keys.open(Purpose::Secret, &early).is_some());
}

#[test]
fn keygen_makes_a_private_file_adds_to_it_and_drops_what_is_old() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    assert_eq!(Keys::add_to(&path, at("2026-01-01T00:00:00Z")).unwrap(), 1);
    assert_eq!(Keys::add_to(&path, at("2026-04-01T00:00:00Z")).unwrap(), 2);
    assert_eq!(Keys::add_to(&path, at("2026-07-20T00:00:00Z")).unwrap(), 2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(Keys::load(&path).unwrap().len(), 2);
}

#[test]
fn a_key_that_sealed_until_now_is_kept_however_old_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    for (now, expected) in [
        ("2026-01-01T00:00:00Z", 1),
        ("2027-01-01T00:00:00Z", 2),
        // What the first one sealed in its last hour lives for 90 days.
        ("2027-04-01T00:30:00Z", 3),
        ("2027-04-01T01:30:00Z", 3),
    ] {
        assert_eq!(Keys::add_to(&path, at(now)).unwrap(), expected, "{now}");
    }
}

#[test]
fn a_key_file_that_is_wrong_says_where_and_stays_as_it_is() {
    let good = line(1, "2026-01-01T00:00:00Z");
    for (text, expected) in [
        (String::new(), "holds no key"),
        ("# only words\n\n".into(), "holds no key"),
        (good.clone() + &good, "line 2"),
        (good.clone() + "300 2026-01-01T00:00:00Z AAAA", "line 2"),
        ("1 yesterday AAAA".into(), "its second word is no time"),
        ("1 2026-01-01T00:00:00Z AAAA".into(), "32 bytes in base64"),
        (good.trim_end().to_owned() + " more", "three words"),
    ] {
        let error = Keys::parse(&text).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    write_privately(&path, "nonsense").unwrap();
    assert!(Keys::add_to(&path, at("2026-01-01T00:00:00Z")).is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "nonsense");
}

#[cfg(unix)]
#[test]
fn a_key_file_that_everybody_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    Keys::add_to(&path, at("2026-01-01T00:00:00Z")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let error = Keys::load(&path).unwrap_err().to_string();
    assert!(error.contains("chmod 600"), "{error}");
}

#[test]
fn keys_are_not_printed() {
    let keys = Keys::parse(&line(1, "2026-01-01T00:00:00Z")).unwrap();
    assert_eq!(format!("{keys:?}"), "Keys([1 REDACTED])");
}
