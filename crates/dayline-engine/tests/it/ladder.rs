//! What people read and can do when a sign-in, a refresh or a request is refused.

use dayline_engine::view::{AccountState, ErrorCode, Remedy};
use dayline_engine::{Cloud, Engine, Issuer, ProviderKind, SignInAs, WayBack};
use dayline_simulator::{MICROSOFT_CLIENT_ID, Scenario};
use serde_json::{Value, json};

use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};
use crate::sync::{account, is_well};

async fn synced_sample() -> (World, Engine) {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

/// One rung: what is injected, and what the account says of it.
struct Rung {
    provider: ProviderKind,
    matching: Value,
    fault: Value,
    code: ErrorCode,
    remedy: Remedy,
    part: &'static str,
}

fn token(provider: ProviderKind, kind: &str, code: ErrorCode, part: &'static str) -> Rung {
    let path = match provider {
        ProviderKind::Microsoft => "/oauth2/v2.0/token",
        ProviderKind::Google => "/token",
    };
    Rung {
        provider,
        matching: json!({"kind": "token", "path_contains": path}),
        fault: json!({"kind": kind}),
        code,
        remedy: code.remedy(),
        part,
    }
}

fn request(provider: ProviderKind, fault: Value, code: ErrorCode, part: &'static str) -> Rung {
    let name = match provider {
        ProviderKind::Microsoft => "graph",
        ProviderKind::Google => "google",
    };
    Rung {
        provider,
        matching: json!({"provider": name}),
        fault,
        code,
        remedy: code.remedy(),
        part,
    }
}

fn rungs() -> Vec<Rung> {
    let m = |kind, code, part| token(MICROSOFT, kind, code, part);
    let g = |kind, code, part| token(GOOGLE, kind, code, part);
    vec![
        m("AADSTS700082", ErrorCode::NeedsSignIn, "Sign in again"),
        m("AADSTS50173", ErrorCode::NeedsSignIn, "Sign in again"),
        m(
            "AADSTS50076",
            ErrorCode::NeedsVerification,
            "one more proof",
        ),
        m(
            "AADSTS53003",
            ErrorCode::NeedsVerification,
            "one more proof",
        ),
        m(
            "AADSTS65001",
            ErrorCode::NeedsConsent,
            "allow Dayline once more",
        ),
        m("AADSTS90094", ErrorCode::NeedsAdmin, "administrator"),
        m("AADSTS50020", ErrorCode::WrongAccount, "Choose another one"),
        m("AADSTS50057", ErrorCode::AccountBlocked, "locked"),
        m("AADSTS700016", ErrorCode::Misconfigured, "client id"),
        m("AADSTS7000218", ErrorCode::Misconfigured, "public client"),
        m("AADSTS90033", ErrorCode::Throttled, "tries again by itself"),
        m("AADSTS50196", ErrorCode::Throttled, "tries again by itself"),
        m("captive", ErrorCode::NetworkLogin, "This network"),
        m("captive_page", ErrorCode::NetworkLogin, "This network"),
        m("captive_511", ErrorCode::NetworkLogin, "This network"),
        g("invalid_grant", ErrorCode::NeedsSignIn, "Sign in again"),
        g("invalid_rapt", ErrorCode::NeedsSignIn, "Sign in again"),
        g("deleted_client", ErrorCode::Misconfigured, "client"),
        g(
            "admin_policy_enforced",
            ErrorCode::NeedsAdmin,
            "administrator",
        ),
        g(
            "org_internal",
            ErrorCode::WrongAccount,
            "Choose another one",
        ),
        g("captive", ErrorCode::NetworkLogin, "This network"),
        request(
            MICROSOFT,
            json!({"kind": "captive_page"}),
            ErrorCode::NetworkLogin,
            "This network",
        ),
        request(
            MICROSOFT,
            json!({"kind": "ApplicationThrottled", "retry_after": 3000}),
            ErrorCode::Throttled,
            "asks to wait",
        ),
        request(
            MICROSOFT,
            json!({"kind": "ApplicationThrottled", "retry_after": "Fri, 20 Nov 2026 12:40:00 GMT"}),
            ErrorCode::Throttled,
            "asks to wait",
        ),
        request(
            GOOGLE,
            json!({"kind": "insufficientPermissions"}),
            ErrorCode::ScopesMissing,
            "every box",
        ),
        request(
            GOOGLE,
            json!({"kind": "captive"}),
            ErrorCode::NetworkLogin,
            "This network",
        ),
        request(
            GOOGLE,
            json!({"kind": "rateLimitExceeded", "status": 429, "retry_after": 3000}),
            ErrorCode::Throttled,
            "asks to wait",
        ),
    ]
}

#[tokio::test(start_paused = true)]
async fn each_refusal_is_told_with_one_action_keeps_everything_and_ends_with_its_cause() {
    let (world, engine) = synced_sample().await;
    let before = world.titles(&engine);
    for rung in rungs() {
        let told = format!("{} {}", rung.matching, rung.fault);
        world.admin("POST", "/tokens/expire", &json!({}));
        let rule = json!({"match": rung.matching, "times": null, "fault": rung.fault});
        world.admin("POST", "/faults", &rule);
        assert!(!sync(&engine).await.is_ok(), "{told}");
        let failing = account(&engine, rung.provider);
        assert_eq!(failing.problem_code, Some(rung.code), "{told}: {failing:?}");
        assert_eq!(failing.remedy, Some(rung.remedy), "{told}");
        let words = failing.problem.unwrap_or_default();
        assert!(words.contains(rung.part), "{told}: {words}");
        assert!(words.ends_with("Showing what was synced."), "{words}");
        assert_eq!(world.titles(&engine), before, "{told}");

        world.admin("DELETE", "/faults", &Value::Null);
        synced_well(&sync(&engine).await);
        is_well(&engine, rung.provider);
        assert_eq!(account(&engine, rung.provider).problem_code, None, "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_policy_wants_proved_goes_into_the_next_sign_in() {
    for form in [401, 403] {
        let (world, engine) = synced_sample().await;
        let before = world.titles(&engine);
        let email = world.email(MICROSOFT);
        let demand = json!({"provider": "microsoft", "email": email, "form": form});
        world.admin("POST", "/claims", &demand);
        assert!(!sync(&engine).await.is_ok());
        let failing = account(&engine, MICROSOFT);
        assert_eq!(failing.state, AccountState::NeedsSignIn);
        assert_eq!(
            failing.problem_code,
            Some(ErrorCode::NeedsVerification),
            "{failing:?}"
        );
        assert_eq!(failing.remedy, Some(Remedy::SignIn));
        assert_eq!(world.titles(&engine), before);

        let who = SignInAs::Account(failing.id.clone());
        let started = engine
            .start_sign_in(who.clone(), WayBack::DeepLink)
            .await
            .unwrap();
        let asks = started
            .authorize_url
            .query_pairs()
            .any(|(name, value)| name == "claims" && serde_json::from_str::<Value>(&value).is_ok());
        assert!(asks, "the sign-in proves nothing: {form}");
        engine.cancel_sign_in(&started.attempt).unwrap();
        let signed_in = world
            .sign_in_with(&engine, who, &format!("email={email}&decision=allow"))
            .await
            .unwrap();
        assert_eq!(signed_in.to_string(), failing.id);
        synced_well(&sync(&engine).await);
        is_well(&engine, MICROSOFT);
    }
}

#[tokio::test(start_paused = true)]
async fn a_box_left_unticked_at_google_is_named_and_nothing_is_kept() {
    let world = World::sample();
    let engine = world.open();
    world.set_clients(&engine).await;
    let scope = "https://www.googleapis.com/auth/calendar.events.readonly";
    let form = format!(
        "email={}&decision=allow&withhold={scope}",
        world.email(GOOGLE)
    );
    let error = world
        .sign_in_with(&engine, GOOGLE, &form)
        .await
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::ScopesMissing);
    assert_eq!(error.code().remedy(), Remedy::SignIn);
    assert!(error.to_string().contains("your events"), "{error}");
    assert!(engine.accounts().unwrap().is_empty());
    world.sign_in(&engine, GOOGLE).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_organisation_that_wants_its_administrator_is_told_with_the_link_to_send() {
    let world = World::sample();
    let engine = world.open();
    world.set_clients(&engine).await;
    let email = world.email(MICROSOFT);
    world.admin(
        "POST",
        "/accounts",
        &json!({"email": email, "consent": "admin"}),
    );
    let mut events = engine.subscribe();
    let form = format!("email={email}&decision=return");
    let error = world
        .sign_in_with(&engine, MICROSOFT, &form)
        .await
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::NeedsAdmin);
    assert_eq!(error.code().remedy(), Remedy::AskAdmin);
    let link = loop {
        if let dayline_engine::EngineEvent::SignInFinished(outcome) = events.recv().await.unwrap() {
            break outcome.admin_consent_link.unwrap();
        }
    };
    assert_eq!(
        link,
        engine
            .consent_link(MICROSOFT.into(), None)
            .unwrap()
            .as_str()
    );
    assert!(
        link.contains("/organizations/v2.0/adminconsent?client_id="),
        "{link}"
    );

    let landing = world.answer_form(
        &link.parse().unwrap(),
        &format!("email={email}&decision=allow"),
    );
    assert!(landing.contains("admin_consent=True"), "{landing}");
    world.sign_in(&engine, MICROSOFT).await.unwrap();
}

fn clouds() -> World {
    World::new(Scenario::Clouds, 7)
}

#[tokio::test(start_paused = true)]
async fn an_account_of_each_national_cloud_signs_in_there_and_syncs() {
    let world = clouds();
    let engine = world.open();
    for cloud in [Cloud::UsGovHigh, Cloud::UsGovDod, Cloud::China] {
        let issuer = Issuer::microsoft(cloud);
        let nobody = engine.start_sign_in(issuer, WayBack::DeepLink).await;
        assert_eq!(nobody.unwrap_err().code(), ErrorCode::NotConfigured);
        engine
            .set_client(issuer, MICROSOFT_CLIENT_ID, None)
            .await
            .unwrap();
        let email = world
            .network
            .accounts()
            .into_iter()
            .find(|account| account.cloud.as_deref() == Some(cloud.as_str()))
            .unwrap()
            .email;
        let form = format!("email={email}&decision=allow");
        let id = world.sign_in_with(&engine, issuer, &form).await.unwrap();
        world.forget_log();
        synced_well(&sync(&engine).await);
        let accounts = engine.accounts().unwrap();
        let account = accounts
            .iter()
            .find(|one| one.id == id.to_string())
            .unwrap();
        assert_eq!(Cloud::from(account.cloud), cloud);
        assert_eq!(account.state, AccountState::Ready);
        let log = world.log();
        let here = format!("/{cloud}/");
        assert!(
            log.iter().any(|sent| sent.path.starts_with(&here)),
            "{log:?}"
        );
        assert!(log.iter().all(|sent| sent.status < 400), "{log:?}");
    }
    assert!(engine.count_events().unwrap() > 0);
    assert!(!world.titles(&engine).is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_account_of_another_cloud_is_told_as_the_wrong_one() {
    let world = clouds();
    let engine = world.open();
    world.set_clients(&engine).await;
    let high = world
        .network
        .accounts()
        .into_iter()
        .find(|account| account.cloud.as_deref() == Some("us-gov-high"))
        .unwrap();
    let started = engine
        .start_sign_in(MICROSOFT, WayBack::DeepLink)
        .await
        .unwrap();
    // Entra keeps them on its own page; nothing comes back, and nothing is kept.
    let request = http::Request::post(started.authorize_url.as_str())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(bytes::Bytes::from(format!(
            "email={}&decision=allow",
            high.email
        )))
        .unwrap();
    assert_ne!(world.network.ask(&request).status(), 302);
    assert!(engine.accounts().unwrap().is_empty());
}
