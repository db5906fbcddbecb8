//! The user's own patterns of meeting links: Join appears without a sync, and goes again.

use dayline_engine::view::{DetailsView, OccurrenceView, RangeQuery};
use dayline_engine::{Engine, Reread};
use serde_json::json;

use crate::support::edits::{times, title, together};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

const ZONE: &str = "Europe/Berlin";
const LINK: &str = "https://meet.acme.example/rooms/blue";
const EXPRESSION: &str = "https://meet.acme.example/rooms/[a-z]+";

/// Three events on the next day: a link in the place, one wrapped in HTML beside Teams, and none.
async fn day() -> (World, Engine) {
    let world = World::empty();
    let at = |hour: u32| world.day(1).and_hms_opt(hour, 0, 0).unwrap();
    let wrapped = "<p><a href=\"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fmeet.acme.example%2Frooms%2Fgreen&amp;data=x\">here</a></p>";
    for (provider, body) in [
        (
            GOOGLE,
            together([
                title(GOOGLE, "In the place"),
                times(GOOGLE, at(9), 30),
                json!({"location": LINK}),
            ]),
        ),
        (
            MICROSOFT,
            together([
                title(MICROSOFT, "Beside Teams"),
                times(MICROSOFT, at(10), 30),
                json!({
                    "isOnlineMeeting": true, "onlineMeetingProvider": "teamsForBusiness",
                    "body": {"contentType": "html", "content": wrapped},
                }),
            ]),
        ),
        (
            GOOGLE,
            together([title(GOOGLE, "Neither"), times(GOOGLE, at(11), 30)]),
        ),
    ] {
        world.create(provider, &world.primary(provider), &body);
    }
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

fn shown(world: &World, engine: &Engine) -> Vec<OccurrenceView> {
    let from_day = (world.day(1) - chrono::NaiveDate::default()).num_days();
    engine
        .range(&RangeQuery {
            from_day: from_day.try_into().unwrap(),
            days: 1,
            zone: ZONE.to_owned(),
            filter: String::new(),
            merge_copies: false,
        })
        .unwrap()
        .occurrences
}

/// What Join opens of each event; empty where there is nothing to join.
fn services(world: &World, engine: &Engine) -> Vec<String> {
    let shown = shown(world, engine);
    shown
        .into_iter()
        .map(|one| one.join_service.unwrap_or_default())
        .collect()
}

fn details(world: &World, engine: &Engine, title: &str) -> DetailsView {
    let found = shown(world, engine)
        .into_iter()
        .find(|one| one.title == title);
    engine.details(&found.unwrap().id, ZONE).unwrap()
}

fn offered(details: &DetailsView) -> Vec<&str> {
    details
        .join
        .iter()
        .map(|join| join.service.as_str())
        .collect()
}

async fn reread(engine: &Engine) -> Reread {
    engine.reread_links(|_| ()).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_new_pattern_offers_join_without_a_sync_and_a_removed_one_takes_it_away() {
    let (world, engine) = day().await;
    assert_eq!(services(&world, &engine), ["", "Microsoft Teams", ""]);
    assert_eq!(reread(&engine).await, Reread::default(), "nothing changed");
    world.forget_log();

    engine.add_join_pattern("Acme", EXPRESSION).await.unwrap();
    let done = reread(&engine).await;
    assert_eq!((done.looked_at, done.changed), (3, 2));
    assert_eq!(services(&world, &engine), ["Acme", "Microsoft Teams", ""]);
    let beside = details(&world, &engine, "Beside Teams");
    assert_eq!(offered(&beside), ["Microsoft Teams", "Acme"]);
    assert!(beside.occurrence.teams);
    let place = details(&world, &engine, "In the place").occurrence.id;
    engine.join(&place, 0).await.unwrap();
    assert_eq!(world.opener.opened()[0].as_str(), LINK);
    assert!(world.log().is_empty(), "no provider is asked");

    engine.remove_join_pattern("acme").await.unwrap();
    assert!(
        engine.join(&place, 0).await.is_err(),
        "not opened even before links were found anew"
    );
    let done = reread(&engine).await;
    assert_eq!((done.looked_at, done.changed), (3, 2));
    assert_eq!(services(&world, &engine), ["", "Microsoft Teams", ""]);
    assert_eq!(offered(&details(&world, &engine, "In the place")), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_sync_finds_by_the_patterns_what_finding_anew_found_and_tells_no_news() {
    let (world, engine) = day().await;
    engine.add_join_pattern("Acme", EXPRESSION).await.unwrap();
    reread(&engine).await;
    let before = services(&world, &engine);
    let report = engine
        .sync(dayline_engine::SyncRequest {
            full: true,
            ..dayline_engine::SyncRequest::default()
        })
        .await
        .unwrap();
    synced_well(&report);
    assert_eq!(services(&world, &engine), before);
    assert!(engine.changes(10, ZONE).unwrap().items.is_empty());

    let body = together([
        title(GOOGLE, "New"),
        times(GOOGLE, world.day(1).and_hms_opt(12, 0, 0).unwrap(), 30),
        json!({"description": format!("Join: {LINK}")}),
    ]);
    world.create(GOOGLE, &world.primary(GOOGLE), &body);
    synced_well(&sync(&engine).await);
    assert_eq!(services(&world, &engine).last().unwrap(), "Acme");
}

#[tokio::test(start_paused = true)]
async fn what_one_process_left_undone_another_finishes() {
    let (world, engine) = day().await;
    engine.add_join_pattern("Acme", EXPRESSION).await.unwrap();
    // Its window was closed before a single batch was done.
    let other = world.open();
    assert_eq!(reread(&other).await.changed, 2);
    assert_eq!(services(&world, &engine)[0], "Acme");
    assert_eq!(reread(&engine).await, Reread::default());
}

#[tokio::test(start_paused = true)]
async fn a_trial_lists_what_an_expression_holds_and_what_is_known_already() {
    let (_world, engine) = day().await;
    let trial = engine.try_join_pattern(EXPRESSION).await.unwrap();
    assert_eq!((trial.looked_at, trial.count), (3, 2));
    let place = trial.matches.iter().find(|one| one.link == LINK).unwrap();
    assert_eq!(
        (place.title.as_str(), place.date.as_str()),
        ("In the place", "2026-11-21")
    );
    assert_eq!(place.known_as, None);
    let teams = "https://teams.microsoft.com/(l/meetup-join|meet)/.*";
    let trial = engine.try_join_pattern(teams).await.unwrap();
    assert!(trial.count > 0);
    for one in &trial.matches {
        assert_eq!(one.known_as.as_deref(), Some("Microsoft Teams"));
    }
    assert!(
        engine.join_patterns().unwrap().is_empty(),
        "a trial keeps nothing"
    );
}

#[tokio::test(start_paused = true)]
async fn a_pattern_that_is_not_taken_says_why() {
    let world = World::empty();
    let engine = world.open();
    for (name, expression, words) in [
        ("A", "http://meet.acme.example/.+", "https://"),
        ("A", "https://*.com/.+", "strangers"),
        ("A", "https://meet.acme.example/", "follows the host"),
        ("A", "https://meet.acme.example/(a{900}){900}", "too large"),
        ("A", "https://meet.acme.example/(", "regular expression"),
        ("", EXPRESSION, "name"),
    ] {
        let error = engine.add_join_pattern(name, expression).await.unwrap_err();
        assert!(error.to_string().contains(words), "{expression}: {error}");
    }
    engine.add_join_pattern("Acme", EXPRESSION).await.unwrap();
    let taken = engine.add_join_pattern("ACME", EXPRESSION).await;
    assert!(taken.unwrap_err().to_string().contains("already"));
    assert!(engine.remove_join_pattern("Other").await.is_err());
}
