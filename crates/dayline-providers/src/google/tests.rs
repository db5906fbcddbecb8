use dayline_host::HttpError;
use serde_json::{Value, json};

use super::*;
use crate::testing::{Still, frail_network, json as answer, network, text, token, window};

const BASE: &str = "https://www.googleapis.com/calendar/v3";

fn google(http: Arc<dyn Http>) -> Google {
    Google::new(http, Arc::new(Still), Url::parse(BASE).unwrap())
}

fn calendar() -> ProviderCalendarId {
    ProviderCalendarId::from("en.german#holiday@group.v.calendar.google.com")
}

fn single(id: &str) -> Value {
    json!({
        "id": id, "summary": "Review",
        "start": {"dateTime": "2026-07-01T09:00:00+02:00"},
        "end": {"dateTime": "2026-07-01T10:00:00+02:00"},
    })
}

/// One page that is answered with `body`.
async fn page_of(body: Value) -> Result<Page, ProviderError> {
    let (http, _) = network(move |_| answer(&body));
    google(http)
        .fetch_page(
            &token(),
            &calendar(),
            &PageRequest::Full(window()),
            PageSize::Usual,
        )
        .await
}

#[tokio::test]
async fn every_page_repeats_the_parameters_of_its_round() {
    let (http, log) = network(|target| {
        answer(&if target.contains("pageToken") {
            json!({"items": [single("b"), single("b")], "nextSyncToken": "S/1=="})
        } else {
            json!({"items": [single("a")], "nextPageToken": "P&1=", "timeZone": "Asia/Tokyo"})
        })
    });
    let google = google(http);
    let token = token();
    let mut request = PageRequest::Full(window());
    for _ in 0..2 {
        let page = google
            .fetch_page(&token, &calendar(), &request, PageSize::Usual)
            .await
            .unwrap();
        let Next::Page(next) = page.next else {
            panic!("no next page")
        };
        request = PageRequest::Continue(next);
        let page = google
            .fetch_page(&token, &calendar(), &request, PageSize::Usual)
            .await
            .unwrap();
        assert_eq!(page.changes.len(), 2, "an id may come twice");
        let Next::Done(cursor) = page.next else {
            panic!("no end")
        };
        assert_eq!(cursor, Cursor("S/1==".to_owned()));
        request = PageRequest::Delta(cursor);
    }
    let path = "/calendar/v3/calendars/en.german%23holiday@group.v.calendar.google.com/events\
                ?maxResults=500&singleEvents=false";
    let expected: Vec<_> = [
        "&timeMin=2026-01-01T00%3A00%3A00Z",
        "&timeMin=2026-01-01T00%3A00%3A00Z&pageToken=P%261%3D",
        "&syncToken=S%2F1%3D%3D",
        "&syncToken=S%2F1%3D%3D&pageToken=P%261%3D",
    ]
    .iter()
    .map(|rest| format!("{path}{rest}"))
    .collect();
    assert_eq!(log.targets(), expected);
    assert_eq!(log.header("authorization"), ["Bearer secret-token"; 4]);
}

#[tokio::test]
async fn a_cursor_that_says_nothing_is_gone() {
    for cursor in [
        "",
        "S1",
        "pageToken=P",
        "syncToken=S",
        "other=1&pageToken=P&syncToken=S",
    ] {
        let (http, log) = network(|_| answer(&json!({})));
        let request = PageRequest::Continue(Cursor(cursor.to_owned()));
        let page = google(http)
            .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
            .await;
        assert_eq!(page.map(|_| ()), Err(ProviderError::CursorGone), "{cursor}");
        assert!(log.targets().is_empty(), "{cursor}");
    }
}

#[tokio::test]
async fn a_cursor_that_is_refused_is_gone() {
    let refused = [
        (
            400,
            include_str!("../../../../tests/fixtures/providers/google/error_400_invalid.json"),
        ),
        (
            410,
            include_str!(
                "../../../../tests/fixtures/providers/google/error_410_fullSyncRequired.json"
            ),
        ),
    ];
    for (status, body) in refused {
        let (http, _) = network(move |_| text(status, "application/json", body));
        let request = PageRequest::Delta(Cursor("S".to_owned()));
        let page = google(http)
            .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
            .await;
        assert_eq!(page.map(|_| ()), Err(ProviderError::CursorGone));
    }
}

#[tokio::test]
async fn an_answer_without_its_list_or_its_token_is_no_empty_page() {
    for body in [
        json!({"nextSyncToken": "S"}),
        json!({"kind": "calendar#events"}),
        json!({"kind": "calendar#calendarList", "nextSyncToken": "S"}),
        json!({"kind": "calendar#events", "items": null, "nextSyncToken": "S"}),
        json!({"kind": "calendar#events", "items": {}, "nextSyncToken": "S"}),
        json!({"kind": "calendar#events", "items": []}),
        json!({"items": [], "nextSyncToken": ""}),
        json!({}),
    ] {
        let page = page_of(body.clone()).await;
        assert!(
            matches!(page, Err(ProviderError::Unusable { .. })),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_valid_empty_page_is_empty() {
    for body in [
        json!({"items": [], "nextSyncToken": "S"}),
        json!({"kind": "calendar#events", "nextSyncToken": "S"}),
        json!({"kind": "calendar#events", "nextPageToken": "P"}),
    ] {
        assert!(
            page_of(body.clone()).await.unwrap().changes.is_empty(),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_time_without_a_zone_takes_that_of_the_list() {
    let body = json!({"items": [single("a")], "timeZone": "Asia/Tokyo", "nextSyncToken": "S"});
    let page = page_of(body).await.unwrap();
    let Change::Upsert(event) = &page.changes[0] else {
        panic!("no event")
    };
    let dayline_model::When::Timed { start, .. } = &event.when else {
        panic!("all day")
    };
    assert_eq!(start.zone.name(), "Asia/Tokyo");
    assert_eq!(start.local, "2026-07-01T16:00:00".parse().unwrap());
}

#[tokio::test]
async fn a_recorded_last_page_is_read() {
    let recorded = include_str!(
        "../../../../tests/fixtures/providers/google/compass__recurring-edit-single-single.instance-3__singleInstance3Payload.json"
    );
    let (http, _) = network(move |_| text(200, "application/json", recorded));
    let request = PageRequest::Full(window());
    let page = google(http)
        .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
        .await
        .unwrap();
    assert_eq!(page.changes.len(), 4);
    assert_eq!(page.bytes, recorded.len());
    let sync = "CJ_zxrSaoIwDEJ_zxrSaoIwDGAUg79XP3wIo79XP3wI=";
    assert_eq!(page.next, Next::Done(Cursor(sync.to_owned())));
}

#[tokio::test]
async fn a_deleted_event_is_none() {
    let id = ProviderEventId::from("abc");
    for (status, body) in [
        (404, "{}"),
        (410, "{}"),
        (200, r#"{"id":"abc","status":"cancelled"}"#),
    ] {
        let (http, _) = network(move |_| text(status, "application/json", body));
        let event = google(http).fetch_event(&token(), &calendar(), &id).await;
        assert_eq!(event, Ok(None), "{status}");
    }
    let (http, _) = network(|_| answer(&single("abc")));
    let event = google(http)
        .fetch_event(&token(), &calendar(), &id)
        .await
        .unwrap();
    assert!(matches!(event, Some(Change::Upsert(_))));
}

#[tokio::test]
async fn calendars_come_from_every_page() {
    let (http, log) = network(|target| {
        answer(&if target.contains("pageToken=P") {
            json!({"items": [{"id": "b", "primary": true}], "nextSyncToken": "S"})
        } else {
            json!({"items": [{"id": "a"}], "nextPageToken": "P"})
        })
    });
    let list = google(http).fetch_calendars(&token()).await.unwrap();
    let ids: Vec<_> = list
        .calendars
        .iter()
        .map(|calendar| calendar.id.as_str())
        .collect();
    assert_eq!(ids, ["b", "a"]);
    let path = "/calendar/v3/users/me/calendarList?maxResults=250";
    assert_eq!(
        log.targets(),
        [path.to_owned(), format!("{path}&pageToken=P")]
    );
}

#[tokio::test]
async fn series_are_expanded_here_and_categories_do_not_exist() {
    let (http, log) = network(|_| answer(&json!({})));
    let google = google(http);
    let id = ProviderEventId::from("abc");
    let instances = google
        .fetch_instances(&token(), &calendar(), &id, window())
        .await;
    assert_eq!(instances, Ok(Some(Vec::new())));
    assert_eq!(google.fetch_categories(&token()).await, Ok(None));
    assert!(log.targets().is_empty());
}

#[tokio::test]
async fn the_identity_is_the_primary_calendar() {
    let (http, log) = network(|_| answer(&json!({"id": "me@x.test", "summary": "Me"})));
    let identity = google(http).fetch_identity(&token()).await.unwrap();
    assert_eq!(
        identity,
        Identity {
            email: "me@x.test".to_owned(),
            name: None
        }
    );
    assert_eq!(
        log.targets(),
        ["/calendar/v3/users/me/calendarList/primary"]
    );
}

#[tokio::test]
async fn a_sign_in_page_is_no_answer() {
    let (http, _) = network(|_| text(200, "text/html", "<html>Welcome to the hotel</html>"));
    let list = google(http).fetch_calendars(&token()).await;
    assert_eq!(list, Err(ProviderError::NetworkLogin));
}

fn timed(id: &str, more: &Value) -> Value {
    let mut item = json!({
        "id": id, "summary": "Review",
        "start": {"dateTime": "2026-07-01T09:00:00+02:00"},
        "end": {"dateTime": "2026-07-01T10:00:00+02:00"},
    });
    for (name, value) in more.as_object().unwrap() {
        item[name] = value.clone();
    }
    item
}

#[tokio::test]
async fn a_span_is_listed_page_by_page_between_two_instants() {
    let (http, log) = network(|target| {
        let kind = "calendar#events";
        answer(&if target.contains("pageToken") {
            json!({"kind": kind, "items": [timed("b", &json!({}))]})
        } else {
            json!({"kind": kind, "items": [timed("a", &json!({}))], "nextPageToken": "P"})
        })
    });
    let google = google(http);
    let first = google
        .fetch_range(&token(), &calendar(), window(), None)
        .await
        .unwrap();
    assert!(matches!(first.changes.as_slice(), [Change::Upsert(_)]));
    let next = first.next.unwrap();
    let last = google
        .fetch_range(&token(), &calendar(), window(), Some(&next))
        .await
        .unwrap();
    assert_eq!((last.changes.len(), last.next), (1, None));
    let span = "&timeMin=2026-01-01T00%3A00%3A00Z&timeMax=2027-01-01T00%3A00%3A00Z";
    let targets = log.targets();
    assert!(targets[0].ends_with(&format!("?maxResults=500&singleEvents=false{span}")));
    assert!(
        targets[1].ends_with(&format!("{span}&pageToken=P")),
        "{targets:?}"
    );
}

#[tokio::test]
async fn the_size_of_a_page_is_what_was_asked_for() {
    for (size, most) in [
        (PageSize::Usual, 500),
        (PageSize::Few, 20),
        (PageSize::One, 1),
    ] {
        let (http, log) = network(|_| {
            answer(&json!({"kind": "calendar#events", "items": [], "nextSyncToken": "S"}))
        });
        let request = PageRequest::Full(window());
        google(http)
            .fetch_page(&token(), &calendar(), &request, size)
            .await
            .unwrap();
        assert!(
            log.targets()[0].contains(&format!("maxResults={most}&")),
            "{size:?}"
        );
    }
    let (http, log) = frail_network(|request| {
        if !request.uri().to_string().contains("maxResults=1&") {
            return Err(HttpError::TooLarge);
        }
        Ok(answer(
            &json!({"kind": "calendar#events", "items": [timed("a", &json!({}))]}),
        ))
    });
    let google = google(http);
    let span = google
        .fetch_range(&token(), &calendar(), window(), None)
        .await;
    assert_eq!(span.unwrap().changes.len(), 1);
    assert_eq!(log.targets().len(), 3, "a span finds the size by itself");
    let request = PageRequest::Full(window());
    let page = google
        .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
        .await;
    assert_eq!(page.map(|_| ()), Err(ProviderError::TooLarge));
}

#[tokio::test]
async fn a_page_brings_the_categories_that_its_events_carry() {
    let (http, _) = network(|target| {
        answer(&if target.contains("/events") {
            let items = [
                timed("a", &json!({"eventLabelId": "L1"})),
                timed("b", &json!({"eventLabelId": "L1"})),
                timed("c", &json!({"eventLabelId": "L2"})),
            ];
            json!({"kind": "calendar#events", "items": items, "nextSyncToken": "S"})
        } else {
            json!({"labelProperties": {"eventLabels": [
                {"id": "L1", "name": "Deep work", "backgroundColor": "#039be5"},
                {"id": "L2", "name": "Plain"}, {"id": "L3", "name": "Unused"},
            ]}})
        })
    });
    let request = PageRequest::Full(window());
    let page = google(http)
        .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
        .await
        .unwrap();
    let category = |name: &str, color: &str| Category {
        name: name.to_owned(),
        color: color.to_owned(),
    };
    let expected = [
        category("Deep work", "#039be5"),
        category("Plain", "#8a8886"),
    ];
    assert_eq!(page.categories, expected);
    let Change::Upsert(first) = &page.changes[0] else {
        panic!("no event")
    };
    assert_eq!(first.categories, ["Deep work"]);
    assert_eq!(first.color.as_deref(), Some("#039be5"));
}

#[tokio::test]
async fn an_event_alone_stands_in_the_zone_of_its_calendar() {
    let (http, _) = network(|target| {
        answer(&if target.contains("calendarList") {
            let entry = json!({"id": calendar().as_str(), "timeZone": "Europe/Berlin"});
            json!({"kind": "calendar#calendarList", "items": [entry]})
        } else {
            timed("a", &json!({}))
        })
    });
    let google = google(http);
    google.fetch_calendars(&token()).await.unwrap();
    let event = google
        .fetch_event(&token(), &calendar(), &ProviderEventId::from("a"))
        .await;
    let Ok(Some(Change::Upsert(event))) = event else {
        panic!("no event: {event:?}")
    };
    let dayline_model::When::Timed { start, .. } = event.when else {
        panic!("not timed")
    };
    assert_eq!(start.zone.name(), "Europe/Berlin");
}

#[tokio::test]
async fn several_events_are_asked_for_one_by_one() {
    let (http, log) = network(|target| match target.rsplit('/').next() {
        Some("a") => answer(&timed("a", &json!({}))),
        Some("cancelled") => answer(&json!({"id": "cancelled", "status": "cancelled"})),
        Some("private") => text(403, "application/json", "{}"),
        _ => text(404, "application/json", "{}"),
    });
    let ids = ["a", "cancelled", "private", "gone"].map(ProviderEventId::from);
    let found = google(http)
        .fetch_events(&token(), &calendar(), &ids)
        .await
        .unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|(id, change)| (id.as_str(), change.is_some()))
        .collect();
    assert_eq!(found, [("a", true), ("cancelled", false), ("gone", false)]);
    assert_eq!(log.targets().len(), 4);
    let (http, _) = network(|_| text(429, "application/json", "{}"));
    let throttled = google(http).fetch_events(&token(), &calendar(), &ids).await;
    assert_eq!(throttled.unwrap_err().code(), "throttled");
}

#[tokio::test]
async fn attachments_are_those_of_the_event() {
    let (http, _) = network(|target| match target.rsplit('/').next() {
        Some("a") => answer(&timed("a", &json!({"attachments": [{"title": "Plan"}]}))),
        Some("b") => answer(&timed("b", &json!({}))),
        _ => text(404, "application/json", "{}"),
    });
    let google = google(http);
    for (id, expected) in [("a", Some(vec!["Plan"])), ("b", Some(vec![])), ("c", None)] {
        let id = ProviderEventId::from(id);
        let found = google
            .fetch_attachments(&token(), &calendar(), &id)
            .await
            .unwrap();
        let names = found
            .as_ref()
            .map(|all| all.iter().map(|one| one.name.as_str()).collect::<Vec<_>>());
        assert_eq!(names, expected);
    }
}
