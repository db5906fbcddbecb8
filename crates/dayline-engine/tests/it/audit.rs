//! What the audit log keeps, and what it does not.

use dayline_engine::{AuditEntry, Engine};
use serde_json::json;

use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

fn actions(engine: &Engine) -> Vec<String> {
    let mut rows = engine.audit(None, 100).unwrap();
    rows.reverse();
    rows.into_iter()
        .map(|row| format!("{} {}", row.action, row.outcome))
        .collect()
}

fn last(engine: &Engine) -> AuditEntry {
    engine.audit(None, 1).unwrap().remove(0)
}

#[tokio::test(start_paused = true)]
async fn what_happened_is_kept_and_a_quiet_round_is_not() {
    let world = World::sample();
    let engine = world.signed_in().await;
    assert_eq!(actions(&engine), ["sign_in ok", "sign_in ok"]);
    synced_well(&sync(&engine).await);
    let calendars = world.calendars(MICROSOFT).len() + world.calendars(GOOGLE).len();
    let after = actions(&engine).len();
    assert!(
        after > 2 && after <= 2 + calendars,
        "{:?}",
        actions(&engine)
    );
    for _ in 0..5 {
        synced_well(&sync(&engine).await);
    }
    assert_eq!(actions(&engine).len(), after);
    world.create_single(GOOGLE, "News", 1);
    synced_well(&sync(&engine).await);
    let row = last(&engine);
    assert_eq!((row.action.as_str(), row.outcome.as_str()), ("sync", "ok"));
    assert_eq!(row.details.unwrap()["added"], 1);
    let calendar = row.calendar_id.unwrap();
    engine
        .set_calendar_connected(&calendar, false)
        .await
        .unwrap();
    assert_eq!(last(&engine).action, "calendar_disconnected");
    let account = row.account_id.unwrap();
    engine.remove_account(&account).await.unwrap();
    assert_eq!(last(&engine).action, "account_removed");
    assert_eq!(last(&engine).account_id, Some(account));
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_lasts_is_kept_when_it_begins_and_when_it_ends() {
    let world = World::empty();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let before = actions(&engine).len();
    world.network.unplug(true);
    for _ in 0..4 {
        assert!(!sync(&engine).await.is_ok());
    }
    let failed = actions(&engine).split_off(before);
    let offline = failed.iter().filter(|row| *row == "account_sync offline");
    assert_eq!(offline.count(), 2, "{failed:?}");
    assert!(failed.len() <= 4, "{failed:?}");
    world.network.unplug(false);
    synced_well(&sync(&engine).await);
    let back = actions(&engine).split_off(before + failed.len());
    let well = back.iter().filter(|row| *row == "account_sync ok");
    assert_eq!(well.count(), 2, "{back:?}");
}

#[tokio::test(start_paused = true)]
async fn a_refused_refresh_and_a_refused_sign_in_are_kept_with_their_codes() {
    let world = World::empty();
    let engine = world.signed_in().await;
    world.admin("POST", "/tokens/revoke", &json!({"provider": "google"}));
    world.admin("POST", "/tokens/expire", &json!({"provider": "google"}));
    for _ in 0..3 {
        assert!(!sync(&engine).await.is_ok());
    }
    let rows = actions(&engine);
    let refused: Vec<&String> = rows
        .iter()
        .filter(|row| row.starts_with("token_refresh"))
        .collect();
    assert_eq!(refused.len(), 1, "{rows:?}");
    let started = engine
        .start_sign_in(GOOGLE, dayline_engine::WayBack::DeepLink)
        .await
        .unwrap();
    let answer = world.answer_page(GOOGLE, &started.authorize_url, "deny");
    assert!(engine.open_deep_link(&answer).await.is_err());
    let row = last(&engine);
    assert_eq!(row.action, "sign_in");
    assert_eq!(row.outcome, "sign_in_denied");
}

#[tokio::test(start_paused = true)]
async fn it_holds_no_address_and_no_title() {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    engine.rotate_keys().await.unwrap();
    let rows = engine.audit(None, 1000).unwrap();
    assert!(rows.len() > 3);
    let text = serde_json::to_string(&rows).unwrap();
    assert!(!text.contains('@'), "{text}");
    for title in world.titles(&engine) {
        assert!(!text.contains(&title), "{title}");
    }
}
