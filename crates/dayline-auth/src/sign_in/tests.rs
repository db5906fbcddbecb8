mod callbacks;

use std::collections::BTreeSet;

use base64::Engine as _;
use chrono::TimeDelta;
use dayline_host::HttpError;
use dayline_model::ProviderKind;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::*;
use crate::testing::*;

fn microsoft_desk() -> Desk {
    Desk::new(|| json(200, MICROSOFT_TOKENS))
}

fn value<'a>(form: &'a Form, name: &str) -> Option<&'a str> {
    form.iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

#[tokio::test]
async fn the_browser_is_sent_to_microsoft_with_all_it_needs() {
    let desk = microsoft_desk();
    let begun = desk.begin(&by_deep_link());
    assert!(
        begun
            .authorize_url
            .as_str()
            .starts_with("https://login.microsoftonline.com/common/oauth2/v2.0/authorize?")
    );
    let expected = [
        ("response_type", "code"),
        ("client_id", "microsoft-client"),
        ("redirect_uri", "dayline://oauth/microsoft"),
        (
            "scope",
            "openid profile offline_access User.Read Calendars.Read MailboxSettings.Read",
        ),
        ("code_challenge_method", "S256"),
        ("prompt", "select_account"),
        ("response_mode", "query"),
    ];
    for (name, value) in expected {
        assert_eq!(sent(&begun, name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(sent(&begun, "client_secret"), None);
}

#[tokio::test]
async fn the_browser_is_sent_to_google_with_all_it_needs() {
    let desk = microsoft_desk();
    let begun = desk.begin(&SignIn {
        hint: Some("ada@example.org".to_owned()),
        ..by_loopback(ProviderKind::Google)
    });
    assert!(
        begun
            .authorize_url
            .as_str()
            .starts_with("https://accounts.google.com/o/oauth2/v2/auth?")
    );
    let expected = [
        ("redirect_uri", "http://127.0.0.1:4711"),
        ("access_type", "offline"),
        ("prompt", "consent"),
        ("login_hint", "ada@example.org"),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in expected {
        assert_eq!(sent(&begun, name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(sent(&begun, "client_secret"), None);
}

#[tokio::test]
async fn every_sign_in_has_its_own_state_of_256_bits() {
    let desk = microsoft_desk();
    let states: BTreeSet<String> = (0..200)
        .map(|_| sent(&desk.begin(&by_deep_link()), "state").unwrap())
        .collect();
    assert_eq!(states.len(), 200);
    for state in states {
        assert_eq!(URL_SAFE_NO_PAD.decode(state).unwrap().len(), 32);
    }
}

#[tokio::test]
async fn an_honest_answer_signs_in() {
    let desk = microsoft_desk();
    let sign_in = SignIn {
        reauthorize: Some(AccountId(17)),
        ..by_deep_link()
    };
    let begun = desk.begin(&sign_in);
    let signed_in = desk
        .complete(&honest_callback(&begun, "the-code"))
        .await
        .unwrap();
    assert_eq!(signed_in.attempt_id, begun.attempt_id);
    assert_eq!(signed_in.issuer, ProviderKind::Microsoft.into());
    assert_eq!(signed_in.reauthorize, Some(AccountId(17)));
    assert_eq!(signed_in.identity.unwrap().name.as_deref(), Some("Ada"));
    assert_eq!(signed_in.tokens.access.expose_secret(), "access-canary");
    assert_eq!(
        signed_in.tokens.refresh.unwrap().expose_secret(),
        "refresh-canary"
    );
    assert_eq!(signed_in.tokens.expires_at, start() + TimeDelta::hours(1));

    let [(address, form)] = &desk.requests()[..] else {
        panic!("one token request")
    };
    assert_eq!(
        address,
        "https://login.microsoftonline.com/common/oauth2/v2.0/token"
    );
    assert_eq!(value(form, "grant_type"), Some("authorization_code"));
    assert_eq!(value(form, "code"), Some("the-code"));
    assert_eq!(
        value(form, "redirect_uri"),
        Some("dayline://oauth/microsoft")
    );
    assert_eq!(value(form, "client_id"), Some("microsoft-client"));
    assert_eq!(
        value(form, "client_secret"),
        None,
        "a public client sends no secret"
    );
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(value(form, "code_verifier").unwrap()));
    assert_eq!(sent(&begun, "code_challenge"), Some(challenge));
}

#[tokio::test]
async fn google_gets_the_secret_that_it_asks_of_desktop_apps() {
    let desk = Desk::new(|| json(200, GOOGLE_TOKENS));
    let begun = desk.begin(&by_loopback(ProviderKind::Google));
    desk.complete(&honest_callback(&begun, "c")).await.unwrap();
    let [(address, form)] = &desk.requests()[..] else {
        panic!("one token request")
    };
    assert_eq!(address, "https://oauth2.googleapis.com/token");
    assert_eq!(value(form, "client_secret"), Some("not-so-secret"));
    assert_eq!(value(form, "redirect_uri"), Some("http://127.0.0.1:4711"));
}

#[tokio::test]
async fn neither_state_nor_verifier_is_at_rest_or_in_debug_output() {
    let desk = microsoft_desk();
    let begun = desk.begin(&by_deep_link());
    let signed_in = desk
        .complete(&honest_callback(&begun, "code-canary"))
        .await
        .unwrap();
    let [(attempt, _)] = &desk.attempts.all()[..] else {
        panic!("one attempt")
    };
    let state = sent(&begun, "state").unwrap();
    let verifier = value(&desk.requests()[0].1, "code_verifier")
        .unwrap()
        .to_owned();
    let shown = format!("{begun:?} {attempt:?} {signed_in:?} {:?}", desk.sealer);
    for secret in [
        &state,
        &verifier,
        "access-canary",
        "refresh-canary",
        "code-canary",
        "Ada",
    ] {
        assert!(!shown.contains(secret), "{secret}");
    }
    // The control: what may be shown is shown.
    assert!(shown.contains(&begun.attempt_id));
    let sealed = &attempt.sealed_verifier;
    assert!(
        !sealed
            .windows(verifier.len())
            .any(|part| part == verifier.as_bytes())
    );
    assert_eq!(attempt.state_hash, hash_state(&state));
}

#[tokio::test]
async fn a_refusal_in_the_browser_ends_the_attempt_with_its_reason() {
    let cases = [
        ("error=access_denied", AuthError::Denied),
        (
            "error=access_denied&error_description=AADSTS65004:+User+declined+to+consent",
            AuthError::Denied,
        ),
        (
            "error=access_denied&error_description=AADSTS90094%3a+needs+an+administrator",
            AuthError::NeedsAdminApproval,
        ),
        ("error=server_error", AuthError::Busy { after: None }),
        (
            "error=%3Cscript%3E",
            AuthError::Rejected {
                code: "script".to_owned(),
            },
        ),
    ];
    for (query, expected) in cases {
        let desk = microsoft_desk();
        let begun = desk.begin(&by_deep_link());
        let state = sent(&begun, "state").unwrap();
        let callback = format!("dayline://oauth/microsoft?{query}&state={state}");
        let refused = desk.complete(&callback).await.unwrap_err();
        let attempt_id = Some(begun.attempt_id);
        assert_eq!(
            refused,
            CompleteError {
                attempt_id,
                error: expected
            }
        );
        assert_eq!(desk.requests(), []);
    }
}

#[tokio::test]
async fn a_failed_exchange_does_not_open_the_attempt_again() {
    let desk = Desk::new(|| Err(HttpError::Unreachable));
    let begun = desk.begin(&by_deep_link());
    let callback = honest_callback(&begun, "c");
    let failed = desk.complete(&callback).await.unwrap_err();
    assert_eq!(failed.error, AuthError::Unreachable);
    let again = desk.complete(&callback).await.unwrap_err();
    assert_eq!(again.error, AuthError::InvalidCallback);
    assert_eq!(desk.requests().len(), 1);
}

#[tokio::test]
async fn a_sign_in_without_a_calendar_or_a_refresh_token_is_no_sign_in() {
    let events = "https://www.googleapis.com/auth/calendar.events.readonly";
    let cases = [
        (
            format!(
                r#"{{"token_type":"Bearer","access_token":"a","refresh_token":"r","scope":"openid {events}"}}"#
            ),
            "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
        ),
        (
            r#"{"token_type":"Bearer","access_token":"a"}"#.to_owned(),
            "offline_access",
        ),
    ];
    for (body, missing) in cases {
        let desk = Desk::new(move || json(200, &body));
        let begun = desk.begin(&by_loopback(ProviderKind::Google));
        let failed = desk
            .complete(&honest_callback(&begun, "c"))
            .await
            .unwrap_err();
        assert_eq!(
            failed.error,
            AuthError::ScopesMissing {
                missing: vec![missing.to_owned()]
            }
        );
    }
}

#[tokio::test]
async fn a_code_is_not_redeemed_by_another_client_than_the_one_that_asked() {
    let desk = microsoft_desk();
    let begun = desk.begin(&by_deep_link());
    let callback = Url::parse(&honest_callback(&begun, "c")).unwrap();
    let (host, endpoints) = (&desk.host, &desk.endpoints);
    let other = |_| Some(Client::public("another"));
    let failed = complete(
        host,
        endpoints,
        &other,
        &desk.sealer,
        &desk.attempts,
        &callback,
    )
    .await;
    assert_eq!(failed.unwrap_err().error, AuthError::Expired);
    assert_eq!(desk.requests(), []);
}
