//! Answers of the providers: nothing of them is lost, and what comes out is an event.
//!
//! The input is the body of an answer. It is read as a page, as an event, and as everything else
//! that a provider can be asked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use dayline_model::{Cloud, Event, Patterns, ProviderCalendarId, ProviderEventId, When, links};
use dayline_providers::{
    Change, Cursor, Google, Graph, Next, PageRequest, PageSize, Provider, SyncWindow,
};
use http::Request;
use serde_json::Value;
use url::Url;

use crate::links::assert_offered;
use crate::world::{Counting, Scripted, Still, answer, block_on, token};

/// The most text of an unreadable event that is kept, in bytes.
const LONGEST_RAW: usize = 64 * 1024;

/// A body as Graph's.
pub(crate) fn check_graph(input: &[u8]) {
    check(input, "value", &|body| {
        let base = Url::parse("https://graph.microsoft.com/v1.0").unwrap();
        let rng = Arc::new(Counting::default());
        Box::new(Graph::new(body, Arc::new(Still), rng, base, Cloud::Global))
    });
}

/// A body as Google's.
pub(crate) fn check_google(input: &[u8]) {
    check(input, "items", &|body| {
        let base = Url::parse("https://www.googleapis.com/calendar/v3").unwrap();
        Box::new(Google::new(body, Arc::new(Still), base))
    });
}

type Make<'a> = &'a dyn Fn(Arc<dyn dayline_host::Http>) -> Box<dyn Provider>;

fn check(input: &[u8], list: &str, make: Make<'_>) {
    let provider = || make(network(input));
    let items = items(input, list);
    let (token, calendar, event) = (token(), calendar(), ProviderEventId::from("E"));

    let request = PageRequest::Full(window());
    let page = provider();
    let page = block_on(page.fetch_page(&token, &calendar, &request, PageSize::Usual));
    if let Ok(page) = page {
        assert_changes(&page.changes, items);
        assert_eq!(page.bytes, input.len());
        let (Next::Page(Cursor(cursor)) | Next::Done(Cursor(cursor))) = page.next;
        assert!(!cursor.is_empty(), "a round goes on from somewhere");
    }

    let page = provider();
    let page = block_on(page.fetch_range(&token, &calendar, window(), None));
    if let Ok(page) = page {
        assert_changes(&page.changes, items);
        let again = provider();
        let again = block_on(again.fetch_range(&token, &calendar, window(), None));
        assert_eq!(
            again.unwrap().changes,
            page.changes,
            "an answer means one thing"
        );
    }

    let one = block_on(provider().fetch_event(&token, &calendar, &event));
    if let Ok(Some(change)) = one {
        assert_changes(&[change], Some(1));
    }
    let instances = block_on(provider().fetch_instances(&token, &calendar, &event, window()));
    if let Ok(Some(changes)) = instances {
        assert_changes(&changes, None);
    }
    let several = [event.clone(), ProviderEventId::from("F")];
    let found = block_on(provider().fetch_events(&token, &calendar, &several));
    if let Ok(found) = found {
        assert!(
            found.len() <= several.len(),
            "what was not asked for is left"
        );
        assert!(found.iter().all(|(id, _)| several.contains(id)));
    }
    check_beside(&*provider(), &*provider(), &*provider(), &*provider());
}

/// What stands beside events.
fn check_beside(
    identity: &dyn Provider,
    calendars: &dyn Provider,
    categories: &dyn Provider,
    attachments: &dyn Provider,
) {
    let token = token();
    if let Ok(identity) = block_on(identity.fetch_identity(&token)) {
        assert!(!identity.email.trim().is_empty(), "an account has a name");
    }
    if let Ok(list) = block_on(calendars.fetch_calendars(&token)) {
        let ids = list.calendars.iter().map(|calendar| calendar.id.as_str());
        assert!(ids.into_iter().all(|id| !id.is_empty()));
    }
    if let Ok(Some(list)) = block_on(categories.fetch_categories(&token)) {
        assert!(list.iter().all(|category| !category.name.is_empty()));
    }
    let event = ProviderEventId::from("E");
    // Names and places are all that is asked of it; there is nothing to hold them against.
    let _ = block_on(attachments.fetch_attachments(&token, &calendar(), &event));
}

/// How many items a body has, if it is JSON at all.
fn items(input: &[u8], list: &str) -> Option<usize> {
    let body: Value = serde_json::from_slice(input).ok()?;
    Some(body.get(list).and_then(Value::as_array).map_or(0, Vec::len))
}

fn assert_changes(changes: &[Change], items: Option<usize>) {
    if let Some(items) = items {
        assert_eq!(changes.len(), items, "every item becomes a change");
    }
    for change in changes {
        match change {
            Change::Upsert(event) => assert_event(event),
            Change::Instance(instance) => {
                assert!(!instance.id.as_str().is_empty() && !instance.series.as_str().is_empty());
                assert_when(&instance.when);
            }
            Change::Removed { id, .. } => assert!(!id.as_str().is_empty(), "something is gone"),
            Change::Unreadable { id, raw, reason } => {
                assert!(id.as_ref().is_none_or(|id| !id.as_str().is_empty()));
                assert!(raw.len() <= LONGEST_RAW, "not all of it is kept");
                assert!(
                    !reason.is_empty() && reason.len() < 80,
                    "a reason is no content"
                );
            }
        }
    }
}

fn assert_event(event: &Event) {
    assert!(!event.id.as_str().is_empty(), "an event has an id");
    assert_when(&event.when);
    let json = serde_json::to_string(event).unwrap();
    let kept: Event = serde_json::from_str(&json).unwrap();
    assert_eq!(&kept, event, "an event can be kept");
    let (links, texts) = links::candidates_and_texts(event, Patterns::NONE);
    assert_offered(&links::Reading { links, texts }, Patterns::NONE);
}

fn assert_when(when: &When) {
    match when {
        When::AllDay { start, end } => assert!(start < end, "a day has an end"),
        When::Timed { start, end } => assert!(start.utc() <= end.utc(), "time goes forward"),
    }
}

/// Answers with `body` first, and with empty lists afterwards. Google's colours and labels are
/// other answers.
fn network(body: &[u8]) -> Arc<dyn dayline_host::Http> {
    let body = Bytes::copy_from_slice(body);
    let is_first = AtomicBool::new(true);
    Arc::new(Scripted(move |request: &Request<Bytes>| {
        let path = request.uri().path();
        let is_beside = path.ends_with("/colors")
            || (path.starts_with("/calendar/v3/calendars/") && !path.contains("/events"));
        if is_beside {
            answer(404, Bytes::new())
        } else if is_first.swap(false, Ordering::Relaxed) {
            answer(200, body.clone())
        } else {
            let empty = r#"{"value":[],"items":[],"kind":"calendar#calendarList"}"#;
            answer(200, Bytes::from_static(empty.as_bytes()))
        }
    }))
}

fn calendar() -> ProviderCalendarId {
    ProviderCalendarId::from("C")
}

fn window() -> SyncWindow {
    SyncWindow {
        from: "2026-01-01T00:00:00Z".parse().unwrap(),
        until: "2027-01-01T00:00:00Z".parse().unwrap(),
    }
}
