use ::http::header::LOCATION;

use super::*;
use crate::testing::{text, utc};

const NOW: &str = "2026-11-20T10:00:00Z";

fn headers(name: HeaderName, value: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(name, value.parse().unwrap());
    headers
}

#[test]
fn an_id_stays_one_segment_whatever_it_contains() {
    for base in [
        "https://host.test/v1.0",
        "https://host.test/v1.0/",
        "https://host.test/v1.0?x=1",
    ] {
        let base = Url::parse(base).unwrap();
        for (id, path) in [
            ("AAMk=", "/v1.0/calendars/AAMk=/events"),
            ("a/b", "/v1.0/calendars/a%2Fb/events"),
            ("a#b?c", "/v1.0/calendars/a%23b%3Fc/events"),
            ("a%2Fb", "/v1.0/calendars/a%252Fb/events"),
            ("a b\u{e9}", "/v1.0/calendars/a%20b%C3%A9/events"),
            ("me@example.com", "/v1.0/calendars/me@example.com/events"),
        ] {
            let url = endpoint(&base, &["calendars", id, "events"], &[]).unwrap();
            assert_eq!(url.path(), path, "{id}");
            assert_eq!(url.query(), None);
        }
    }
}

#[test]
fn an_id_that_would_climb_names_nothing() {
    let base = Url::parse("https://host.test/v1.0").unwrap();
    for id in ["", ".", ".."] {
        assert_eq!(
            endpoint(&base, &["events", id], &[]),
            Err(ProviderError::NotFound),
            "{id}"
        );
    }
    let climbing = endpoint(&base, &["events", "%2e%2e"], &[]).unwrap();
    assert_eq!(climbing.path(), "/v1.0/events/%252e%252e");
}

#[test]
fn retry_after_is_seconds_or_a_date_and_at_most_an_hour() {
    for (text, seconds) in [
        ("0", Some(0)),
        ("120", Some(120)),
        (" 7 ", Some(7)),
        ("86400", Some(3600)),
        ("99999999999999999999999999", Some(3600)),
        ("Fri, 20 Nov 2026 10:00:30 GMT", Some(30)),
        ("Fri, 20 Nov 2026 09:00:00 GMT", Some(0)),
        ("Sat, 20 Nov 2027 10:00:00 GMT", Some(3600)),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
    ] {
        let wait = retry_after(&headers(RETRY_AFTER, text), utc(NOW));
        assert_eq!(wait, seconds.map(Duration::from_secs), "{text}");
    }
    assert_eq!(retry_after(&HeaderMap::new(), utc(NOW)), None);
}

#[test]
fn only_a_json_object_is_an_answer() {
    let check = |content_type: &str, body: &str| object(&text(200, content_type, body)).map(|_| ());
    assert_eq!(check("application/json", "{}"), Ok(()));
    assert_eq!(
        check(
            "application/json;odata.metadata=minimal",
            " {\"value\":[]}\n"
        ),
        Ok(())
    );
    for (content_type, body, what) in [
        ("application/json", "", "no body"),
        ("application/json", " \r\n", "no body"),
        ("text/plain", "{}", "not JSON"),
        ("application/json", "<html></html>", "not JSON"),
        ("application/json", "{\"value\":[{\"id\":\"a\"", "cut off"),
        ("application/json", "[]", "not an object"),
        ("application/json", "null", "not an object"),
    ] {
        assert_eq!(
            check(content_type, body),
            Err(ProviderError::Unusable { what }),
            "{body}"
        );
    }
    for body in ["<html>Sign in to the hotel</html>", "{}"] {
        assert_eq!(check("text/html", body), Err(ProviderError::NetworkLogin));
    }
    let bare = |body: &'static str| object(&Response::new(Bytes::from_static(body.as_bytes())));
    assert!(bare("{}").is_ok());
    assert!(bare("<!doctype html>").is_err());
}

#[test]
fn a_broken_character_does_not_cost_the_answer() {
    let answer = object(&text(
        200,
        "application/json",
        r#"{"subject":"Party \ud83d"}"#,
    ))
    .unwrap();
    assert_eq!(answer["subject"], "Party \u{fffd}");
}

#[test]
fn a_status_means_the_same_at_every_provider() {
    let none = HeaderMap::new();
    for (status, expected) in [
        (301, Some(ProviderError::NetworkLogin)),
        (302, Some(ProviderError::NetworkLogin)),
        (
            304,
            Some(ProviderError::Unusable {
                what: "nothing was asked conditionally",
            }),
        ),
        (511, Some(ProviderError::NetworkLogin)),
        (401, Some(ProviderError::Unauthorized { claims: None })),
        (404, Some(ProviderError::NotFound)),
        (408, Some(ProviderError::Timeout)),
        (429, Some(ProviderError::Throttled { retry_after: None })),
        (500, Some(ProviderError::Server { status: 500 })),
        (503, Some(ProviderError::Server { status: 503 })),
        (504, Some(ProviderError::Server { status: 504 })),
        (509, Some(ProviderError::Throttled { retry_after: None })),
        (400, None),
        (409, None),
        (418, None),
    ] {
        let status = StatusCode::from_u16(status).unwrap();
        assert_eq!(common_error(status, &none, utc(NOW)), expected, "{status}");
    }
}

#[test]
fn a_wait_that_was_asked_for_is_kept() {
    let wait = Some(ProviderError::Throttled {
        retry_after: Some(Duration::from_secs(9)),
    });
    for status in [429, 503] {
        let status = StatusCode::from_u16(status).unwrap();
        assert_eq!(
            common_error(status, &headers(RETRY_AFTER, "9"), utc(NOW)),
            wait
        );
    }
}

#[test]
fn claims_come_from_the_challenge() {
    for (header, expected) in [
        (
            r#"Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3MifQ==""#,
            Some("eyJhY2Nlc3MifQ=="),
        ),
        (r#"Bearer error="invalid_token""#, None),
        (
            r#"Bearer error="insufficient_claims", claims={"id_token": {"acrs": null}}, x="y""#,
            Some(r#"{"id_token":{"acrs":null}}"#),
        ),
        ("Bearer claims={", None),
        (r#"Bearer claims="""#, None),
        (r#"Bearer claims="cut"#, None),
    ] {
        let found = claims(&headers(WWW_AUTHENTICATE, header));
        assert_eq!(found.as_deref(), expected, "{header}");
    }
    assert_eq!(claims(&headers(LOCATION, "claims=\"x\"")), None);
}

#[test]
fn a_code_cannot_carry_content() {
    assert_eq!(plain_code("ErrorAccessDenied"), "ErrorAccessDenied");
    assert_eq!(plain_code("Meeting <b>with</b> Ann\n"), "MeetingbwithbAnn");
    assert_eq!(plain_code(""), "unknown");
    assert_eq!(plain_code(&"x".repeat(1000)).len(), LONGEST_CODE);
}
