//! Spans, several events, attachments, labels and the size of pages.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed assumption of a test ends the test"
)]

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use dayline_model::{ProviderCalendarId, ProviderEventId, ProviderKind};
use dayline_providers::{Change, Cursor, PageSize, SyncWindow};
use serde_json::{Value, json};

use crate::case::{Case, case, cases};
use crate::is_nonsense;
use crate::{full, title_of, titles};

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A year far outside of what a round lists.
fn far() -> SyncWindow {
    SyncWindow {
        from: utc("2031-01-01T00:00:00Z"),
        until: utc("2032-01-01T00:00:00Z"),
    }
}

/// An event at an hour of a day, in the provider's own words.
fn draft_on(case: &Case, title: &str, date: &str) -> Value {
    let (start, end) = (format!("{date}T09:00:00"), format!("{date}T10:00:00"));
    let mut draft = case.draft(title);
    match case.name() {
        ProviderKind::Microsoft => {
            draft["start"] = json!({"dateTime": start, "timeZone": "UTC"});
            draft["end"] = json!({"dateTime": end, "timeZone": "UTC"});
        }
        ProviderKind::Google => {
            draft["start"] = json!({"dateTime": format!("{start}Z"), "timeZone": "UTC"});
            draft["end"] = json!({"dateTime": format!("{end}Z"), "timeZone": "UTC"});
        }
    }
    draft
}

/// Every page of a span.
async fn span(case: &Case, calendar: &ProviderCalendarId, window: SyncWindow) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut cursor: Option<Cursor> = None;
    for _ in 0..100 {
        let page = case
            .provider
            .fetch_range(&case.token, calendar, window, cursor.as_ref())
            .await
            .unwrap();
        assert!(page.bytes > 0);
        changes.extend(page.changes);
        cursor = page.next;
        if cursor.is_none() {
            return changes;
        }
    }
    panic!("{}: a span without an end", case.name())
}

#[tokio::test]
async fn a_span_has_what_takes_place_in_it_and_nothing_else() {
    for case in cases() {
        let calendar = case.primary().await;
        let path = case.path(&calendar, "");
        case.send("POST", "/_sim/quirks", &json!({"page_size": 2}));
        let dates = [
            "2031-02-01",
            "2031-06-01",
            "2031-12-31",
            "2030-12-31",
            "2032-01-01",
        ];
        for date in dates {
            case.send("POST", &path, &draft_on(&case, date, date));
        }
        let mut series = draft_on(&case, "Series", "2031-03-03");
        match case.name() {
            ProviderKind::Microsoft => {
                series["recurrence"] = json!({
                    "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
                    "range": {"type": "numbered", "startDate": "2031-03-03",
                        "numberOfOccurrences": 3},
                });
            }
            ProviderKind::Google => {
                series["recurrence"] = json!(["RRULE:FREQ=WEEKLY;COUNT=3"]);
            }
        }
        let master = case.send("POST", &path, &series);
        let master = ProviderEventId::from(master["id"].as_str().unwrap());
        let changes = span(&case, &calendar, far()).await;
        let found = titles(&changes);
        for (date, is_inside) in dates.iter().zip([true, true, true, false, false]) {
            assert_eq!(found.contains(*date), is_inside, "{} {date}", case.name());
        }
        let instances = changes
            .iter()
            .filter(|change| matches!(change, Change::Instance(one) if one.series == master));
        let is_graph = case.name() == ProviderKind::Microsoft;
        assert_eq!(instances.count(), if is_graph { 3 } else { 0 });
        assert_eq!(title_of(&changes, master.as_str()).is_none(), is_graph);
        let asked = case
            .provider
            .fetch_event(&case.token, &calendar, &master)
            .await;
        let asked: Vec<_> = asked.unwrap().into_iter().collect();
        assert_eq!(title_of(&asked, master.as_str()), Some("Series"));
    }
}

#[tokio::test]
async fn a_span_follows_no_cursor_to_another_host() {
    for case in cases() {
        let calendar = case.primary().await;
        let evil = "http://evil.test/v1.0/next";
        let page = case
            .provider
            .fetch_range(
                &case.token,
                &calendar,
                far(),
                Some(&Cursor(evil.to_owned())),
            )
            .await;
        assert!(page.is_err(), "{}", case.name());
        case.next_answer(&json!({"body": {"value": [], "items": [], "@odata.nextLink": evil}}));
        let page = case
            .provider
            .fetch_range(&case.token, &calendar, far(), None)
            .await;
        let leads_on = page.is_ok_and(|page| page.next.is_some());
        assert!(!leads_on, "{}", case.name());
        let home = BTreeSet::from(["simulator.test".to_owned()]);
        assert_eq!(case.hosts(), home, "{}", case.name());
    }
}

#[tokio::test]
async fn several_events_are_each_as_one_alone_would_be() {
    for case in cases() {
        let calendar = case.primary().await;
        let ids: Vec<ProviderEventId> = (0..23)
            .map(|number| case.create(&calendar, &format!("Event {number}")).into())
            .collect();
        case.send(
            "DELETE",
            &case.path(&calendar, ids[4].as_str()),
            &Value::Null,
        );
        let found = case
            .provider
            .fetch_events(&case.token, &calendar, &ids)
            .await
            .unwrap();
        let order: Vec<_> = found.iter().map(|(id, _)| id.clone()).collect();
        assert_eq!(order, ids, "{}", case.name());
        for (number, (id, change)) in found.iter().enumerate() {
            let alone = case.provider.fetch_event(&case.token, &calendar, id).await;
            assert_eq!(alone.as_ref(), Ok(change), "{} {number}", case.name());
            assert_eq!(change.is_none(), number == 4, "{number}");
        }
        // Graph's ids have a form, and what has not is refused; for Google it names nothing.
        let odd = [ids[0].clone(), ProviderEventId::from("nosuchevent00")];
        let found = case
            .provider
            .fetch_events(&case.token, &calendar, &odd)
            .await
            .unwrap();
        let is_left_out = case.name() == ProviderKind::Microsoft;
        assert_eq!(found.len(), if is_left_out { 1 } else { 2 });
    }
}

#[tokio::test]
async fn what_holds_all_events_up_is_the_error_of_the_call() {
    for case in cases() {
        let calendar = case.primary().await;
        let id = ProviderEventId::from(case.create(&calendar, "One"));
        for (fault, code) in [
            (json!({"kind": 429, "retry_after": 5}), "throttled"),
            (json!({"kind": 500}), "server"),
            (json!({"kind": 401}), "unauthorized"),
        ] {
            case.next_answer(&fault);
            let found = case
                .provider
                .fetch_events(&case.token, &calendar, std::slice::from_ref(&id))
                .await;
            let error = found.unwrap_err();
            assert_eq!(error.code(), code, "{} {fault}", case.name());
        }
    }
}

#[tokio::test]
async fn attachments_are_names_types_and_sizes() {
    for case in cases() {
        let calendar = case.primary().await;
        let id = match case.name() {
            ProviderKind::Microsoft => {
                let id = case.create(&calendar, "With a menu");
                let path = format!("{}/attachments", case.path(&calendar, &id));
                for number in 0..12 {
                    let file = json!({
                        "@odata.type": "#microsoft.graph.fileAttachment",
                        "name": format!("menu {number}.pdf"), "contentType": "application/pdf",
                        "contentBytes": "aGVsbG8=",
                    });
                    case.send("POST", &path, &file);
                }
                let picture = json!({
                    "@odata.type": "#microsoft.graph.fileAttachment", "name": "logo.png",
                    "contentType": "image/png", "contentBytes": "aGVsbG8=", "isInline": true,
                });
                case.send("POST", &path, &picture);
                id
            }
            ProviderKind::Google => {
                let mut draft = case.draft("With a menu");
                draft["attachments"] = (0..12)
                    .map(|number| {
                        json!({"fileUrl": format!("https://drive.google.com/open?id={number}"),
                            "title": format!("menu {number}.pdf"), "mimeType": "application/pdf"})
                    })
                    .collect();
                let path = format!("{}&supportsAttachments=true", case.path(&calendar, ""));
                let created = case.send("POST", &path, &draft);
                created["id"].as_str().unwrap().to_owned()
            }
        };
        let id = ProviderEventId::from(id);
        let found = case
            .provider
            .fetch_attachments(&case.token, &calendar, &id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.len(), 12, "{}", case.name());
        for (number, attachment) in found.iter().enumerate() {
            assert_eq!(attachment.name, format!("menu {number}.pdf"));
            assert_eq!(attachment.media_type.as_deref(), Some("application/pdf"));
        }
        let event = case.provider.fetch_event(&case.token, &calendar, &id).await;
        let Ok(Some(Change::Upsert(event))) = event else {
            panic!("{}: no event: {event:?}", case.name())
        };
        assert!(event.has_attachments, "{}", case.name());
        let gone = ProviderEventId::from(case.create(&calendar, "Gone"));
        let path = case.path(&calendar, gone.as_str());
        case.send("DELETE", &path, &Value::Null);
        let none = case
            .provider
            .fetch_attachments(&case.token, &calendar, &gone)
            .await;
        assert_eq!(none, Ok(None), "{}", case.name());
    }
}

#[tokio::test]
async fn a_round_in_small_pages_has_the_same_events() {
    for case in cases() {
        let calendar = case.primary().await;
        let whole = case.round(&calendar, full()).await;
        let mut pages = Vec::new();
        for size in [PageSize::Few, PageSize::One] {
            let small = case.round_of(&calendar, full(), size).await;
            assert_eq!(
                titles(&small.changes),
                titles(&whole.changes),
                "{} {size:?}",
                case.name()
            );
            pages.push(small.pages);
        }
        assert!(pages[1] > pages[0], "{} {pages:?}", case.name());
        assert!(pages[0] >= whole.pages, "{} {pages:?}", case.name());
    }
}

#[tokio::test]
async fn googles_labels_are_categories_and_colours_are_the_events_own() {
    let case = case(ProviderKind::Google);
    let calendar = case.primary().await;
    let escaped: String =
        url::form_urlencoded::byte_serialize(calendar.as_str().as_bytes()).collect();
    let labels = json!({"labelProperties": {"eventLabels": [
        {"name": "Deep work", "backgroundColor": "#039be5"},
    ]}});
    let path = format!("/calendar/v3/calendars/{escaped}");
    let labelled = case.send("PATCH", &path, &labels);
    let label = &labelled["labelProperties"]["eventLabels"][0]["id"];
    let mut draft = case.draft("Labelled");
    draft["eventLabelId"] = label.clone();
    let path = format!("{}&eventLabelVersion=1", case.path(&calendar, ""));
    let labelled = case.send("POST", &path, &draft);
    let mut draft = case.draft("Coloured");
    draft["colorId"] = json!("11");
    let coloured = case.send("POST", &case.path(&calendar, ""), &draft);

    let page = case.page(&calendar, &full()).await.unwrap();
    let category = page.categories.iter().find(|one| one.name == "Deep work");
    assert_eq!(category.map(|one| one.color.as_str()), Some("#039be5"));
    let event = |id: &Value| {
        page.changes
            .iter()
            .find_map(|change| match change {
                Change::Upsert(event) if event.id.as_str() == id => Some(event),
                _ => None,
            })
            .unwrap()
    };
    let labelled = event(&labelled["id"]);
    assert_eq!(labelled.categories, ["Deep work"]);
    assert_eq!(labelled.color.as_deref(), Some("#039be5"));
    let coloured = event(&coloured["id"]);
    assert_eq!(coloured.color.as_deref(), Some("#dc2127"));
    assert!(coloured.categories.is_empty());
}

#[tokio::test]
async fn a_span_that_makes_no_sense_is_never_an_empty_one() {
    for case in cases() {
        let calendar = case.primary().await;
        for fault in [
            json!({"kind": "empty200"}),
            json!({"kind": "html"}),
            json!({"kind": "garbage"}),
            json!({"body": {}}),
            json!({"body": {"kind": "calendar#events"}}),
        ] {
            case.next_answer(&fault);
            let page = case
                .provider
                .fetch_range(&case.token, &calendar, far(), None)
                .await;
            assert!(is_nonsense(&page), "{} {fault}: {page:?}", case.name());
        }
    }
}
