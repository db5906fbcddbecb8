use std::sync::Arc;

use dayline_host::testing::{KeyringMood, MemoryKeyring, SeededRng};
use proptest::prelude::*;

use super::*;
use crate::testing::{Desk, json};

const PLACE: &str = "accounts/17/refresh_token";
const NAME: &str = "tokens";

fn sealer(byte: u8) -> Sealer {
    Sealer::new(&SecretSlice::from(vec![byte; 32])).unwrap()
}

fn seal(text: &str) -> Vec<u8> {
    sealer(7)
        .seal(&SeededRng::new(1), &text.into(), PLACE)
        .unwrap()
}

#[test]
fn what_was_sealed_opens_in_its_place() {
    for text in ["", "a", "refresh token", "é𝄞", &"x".repeat(100_000)] {
        let sealed = seal(text);
        assert_eq!(
            sealer(7).open(&sealed, PLACE).unwrap().expose_secret(),
            text
        );
    }
}

#[test]
fn the_format_stays_as_it_is() {
    // Sealed by an independent implementation (OpenSSL through another language): key of 32 sevens,
    // nonce of 12 twos, "token", associated data "accounts/17/refresh_token".
    let ciphertext_and_tag = [
        0x6e, 0xdb, 0x82, 0x62, 0x35, 0xbb, 0xe9, 0x81, 0x27, 0xb7, 0x75, 0xf4, 0x31, 0x05, 0x83,
        0x6b, 0x5e, 0xbc, 0x3e, 0xbc, 0x8d,
    ];
    let sealed = [&[1][..], &[2; 12], &ciphertext_and_tag].concat();
    assert_eq!(
        sealer(7).open(&sealed, PLACE).unwrap().expose_secret(),
        "token"
    );
}

#[test]
fn the_same_text_is_sealed_differently_each_time() {
    let rng = SeededRng::new(1);
    let seal = || sealer(7).seal(&rng, &"token".into(), PLACE).unwrap();
    assert_ne!(seal(), seal());
}

#[test]
fn it_opens_in_no_other_place_and_with_no_other_key() {
    let sealed = seal("token");
    for place in [
        "accounts/18/refresh_token",
        "accounts/17/access_token",
        "",
        "accounts/17",
    ] {
        assert_eq!(
            sealer(7).open(&sealed, place).unwrap_err(),
            SealError::Damaged,
            "{place}"
        );
    }
    assert_eq!(
        sealer(8).open(&sealed, PLACE).unwrap_err(),
        SealError::Damaged
    );
}

#[test]
fn it_opens_with_no_bit_changed_and_no_byte_missing() {
    let sealed = seal("token");
    for bit in 0..sealed.len() * 8 {
        let mut flipped = sealed.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            sealer(7).open(&flipped, PLACE).unwrap_err(),
            SealError::Damaged,
            "{bit}"
        );
    }
    for length in 0..sealed.len() {
        assert!(
            sealer(7).open(&sealed[..length], PLACE).is_err(),
            "{length}"
        );
    }
}

#[test]
fn a_key_of_another_length_is_no_key() {
    for length in [0, 16, 31, 33, 64] {
        let refused = Sealer::new(&SecretSlice::from(vec![7; length]));
        assert_eq!(refused.unwrap_err(), SealError::Damaged, "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_open(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(sealer(7).open(&bytes, PLACE).is_err());
    }
}

/// A host with this keyring.
fn host(keyring: &Arc<MemoryKeyring>) -> Host {
    let mut host = Desk::new(|| json(500, "")).host;
    host.keyring = keyring.clone();
    host
}

async fn key(keyring: &MemoryKeyring) -> Option<Vec<u8>> {
    use dayline_host::Keyring;
    keyring
        .find(NAME)
        .await
        .unwrap()
        .map(|key| key.expose_secret().to_vec())
}

#[tokio::test]
async fn the_first_start_makes_a_key_and_later_ones_use_it() {
    let keyring = Arc::new(MemoryKeyring::default());
    let host = host(&keyring);
    let first = load_sealer(&host, NAME, true).await.unwrap();
    let sealed = first
        .seal(host.rng.as_ref(), &"token".into(), PLACE)
        .unwrap();
    let made = key(&keyring).await.unwrap();
    assert_eq!(made.len(), 32);
    for may_create in [false, true] {
        let later = load_sealer(&host, NAME, may_create).await.unwrap();
        assert_eq!(later.open(&sealed, PLACE).unwrap().expose_secret(), "token");
        assert_eq!(key(&keyring).await.unwrap(), made);
    }
}

#[tokio::test]
async fn a_wiped_keyring_is_reported_and_gets_no_new_key() {
    let keyring = Arc::new(MemoryKeyring::default());
    let host = host(&keyring);
    load_sealer(&host, NAME, true).await.unwrap();
    keyring.wipe();
    assert_eq!(
        load_sealer(&host, NAME, false).await.unwrap_err(),
        SealError::KeyMissing
    );
    assert_eq!(key(&keyring).await, None);
}

#[tokio::test]
async fn a_locked_or_absent_keyring_is_reported_and_gets_no_new_key() {
    let moods = [
        (KeyringMood::Locked, KeyringError::Locked),
        (KeyringMood::Missing, KeyringError::Missing),
    ];
    for (mood, error) in moods {
        for may_create in [false, true] {
            let keyring = Arc::new(MemoryKeyring::default());
            keyring.set_mood(mood);
            let refused = load_sealer(&host(&keyring), NAME, may_create)
                .await
                .unwrap_err();
            assert_eq!(refused, SealError::Keyring(error.clone()));
            keyring.set_mood(KeyringMood::Open);
            assert_eq!(key(&keyring).await, None);
        }
    }
}

/// Takes everything and keeps nothing.
struct Forgetful;

#[async_trait::async_trait]
impl dayline_host::Keyring for Forgetful {
    async fn find(&self, _: &str) -> Result<Option<SecretSlice<u8>>, KeyringError> {
        Ok(None)
    }
    async fn put(&self, _: &str, _: &SecretSlice<u8>) -> Result<(), KeyringError> {
        Ok(())
    }
    async fn remove(&self, _: &str) -> Result<(), KeyringError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_keyring_that_forgets_is_found_out_before_anything_is_sealed() {
    let mut host = host(&Arc::default());
    host.keyring = Arc::new(Forgetful);
    let refused = load_sealer(&host, NAME, true).await.unwrap_err();
    assert!(
        matches!(refused, SealError::Keyring(KeyringError::Failed(_))),
        "{refused:?}"
    );
}
