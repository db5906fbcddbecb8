use super::*;
use crate::testing::{text, utc};

fn check(status: u16, body: &str, asked: Asked, expected: &ProviderError) {
    let response = text(status, "application/json", body);
    let error = classify(&response, asked, utc("2026-11-20T10:00:00Z"));
    assert_eq!(&error, expected, "{status} {body} {asked:?}");
}

fn body(reason: &str) -> String {
    format!(
        r#"{{"error":{{"code":403,"message":"Lunch","errors":[{{"domain":"global","reason":"{reason}"}}]}}}}"#
    )
}

#[test]
fn a_cursor_that_is_gone_is_known_in_every_form() {
    let gone = ProviderError::CursorGone;
    let recorded = include_str!(
        "../../../../../tests/fixtures/providers/google/error_410_fullSyncRequired.json"
    );
    check(410, recorded, Asked::Cursor, &gone);
    check(410, "", Asked::Cursor, &gone);
    check(410, &body("updatedMinTooLongAgo"), Asked::Plain, &gone);
    let invalid =
        include_str!("../../../../../tests/fixtures/providers/google/error_400_invalid.json");
    check(400, invalid, Asked::Cursor, &gone);
    let refused = ProviderError::Rejected {
        status: 400,
        code: "invalid".to_owned(),
    };
    check(400, invalid, Asked::FirstPage, &refused);
    check(
        410,
        &body("deleted"),
        Asked::Plain,
        &ProviderError::NotFound,
    );
}

#[test]
fn the_reason_of_a_403_decides() {
    let throttled = ProviderError::Throttled { retry_after: None };
    for reason in [
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "dailyLimitExceeded",
    ] {
        check(403, &body(reason), Asked::Cursor, &throttled);
    }
    for reason in ["insufficientPermissions", "forbiddenForNonOrganizer"] {
        let forbidden = ProviderError::Forbidden {
            reason: reason.to_owned(),
        };
        check(403, &body(reason), Asked::Cursor, &forbidden);
    }
    let recorded = include_str!(
        "../../../../../tests/fixtures/providers/google/error_403_notACalendarUser.json"
    );
    let stranger = ProviderError::Forbidden {
        reason: "notACalendarUser".to_owned(),
    };
    check(403, recorded, Asked::Plain, &stranger);
    let unknown = ProviderError::Forbidden {
        reason: "unknown".to_owned(),
    };
    check(403, "<html>", Asked::Plain, &unknown);
}

#[test]
fn the_canonical_status_serves_where_there_is_no_reason() {
    let body = r#"{"error":{"code":412,"status":"FAILED_PRECONDITION"}}"#;
    let code = "FAILED_PRECONDITION".to_owned();
    check(
        412,
        body,
        Asked::Plain,
        &ProviderError::Rejected { status: 412, code },
    );
    check(
        401,
        "{}",
        Asked::Plain,
        &ProviderError::Unauthorized { claims: None },
    );
    check(404, "{}", Asked::Plain, &ProviderError::NotFound);
    check(
        503,
        "{}",
        Asked::Plain,
        &ProviderError::Server { status: 503 },
    );
}

#[test]
fn a_rate_limit_keeps_the_wait_that_was_asked_for() {
    let mut response = text(403, "application/json", &body("rateLimitExceeded"));
    response
        .headers_mut()
        .insert("retry-after", "5".parse().unwrap());
    let error = classify(&response, Asked::Plain, utc("2026-11-20T10:00:00Z"));
    let wait = Some(std::time::Duration::from_secs(5));
    assert_eq!(error, ProviderError::Throttled { retry_after: wait });
}
