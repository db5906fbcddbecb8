//! Calendars that come and go, accounts that are removed, syncs that are given up.

use std::time::Duration;

use dayline_engine::view::ErrorCode;
use dayline_engine::{Engine, SyncRequest, WayBack};
use serde_json::{Value, json};

use super::{account, is_well};
use crate::support::{GOOGLE, MICROSOFT, World, segment, sync, synced_well};

async fn synced_sample() -> (World, Engine) {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

#[tokio::test(start_paused = true)]
async fn calendars_are_added_renamed_and_removed() {
    for (provider, path, key) in [
        (MICROSOFT, "/me/calendars", "name"),
        (GOOGLE, "/calendars", "summary"),
    ] {
        let (world, engine) = synced_sample().await;
        let names = |engine: &Engine| -> Vec<String> {
            let calendars = account(engine, provider).calendars;
            calendars
                .into_iter()
                .map(|calendar| calendar.name)
                .collect()
        };
        let made = world.asked(provider, "POST", path, &json!({key: "Choir"}));
        let id = segment(made["id"].as_str().unwrap());
        synced_well(&sync(&engine).await);
        assert!(names(&engine).contains(&"Choir".to_owned()));
        let one = format!("{path}/{id}");
        world.asked(provider, "PATCH", &one, &json!({key: "Orchestra"}));
        synced_well(&sync(&engine).await);
        assert!(names(&engine).contains(&"Orchestra".to_owned()));
        assert!(!names(&engine).contains(&"Choir".to_owned()));
        world.asked(provider, "DELETE", &one, &Value::Null);
        synced_well(&sync(&engine).await);
        assert!(!names(&engine).contains(&"Orchestra".to_owned()));
        world.agrees(&engine);
    }
}

#[tokio::test(start_paused = true)]
async fn one_account_is_synced_alone() {
    let (world, engine) = synced_sample().await;
    for (wanted, other) in [(MICROSOFT, GOOGLE), (GOOGLE, MICROSOFT)] {
        let synced_at = |provider| account(&engine, provider).last_synced_at;
        let before = (synced_at(wanted), synced_at(other));
        tokio::time::advance(Duration::from_mins(1)).await;
        let request = SyncRequest::on_demand_of(&account(&engine, wanted).id).unwrap();
        let report = engine.sync(request).await.unwrap();
        synced_well(&report);
        assert!(!report.calendars.is_empty());
        let email = account(&engine, wanted).email;
        assert!(report.calendars.iter().all(|done| done.account == email));
        assert!(synced_at(wanted) > before.0, "{wanted:?}");
        assert_eq!(synced_at(other), before.1, "{wanted:?}");
    }
    let gone = account(&engine, GOOGLE).id;
    engine.remove_account(&gone).await.unwrap();
    let request = SyncRequest::on_demand_of(&gone).unwrap();
    let error = engine.sync(request).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::NotFound);
    assert!(SyncRequest::on_demand_of("no account").is_err());
    drop(world);
}

#[tokio::test(start_paused = true)]
async fn a_calendar_that_is_gone_at_the_provider_is_noticed_by_a_poll() {
    for (provider, path) in [(MICROSOFT, "/me/calendars"), (GOOGLE, "/calendars")] {
        let (world, engine) = synced_sample().await;
        let (id, name) = world.calendars(provider).remove(1);
        world.asked(
            provider,
            "DELETE",
            &format!("{path}/{}", segment(&id)),
            &Value::Null,
        );
        world.forget_log();
        let report = engine.sync(SyncRequest::default()).await.unwrap();
        synced_well(&report);
        assert_eq!(world.count("calendar_list"), 1);
        let left = account(&engine, provider).calendars;
        assert!(left.iter().all(|calendar| calendar.name != name));
        is_well(&engine, provider);
        world.agrees(&engine);
    }
}

#[tokio::test(start_paused = true)]
async fn a_calendar_disconnected_while_its_round_runs_stays_empty() {
    for wait in [10, 30, 50, 90, 130, 170] {
        let world = World::sample();
        let engine = world.signed_in().await;
        let calendar = account(&engine, MICROSOFT).calendars.remove(0);
        let (report, ()) = tokio::join!(sync(&engine), async {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            engine
                .set_calendar_connected(&calendar.id, false)
                .await
                .unwrap();
        });
        synced_well(&report);
        let shown = World::shown(&engine, world.around());
        let left = shown
            .iter()
            .filter(|seen| seen.provider == "microsoft" && seen.calendar == calendar.name);
        assert_eq!(left.count(), 0, "after {wait} ms");
        engine
            .set_calendar_connected(&calendar.id, true)
            .await
            .unwrap();
        synced_well(&sync(&engine).await);
        world.agrees(&engine);
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_removed_while_it_syncs_is_gone_and_the_other_is_well() {
    for wait in [10, 30, 70, 130] {
        let world = World::sample();
        let engine = world.signed_in().await;
        let id = account(&engine, MICROSOFT).id;
        let (report, ()) = tokio::join!(sync(&engine), async {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            engine.remove_account(&id).await.unwrap();
        });
        assert!(report.failed_accounts.is_empty(), "{wait}: {report:#?}");
        assert_eq!(engine.accounts().unwrap().len(), 1);
        is_well(&engine, GOOGLE);
        let shown = World::shown(&engine, world.around());
        assert!(shown.iter().all(|seen| seen.provider == "google"));
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_is_added_again_keeps_its_data_and_choices() {
    let (world, engine) = synced_sample().await;
    let before = account(&engine, GOOGLE);
    let hidden = [before.calendars[1].id.clone()];
    engine.set_calendars_visible(&[], &hidden).await.unwrap();
    let titles = world.titles(&engine);
    let again = world.sign_in(&engine, GOOGLE).await.unwrap();
    assert_eq!(again.to_string(), before.id);
    assert_eq!(world.titles(&engine), titles);
    let after = account(&engine, GOOGLE);
    assert_eq!(after.calendars.len(), before.calendars.len());
    assert!(!after.calendars[1].is_visible);
    assert_eq!(engine.accounts().unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_sync_that_nobody_waits_for_any_more_does_not_stand_in_the_way() {
    let world = World::sample();
    let engine = world.signed_in().await;
    for wait in [5, 45, 85, 125] {
        tokio::select! {
            biased;
            _ = sync(&engine) => panic!("too quick"),
            () = tokio::time::sleep(Duration::from_millis(wait)) => {}
        }
    }
    synced_well(&sync(&engine).await);
    world.agrees(&engine);
}

#[tokio::test(start_paused = true)]
async fn wishes_that_come_together_are_one_sync() {
    let world = World::sample();
    let engine = world.signed_in().await;
    world.forget_log();
    let (one, other, third) = tokio::join!(sync(&engine), sync(&engine), sync(&engine));
    synced_well(&one);
    assert_eq!(one, other);
    assert_eq!(one, third);
    assert_eq!(world.count("calendar_list"), 2);
    let calendars = world.calendars(MICROSOFT).len() + world.calendars(GOOGLE).len();
    assert_eq!(world.full_listings(), calendars);
}

#[tokio::test(start_paused = true)]
async fn without_a_client_id_a_sign_in_says_so() {
    let world = World::empty();
    let engine = world.open();
    for provider in [MICROSOFT, GOOGLE] {
        let error = engine
            .start_sign_in(provider, WayBack::DeepLink)
            .await
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::NotConfigured);
    }
    assert!(
        engine
            .bootstrap()
            .unwrap()
            .providers
            .iter()
            .all(|one| !one.configured)
    );
}
