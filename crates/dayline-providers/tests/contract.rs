//! What every provider promises, checked on each of them against the simulated services.

#[path = "contract/case.rs"]
mod case;
#[path = "contract/requests.rs"]
mod requests;

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use dayline_model::{EventKind, ProviderCalendarId, ProviderEventId, ProviderKind};
use dayline_providers::{Change, Cursor, PageRequest, ProviderError, SyncWindow};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::case::{ORIGIN, case, cases, now};

fn full() -> PageRequest {
    PageRequest::Full(window())
}

fn window() -> SyncWindow {
    SyncWindow {
        from: now() - TimeDelta::days(365),
        until: now() + TimeDelta::days(540),
    }
}

/// Titles of the single events and series in a round.
fn titles(changes: &[Change]) -> BTreeSet<String> {
    let titles = changes.iter().filter_map(|change| match change {
        Change::Upsert(event) if !matches!(event.kind, EventKind::Exception { .. }) => {
            Some(event.title.clone())
        }
        _ => None,
    });
    titles.collect()
}

/// The title of an event, if the round has it.
fn title_of<'a>(changes: &'a [Change], wanted: &str) -> Option<&'a str> {
    changes.iter().rev().find_map(|change| match change {
        Change::Upsert(event) if event.id.as_str() == wanted => Some(event.title.as_str()),
        _ => None,
    })
}

#[tokio::test]
async fn the_identity_is_the_accounts_address() {
    for case in cases() {
        let identity = case.provider.fetch_identity(&case.token).await.unwrap();
        assert_eq!(identity.email, case.email);
    }
}

#[tokio::test]
async fn calendars_come_with_the_primary_one_first_and_colours_that_can_be_shown() {
    for case in cases() {
        let calendars = case.calendars().await;
        let name = case.name();
        let ids: BTreeSet<_> = calendars.iter().map(|calendar| &calendar.id).collect();
        assert!(calendars.len() > 1, "{name}");
        assert_eq!(ids.len(), calendars.len(), "{name}");
        assert!(calendars[0].is_primary && calendars[0].can_edit, "{name}");
        assert!(
            calendars[1..].iter().all(|calendar| !calendar.is_primary),
            "{name}"
        );
        for calendar in &calendars {
            let digits = calendar.color.strip_prefix('#').unwrap();
            assert!(
                digits.len() == 6 && u32::from_str_radix(digits, 16).is_ok(),
                "{calendar:?}"
            );
            assert!(!calendar.name.is_empty(), "{calendar:?}");
        }
    }
}

#[tokio::test]
async fn categories_have_names_and_colours() {
    for case in cases() {
        let categories = case.provider.fetch_categories(&case.token).await.unwrap();
        assert_eq!(categories.is_none(), case.name() == ProviderKind::Google);
        assert!(
            categories
                .iter()
                .flatten()
                .all(|category| category.color.starts_with('#'))
        );
    }
}

#[tokio::test]
async fn a_full_round_lists_every_event_page_by_page() {
    for case in cases() {
        let state = case.send("GET", "/_sim/state", &Value::Null);
        let accounts = state["accounts"].as_array().unwrap();
        let account = accounts
            .iter()
            .find(|account| account["email"] == case.email)
            .unwrap();
        case.send(
            "POST",
            "/_sim/quirks",
            &json!({"page_size": 3, "empty_pages": true}),
        );
        let mut pages = 0;
        for calendar in account["calendars"].as_array().unwrap() {
            let id = ProviderCalendarId::from(calendar["calendar"]["id"].as_str().unwrap());
            let round = case.round(&id, full()).await;
            pages += round.pages;
            let expected: BTreeSet<String> = calendar["events"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|event| event["type"] != "exception" && event["recurringEventId"].is_null())
                .map(|event| {
                    event["subject"]
                        .as_str()
                        .or_else(|| event["summary"].as_str())
                })
                .map(|title| title.unwrap_or_default().to_owned())
                .collect();
            assert_eq!(titles(&round.changes), expected, "{} {id:?}", case.name());
            for change in &round.changes {
                assert!(!matches!(change, Change::Unreadable { .. }), "{change:?}");
            }
        }
        assert!(pages > 4, "{}: {pages} pages", case.name());
    }
}

#[tokio::test]
async fn a_delta_tells_what_was_created_changed_and_deleted() {
    for case in cases() {
        let calendar = case.primary().await;
        let kept = case.create(&calendar, "To be changed");
        let gone = case.create(&calendar, "To be deleted");
        let round = case.round(&calendar, full()).await;
        assert_eq!(
            title_of(&round.changes, &kept),
            Some("To be changed"),
            "{}",
            case.name()
        );

        let quiet = case
            .round(&calendar, PageRequest::Delta(round.cursor))
            .await;
        assert_eq!(quiet.changes, [], "{}", case.name());

        let created = case.create(&calendar, "Just created");
        case.send(
            "PATCH",
            &case.path(&calendar, &kept),
            &case.titled("Changed"),
        );
        case.send("DELETE", &case.path(&calendar, &gone), &Value::Null);
        let delta = case
            .round(&calendar, PageRequest::Delta(quiet.cursor))
            .await;
        assert_eq!(
            title_of(&delta.changes, &created),
            Some("Just created"),
            "{}",
            case.name()
        );
        assert_eq!(
            title_of(&delta.changes, &kept),
            Some("Changed"),
            "{}",
            case.name()
        );
        let removed = delta
            .changes
            .iter()
            .any(|change| matches!(change, Change::Removed { id, .. } if id.as_str() == gone));
        assert!(removed, "{}: {:?}", case.name(), delta.changes);
        assert_eq!(
            delta.changes.len(),
            3,
            "{}: {:?}",
            case.name(),
            delta.changes
        );
    }
}

#[tokio::test]
async fn one_event_is_as_it_is_now_or_does_not_exist() {
    for case in cases() {
        let calendar = case.primary().await;
        let id = case.create(&calendar, "Once");
        let event = ProviderEventId::from(id.as_str());
        let fetch = || case.provider.fetch_event(&case.token, &calendar, &event);
        let Ok(Some(Change::Upsert(found))) = fetch().await else {
            panic!("{}", case.name())
        };
        assert_eq!((found.title.as_str(), &found.id), ("Once", &event));
        case.send("DELETE", &case.path(&calendar, &id), &Value::Null);
        assert_eq!(fetch().await, Ok(None), "{}", case.name());
    }
}

#[tokio::test]
async fn instances_are_those_that_the_round_had() {
    for case in cases() {
        let mut series_seen = 0;
        for calendar in case.calendars().await {
            let round = case.round(&calendar.id, full()).await;
            let masters = round.changes.iter().filter_map(|change| match change {
                Change::Upsert(event) if matches!(event.kind, EventKind::SeriesMaster { .. }) => {
                    Some(&event.id)
                }
                _ => None,
            });
            for master in masters {
                series_seen += 1;
                let instances = case
                    .provider
                    .fetch_instances(&case.token, &calendar.id, master, window())
                    .await
                    .unwrap()
                    .unwrap();
                let of_series = |change: &Change| match change {
                    Change::Instance(instance) => {
                        (&instance.series == master).then(|| instance.id.clone())
                    }
                    Change::Upsert(event) => match &event.kind {
                        EventKind::Exception { series, .. } if series == master => {
                            Some(event.id.clone())
                        }
                        _ => None,
                    },
                    _ => None,
                };
                let listed: BTreeSet<_> = instances.iter().filter_map(of_series).collect();
                assert_eq!(listed.len(), instances.len(), "{}", case.name());
                if case.name() == ProviderKind::Microsoft {
                    let in_round: BTreeSet<_> =
                        round.changes.iter().filter_map(of_series).collect();
                    assert_eq!(listed, in_round, "{}", case.name());
                    assert!(!listed.is_empty());
                } else {
                    assert!(listed.is_empty());
                }
            }
        }
        assert!(series_seen > 1, "{}", case.name());
    }
}

#[tokio::test]
async fn a_series_that_does_not_exist_has_no_instances() {
    let case = case(ProviderKind::Microsoft);
    let calendar = case.primary().await;
    let nobody = ProviderEventId::from("AAMkNobody=");
    let instances = case
        .provider
        .fetch_instances(&case.token, &calendar, &nobody, window())
        .await;
    assert_eq!(instances, Ok(None));
}

#[tokio::test]
async fn an_expired_cursor_asks_for_a_full_round_and_the_full_round_works() {
    for case in cases() {
        for lower_case in [false, true] {
            case.send(
                "POST",
                "/_sim/quirks",
                &json!({"lower_case_codes": lower_case}),
            );
            let calendar = case.primary().await;
            let round = case.round(&calendar, full()).await;
            case.send("POST", "/_sim/sync/expire", &json!({}));
            let gone = case
                .page(&calendar, &PageRequest::Delta(round.cursor))
                .await;
            assert_eq!(
                gone.map(|_| ()),
                Err(ProviderError::CursorGone),
                "{}",
                case.name()
            );
            let again = case.round(&calendar, full()).await;
            assert_eq!(
                titles(&again.changes),
                titles(&round.changes),
                "{}",
                case.name()
            );
        }
    }
}

/// What the provider's own servers never answer.
fn is_nonsense<T>(answer: &Result<T, ProviderError>) -> bool {
    matches!(
        answer,
        Err(ProviderError::Unusable { .. } | ProviderError::NetworkLogin)
    )
}

#[tokio::test]
async fn a_success_that_makes_no_sense_is_never_an_empty_list() {
    for case in cases() {
        let calendar = case.primary().await;
        let cursor = case.round(&calendar, full()).await.cursor;
        for fault in [
            json!({"kind": "empty200"}),
            json!({"kind": "html"}),
            json!({"kind": "captive"}),
            json!({"kind": "garbage"}),
            json!({"truncate": 40}),
            json!({"body": {}}),
            json!({"body": []}),
            json!({"body": {"kind": "calendar#events"}}),
            // The list under a name that nobody knows.
            json!({"body": {"kind": "calendar#events", "nextSyncToken": "later", "entries": [{}]}}),
            json!({"status": 204}),
        ] {
            for request in [full(), PageRequest::Delta(cursor.clone())] {
                case.next_answer(&fault);
                let page = case.page(&calendar, &request).await;
                assert!(is_nonsense(&page), "{} {fault}: {page:?}", case.name());
            }
            case.next_answer(&fault);
            let calendars = case.provider.fetch_calendars(&case.token).await;
            assert!(
                is_nonsense(&calendars),
                "{} {fault}: {calendars:?}",
                case.name()
            );
        }
    }
}

#[tokio::test]
async fn a_refusal_says_what_to_do() {
    for case in cases() {
        let google = case.name() == ProviderKind::Google;
        let wait = |secs: u64| Some(Duration::from_secs(secs));
        for (fault, code, expected) in [
            (json!({"kind": 401}), "unauthorized", None),
            // The simulated Google's own 403 is the one for rates.
            (
                json!({"kind": 403}),
                if google { "throttled" } else { "forbidden" },
                None,
            ),
            (
                json!({"kind": 410}),
                "cursor_gone",
                Some(ProviderError::CursorGone),
            ),
            (
                json!({"kind": 500}),
                "server",
                Some(ProviderError::Server { status: 500 }),
            ),
            (
                json!({"kind": 503}),
                "server",
                Some(ProviderError::Server { status: 503 }),
            ),
            (
                json!({"kind": 429, "retry_after": 5}),
                "throttled",
                Some(ProviderError::Throttled {
                    retry_after: wait(5),
                }),
            ),
            (
                json!({"kind": 503, "retry_after": 86400}),
                "throttled",
                Some(ProviderError::Throttled {
                    retry_after: wait(3600),
                }),
            ),
        ] {
            let calendar = case.primary().await;
            case.next_answer(&fault);
            let error = case.page(&calendar, &full()).await.unwrap_err();
            assert_eq!(error.code(), code, "{} {fault}", case.name());
            if let Some(expected) = expected {
                assert_eq!(error, expected, "{} {fault}", case.name());
            }
        }
    }
}

#[tokio::test]
async fn a_token_that_ran_out_asks_for_a_sign_in() {
    for case in cases() {
        case.send("POST", "/_sim/tokens/expire", &json!({"test_tokens": true}));
        let error = case
            .provider
            .fetch_calendars(&case.token)
            .await
            .unwrap_err();
        assert_eq!(error.code(), "unauthorized", "{}", case.name());
        let nobody = SecretString::from("no such token");
        let error = case.provider.fetch_identity(&nobody).await.unwrap_err();
        assert_eq!(error.code(), "unauthorized", "{}", case.name());
    }
}

#[tokio::test]
async fn no_answer_leads_the_token_to_another_host() {
    for case in cases() {
        let calendar = case.primary().await;
        let evil = "http://evil.test/v1.0/next";
        let links = json!({"value": [], "items": [], "@odata.nextLink": evil, "nextLink": evil});
        for fault in [
            json!({"body": links}),
            json!({"status": 302, "headers": {"location": evil}}),
            json!({"status": 307, "headers": {"location": evil}}),
        ] {
            case.next_answer(&fault);
            let page = case.page(&calendar, &full()).await;
            assert!(page.is_err(), "{} {fault}", case.name());
        }
        let foreign = PageRequest::Continue(Cursor(evil.to_owned()));
        assert!(
            case.page(&calendar, &foreign).await.is_err(),
            "{}",
            case.name()
        );
        let hosts = case.hosts();
        assert_eq!(
            hosts,
            BTreeSet::from(["simulator.test".to_owned()]),
            "{}",
            case.name()
        );
    }
}

#[tokio::test]
async fn a_link_to_another_host_is_named_as_such() {
    let case = case(ProviderKind::Microsoft);
    let calendar = case.primary().await;
    for name in ["@odata.nextLink", "@odata.deltaLink"] {
        case.next_answer(&json!({"body": {"value": [], name: "http://evil.test/v1.0/delta"}}));
        let page = case.page(&calendar, &full()).await;
        assert_eq!(page.map(|_| ()), Err(ProviderError::ForeignLink), "{name}");
    }
}

#[tokio::test]
async fn an_event_that_cannot_be_read_costs_only_itself() {
    for case in cases() {
        let calendar = case.primary().await;
        let mut good = case.draft("Readable");
        good["id"] = json!("good");
        let bad = json!({"id": "bad", "subject": "No times", "summary": "No times"});
        let list = json!([good, bad, "odd", null]);
        case.next_answer(&json!({"body": {
            "value": list, "items": list,
            "@odata.deltaLink": format!("{ORIGIN}/v1.0/delta"), "nextSyncToken": "S",
        }}));
        let page = case.page(&calendar, &full()).await.unwrap();
        assert_eq!(
            title_of(&page.changes, "good"),
            Some("Readable"),
            "{}",
            case.name()
        );
        let unreadable = page
            .changes
            .iter()
            .filter(|change| matches!(change, Change::Unreadable { .. }));
        assert_eq!(unreadable.count(), 3, "{}", case.name());
    }
}
