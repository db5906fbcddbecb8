//! The vendors' own errors as faults.

use serde_json::json;

use super::*;

fn fault(bench: &mut Bench, matching: &Value, fault: &Value) {
    let rule = json!({"match": matching, "times": null, "fault": fault});
    bench.admin("POST", "/faults", &rule).expect(200);
}

/// The answer of a client's token endpoint under a fault.
fn at_token(client: Client, kind: &Value) -> Answer {
    let mut bench = Bench::empty();
    let matching = json!({"provider": "oauth", "kind": "token"});
    fault(&mut bench, &matching, &json!({"kind": kind}));
    client.refresh(&mut bench, "any")
}

/// The answer of a client's authorize endpoint under a fault.
fn at_authorize(client: Client, kind: &Value) -> Answer {
    let mut bench = Bench::empty();
    let matching = json!({"provider": "oauth", "kind": "authorize"});
    fault(&mut bench, &matching, &json!({"kind": kind}));
    bench.send("GET", &client.authorize(&[]), &[], "")
}

#[test]
fn an_aadsts_number_has_entras_body_at_the_token_endpoint() {
    for (kind, status, error, suberror, claims) in [
        (
            json!("AADSTS50076"),
            400,
            "interaction_required",
            Some("basic_action"),
            true,
        ),
        (
            json!(53003),
            400,
            "invalid_grant",
            Some("message_only"),
            true,
        ),
        (
            json!("AADSTS65001"),
            400,
            "invalid_grant",
            Some("consent_required"),
            false,
        ),
        (
            json!("AADSTS50173"),
            400,
            "invalid_grant",
            Some("bad_token"),
            false,
        ),
        (json!(50020), 400, "invalid_grant", None, false),
        (json!("AADSTS7000218"), 401, "invalid_client", None, false),
        (json!(90033), 503, "temporarily_unavailable", None, false),
        (json!(50196), 400, "invalid_grant", None, false),
        (json!("AADSTS1234567"), 400, "invalid_grant", None, false),
    ] {
        let answer = at_token(MICROSOFT, &kind);
        let body = answer.expect(status);
        assert_eq!(body["error"], error, "{kind}");
        assert_eq!(body["suberror"].as_str(), suberror, "{kind}");
        assert_eq!(body.get("claims").is_some(), claims, "{kind}");
        let kind_text = kind.to_string();
        let number = kind_text.trim_matches(|c: char| !c.is_ascii_digit());
        assert_eq!(body["error_codes"], json!([number.parse::<u32>().unwrap()]));
        let text = text(&body, "error_description");
        assert!(text.starts_with(&format!("AADSTS{number}: ")), "{text}");
        for mark in ["trace_id", "correlation_id", "timestamp", "error_uri"] {
            assert!(body[mark].is_string(), "{kind} {mark}");
        }
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[test]
fn a_number_can_come_under_another_error() {
    let mut bench = Bench::empty();
    let other = json!({"kind": "AADSTS50076", "error": "invalid_grant"});
    fault(&mut bench, &json!({"kind": "token"}), &other);
    let body = MICROSOFT.refresh(&mut bench, "any").expect(400);
    assert_eq!(body["error"], "invalid_grant");
    assert_eq!(body["suberror"], "basic_action");
    assert_eq!(body["error_codes"], json!([50076]));
}

#[test]
fn the_claims_of_a_refusal_are_json() {
    let body = at_token(MICROSOFT, &json!(53003)).expect(400);
    let claims: Value = serde_json::from_str(&text(&body, "claims")).unwrap();
    assert_eq!(claims["access_token"]["capolids"]["essential"], true);
}

#[test]
fn entra_redirects_some_errors_and_shows_others_on_its_page() {
    for (kind, error) in [
        ("AADSTS65004", "access_denied"),
        ("AADSTS65001", "consent_required"),
        ("AADSTS50076", "interaction_required"),
        ("AADSTS70011", "invalid_scope"),
        ("AADSTS650052", "invalid_client"),
        ("AADSTS90033", "temporarily_unavailable"),
        ("server_error", "server_error"),
    ] {
        let answer = at_authorize(MICROSOFT, &json!(kind));
        assert_eq!(answer.status, 302, "{kind}");
        let query = query_of(answer.header("location"));
        assert_eq!(
            (query["error"].as_str(), query["state"].as_str()),
            (error, "st ate")
        );
        assert!(query["error_description"].starts_with("AADSTS"), "{kind}");
    }
    let cancelled = at_authorize(MICROSOFT, &json!(65004));
    assert_eq!(
        query_of(cancelled.header("location"))["error_subcode"],
        "cancel"
    );
    for kind in [50011, 50020, 50105, 53003, 90002, 90072, 500_021, 700_016] {
        let answer = at_authorize(MICROSOFT, &json!(kind));
        assert_eq!((answer.status, answer.header("location")), (400, ""));
        assert!(answer.text.contains(&format!("AADSTS{kind}:")), "{kind}");
    }
}

#[test]
fn google_has_its_own_words_at_both_endpoints() {
    for (kind, status, error) in [
        ("invalid_grant", 400, "invalid_grant"),
        ("invalid_rapt", 400, "invalid_grant"),
        ("deleted_client", 401, "deleted_client"),
        ("admin_policy_enforced", 400, "admin_policy_enforced"),
        ("rate_limit_exceeded", 403, "rate_limit_exceeded"),
        ("server_error", 500, "server_error"),
        ("temporarily_unavailable", 503, "temporarily_unavailable"),
    ] {
        let body = at_token(GOOGLE, &json!(kind)).expect(status);
        assert_eq!(body["error"], error);
        assert_eq!(body["error_subtype"].is_string(), kind == "invalid_rapt");
    }
    for kind in ["access_denied", "server_error", "temporarily_unavailable"] {
        let answer = at_authorize(GOOGLE, &json!(kind));
        let query = query_of(answer.header("location"));
        assert_eq!(query.keys().collect::<Vec<_>>(), ["error", "state"]);
        assert_eq!(query["error"], kind);
    }
    for (kind, status) in [
        ("disallowed_useragent", 403),
        ("org_internal", 403),
        ("redirect_uri_mismatch", 400),
        ("admin_policy_enforced", 400),
        ("invalid_scope", 400),
        ("deleted_client", 401),
    ] {
        let answer = at_authorize(GOOGLE, &json!(kind));
        assert_eq!((answer.status, answer.header("location")), (status, ""));
        let shown = format!("Error {status}: {kind}");
        assert!(answer.text.contains(&shown), "{}", answer.text);
    }
}

#[test]
fn token_endpoints_can_be_throttled_and_can_lie() {
    let cases = [
        json!({"kind": "429", "retry_after": 30}),
        json!({"kind": "AADSTS90033", "retry_after": "Fri, 20 Nov 2026 09:40:00 GMT"}),
        json!({"kind": "no_body", "status": 400}),
        json!({"status": 200, "body": {"error": "invalid_grant", "error_description": "no"}}),
        json!({"status": 400, "headers": {"content-type": "text/html"}, "body": "<h1>Bad</h1>"}),
        json!({"status": 400, "body": {"error": 7, "error_codes": "x"}}),
        json!({"kind": "captive_page"}),
        json!({"kind": "captive_511"}),
    ];
    let expected = [
        (429, "30", "temporarily_unavailable"),
        (503, "Fri, 20 Nov 2026 09:40:00 GMT", "90033"),
        (400, "", ""),
        (200, "", "invalid_grant"),
        (400, "", "<h1>"),
        (400, "", "\"error\":7"),
        (200, "", "Wi-Fi"),
        (511, "", "Wi-Fi"),
    ];
    for (one, (status, wait, part)) in cases.iter().zip(expected) {
        let mut bench = Bench::empty();
        fault(&mut bench, &json!({"kind": "token"}), one);
        let answer = MICROSOFT.refresh(&mut bench, "any");
        assert_eq!(
            (answer.status, answer.header("retry-after")),
            (status, wait)
        );
        assert!(answer.text.contains(part), "{one}: {}", answer.text);
        assert_eq!(answer.text.is_empty(), part.is_empty(), "{one}");
    }
}

#[test]
fn a_page_can_be_the_last_that_is_heard_of_a_sign_in() {
    let mut bench = Bench::empty();
    let matching = json!({"kind": "authorize", "method": "POST"});
    fault(&mut bench, &matching, &json!({"kind": "stuck"}));
    for client in [MICROSOFT, GOOGLE] {
        let answer = client.decide(&mut bench, &client.authorize(&[]), "allow");
        assert_eq!((answer.status, answer.header("location")), (200, ""));
    }
}
