//! Who may sign in where, and who may let the application in.

use serde_json::json;

use super::*;

const PERSONAL: Client = Client {
    email: "ada@outlook.example",
    ..MICROSOFT
};

const BOB: Client = Client {
    email: "bob@fabrikam.example",
    ..MICROSOFT
};

/// Ada at work behind her administrator, Ada at home, and Bob at another company.
fn people() -> Bench {
    Bench::world(&json!({"accounts": [
        {"provider": "microsoft", "email": MICROSOFT.email, "consent": "admin", "calendars": [{"name": "Calendar"}]},
        {"provider": "microsoft", "email": "eve@contoso.example", "consent": "admin"},
        {"provider": "microsoft", "email": PERSONAL.email, "kind": "personal", "calendars": [{"name": "Calendar"}]},
        {"provider": "microsoft", "email": BOB.email, "calendars": [{"name": "Calendar"}]},
        {"provider": "google", "email": GOOGLE.email, "calendars": [{"name": GOOGLE.email}]},
    ]}))
}

/// The authorize URL of another tenant.
fn at(tenant: &str, client: Client, changes: &[(&str, &str)]) -> String {
    client
        .authorize(changes)
        .replace("/common/", &format!("/{tenant}/"))
}

fn tenant_of(bench: &mut Bench, email: &str) -> String {
    let accounts = bench.admin("GET", "/accounts", &Value::Null).expect(200);
    let all = accounts.as_array().unwrap();
    let one = all.iter().find(|one| one["email"] == email).unwrap();
    text(one, "tenant")
}

fn consent_url(tenant: &str, form: &str) -> String {
    let query = encode(&[
        ("client_id", MICROSOFT.id),
        ("redirect_uri", MICROSOFT.redirect),
        ("scope", "Calendars.ReadWrite User.Read"),
        ("state", "12345"),
    ]);
    format!("/{tenant}{form}?{query}")
}

#[test]
fn a_sign_in_waits_for_the_administrator_and_goes_on_after_the_consent() {
    let mut bench = people();
    let url = MICROSOFT.authorize(&[]);
    let page = MICROSOFT.decide(&mut bench, &url, "allow");
    assert_eq!((page.status, page.header("location")), (200, ""));
    assert!(page.text.contains("Need admin approval"), "{}", page.text);

    let back = MICROSOFT.decide(&mut bench, &url, "return");
    let query = query_of(back.header("location"));
    assert_eq!(query["error"], "access_denied");
    assert!(query["error_description"].starts_with("AADSTS90094: "));
    assert_eq!(query["state"], "st ate");

    for form in ["/v2.0/adminconsent", "/adminconsent"] {
        let mut bench = people();
        let tenant = tenant_of(&mut bench, MICROSOFT.email);
        let url = consent_url("organizations", form);
        let page = bench.send("GET", &url, &[], "");
        assert_eq!((page.status, page.header("location")), (200, ""));
        let no = bench.send(
            "POST",
            &url,
            &[],
            "email=root@contoso.example&decision=deny",
        );
        let query = query_of(no.header("location"));
        assert_eq!(
            (query["error"].as_str(), query["admin_consent"].as_str()),
            ("consent_required", "True")
        );
        let yes = bench.send(
            "POST",
            &url,
            &[],
            "email=root@contoso.example&decision=allow",
        );
        let query = query_of(yes.header("location"));
        assert_eq!(query["admin_consent"], "True");
        assert_eq!(query["tenant"], tenant);
        assert_eq!(query["state"], "12345");
        assert_eq!(query.contains_key("scope"), form.contains("v2.0"));
        MICROSOFT.tokens(&mut bench);
        let eve = Client {
            email: "eve@contoso.example",
            ..MICROSOFT
        };
        eve.tokens(&mut bench);
    }
}

#[test]
fn consent_can_be_taken_away_and_given_again() {
    let mut bench = people();
    let tokens = BOB.tokens(&mut bench);
    let change = json!({"email": BOB.email, "withdrawn": true});
    bench.admin("POST", "/accounts", &change).expect(200);
    let refused = BOB.refresh(&mut bench, &text(&tokens, "refresh_token"));
    let body = refused.expect(400);
    assert_eq!(body["error_codes"], json!([65001]));
    assert_eq!(body["suberror"], "consent_required");
    let tokens = BOB.tokens(&mut bench);
    BOB.refresh(&mut bench, &text(&tokens, "refresh_token"))
        .expect(200);
    let change = json!({"email": BOB.email, "consent": "admin"});
    bench.admin("POST", "/accounts", &change).expect(200);
    let url = BOB.authorize(&[]);
    assert_eq!(BOB.decide(&mut bench, &url, "allow").status, 200);
    let change = json!({"email": BOB.email, "approved": true});
    bench.admin("POST", "/accounts", &change).expect(200);
    assert_eq!(BOB.decide(&mut bench, &url, "allow").status, 302);
    for wrong in [json!({"consent": "nobody"}), json!({"aproved": true})] {
        assert_eq!(bench.admin("POST", "/accounts", &wrong).status, 400);
    }
}

#[test]
fn an_account_signs_in_at_its_own_tenants_alone() {
    let mut bench = people();
    let fabrikam = tenant_of(&mut bench, BOB.email);
    let contoso = tenant_of(&mut bench, MICROSOFT.email);
    for (tenant, client, code) in [
        ("common", BOB, None),
        ("organizations", BOB, None),
        (fabrikam.as_str(), BOB, None),
        ("fabrikam.example", BOB, None),
        ("consumers", BOB, Some("AADSTS500208")),
        (contoso.as_str(), BOB, Some("AADSTS50020")),
        ("common", PERSONAL, None),
        ("consumers", PERSONAL, None),
        (PERSONAL_TENANT, PERSONAL, None),
        ("organizations", PERSONAL, Some("AADSTS500208")),
        (fabrikam.as_str(), PERSONAL, Some("AADSTS50020")),
        ("nowhere.example", PERSONAL, Some("AADSTS90002")),
    ] {
        let answer = client.decide(&mut bench, &at(tenant, client, &[]), "allow");
        match code {
            None => assert_eq!(answer.status, 302, "{tenant} {}", client.email),
            Some(code) => {
                assert_eq!((answer.status, answer.header("location")), (400, ""));
                assert!(answer.text.contains(code), "{tenant}: {}", answer.text);
            }
        }
    }
    let answer = bench.send("POST", "/nowhere.example/oauth2/v2.0/token", &[], "");
    assert_eq!(answer.expect(400)["error_codes"], json!([90002]));
}

#[test]
fn personal_accounts_have_their_tenant_and_no_shared_scopes() {
    let mut bench = people();
    let tokens = PERSONAL.tokens(&mut bench);
    assert_eq!(claims(&tokens)["tid"], PERSONAL_TENANT);
    let scope = format!("{} Calendars.ReadWrite.Shared", PERSONAL.scope);
    let url = PERSONAL.authorize(&[("scope", &scope)]);
    let query = query_of(
        PERSONAL
            .decide(&mut bench, &url, "allow")
            .header("location"),
    );
    assert_eq!(query["error"], "invalid_scope");
    assert!(query["error_description"].starts_with("AADSTS70011: "));
    let url = BOB.authorize(&[("scope", &scope)]);
    let query = query_of(BOB.decide(&mut bench, &url, "allow").header("location"));
    assert!(query.contains_key("code"));
}

#[test]
fn a_person_may_leave_the_page_open_for_ever() {
    let mut bench = people();
    for client in [BOB, GOOGLE] {
        let answer = client.decide(&mut bench, &client.authorize(&[]), "wait");
        assert_eq!((answer.status, answer.header("location")), (200, ""));
    }
}
