use bytes::Bytes;
use dayline_host::HttpError;
use http::Response;

use super::send::is_json;
use super::*;
use crate::error::Retry;
use crate::testing::*;

use ProviderKind::{Google, Microsoft};

type Scripted = Result<Response<Bytes>, HttpError>;

fn desk(answer: fn() -> Scripted) -> Desk {
    Desk::new(answer)
}

async fn refresh_at(desk: &Desk, provider: ProviderKind) -> Result<Tokens, AuthError> {
    let client = client_for(provider);
    refresh(
        &desk.host,
        &desk.endpoints,
        &client,
        &Refresh {
            issuer: provider.into(),
            token: &"old-refresh".into(),
            granted: "one two",
            claims: None,
        },
    )
    .await
}

async fn failure(provider: ProviderKind, answer: fn() -> Scripted) -> AuthError {
    refresh_at(&desk(answer), provider).await.unwrap_err()
}

#[tokio::test]
async fn a_rotated_refresh_token_replaces_the_old_one() {
    let desk = desk(|| json(200, MICROSOFT_TOKENS));
    let tokens = refresh_at(&desk, Microsoft).await.unwrap();
    assert_eq!(tokens.refresh.unwrap().expose_secret(), "refresh-canary");
    let [(address, form)] = &desk.requests()[..] else {
        panic!("one request")
    };
    assert_eq!(
        address,
        "https://login.microsoftonline.com/common/oauth2/v2.0/token"
    );
    let expected = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "old-refresh"),
        ("client_id", "microsoft-client"),
    ];
    let expected: Form = expected.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    assert_eq!(form, &expected);
}

#[tokio::test]
async fn the_old_refresh_token_is_kept_when_google_sends_no_new_one() {
    for body in [
        r#"{"access_token":"a","expires_in":3599,"token_type":"Bearer","scope":"openid"}"#,
        r#"{"access_token":"a","expires_in":3599,"token_type":"Bearer","refresh_token":""}"#,
    ] {
        let desk = Desk::new(move || json(200, body));
        let tokens = refresh_at(&desk, Google).await.unwrap();
        assert_eq!(tokens.refresh.unwrap().expose_secret(), "old-refresh");
        let (_, form) = &desk.requests()[0];
        assert!(form.contains(&("client_secret".to_owned(), "not-so-secret".to_owned())));
    }
}

#[tokio::test]
async fn an_answer_without_scope_or_lifetime_is_read_with_care() {
    let desk = desk(|| json(200, r#"{"access_token":"a","token_type":"bearer"}"#));
    let tokens = refresh_at(&desk, Google).await.unwrap();
    assert_eq!(tokens.scopes, ["one", "two"]);
    assert_eq!(tokens.expires_at, start() + TimeDelta::minutes(30));
}

#[tokio::test]
async fn no_access_token_lives_longer_than_a_day() {
    let body = r#"{"access_token":"a","token_type":"Bearer","expires_in":18446744073709551615}"#;
    let desk = Desk::new(move || json(200, body));
    let tokens = refresh_at(&desk, Google).await.unwrap();
    assert_eq!(tokens.expires_at, start() + TimeDelta::days(1));
}

#[tokio::test]
async fn what_is_no_answer_of_a_provider_is_unreadable_and_asks_for_no_sign_in() {
    let html = [("content-type", "text/html")];
    let answers: [fn() -> Scripted; 7] = [
        || {
            respond(
                400,
                &[("content-type", "text/html")],
                r#"{"error":"invalid_grant"}"#,
            )
        },
        || respond(200, &[], r#"{"access_token":"a","token_type":"Bearer"}"#),
        || json(200, ""),
        || json(200, "{}"),
        || json(200, r#"{"access_token":"a","token_ty"#),
        || json(400, r#""invalid_grant""#),
        || Err(HttpError::TooLarge),
    ];
    assert!(!is_json(&respond(200, &html, "").unwrap()));
    for (index, answer) in answers.into_iter().enumerate() {
        for provider in ProviderKind::ALL {
            let error = failure(provider, answer).await;
            assert_eq!(error, AuthError::UnreadableAnswer, "{index}");
            assert_eq!(error.retry(), Retry::WhenOnline);
        }
    }
}

#[tokio::test]
async fn a_network_that_answers_in_the_providers_place_is_told_as_such() {
    let answers: [fn() -> Scripted; 5] = [
        || {
            respond(
                200,
                &[("content-type", "text/html; charset=utf-8")],
                "<html>Welcome to the hotel</html>",
            )
        },
        || respond(302, &[("location", "http://hotel.example/")], ""),
        || respond(307, &[], ""),
        || respond(511, &[("content-type", "text/html")], "<html>"),
        || Err(HttpError::Untrusted),
    ];
    for (index, answer) in answers.into_iter().enumerate() {
        for provider in ProviderKind::ALL {
            let error = failure(provider, answer).await;
            assert_eq!(error, AuthError::NetworkLogin, "{index}");
            assert_eq!(error.retry(), Retry::WhenOnline);
        }
    }
}

#[tokio::test]
async fn a_lost_network_is_no_reason_to_sign_in_again() {
    let answers: [fn() -> Scripted; 3] = [
        || Err(HttpError::Unreachable),
        || Err(HttpError::Timeout),
        || Err(HttpError::Broken),
    ];
    for answer in answers {
        let error = failure(Google, answer).await;
        assert_eq!(
            (error.retry(), error),
            (Retry::WhenOnline, AuthError::Unreachable)
        );
    }
}

#[tokio::test]
async fn a_busy_service_is_asked_again_when_it_says() {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let cases: [(fn() -> Scripted, _); 6] = [
        (|| respond(429, &[("retry-after", "7")], ""), seconds(7)),
        (
            || respond(503, &[("retry-after", "Sun, 29 Mar 2026 10:02:00 GMT")], ""),
            seconds(120),
        ),
        (
            || respond(503, &[("retry-after", "Sun, 29 Mar 2020 10:02:00 GMT")], ""),
            seconds(0),
        ),
        (
            || respond(503, &[("retry-after", "99999999999")], ""),
            seconds(3600),
        ),
        (|| respond(500, &[("retry-after", "soon")], "<html>"), None),
        (|| json(503, r#"{"error":"invalid_grant"}"#), None),
    ];
    for (answer, after) in cases {
        assert_eq!(failure(Microsoft, answer).await, AuthError::Busy { after });
    }
}

#[tokio::test]
async fn an_ended_refresh_token_asks_for_a_sign_in() {
    let cases: [(ProviderKind, fn() -> Scripted); 3] = [
        (Microsoft, || {
            json(
                400,
                r#"{"error":"invalid_grant","error_description":"AADSTS700082: The refresh token has expired","error_codes":[700082],"timestamp":"2026-03-29 10:00:00Z","trace_id":"t","correlation_id":"c"}"#,
            )
        }),
        (Google, || {
            json(
                400,
                r#"{"error":"invalid_grant","error_description":"Token has been expired or revoked."}"#,
            )
        }),
        (Google, || {
            json(
                400,
                r#"{"error":"invalid_grant","error_subtype":"invalid_rapt"}"#,
            )
        }),
    ];
    for (provider, answer) in cases {
        let error = failure(provider, answer).await;
        assert_eq!(
            (error.retry(), error),
            (Retry::AfterSignIn, AuthError::NeedsSignIn)
        );
    }
}

#[tokio::test]
async fn what_the_server_says_is_tamed_before_it_is_shown() {
    let error = failure(Google, || {
        json(
            400,
            r#"{"error":"<b>token canary</b>\u202e\n","error_description":"canary"}"#,
        )
    })
    .await;
    assert_eq!(
        error,
        AuthError::Rejected {
            code: "btokencanaryb".to_owned()
        }
    );
    let error = failure(Google, || {
        json(400, &format!(r#"{{"error":"{}"}}"#, "x".repeat(1000)))
    })
    .await;
    assert_eq!(
        error,
        AuthError::Rejected {
            code: "x".repeat(64)
        }
    );
}

#[tokio::test]
async fn tokens_do_not_show_in_debug_output() {
    let desk = desk(|| json(200, MICROSOFT_TOKENS));
    let tokens = refresh_at(&desk, Microsoft).await.unwrap();
    let answer: Answer = serde_json::from_str(MICROSOFT_TOKENS).unwrap();
    let client = client_for(Google);
    let shown = format!("{tokens:?} {answer:?} {client:?}");
    for secret in ["access-canary", "refresh-canary", "not-so-secret", "e30."] {
        assert!(!shown.contains(secret), "{secret}");
    }
    assert!(
        shown.contains("Calendars.Read") && shown.contains("google-client"),
        "{shown}"
    );
}
