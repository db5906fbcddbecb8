//! Health: what is wrong, and what to do about it.

use dayline_engine::view::{AccountState, Health};
use dayline_engine::{Engine, database_health};

use crate::support::{MICROSOFT, World, sync, synced_well};

async fn health(world: &World, engine: &Engine) -> Health {
    engine
        .health(database_health(world.folder.path()))
        .await
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn where_all_is_well_nothing_has_to_be_done() {
    let world = World::empty();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let health = health(&world, &engine).await;
    assert!(health.healthy, "{health:#?}");
    assert_eq!(health.database.schema, Some(health.database.latest_schema));
    assert!(health.database.bytes > 0);
    assert_eq!(health.database.last_backup, None);
    assert_eq!(health.keyring_problem, None);
    assert_eq!(health.unreadable_items, 0);
    assert_eq!(health.accounts.len(), 2);
    for account in &health.accounts {
        assert_eq!(account.state, AccountState::Ready);
        assert_eq!(account.what_to_do, None);
        assert_eq!(
            (account.success_24_hours, account.success_30_days),
            (Some(1.0), Some(1.0))
        );
        assert!(account.last_success.is_some());
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_has_to_sign_in_says_how() {
    let world = World::empty();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let chosen = serde_json::json!({ "provider": "microsoft" });
    world.admin("POST", "/tokens/revoke", &chosen);
    world.admin("POST", "/tokens/expire", &chosen);
    let _ = sync(&engine).await;
    let health = health(&world, &engine).await;
    assert!(!health.healthy);
    let account = &health.accounts[0];
    assert!(account.needs_action && account.problem.is_some());
    let what = account.what_to_do.as_deref().unwrap();
    let command = format!("dayline accounts sign-in {}", world.email(MICROSOFT));
    assert!(what.contains(&command), "{what}");
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_ran_backwards_is_noticed() {
    let world = World::empty();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    world.clock.jump(chrono::TimeDelta::days(-1));
    let health = health(&world, &engine).await;
    let problem = health.clock.problem.as_deref().unwrap();
    assert!(problem.contains("2026-11-20T09:38"), "{problem}");
    assert!(!health.healthy);
}

#[tokio::test(start_paused = true)]
async fn who_syncs_is_told() {
    let world = World::empty();
    let engine = world.open();
    assert_eq!(health(&world, &engine).await.pen.holder, None);
    let pen = engine.take_pen().await.unwrap().unwrap();
    let told = health(&world, &engine).await.pen;
    assert!(told.holder.is_some() && told.alive && told.expires_at.is_some());
    pen.put_down().await;
    assert!(!health(&world, &engine).await.pen.alive);
}

#[test]
fn a_folder_without_a_database_is_no_problem_and_a_damaged_one_is() {
    let folder = tempfile::tempdir().unwrap();
    let none = database_health(folder.path());
    assert!(!none.exists && none.problems.is_empty() && none.schema.is_none());
    let file = folder.path().join(dayline_engine::FILE_NAME);
    std::fs::write(&file, "this is no database, however long it is".repeat(100)).unwrap();
    let damaged = database_health(folder.path());
    assert!(
        damaged.exists && !damaged.problems.is_empty(),
        "{damaged:?}"
    );
    let now = "2026-11-20T09:38:00Z".parse().unwrap();
    assert!(!Health::without_engine(damaged, now).healthy);
    assert!(Health::without_engine(none, now).healthy);
}
