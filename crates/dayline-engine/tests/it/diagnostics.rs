//! The file that a user hands on: what stands in it, and what never does.

use std::collections::BTreeSet;
use std::path::Path;

use dayline_engine::view::SavedView;
use dayline_engine::{Engine, FILE_NAME};
use dayline_host::testing::KeyringMood;
use dayline_simulator::{GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, MICROSOFT_CLIENT_ID};
use serde_json::{Value, json};

use crate::support::edits::{times, title, together};
use crate::support::{GOOGLE, MICROSOFT, World, agenda, sync, synced_well};

/// A word for each field that somebody else or the user fills.
const CANARIES: [&str; 22] = [
    "zephyrstone-title",
    "zephyrstone-body",
    "zephyrstone-place",
    "zephyrstone-street",
    "zephyrstone-room",
    "zephyrstone-guest",
    "zephyrstone-mail",
    "zephyrstone-comment",
    "zephyrstone-category",
    "zephyrstone-attached",
    "zephyrstone-path",
    "zephyrstone-host",
    "zephyrstone-passcode",
    "zephyrstone-calendar",
    "zephyrstone-renamed",
    "zephyrstone-pattern",
    "zephyrstone-expression",
    "zephyrstone-relay",
    "zephyrstone-preference",
    "zephyrstone-view",
    "zephyrstone-filter",
    "zephyrstone-owner",
];

/// Two accounts with a canary wherever one can be put, and every id that a provider gave.
async fn planted() -> (World, Engine, BTreeSet<String>) {
    let world = World::empty();
    let at = world.day(1).and_hms_opt(9, 0, 0).unwrap();
    let graph = world.primary(MICROSOFT);
    let google = world.primary(GOOGLE);
    let body = together([
        title(MICROSOFT, "zephyrstone-title"),
        times(MICROSOFT, at, 60),
        json!({
            "body": {"contentType": "text", "content": "zephyrstone-body \
                https://teams.microsoft.com/l/meetup-join/zephyrstone-path/0 \
                Passcode: zephyrstone-passcode"},
            "locations": [{
                "displayName": "zephyrstone-place",
                "locationEmailAddress": "zephyrstone-room@contoso.example",
                "locationUri": "https://zephyrstone-host.example/zephyrstone-path",
                "address": {"street": "zephyrstone-street 1"},
            }],
            "attendees": [{"type": "required", "emailAddress": {
                "name": "zephyrstone-guest", "address": "zephyrstone-mail@contoso.example"}}],
            "categories": ["zephyrstone-category"],
            "attachments": [{"@odata.type": "#microsoft.graph.fileAttachment",
                "name": "zephyrstone-attached", "contentType": "text/plain",
                "contentBytes": "aGVsbG8="}],
        }),
    ]);
    let event = world.create(MICROSOFT, &graph, &body);
    let body = together([
        title(GOOGLE, "zephyrstone-title"),
        times(GOOGLE, at, 60),
        json!({
            "description": "zephyrstone-body",
            "location": "zephyrstone-place",
            "attendees": [{"email": "zephyrstone-mail@gmail.example",
                "displayName": "zephyrstone-guest", "comment": "zephyrstone-comment"}],
            "attachments": [{"fileUrl": "https://zephyrstone-host.example/zephyrstone-path",
                "title": "zephyrstone-attached", "mimeType": "application/pdf"}],
        }),
    ]);
    world.create(GOOGLE, &google, &body);
    let made = json!({"name": "zephyrstone-calendar"});
    world.asked(MICROSOFT, "POST", "/me/calendars", &made);

    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    world.patch(
        MICROSOFT,
        &graph,
        &event,
        &title(MICROSOFT, "zephyrstone-renamed"),
    );
    synced_well(&sync(&engine).await);
    engine
        .add_join_pattern(
            "zephyrstone-pattern",
            "https://x.example/zephyrstone-expression",
        )
        .await
        .unwrap();
    engine
        .set_relay_url(Some("https://zephyrstone-relay.example/zephyrstone-path"))
        .unwrap();
    engine
        .set_preferences(r#"{"seen":"zephyrstone-preference"}"#)
        .unwrap();
    let view = SavedView {
        name: "zephyrstone-view".to_owned(),
        filter: "zephyrstone-filter".to_owned(),
        shortcut: None,
    };
    engine.set_saved_views(vec![view]).unwrap();
    // It is refused, and the refusal names them.
    let account = engine.accounts().unwrap()[0].id.clone();
    let refused = engine
        .add_shared_mailbox(&account, "zephyrstone-owner@contoso.example")
        .await;
    assert!(refused.is_err());
    let events = agenda(&engine, world.day(1), world.day(1)).into_iter();
    let events = events.map(|item| item.id.split_once('/').unwrap().1.to_owned());
    let mut ids: BTreeSet<String> = events.collect();
    let calendars = engine.raw_store().read(|read| {
        let rows = read.calendars()?.into_iter();
        Ok(rows.map(|row| row.calendar.id.0).collect::<Vec<_>>())
    });
    ids.extend(calendars.unwrap());
    (world, engine, ids)
}

/// Everything of which nothing may stand in the file.
fn forbidden(world: &World, ids: &BTreeSet<String>) -> Vec<String> {
    let mut all: Vec<String> = CANARIES.map(str::to_owned).into();
    all.extend(ids.iter().cloned());
    all.extend(world.network.tokens());
    all.extend(world.keyring.names());
    for provider in [MICROSOFT, GOOGLE] {
        all.push(world.email(provider));
    }
    all.extend([GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, MICROSOFT_CLIENT_ID].map(str::to_owned));
    all.push(world.folder.path().display().to_string());
    all.extend(["@", "://", "zephyrstone"].map(str::to_owned));
    all
}

fn found(text: &str, forbidden: &[String]) -> Vec<String> {
    let text = text.to_lowercase();
    let is_in = |word: &&String| text.contains(&word.to_lowercase());
    forbidden.iter().filter(is_in).cloned().collect()
}

async fn export(engine: &Engine, folder: &Path) -> String {
    let path = engine
        .export_diagnostics(folder, Some("2.50.6".to_owned()))
        .await
        .unwrap();
    assert_eq!(path.parent(), Some(folder));
    std::fs::read_to_string(path).unwrap()
}

#[tokio::test(start_paused = true)]
async fn nothing_of_a_calendar_a_person_or_a_secret_stands_in_the_file() {
    let (world, engine, ids) = planted().await;
    let target = tempfile::tempdir().unwrap();
    let mut forbidden = forbidden(&world, &ids);
    assert_eq!(
        found(&export(&engine, target.path()).await, &forbidden),
        [""; 0]
    );

    // With something wrong everywhere, which is when people export.
    let chosen = json!({ "provider": "microsoft" });
    world.admin("POST", "/tokens/revoke", &chosen);
    world.admin("POST", "/tokens/expire", &chosen);
    let _ = sync(&engine).await;
    let text = export(&engine, target.path()).await;
    assert_eq!(found(&text, &forbidden), [""; 0], "{text}");
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["healthy"], false);
    assert_eq!(file["accounts"][0]["needs_action"], true);
    world.network.unplug(true);
    let _ = sync(&engine).await;
    world.keyring.set_mood(KeyringMood::Locked);
    forbidden.extend(world.network.tokens());
    let text = export(&engine, target.path()).await;
    assert_eq!(found(&text, &forbidden), [""; 0], "{text}");
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["keyring"], "locked");
    assert_eq!(file["accounts"][1]["problem_code"], "offline");

    // The search finds them where they do stand.
    let database = std::fs::read(world.folder.path().join(FILE_NAME)).unwrap();
    let wal = std::fs::read(world.folder.path().join(format!("{FILE_NAME}-wal")));
    let bytes = [database, wal.unwrap_or_default()].concat();
    let kept = found(&String::from_utf8_lossy(&bytes), &forbidden);
    let refused = ["zephyrstone-owner"];
    for canary in CANARIES.iter().filter(|canary| !refused.contains(canary)) {
        assert!(
            kept.iter().any(|one| one == canary),
            "{canary} is not planted"
        );
    }
    for id in &ids {
        assert!(kept.contains(id), "{id} is not kept");
    }
}

#[tokio::test(start_paused = true)]
async fn the_file_says_how_accounts_and_calendars_do_under_numbers() {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    engine.set_relay_url(Some("https://relay.example")).unwrap();
    let target = tempfile::tempdir().unwrap();
    let text = export(&engine, target.path()).await;
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["program"]["web_engine"], "2.50.6");
    assert_eq!(file["program"]["system"], std::env::consts::OS);
    assert_eq!(file["healthy"], true);
    assert_eq!(file["keyring"], "answers");
    assert_eq!(
        file["database"]["schema"],
        file["database"]["latest_schema"]
    );
    assert_eq!(file["relay"]["set"], true);
    let names = file["settings"].as_array().unwrap();
    assert!(names.contains(&json!("relay.url")), "{names:?}");

    let accounts = engine.accounts().unwrap();
    let told = file["accounts"].as_array().unwrap();
    assert_eq!(told.len(), accounts.len());
    let mut number = 0;
    for (at, (told, account)) in told.iter().zip(&accounts).enumerate() {
        assert_eq!(told["name"], format!("account {}", at + 1));
        assert_eq!(told["provider"], json!(account.provider));
        assert_eq!(told["sync"]["success_rate"], 1.0);
        let days = told["days"].as_array().unwrap();
        assert_eq!(days.len(), 1, "only days with rounds");
        assert_eq!(days[0]["date"], "2026-11-20");
        let calendars = told["calendars"].as_array().unwrap();
        assert_eq!(calendars.len(), account.calendars.len());
        for (told, calendar) in calendars.iter().zip(&account.calendars) {
            number += 1;
            assert_eq!(told["name"], format!("calendar {number}"));
            assert_eq!(told["is_connected"], calendar.is_connected);
            assert_eq!(told["sync"].is_null(), !calendar.is_connected);
        }
    }
    let log = file["log"].as_array().unwrap();
    assert!(
        log.iter()
            .any(|row| row["action"] == "sign_in" && row["account"] == "account 1")
    );
    assert!(
        log.iter()
            .any(|row| row["action"] == "sync" && row["counts"]["added"].is_number())
    );
    let times: Vec<&str> = log.iter().map(|row| row["at"].as_str().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
}
