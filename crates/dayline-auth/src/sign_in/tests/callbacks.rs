//! Answers that are forged, repeated, late, or come in by another door.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

#[tokio::test]
async fn a_replayed_answer_causes_no_second_token_request() {
    let desk = microsoft_desk();
    let begun = desk.begin(&by_deep_link());
    let callback = honest_callback(&begun, "c");
    desk.complete(&callback).await.unwrap();
    for _ in 0..100 {
        let refused = desk.complete(&callback).await.unwrap_err();
        assert_eq!(
            refused,
            CompleteError {
                attempt_id: None,
                error: AuthError::InvalidCallback
            }
        );
    }
    assert_eq!(desk.requests().len(), 1);
}

#[tokio::test]
async fn an_answer_delivered_twice_at_once_is_redeemed_once() {
    let desk = microsoft_desk();
    let begun = desk.begin(&by_deep_link());
    let callback = honest_callback(&begun, "c");
    let (one, two) = tokio::join!(desk.complete(&callback), desk.complete(&callback));
    assert!(one.is_ok() != two.is_ok(), "one of them, and only one");
    assert_eq!(desk.requests().len(), 1);
}

#[tokio::test]
async fn an_answer_after_fifteen_minutes_is_refused() {
    for (minutes, accepted) in [(14, true), (15, false), (60 * 24, false)] {
        let desk = microsoft_desk();
        let begun = desk.begin(&by_deep_link());
        desk.clock.jump(TimeDelta::minutes(minutes));
        let result = desk.complete(&honest_callback(&begun, "c")).await;
        assert_eq!(result.is_ok(), accepted, "{minutes}");
        assert_eq!(desk.requests().len(), usize::from(accepted));
        if let Err(refused) = result {
            assert_eq!(refused.error, AuthError::Expired);
            assert_eq!(refused.attempt_id, Some(begun.attempt_id));
        }
    }
}

#[tokio::test]
async fn an_answer_to_an_abandoned_sign_in_is_refused() {
    let desk = microsoft_desk();
    let begun = desk.begin(&by_deep_link());
    desk.attempts.abandon(&begun.attempt_id).unwrap();
    let refused = desk
        .complete(&honest_callback(&begun, "c"))
        .await
        .unwrap_err();
    assert_eq!(refused.error, AuthError::InvalidCallback);
    assert_eq!(desk.requests(), []);
}

#[tokio::test]
async fn an_answer_that_comes_in_by_another_door_ends_the_attempt_unredeemed() {
    let doors = [
        "dayline://oauth/microsoft",
        "dayline://oauth/google",
        "http://localhost:4711/",
        "http://127.0.0.1:4711/",
    ];
    let sign_ins = [
        (by_deep_link(), 0),
        (SignIn::new(ProviderKind::Google, Redirect::DeepLink), 1),
        (by_loopback(ProviderKind::Microsoft), 2),
        (by_loopback(ProviderKind::Google), 3),
    ];
    let variants = [
        "dayline://oauth/microsoft/",
        "dayline://oauth/",
        "dayline://elsewhere/microsoft",
        "dayline://user@oauth/microsoft",
        "dayline2://oauth/microsoft",
        "http://localhost:4712/",
        "http://localhost:4711/x",
        "https://localhost:4711/",
        "http://[::1]:4711/",
        "http://user@127.0.0.1:4711/",
        "https://evil.example/",
    ];
    for (sign_in, own) in &sign_ins {
        let others = doors.iter().enumerate().filter(|(index, _)| index != own);
        for door in others.map(|(_, door)| door).chain(&variants) {
            let desk = microsoft_desk();
            let begun = desk.begin(sign_in);
            let state = sent(&begun, "state").unwrap();
            let refused = desk
                .complete(&format!("{door}?code=c&state={state}"))
                .await
                .unwrap_err();
            assert_eq!(refused.error, AuthError::InvalidCallback, "{door}");
            assert_eq!(refused.attempt_id, Some(begun.attempt_id.clone()), "{door}");
            desk.complete(&honest_callback(&begun, "c"))
                .await
                .unwrap_err();
            assert_eq!(desk.requests(), [], "{door}");
        }
    }
}

#[tokio::test]
async fn the_issuer_is_checked_when_it_is_named() {
    use ProviderKind::{Google, Microsoft};
    let microsoft = "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0";
    let google = "https://accounts.google.com";
    let cases = [
        (Microsoft, microsoft, true),
        (Microsoft, google, false),
        (Microsoft, "https://login.microsoftonline.com", false),
        (Microsoft, "https://login.microsoftonline.com//v2.0", false),
        (
            Microsoft,
            "http://login.microsoftonline.com/common/v2.0",
            false,
        ),
        (
            Microsoft,
            "https://login.microsoftonline.com.evil.example/common/v2.0",
            false,
        ),
        (
            Microsoft,
            "https://login.microsoftonline.com:444/common/v2.0",
            false,
        ),
        (Microsoft, "", false),
        (Google, google, true),
        (Google, "https://accounts.google.com/", true),
        (Google, microsoft, false),
        (Google, "https://accounts.google.com/evil", false),
        (Google, "https://accounts.google.com/?a", false),
        (Google, "https://a@accounts.google.com", false),
        (Google, "accounts.google.com", false),
    ];
    for (provider, iss, accepted) in cases {
        let tokens = if provider == Google {
            GOOGLE_TOKENS
        } else {
            MICROSOFT_TOKENS
        };
        let desk = Desk::new(|| json(200, tokens));
        let begun = desk.begin(&by_loopback(provider));
        let callback = format!("{}&iss={iss}", honest_callback(&begun, "c"));
        assert_eq!(
            desk.complete(&callback).await.is_ok(),
            accepted,
            "{provider:?} {iss}"
        );
        assert_eq!(desk.requests().len(), usize::from(accepted));
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap()
        .block_on(future)
}

/// Query strings that resemble an answer.
fn forged_query() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("code"),
        Just("state"),
        Just("error"),
        Just("iss"),
        Just("session_state")
    ];
    let value = prop_oneof![
        "[A-Za-z0-9_-]{43}",
        "[A-Za-z0-9_%+&=-]{0,60}",
        ".{0,20}".prop_map(|text| percent(&text)),
        Just(String::new()),
    ];
    prop::collection::vec((name, value), 0..6).prop_map(|pairs| {
        let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("&")
    })
}

fn percent(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// 64 rounds of 64 forgeries, while an attempt is open.
    #[test]
    fn forged_answers_cause_no_token_request(
        queries in prop::collection::vec(forged_query(), 64),
        door in prop::sample::select(vec![
            "dayline://oauth/microsoft", "dayline://oauth/google", "http://localhost:4711/",
            "http://127.0.0.1:4711/", "dayline://", "https://login.microsoftonline.com/",
        ]),
    ) {
        run(async {
            let desk = microsoft_desk();
            let begun = desk.begin(&by_deep_link());
            for query in &queries {
                let refused = desk.complete(&format!("{door}?{query}")).await.unwrap_err();
                assert_eq!(refused.error, AuthError::InvalidCallback);
            }
            assert_eq!(desk.requests(), []);
            // The control: the honest answer still works after all of them.
            desk.complete(&honest_callback(&begun, "c")).await.unwrap();
            assert_eq!(desk.requests().len(), 1);
        });
    }

    /// One bit or letter off is as wrong as all of them.
    #[test]
    fn a_state_that_is_nearly_right_is_wrong(at in 0usize..43, letter in "[A-Za-z0-9_-]") {
        run(async {
            let desk = microsoft_desk();
            let begun = desk.begin(&by_deep_link());
            let mut state = sent(&begun, "state").unwrap();
            prop_assume!(state.get(at..=at) != Some(letter.as_str()));
            state.replace_range(at..=at, &letter);
            let callback = format!("dayline://oauth/microsoft?code=c&state={state}");
            desk.complete(&callback).await.unwrap_err();
            prop_assert_eq!(desk.requests(), []);
            Ok(())
        })?;
    }
}
