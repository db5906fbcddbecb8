use dayline_host::HttpError;
use dayline_host::testing::SeededRng;
use dayline_model::Cloud;
use serde_json::{Value, json};

use super::*;
use crate::testing::{Still, frail_network, json as answer, network, text, token, window};

const BASE: &str = "https://graph.microsoft.com/v1.0";
const DELTA: &str =
    "https://graph.microsoft.com/v1.0/me/calendars/C/calendarView/delta?$deltatoken=D1";

fn graph(http: Arc<dyn Http>) -> Graph {
    Graph::new(
        http,
        Arc::new(Still),
        Arc::new(SeededRng::new(1)),
        Url::parse(BASE).unwrap(),
        Cloud::Global,
    )
}

fn calendar() -> ProviderCalendarId {
    ProviderCalendarId::from("C/1=")
}

fn single(id: &str) -> Value {
    json!({
        "id": id, "type": "singleInstance", "subject": "Review",
        "start": {"dateTime": "2026-07-01T07:00:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2026-07-01T08:00:00.0000000", "timeZone": "UTC"},
    })
}

/// One page that is answered with `body`.
async fn page_of(body: Value) -> Result<Page, ProviderError> {
    let (http, _) = network(move |_| answer(&body));
    graph(http)
        .fetch_page(
            &token(),
            &calendar(),
            &PageRequest::Full(window()),
            PageSize::Usual,
        )
        .await
}

#[tokio::test]
async fn a_full_round_asks_for_a_window_and_follows_whole_links() {
    let (http, log) = network(|target| {
        let skip = "https://graph.microsoft.com:443/v1.0/delta?$skiptoken=S%2B1";
        answer(&if target.contains("skiptoken") {
            json!({"value": [single("b"), single("b")], "@odata.deltaLink": DELTA})
        } else {
            json!({"value": [single("a")], "@odata.nextLink": skip})
        })
    });
    let graph = graph(http);
    let token = token();
    let first = graph
        .fetch_page(
            &token,
            &calendar(),
            &PageRequest::Full(window()),
            PageSize::Usual,
        )
        .await
        .unwrap();
    let Next::Page(next) = first.next else {
        panic!("no next page")
    };
    let second = graph
        .fetch_page(
            &token,
            &calendar(),
            &PageRequest::Continue(next),
            PageSize::Usual,
        )
        .await
        .unwrap();
    let Next::Done(delta) = second.next else {
        panic!("no end")
    };
    graph
        .fetch_page(
            &token,
            &calendar(),
            &PageRequest::Delta(delta),
            PageSize::Usual,
        )
        .await
        .unwrap();

    assert_eq!(second.changes.len(), 2, "an id may come twice");
    assert!(first.bytes > 0);
    assert_eq!(
        log.targets(),
        [
            "/v1.0/me/calendars/C%2F1=/calendarView/delta\
             ?startDateTime=2026-01-01T00%3A00%3A00Z&endDateTime=2027-01-01T00%3A00%3A00Z",
            "/v1.0/delta?$skiptoken=S%2B1",
            "/v1.0/me/calendars/C/calendarView/delta?$deltatoken=D1",
        ]
    );
}

#[tokio::test]
async fn every_request_carries_the_preferences_the_token_and_an_id_of_its_own() {
    let (http, log) = network(|_| answer(&json!({"value": [], "@odata.deltaLink": DELTA})));
    let graph = graph(http);
    for request in [
        PageRequest::Full(window()),
        PageRequest::Delta(Cursor(DELTA.to_owned())),
    ] {
        graph
            .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
            .await
            .unwrap();
    }
    let prefer = r#"IdType="ImmutableId", outlook.timezone="UTC", odata.maxpagesize=200"#;
    assert_eq!(log.header("prefer"), [prefer; 2]);
    assert_eq!(log.header("authorization"), ["Bearer secret-token"; 2]);
    let ids = log.header("client-request-id");
    assert_ne!(ids[0], ids[1]);
    for id in ids {
        let lengths: Vec<_> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
        assert!(
            id.chars().all(|c| c == '-' || c.is_ascii_hexdigit()),
            "{id}"
        );
        assert_eq!(id.chars().nth(14), Some('4'), "{id}");
        let variant = id.chars().nth(19);
        assert!(matches!(variant, Some('8' | '9' | 'a' | 'b')), "{id}");
    }
}

#[tokio::test]
async fn a_link_to_another_place_is_refused_before_it_is_followed() {
    for link in [
        "https://graph.microsoft.com.evil.test/v1.0/delta?$skiptoken=1",
        "https://evil.test/v1.0/delta",
        "http://graph.microsoft.com/v1.0/delta",
        "https://graph.microsoft.com:8443/v1.0/delta",
        "https://graph.microsoft.com@evil.test/v1.0/delta",
        "https://user:pass@graph.microsoft.com/v1.0/delta",
        "https://user@graph.microsoft.com/v1.0/delta",
        "//evil.test/delta",
        "/v1.0/delta",
        "",
    ] {
        for name in ["@odata.nextLink", "@odata.deltaLink"] {
            let page = page_of(json!({"value": [], name: link})).await;
            assert_eq!(
                page.map(|_| ()),
                Err(ProviderError::ForeignLink),
                "{name} {link}"
            );
        }
        let (http, log) = network(|_| answer(&json!({"value": []})));
        let request = PageRequest::Continue(Cursor(link.to_owned()));
        let page = graph(http)
            .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
            .await;
        assert_eq!(page.map(|_| ()), Err(ProviderError::ForeignLink), "{link}");
        assert!(log.targets().is_empty(), "{link}");
        let (http, log) = network(move |_| answer(&json!({"value": [], "@odata.nextLink": link})));
        let calendars = graph(http).fetch_calendars(&token()).await;
        assert_eq!(calendars, Err(ProviderError::ForeignLink), "{link}");
        assert_eq!(log.targets().len(), 1, "{link}");
    }
}

#[tokio::test]
async fn an_answer_without_its_list_or_its_link_is_no_empty_page() {
    for body in [
        json!({"@odata.deltaLink": DELTA}),
        json!({"value": null, "@odata.deltaLink": DELTA}),
        json!({"value": {}, "@odata.deltaLink": DELTA}),
        json!({"value": []}),
        json!({"value": [], "@odata.deltaLink": null}),
        json!({}),
    ] {
        let page = page_of(body.clone()).await;
        assert!(
            matches!(page, Err(ProviderError::Unusable { .. })),
            "{body}"
        );
    }
    let empty = page_of(json!({"value": [], "@odata.deltaLink": DELTA}))
        .await
        .unwrap();
    assert!(empty.changes.is_empty());
}

#[tokio::test]
async fn a_next_link_comes_before_a_delta_link() {
    let body = json!({"value": [], "@odata.nextLink": DELTA, "@odata.deltaLink": DELTA});
    assert!(matches!(page_of(body).await.unwrap().next, Next::Page(_)));
}

#[tokio::test]
async fn one_unreadable_item_costs_only_itself() {
    let body = json!({"value": [single("a"), {"id": "b"}, 5, single("c")],
        "@odata.deltaLink": DELTA});
    let page = page_of(body).await.unwrap();
    let readable = |change: &&Change| matches!(change, Change::Upsert(_));
    assert_eq!(page.changes.len(), 4);
    assert_eq!(page.changes.iter().filter(readable).count(), 2);
}

#[tokio::test]
async fn a_recorded_last_page_is_read() {
    let recorded = include_str!(
        "../../../../tests/fixtures/providers/graph/concept__delta-query-events__04__response.json"
    );
    let (http, _) = network(move |_| text(200, "application/json", recorded));
    let request = PageRequest::Delta(Cursor(DELTA.to_owned()));
    let page = graph(http)
        .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
        .await
        .unwrap();
    assert!(matches!(
        page.changes[0],
        Change::Removed { certain: false, .. }
    ));
    assert!(matches!(page.changes[1], Change::Upsert(_)));
    assert_eq!(page.bytes, recorded.len());
    let link =
        "https://graph.microsoft.com/v1.0/me/calendarView/delta?$deltatoken=R0usmcFuQtZdtpk4";
    assert_eq!(page.next, Next::Done(Cursor(link.to_owned())));
}

#[tokio::test]
async fn a_cursor_that_is_refused_is_gone() {
    for status in [400, 410] {
        let (http, _) = network(move |_| text(status, "application/json", "{}"));
        let request = PageRequest::Delta(Cursor(DELTA.to_owned()));
        let page = graph(http)
            .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
            .await;
        assert_eq!(page.map(|_| ()), Err(ProviderError::CursorGone));
    }
}

#[tokio::test]
async fn what_does_not_exist_is_none() {
    let (http, log) = network(|_| {
        text(
            404,
            "application/json",
            r#"{"error":{"code":"ErrorItemNotFound"}}"#,
        )
    });
    let graph = graph(http);
    let id = ProviderEventId::from("E+/=");
    let token = token();
    assert_eq!(graph.fetch_event(&token, &calendar(), &id).await, Ok(None));
    assert_eq!(
        graph
            .fetch_instances(&token, &calendar(), &id, window())
            .await,
        Ok(None)
    );
    assert_eq!(graph.fetch_categories(&token).await, Ok(Some(Vec::new())));
    assert_eq!(
        graph.fetch_calendars(&token).await,
        Err(ProviderError::NotFound)
    );
    assert!(
        log.targets()[0].ends_with("/me/events/E+%2F="),
        "{:?}",
        log.targets()
    );
}

#[tokio::test]
async fn instances_come_from_every_page() {
    let (http, log) = network(|target| {
        answer(&if target.contains("skip=1") {
            json!({"value": [single("b")]})
        } else {
            let link = format!("{BASE}/me/events/M/instances?$skip=1");
            json!({"value": [single("a")], "@odata.nextLink": link})
        })
    });
    let id = ProviderEventId::from("M");
    let changes = graph(http)
        .fetch_instances(&token(), &calendar(), &id, window())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(log.targets().len(), 2);
}

#[tokio::test]
async fn a_list_without_an_end_is_given_up() {
    let link = format!("{BASE}/me/calendars?$skip=1");
    let (http, log) = network(move |_| answer(&json!({"value": [], "@odata.nextLink": link})));
    let calendars = graph(http).fetch_calendars(&token()).await;
    assert_eq!(
        calendars,
        Err(ProviderError::Unusable {
            what: "a list without an end"
        })
    );
    assert_eq!(log.targets().len(), crate::http::MOST_PAGES);
}

#[tokio::test]
async fn the_identity_is_that_of_the_user() {
    let (http, log) = network(|_| {
        text(
            200,
            "application/json",
            include_str!("../../../../tests/fixtures/providers/graph_fixtures/me.json"),
        )
    });
    let identity = graph(http).fetch_identity(&token()).await.unwrap();
    assert_eq!(identity.email, "john@nomail.com");
    assert_eq!(log.targets(), ["/v1.0/me"]);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (http, log) = network(|_| {
        ::http::Response::builder()
            .status(302)
            .header("location", "https://evil.test/")
            .body(bytes::Bytes::new())
            .unwrap()
    });
    let identity = graph(http).fetch_identity(&token()).await;
    assert_eq!(identity, Err(ProviderError::NetworkLogin));
    assert_eq!(log.targets().len(), 1);
}

#[tokio::test]
async fn a_span_is_listed_page_by_page_with_occurrences_as_such() {
    let (http, log) = network(|target| {
        let next = "https://graph.microsoft.com/v1.0/me/calendars/C/calendarView?$skip=1";
        let occurrence = json!({
            "id": "o", "type": "occurrence", "seriesMasterId": "M",
            "start": {"dateTime": "2026-07-02T07:00:00.0000000", "timeZone": "UTC"},
            "end": {"dateTime": "2026-07-02T08:00:00.0000000", "timeZone": "UTC"},
        });
        answer(&if target.contains("skip") {
            json!({"value": [occurrence]})
        } else {
            json!({"value": [single("a")], "@odata.nextLink": next})
        })
    });
    let graph = graph(http);
    let first = graph
        .fetch_range(&token(), &calendar(), window(), None)
        .await
        .unwrap();
    assert!(matches!(first.changes.as_slice(), [Change::Upsert(_)]));
    assert!(first.categories.is_empty() && first.bytes > 0);
    let next = first.next.unwrap();
    let last = graph
        .fetch_range(&token(), &calendar(), window(), Some(&next))
        .await
        .unwrap();
    assert!(matches!(last.changes.as_slice(), [Change::Instance(_)]));
    assert_eq!(last.next, None);
    assert_eq!(
        log.targets(),
        [
            "/v1.0/me/calendars/C%2F1=/calendarView\
             ?startDateTime=2026-01-01T00%3A00%3A00Z&endDateTime=2027-01-01T00%3A00%3A00Z",
            "/v1.0/me/calendars/C/calendarView?$skip=1",
        ]
    );
}

#[tokio::test]
async fn a_span_never_leads_to_another_host() {
    let evil = "https://evil.test/v1.0/next";
    let (http, log) = network(move |_| answer(&json!({"value": [], "@odata.nextLink": evil})));
    let graph = graph(http);
    let page = graph
        .fetch_range(&token(), &calendar(), window(), None)
        .await;
    assert_eq!(page.map(|_| ()), Err(ProviderError::ForeignLink));
    let cursor = Cursor(evil.to_owned());
    let page = graph
        .fetch_range(&token(), &calendar(), window(), Some(&cursor))
        .await;
    assert_eq!(page.map(|_| ()), Err(ProviderError::ForeignLink));
    assert_eq!(log.targets().len(), 1);
}

#[tokio::test]
async fn a_page_that_is_too_large_can_be_asked_for_in_smaller_ones() {
    let too_large_above = |most: usize| {
        frail_network(move |request| {
            let prefer = request.headers()["prefer"].to_str().unwrap();
            let (_, size) = prefer.split_once("odata.maxpagesize=").unwrap();
            if size.parse::<usize>().unwrap() > most {
                return Err(HttpError::TooLarge);
            }
            Ok(answer(
                &json!({"value": [single("a")], "@odata.deltaLink": DELTA}),
            ))
        })
    };
    let request = PageRequest::Full(window());
    for (size, most, is_read) in [
        (PageSize::Usual, 200, true),
        (PageSize::Usual, 199, false),
        (PageSize::Few, 20, true),
        (PageSize::One, 1, true),
        (PageSize::One, 0, false),
    ] {
        let (http, log) = too_large_above(most);
        let page = graph(http)
            .fetch_page(&token(), &calendar(), &request, size)
            .await;
        let expected = if is_read {
            Ok(())
        } else {
            Err(ProviderError::TooLarge)
        };
        assert_eq!(page.map(|_| ()), expected, "{size:?} {most}");
        assert_eq!(log.targets().len(), 1, "a round's page is asked for once");
    }
    // What is no round finds the size by itself.
    let (http, log) = too_large_above(1);
    let span = graph(http)
        .fetch_range(&token(), &calendar(), window(), None)
        .await;
    assert_eq!(span.unwrap().changes.len(), 1);
    assert_eq!(log.targets().len(), 3);
    let (http, _) = too_large_above(0);
    let span = graph(http)
        .fetch_range(&token(), &calendar(), window(), None)
        .await;
    assert_eq!(span.map(|_| ()), Err(ProviderError::TooLarge));
}

#[tokio::test]
async fn attachments_are_selected_without_their_content() {
    let (http, log) = network(|target| {
        let next = "https://graph.microsoft.com/v1.0/more?$skip=1";
        answer(&if target.contains("skip") {
            json!({"value": [{"name": "b.pdf"}]})
        } else {
            json!({"value": [{"name": "a.pdf", "size": 3}], "@odata.nextLink": next})
        })
    });
    let event = ProviderEventId::from("E/1");
    let found = graph(http)
        .fetch_attachments(&token(), &calendar(), &event)
        .await;
    let names: Vec<_> = found
        .unwrap()
        .unwrap()
        .into_iter()
        .map(|one| one.name)
        .collect();
    assert_eq!(names, ["a.pdf", "b.pdf"]);
    assert_eq!(
        log.targets(),
        [
            "/v1.0/me/events/E%2F1/attachments?%24select=name%2CcontentType%2Csize%2CisInline",
            "/v1.0/more?$skip=1"
        ]
    );
    let (http, _) = network(|_| text(404, "application/json", "{}"));
    let gone = graph(http)
        .fetch_attachments(&token(), &calendar(), &event)
        .await;
    assert_eq!(gone, Ok(None));
}
