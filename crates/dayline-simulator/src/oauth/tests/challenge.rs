//! Claims challenges.

use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::*;

fn with_token(bench: &mut Bench, tokens: &Value, target: &str) -> Answer {
    let bearer = format!("Bearer {}", text(tokens, "access_token"));
    bench.send("GET", target, &[("authorization", &bearer)], "")
}

/// The claims in a `WWW-Authenticate` header.
fn challenge_of(answer: &Answer) -> String {
    let header = answer.header("www-authenticate");
    if answer.status == 403 {
        let (_, raw) = header
            .split_once("error=insufficient_claims, claims=")
            .unwrap();
        return raw.to_owned();
    }
    assert!(header.contains("error=\"insufficient_claims\""), "{header}");
    assert!(header.contains("/common/oauth2/authorize\""), "{header}");
    let (_, rest) = header.split_once("claims=\"").unwrap();
    String::from_utf8(STANDARD.decode(rest.trim_end_matches('"')).unwrap()).unwrap()
}

#[test]
fn a_challenged_mailbox_opens_to_a_sign_in_with_the_claims_alone() {
    for (form, code) in [
        (401, "InvalidAuthenticationToken"),
        (403, "insufficient_claims"),
    ] {
        let mut bench = Bench::empty();
        let old = MICROSOFT.tokens(&mut bench);
        let demand = json!({"email": MICROSOFT.email, "form": form});
        bench.admin("POST", "/claims", &demand).expect(200);
        let answer = with_token(&mut bench, &old, "/v1.0/me/calendars");
        assert_eq!(
            (answer.status, answer.at("/error/code").as_str()),
            (form, code)
        );
        let claims = challenge_of(&answer);
        let name = if form == 403 { "\"polids\"" } else { "\"nbf\"" };
        assert!(claims.contains(name), "{claims}");

        let refused = MICROSOFT.refresh(&mut bench, &text(&old, "refresh_token"));
        let body = refused.expect(400);
        assert_eq!(body["error"], "interaction_required");
        assert_eq!(body["error_codes"], json!([50076]));
        assert_eq!(body["claims"], claims);

        let without = MICROSOFT.tokens(&mut bench);
        let answer = with_token(&mut bench, &without, "/v1.0/me/calendars");
        assert_eq!(answer.status, form, "a sign-in without the claims");

        // With a capability merged into it, as a client may send it.
        let mut merged: Value = serde_json::from_str(&claims).unwrap();
        merged["access_token"]["xms_cc"] = json!({"values": ["cp1"]});
        let code =
            MICROSOFT.sign_in(&mut bench, &[("claims", &merged.to_string())])["code"].clone();
        let new = MICROSOFT.redeem(&mut bench, &code, &[]).expect(200);
        with_token(&mut bench, &new, "/v1.0/me/calendars").expect(200);
        let renewed = MICROSOFT
            .refresh(&mut bench, &text(&new, "refresh_token"))
            .expect(200);
        with_token(&mut bench, &renewed, "/v1.0/me").expect(200);
        assert_eq!(with_token(&mut bench, &old, "/v1.0/me").status, form);

        bench.admin("DELETE", "/claims", &Value::Null).expect(200);
        with_token(&mut bench, &old, "/v1.0/me").expect(200);
    }
}

#[test]
fn a_demand_may_name_its_claims_and_concerns_its_mailbox() {
    let mut bench = Bench::empty();
    let claims = json!({"access_token": {"acrs": {"essential": true, "value": "c1"}}});
    let demand = json!({"provider": "microsoft", "claims": claims});
    let answer = bench.admin("POST", "/claims", &demand);
    assert_eq!(answer.expect(200)["claims"], claims.to_string());
    let answer = bench.graph("GET", "/me", &Value::Null);
    assert_eq!(challenge_of(&answer), claims.to_string());
    bench.google("GET", "/colors", &Value::Null).expect(200);
    for wrong in [
        json!({"provider": "google"}),
        json!({"claims": "{"}),
        json!({"form": 500}),
    ] {
        assert_eq!(
            bench.admin("POST", "/claims", &wrong).status,
            400,
            "{wrong}"
        );
    }
}
