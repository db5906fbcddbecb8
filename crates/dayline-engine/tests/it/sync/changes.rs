//! Each kind of change, one by one.

use chrono::TimeDelta;
use dayline_engine::ProviderKind;
use serde_json::json;

use crate::support::edits::{series, times, title, together, whole_days};
use crate::support::{World, sync, synced_well};

/// What stands in a calendar before it is changed.
struct Before {
    calendar: String,
    single: String,
    weekly: String,
}

type Change = fn(&World, ProviderKind, &Before);

const CHANGES: &[(&str, Change)] = &[
    ("created", |world, provider, _| {
        world.create_single(provider, "New", 3);
    }),
    ("whole days created", |world, provider, before| {
        let body = together([
            title(provider, "Leave"),
            whole_days(provider, world.day(2), 3),
        ]);
        world.create(provider, &before.calendar, &body);
    }),
    (
        "a series of whole days created",
        |world, provider, before| {
            let day = world.day(1);
            let body = together([
                title(provider, "Bins"),
                whole_days(provider, day, 1),
                series(provider, day, true, 2, Some(5)),
            ]);
            world.create(provider, &before.calendar, &body);
        },
    ),
    ("renamed", |world, provider, before| {
        let body = title(provider, "Other name");
        world.patch(provider, &before.calendar, &before.single, &body);
    }),
    ("moved", |world, provider, before| {
        let at = world.day(9).and_hms_opt(23, 30, 0).unwrap();
        let body = times(provider, at, 90);
        world.patch(provider, &before.calendar, &before.single, &body);
    }),
    ("moved out of the window", |world, provider, before| {
        let at = world.day(-500).and_hms_opt(9, 0, 0).unwrap();
        let body = times(provider, at, 60);
        world.patch(provider, &before.calendar, &before.single, &body);
    }),
    ("made whole days", |world, provider, before| {
        let body = whole_days(provider, world.day(4), 2);
        world.patch(provider, &before.calendar, &before.single, &body);
    }),
    ("deleted", |world, provider, before| {
        world.delete(provider, &before.calendar, &before.single);
    }),
    ("one occurrence deleted", |world, provider, before| {
        let ids = world.occurrences_of(provider, &before.weekly);
        world.delete(provider, &before.calendar, &ids[1]);
    }),
    ("one occurrence moved", |world, provider, before| {
        let ids = world.occurrences_of(provider, &before.weekly);
        let at = world.start_of(provider, &ids[1]) + TimeDelta::hours(3);
        world.patch(
            provider,
            &before.calendar,
            &ids[1],
            &times(provider, at, 30),
        );
    }),
    ("one occurrence renamed", |world, provider, before| {
        let ids = world.occurrences_of(provider, &before.weekly);
        let body = title(provider, "Once otherwise");
        world.patch(provider, &before.calendar, &ids[2], &body);
    }),
    ("series renamed", |world, provider, before| {
        let body = title(provider, "Weekly, renamed");
        world.patch(provider, &before.calendar, &before.weekly, &body);
    }),
    ("series moved", |world, provider, before| {
        let at = world.day(2).and_hms_opt(17, 0, 0).unwrap();
        let body = together([
            times(provider, at, 60),
            series(provider, at.date(), true, 2, None),
        ]);
        world.patch(provider, &before.calendar, &before.weekly, &body);
    }),
    ("series made whole days", |world, provider, before| {
        let day = world.day(1);
        let body = together([
            whole_days(provider, day, 1),
            series(provider, day, false, 3, Some(6)),
        ]);
        world.patch(provider, &before.calendar, &before.weekly, &body);
    }),
    ("series deleted", |world, provider, before| {
        world.delete(provider, &before.calendar, &before.weekly);
    }),
    ("series made single", |world, provider, before| {
        let body = json!({"recurrence": null});
        world.patch(provider, &before.calendar, &before.weekly, &body);
    }),
    ("single made series", |world, provider, before| {
        let at = world.day(1).and_hms_opt(9, 0, 0).unwrap();
        let body = together([
            times(provider, at, 60),
            series(provider, at.date(), true, 1, Some(4)),
        ]);
        world.patch(provider, &before.calendar, &before.single, &body);
    }),
];

async fn world_with(provider: ProviderKind) -> (World, dayline_engine::Engine, Before) {
    let world = World::empty();
    let engine = world.signed_in().await;
    let before = Before {
        calendar: world.primary(provider),
        single: world.create_single(provider, "Single", 1),
        weekly: world.create_weekly(provider, "Weekly", -8, None),
    };
    synced_well(&sync(&engine).await);
    world.agrees(&engine);
    (world, engine, before)
}

#[tokio::test(start_paused = true)]
async fn every_kind_of_change_arrives_and_nothing_comes_twice() {
    for (description, change) in CHANGES {
        for provider in ProviderKind::ALL {
            let (world, engine, before) = world_with(provider).await;
            let known = world.truth(world.around());
            change(&world, provider, &before);
            assert_ne!(known, world.truth(world.around()), "{description}: nothing");
            synced_well(&sync(&engine).await);
            let differences = world.differences(&engine);
            assert!(
                differences.is_empty(),
                "{provider}: {description}:\n{differences}"
            );
            let again = sync(&engine).await;
            let idle = again
                .calendars
                .iter()
                .all(|one| one.added + one.updated + one.removed == 0 && !one.full);
            assert!(idle, "{provider}: {description}: {again:#?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_pair_of_changes_between_two_syncs_arrives() {
    // What is gone cannot be changed any more.
    let firsts = CHANGES
        .iter()
        .filter(|(name, _)| !name.contains("deleted") && !name.contains("made"));
    for (first_name, first) in firsts {
        for (second_name, second) in CHANGES {
            for provider in ProviderKind::ALL {
                let (world, engine, before) = world_with(provider).await;
                first(&world, provider, &before);
                synced_well(&sync(&engine).await);
                second(&world, provider, &before);
                synced_well(&sync(&engine).await);
                let differences = world.differences(&engine);
                assert!(
                    differences.is_empty(),
                    "{provider}: {first_name}, then {second_name}:\n{differences}"
                );
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn exceptions_go_with_the_series_that_becomes_another_or_none() {
    let endings: &[(&str, Change)] = &[
        ("deleted", |world, provider, before| {
            world.delete(provider, &before.calendar, &before.weekly);
        }),
        ("made single", |world, provider, before| {
            let body = json!({"recurrence": null});
            world.patch(provider, &before.calendar, &before.weekly, &body);
        }),
        (
            "on the same days at another time",
            |world, provider, before| {
                let at = world.day(-8).and_hms_opt(13, 0, 0).unwrap();
                let body = together([
                    times(provider, at, 60),
                    series(provider, at.date(), true, 1, None),
                ]);
                world.patch(provider, &before.calendar, &before.weekly, &body);
            },
        ),
    ];
    for (description, change) in endings {
        for provider in ProviderKind::ALL {
            let (world, engine, before) = world_with(provider).await;
            let ids = world.occurrences_of(provider, &before.weekly);
            let body = title(provider, "Once otherwise");
            world.patch(provider, &before.calendar, &ids[2], &body);
            synced_well(&sync(&engine).await);
            assert!(world.titles(&engine).contains(&"Once otherwise".to_owned()));
            change(&world, provider, &before);
            synced_well(&sync(&engine).await);
            let differences = world.differences(&engine);
            assert!(
                differences.is_empty(),
                "{provider}: {description}:\n{differences}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn categories_that_vanish_leave_their_events() {
    let world = World::empty();
    let engine = world.signed_in().await;
    let calendar = world.primary(ProviderKind::Microsoft);
    let id = world.create_single(ProviderKind::Microsoft, "Marked", 1);
    for categories in [
        json!(["Travel", "Nobody's"]),
        json!(["Nobody's"]),
        json!([]),
    ] {
        let body = json!({"categories": categories});
        world.patch(ProviderKind::Microsoft, &calendar, &id, &body);
        synced_well(&sync(&engine).await);
        world.agrees(&engine);
    }
}
