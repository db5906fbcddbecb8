//! Signing in at both servers.

use chrono::Duration;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;
use crate::testing::{Answer, Bench};

const VERIFIER: &str = "abcdefghijklmnopqrstuvwxyz0123456789-._~ABCDEFG";

/// One server as its client sees it.
#[derive(Clone, Copy)]
struct Client {
    authorize: &'static str,
    token: &'static str,
    id: &'static str,
    secret: &'static str,
    email: &'static str,
    redirect: &'static str,
    scope: &'static str,
}

const MICROSOFT: Client = Client {
    authorize: "/common/oauth2/v2.0/authorize",
    token: "/common/oauth2/v2.0/token",
    id: MICROSOFT_CLIENT_ID,
    secret: "",
    email: "ada@contoso.example",
    redirect: "http://localhost:51234/",
    scope: "openid profile offline_access User.Read Calendars.ReadWrite",
};

const GOOGLE: Client = Client {
    authorize: "/o/oauth2/v2/auth",
    token: "/token",
    id: GOOGLE_CLIENT_ID,
    secret: GOOGLE_CLIENT_SECRET,
    email: "ada.lovelace@gmail.example",
    redirect: "http://127.0.0.1:51234",
    scope: "openid email https://www.googleapis.com/auth/calendar",
};

fn encode(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

impl Client {
    /// The authorize URL; `changes` replace or (when empty) remove parameters.
    fn authorize(self, changes: &[(&str, &str)]) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut pairs = vec![
            ("client_id", self.id),
            ("response_type", "code"),
            ("redirect_uri", self.redirect),
            ("scope", self.scope),
            ("state", "st ate"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        pairs.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        pairs.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        format!("{}?{}", self.authorize, encode(&pairs))
    }

    fn decide(self, bench: &mut Bench, url: &str, decision: &str) -> Answer {
        bench.send(
            "POST",
            url,
            &[],
            encode(&[("email", self.email), ("decision", decision)]),
        )
    }

    /// Signs in and gives the query of the redirect.
    fn sign_in(self, bench: &mut Bench, changes: &[(&str, &str)]) -> BTreeMap<String, String> {
        let answer = self.decide(bench, &self.authorize(changes), "allow");
        assert_eq!(answer.status, 302, "{}", answer.text);
        query_of(answer.header("location"))
    }

    fn code(self, bench: &mut Bench) -> String {
        self.sign_in(bench, &[])["code"].clone()
    }

    fn post(self, bench: &mut Bench, pairs: &[(&str, &str)]) -> Answer {
        let mut all = vec![("client_id", self.id)];
        if !self.secret.is_empty() {
            all.push(("client_secret", self.secret));
        }
        all.retain(|(name, _)| !pairs.iter().any(|(changed, _)| changed == name));
        all.extend(pairs.iter().filter(|(_, value)| !value.is_empty()));
        bench.send("POST", self.token, &[], encode(&all))
    }

    /// Redeems a code with changed parameters.
    fn redeem(self, bench: &mut Bench, code: &str, changes: &[(&str, &str)]) -> Answer {
        let mut pairs = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.redirect),
            ("code_verifier", VERIFIER),
        ];
        pairs.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        pairs.extend(changes);
        self.post(bench, &pairs)
    }

    fn refresh(self, bench: &mut Bench, token: &str) -> Answer {
        self.post(
            bench,
            &[("grant_type", "refresh_token"), ("refresh_token", token)],
        )
    }

    fn tokens(self, bench: &mut Bench) -> Value {
        let code = self.code(bench);
        self.redeem(bench, &code, &[]).expect(200)
    }
}

fn query_of(location: &str) -> BTreeMap<String, String> {
    url::Url::parse(location)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect()
}

fn text(value: &Value, name: &str) -> String {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name} in {value}"))
        .to_owned()
}

fn claims(tokens: &Value) -> Value {
    let token = text(tokens, "id_token");
    let body = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap()
}

#[test]
fn the_page_is_a_form_that_a_person_can_post() {
    for client in [MICROSOFT, GOOGLE] {
        let mut bench = Bench::empty();
        let url = client.authorize(&[]);
        let page = bench.send("GET", &url, &[], "");
        assert_eq!(
            (page.status, page.header("content-type")),
            (200, "text/html; charset=utf-8")
        );
        let action = format!(
            "<form method=\"post\" action=\"{}\">",
            url.replace('&', "&amp;")
        );
        assert!(page.text.contains(&action), "{}", page.text);
        assert!(
            page.text
                .contains(&format!("name=\"email\" value=\"{}\"", client.email))
        );
        assert!(page.text.contains("name=\"decision\" value=\"allow\""));
        assert!(page.text.contains("name=\"decision\" value=\"deny\""));
    }
}

#[test]
fn what_a_request_brings_is_escaped_in_the_page() {
    let mut bench = Bench::empty();
    let url = MICROSOFT.authorize(&[("login_hint", "\"><script>")]);
    let page = bench.send("GET", &url, &[], "");
    assert!(!page.text.contains("<script>"), "{}", page.text);
}

#[test]
fn a_code_gives_tokens_that_open_the_calendar() {
    let mut bench = Bench::empty();
    let tokens = MICROSOFT.tokens(&mut bench);
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    bench
        .send(
            "GET",
            "/v1.0/me/calendars",
            &[("authorization", &bearer)],
            "",
        )
        .expect(200);
    bench
        .send(
            "GET",
            "/calendar/v3/users/me/calendarList",
            &[("authorization", &bearer)],
            "",
        )
        .expect(401);
    assert_eq!(tokens["expires_in"], 3600);
    let claims = claims(&tokens);
    assert_eq!(claims["preferred_username"], "ada@contoso.example");
    assert!(claims["tid"].is_string() && claims["oid"].is_string());

    let tokens = GOOGLE.tokens(&mut bench);
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    bench
        .send(
            "GET",
            "/calendar/v3/users/me/calendarList",
            &[("authorization", &bearer)],
            "",
        )
        .expect(200);
    assert_eq!(text(&tokens, "scope"), GOOGLE.scope);
}

#[test]
fn the_redirect_carries_code_and_state() {
    let mut bench = Bench::empty();
    let answer = MICROSOFT.decide(&mut bench, &MICROSOFT.authorize(&[]), "allow");
    assert!(
        answer
            .header("location")
            .starts_with("http://localhost:51234/?code=")
    );
    assert_eq!(query_of(answer.header("location"))["state"], "st ate");
    let changes = [("redirect_uri", "dayline://oauth/microsoft")];
    let answer = MICROSOFT.decide(&mut bench, &MICROSOFT.authorize(&changes), "allow");
    assert!(
        answer
            .header("location")
            .starts_with("dayline://oauth/microsoft?code=")
    );
    let answer = GOOGLE.decide(&mut bench, &GOOGLE.authorize(&[]), "allow");
    assert!(
        answer
            .header("location")
            .starts_with("http://127.0.0.1:51234/?code=")
    );
}

#[test]
fn denial_and_bad_requests_come_back_by_redirect() {
    for client in [MICROSOFT, GOOGLE] {
        let mut bench = Bench::empty();
        let denied = client.decide(&mut bench, &client.authorize(&[]), "deny");
        assert_eq!(
            query_of(denied.header("location"))["error"],
            "access_denied"
        );
        for (change, error) in [
            (("code_challenge", ""), "invalid_request"),
            (("code_challenge_method", "plain"), "invalid_request"),
            (("scope", ""), "invalid_request"),
            (("response_type", "token"), "unsupported_response_type"),
            (("prompt", "none"), "login_required"),
        ] {
            let answer = bench.send("GET", &client.authorize(&[change]), &[], "");
            assert_eq!(answer.status, 302, "{change:?}");
            let query = query_of(answer.header("location"));
            assert_eq!(
                (query["error"].as_str(), query["state"].as_str()),
                (error, "st ate")
            );
        }
    }
}

#[test]
fn unknown_clients_and_redirects_are_never_redirected() {
    for client in [MICROSOFT, GOOGLE] {
        let mut bench = Bench::empty();
        for change in [
            ("client_id", "x"),
            ("redirect_uri", "https://evil.example/"),
        ] {
            let answer = bench.send("GET", &client.authorize(&[change]), &[], "");
            assert_eq!(
                (answer.status, answer.header("location")),
                (400, ""),
                "{change:?}"
            );
        }
    }
}

#[test]
fn a_wrong_verifier_is_an_invalid_grant() {
    let mut bench = Bench::empty();
    let wrong = [("code_verifier", "x")];
    let code = MICROSOFT.code(&mut bench);
    let answer = MICROSOFT.redeem(&mut bench, &code, &wrong);
    assert_eq!(
        (answer.status, answer.at("/error").as_str()),
        (400, "invalid_grant")
    );
    assert_eq!(answer.at("/error_codes/0"), "501481");
    assert!(
        answer
            .at("/error_description")
            .starts_with("AADSTS501481: ")
    );
    for name in ["trace_id", "correlation_id", "timestamp"] {
        assert!(!answer.at(&format!("/{name}")).is_empty());
    }
    let code = GOOGLE.code(&mut bench);
    let answer = GOOGLE.redeem(&mut bench, &code, &wrong);
    assert_eq!(
        (answer.status, answer.at("/error_description").as_str()),
        (400, "Invalid code verifier.")
    );
    let code = GOOGLE.code(&mut bench);
    GOOGLE
        .redeem(&mut bench, &code, &[("code_verifier", "")])
        .expect(400);
}

#[test]
fn a_code_works_once_for_ten_minutes_and_its_own_redirect() {
    for client in [MICROSOFT, GOOGLE] {
        let mut bench = Bench::empty();
        let code = client.code(&mut bench);
        client
            .redeem(
                &mut bench,
                &code,
                &[("redirect_uri", "http://localhost:1/")],
            )
            .expect(400);
        client.redeem(&mut bench, &code, &[]).expect(200);
        client.redeem(&mut bench, &code, &[]).expect(400);
        client.redeem(&mut bench, "nonsense", &[]).expect(400);
        let code = client.code(&mut bench);
        bench.advance(Duration::seconds(601));
        client.redeem(&mut bench, &code, &[]).expect(400);
    }
}

#[test]
fn a_public_client_sends_no_secret_and_a_desktop_client_must() {
    let mut bench = Bench::empty();
    let code = MICROSOFT.code(&mut bench);
    let answer = MICROSOFT.redeem(&mut bench, &code, &[("client_secret", "s")]);
    assert_eq!(
        (answer.status, answer.at("/error_codes/0").as_str()),
        (401, "700025")
    );
    let code = GOOGLE.code(&mut bench);
    let answer = GOOGLE.redeem(&mut bench, &code, &[("client_secret", "")]);
    assert_eq!(
        (answer.status, answer.at("/error_description").as_str()),
        (400, "client_secret is missing.")
    );
    let answer = GOOGLE.redeem(&mut bench, &code, &[("client_secret", "wrong")]);
    assert_eq!(
        (answer.status, answer.at("/error").as_str()),
        (401, "invalid_client")
    );
}

#[test]
fn microsoft_rotates_refresh_tokens_and_leaves_the_old_one() {
    let mut bench = Bench::empty();
    let first = text(&MICROSOFT.tokens(&mut bench), "refresh_token");
    let second = text(
        &MICROSOFT.refresh(&mut bench, &first).expect(200),
        "refresh_token",
    );
    assert_ne!(first, second);
    MICROSOFT.refresh(&mut bench, &first).expect(200);
    MICROSOFT.refresh(&mut bench, &second).expect(200);
    let more = [
        ("grant_type", "refresh_token"),
        ("refresh_token", &second),
        ("scope", "Mail.Read"),
    ];
    assert_eq!(
        MICROSOFT.post(&mut bench, &more).at("/suberror"),
        "consent_required"
    );
}

#[test]
fn google_keeps_the_refresh_token() {
    let mut bench = Bench::empty();
    let token = text(&GOOGLE.tokens(&mut bench), "refresh_token");
    let answer = GOOGLE.refresh(&mut bench, &token).expect(200);
    assert!(answer.get("refresh_token").is_none());
    bench
        .send("POST", "/revoke", &[], encode(&[("token", &token)]))
        .expect(200);
    assert_eq!(
        GOOGLE.refresh(&mut bench, &token).at("/error"),
        "invalid_grant"
    );
}

#[test]
fn refresh_tokens_come_only_for_offline_access() {
    let mut bench = Bench::empty();
    let code = MICROSOFT.sign_in(&mut bench, &[("scope", "openid Calendars.Read")])["code"].clone();
    assert!(
        MICROSOFT
            .redeem(&mut bench, &code, &[])
            .expect(200)
            .get("refresh_token")
            .is_none()
    );
    let code = GOOGLE.sign_in(&mut bench, &[("access_type", "online")])["code"].clone();
    assert!(
        GOOGLE
            .redeem(&mut bench, &code, &[])
            .expect(200)
            .get("refresh_token")
            .is_none()
    );
}

#[test]
fn a_person_may_leave_out_the_calendar() {
    let mut bench = Bench::empty();
    let form = encode(&[
        ("email", GOOGLE.email),
        ("withhold", "https://www.googleapis.com/auth/calendar"),
        ("decision", "allow"),
    ]);
    let answer = bench.send("POST", &GOOGLE.authorize(&[]), &[], form);
    let code = query_of(answer.header("location"))["code"].clone();
    let tokens = GOOGLE.redeem(&mut bench, &code, &[]).expect(200);
    assert_eq!(text(&tokens, "scope"), "openid email");
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    let answer = bench.send(
        "GET",
        "/calendar/v3/users/me/calendarList",
        &[("authorization", &bearer)],
        "",
    );
    assert_eq!(
        (answer.status, answer.at("/error/errors/0/reason").as_str()),
        (403, "insufficientPermissions")
    );
}

#[test]
fn access_tokens_end_after_an_hour_or_at_a_tests_word() {
    let mut bench = Bench::empty();
    let open = |bench: &mut Bench, token: &str| {
        let bearer = format!("Bearer {token}");
        bench
            .send("GET", "/v1.0/me", &[("authorization", &bearer)], "")
            .status
    };
    let tokens = MICROSOFT.tokens(&mut bench);
    let access = text(&tokens, "access_token");
    assert_eq!(open(&mut bench, &access), 200);
    bench.advance(Duration::seconds(3601));
    assert_eq!(open(&mut bench, &access), 401);
    let refresh = text(&tokens, "refresh_token");
    let access = text(
        &MICROSOFT.refresh(&mut bench, &refresh).expect(200),
        "access_token",
    );
    assert_eq!(open(&mut bench, &access), 200);
    let only = serde_json::json!({"provider": "microsoft"});
    bench.admin("POST", "/tokens/expire", &only).expect(200);
    assert_eq!(open(&mut bench, &access), 401);
    bench.admin("POST", "/tokens/revoke", &only).expect(200);
    assert_eq!(
        MICROSOFT.refresh(&mut bench, &refresh).at("/error"),
        "invalid_grant"
    );
}

#[test]
fn metadata_points_back_to_the_same_origin() {
    let mut bench = Bench::empty();
    let target = "/organizations/v2.0/.well-known/openid-configuration";
    let answer = bench.send("GET", target, &[], "").expect(200);
    assert_eq!(
        answer["token_endpoint"],
        "http://127.0.0.1:4000/organizations/oauth2/v2.0/token"
    );
    bench
        .send("GET", "/common/discovery/instance?api-version=1.1", &[], "")
        .expect(200);
    bench
        .send("GET", "/.well-known/openid-configuration", &[], "")
        .expect(200);
}

mod challenge;
mod consent;
mod refusals;
