use std::time::Duration;

use super::*;
use crate::testing::{text, utc};

fn check(status: u16, body: &str, asked: Asked, expected: &ProviderError) {
    let response = text(status, "application/json", body);
    let error = classify(&response, asked, utc("2026-11-20T10:00:00Z"));
    assert_eq!(&error, expected, "{status} {body} {asked:?}");
}

fn body(code: &str) -> String {
    format!(r#"{{"error":{{"code":"{code}","message":"Review with Ann"}}}}"#)
}

#[test]
fn a_cursor_that_is_gone_is_known_in_every_form() {
    let gone = ProviderError::CursorGone;
    check(
        410,
        include_str!(
            "../../../../../tests/fixtures/providers/graph_fixtures/error_410_SyncStateNotFound.json"
        ),
        Asked::Cursor,
        &gone,
    );
    for code in [
        "SyncStateNotFound",
        "syncStateNotFound",
        "resyncRequired",
        "ResyncRequired",
    ] {
        for status in [400, 404, 409, 410] {
            for asked in [Asked::Plain, Asked::FirstPage, Asked::Cursor] {
                check(status, &body(code), asked, &gone);
            }
        }
    }
    check(410, "", Asked::Cursor, &gone);
    check(410, &body("fullSyncRequired"), Asked::FirstPage, &gone);
    check(400, &body("ErrorInvalidIdMalformed"), Asked::Cursor, &gone);
    check(400, "<html>", Asked::Cursor, &gone);
}

#[test]
fn a_bad_request_without_a_cursor_is_a_refusal() {
    let code = "ErrorInvalidIdMalformed".to_owned();
    let refused = ProviderError::Rejected { status: 400, code };
    check(
        400,
        &body("ErrorInvalidIdMalformed"),
        Asked::FirstPage,
        &refused,
    );
    check(410, &body("gone"), Asked::Plain, &ProviderError::NotFound);
}

#[test]
fn refusals_carry_the_code_and_nothing_else() {
    let reason = |reason: &str| ProviderError::Forbidden {
        reason: reason.to_owned(),
    };
    check(
        403,
        &body("ErrorAccessDenied"),
        Asked::Plain,
        &reason("ErrorAccessDenied"),
    );
    check(403, "", Asked::Plain, &reason("unknown"));
    let homeless = "MailboxNotEnabledForRESTAPI";
    check(404, &body(homeless), Asked::Plain, &reason(homeless));
    check(
        404,
        &body("ErrorItemNotFound"),
        Asked::Plain,
        &ProviderError::NotFound,
    );
    let code = "ErrorIrresolvableConflict";
    let conflict = ProviderError::Rejected {
        status: 412,
        code: code.to_owned(),
    };
    check(412, &body(code), Asked::Plain, &conflict);
    check(
        500,
        &body("ErrorInternal"),
        Asked::Cursor,
        &ProviderError::Server { status: 500 },
    );
}

#[test]
fn a_conditional_access_challenge_asks_for_a_sign_in() {
    for status in [401, 403] {
        let response = Response::builder()
            .status(status)
            .header(
                "www-authenticate",
                r#"Bearer error="insufficient_claims", claims="e30=""#,
            )
            .body(Bytes::new())
            .unwrap();
        let error = classify(&response, Asked::Plain, utc("2026-11-20T10:00:00Z"));
        assert_eq!(
            error,
            ProviderError::Unauthorized {
                claims: Some("e30=".to_owned())
            }
        );
    }
}

#[test]
fn throttling_obeys_retry_after() {
    let response = Response::builder()
        .status(429)
        .header("retry-after", "42")
        .body(Bytes::new())
        .unwrap();
    let error = classify(&response, Asked::Cursor, utc("2026-11-20T10:00:00Z"));
    let wait = Some(Duration::from_secs(42));
    assert_eq!(error, ProviderError::Throttled { retry_after: wait });
}
