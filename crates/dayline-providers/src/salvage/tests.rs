use std::sync::Arc;

use dayline_host::testing::SeededRng;
use dayline_model::{Cloud, ProviderCalendarId, ProviderEventId};
use url::Url;

use super::*;
use crate::testing::{Still, network, text, token, window};
use crate::{Change, Google, Graph, PageRequest, PageSize, Provider};

/// Items that no parser takes, each with the id `spoilt`.
fn spoilt() -> Vec<String> {
    let deep = |open: &str, close: &str, levels| {
        format!(
            r#"{{"id":"spoilt","x":{}1{}}}"#,
            open.repeat(levels),
            close.repeat(levels)
        )
    };
    vec![
        deep("[", "]", 200),
        deep(r#"{"id":"#, "}", 1_000_000),
        r#"{"id":"spoilt","x":1e999}"#.to_owned(),
        format!(
            r#"{{"x":{}.{},"id":"spoilt"}}"#,
            "9".repeat(400),
            "9".repeat(400)
        ),
        "{\"x\":\"a\u{1}b\",\"id\":\"spoilt\"}".to_owned(),
        "{\"x\":\"a\nb]}\\\"{,\",\"id\":\"spoilt\"}".to_owned(),
        r#"{"id":"spoilt",,}"#.to_owned(),
        r#"{"id":"spoilt","x":nul}"#.to_owned(),
        r#"{"id":"spoilt","x":"\q"}"#.to_owned(),
        r#"{"id":"spoilt" "x":1}"#.replace(' ', ",,"),
    ]
}

fn graph(body: String) -> Graph {
    let (http, _) = network(move |_| text(200, "application/json", &body));
    let base = Url::parse("https://graph.microsoft.com/v1.0").unwrap();
    Graph::new(
        http,
        Arc::new(Still),
        Arc::new(SeededRng::new(1)),
        base,
        Cloud::Global,
    )
}

fn google(body: String) -> Google {
    let (http, _) = network(move |_| text(200, "application/json", &body));
    let base = Url::parse("https://www.googleapis.com/calendar/v3").unwrap();
    Google::new(http, Arc::new(Still), base)
}

fn calendar() -> ProviderCalendarId {
    ProviderCalendarId("C".to_owned())
}

/// The ids that a list tells of, with `?` behind those that could not be read.
fn told(changes: &[Change]) -> Vec<String> {
    changes
        .iter()
        .map(|change| match change {
            Change::Upsert(event) => event.id.as_str().to_owned(),
            Change::Unreadable { id, raw, reason } => {
                assert!(!raw.is_empty() && raw.len() <= 64 * 1024, "{}", raw.len());
                assert!(!reason.is_empty());
                format!("{}?", id.as_ref().map_or("", ProviderEventId::as_str))
            }
            other => panic!("{other:?}"),
        })
        .collect()
}

const GRAPH_EVENT: &str = r#"{"id":"sound","type":"singleInstance","subject":"é, \"[{","start":{"dateTime":"2026-07-01T07:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-07-01T08:00:00","timeZone":"UTC"}}"#;
const GOOGLE_EVENT: &str = r#"{"id":"sound","status":"confirmed","start":{"dateTime":"2026-07-01T07:00:00Z"},"end":{"dateTime":"2026-07-01T08:00:00Z"}}"#;

#[tokio::test]
async fn an_item_that_no_parser_takes_costs_only_itself() {
    for item in spoilt() {
        let shown: String = item.chars().take(60).collect();
        let body = format!(
            r#"{{"value":[{GRAPH_EVENT}, {item} ,7,{GRAPH_EVENT}],"@odata.deltaLink":"https://graph.microsoft.com/v1.0/x"}}"#
        );
        let wanted = ["sound", "spoilt?", "?", "sound"];
        let request = PageRequest::Full(window());
        let provider = graph(body);
        let page = provider
            .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
            .await
            .unwrap();
        assert_eq!(told(&page.changes), wanted, "{shown}");
        let range = provider
            .fetch_range(&token(), &calendar(), window(), None)
            .await
            .unwrap();
        assert_eq!(told(&range.changes), wanted, "{shown}");
        let series = ProviderEventId::from("S");
        let instances = provider
            .fetch_instances(&token(), &calendar(), &series, window())
            .await
            .unwrap();
        assert_eq!(told(&instances.unwrap()), wanted, "{shown}");

        let body = format!(
            r#"{{"kind":"calendar#events","nextSyncToken":"T","items":[{GOOGLE_EVENT},{item},7,{GOOGLE_EVENT}]}}"#
        );
        let provider = google(body);
        let page = provider
            .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
            .await
            .unwrap();
        assert_eq!(told(&page.changes), wanted, "{shown}");
        let range = provider
            .fetch_range(&token(), &calendar(), window(), None)
            .await
            .unwrap();
        assert_eq!(told(&range.changes), wanted, "{shown}");
    }
}

#[tokio::test]
async fn an_event_that_no_parser_takes_is_told_when_it_is_asked_for() {
    let event = ProviderEventId::from("spoilt");
    for item in spoilt() {
        let graph_one = graph(item.clone());
        let google_one = google(item.clone());
        let providers: [&dyn Provider; 2] = [&graph_one, &google_one];
        for provider in providers {
            let found = provider
                .fetch_event(&token(), &calendar(), &event)
                .await
                .unwrap();
            assert_eq!(told(&found.into_iter().collect::<Vec<_>>()), ["spoilt?"]);
        }
        let batch = graph(format!(
            r#"{{"responses":[{{"id":"1","status":200,"headers":{{"x":"y"}},"body":{item}}},{{"id":"0","status":200,"body":{GRAPH_EVENT}}}]}}"#
        ));
        let names = [ProviderEventId::from("sound"), event.clone()];
        let found = batch
            .fetch_events(&token(), &calendar(), &names)
            .await
            .unwrap();
        let changes: Vec<Change> = found.into_iter().filter_map(|(_, change)| change).collect();
        assert_eq!(told(&changes), ["sound", "spoilt?"]);
    }
}

#[tokio::test]
async fn a_calendar_that_no_parser_takes_does_not_count_as_gone() {
    for item in spoilt() {
        let body = format!(r#"{{"value":[{{"id":"C"}},{item}]}}"#);
        let answer = graph(body).fetch_calendars(&token()).await;
        assert!(matches!(answer, Err(ProviderError::Unusable { .. })));
        let body = format!(r#"{{"kind":"calendar#calendarList","items":[{{"id":"C"}},{item}]}}"#);
        let answer = google(body).fetch_calendars(&token()).await;
        assert!(matches!(answer, Err(ProviderError::Unusable { .. })));
    }
}

#[tokio::test]
async fn a_spoilt_answer_that_is_cut_anywhere_is_an_error() {
    let item = r#"{"id":"spoilt","x":1e999}"#;
    let whole = format!(
        r#"{{"value":[{GRAPH_EVENT},{item}],"@odata.deltaLink":"https://graph.microsoft.com/v1.0/x"}}"#
    );
    let request = PageRequest::Full(window());
    for (end, _) in whole.char_indices() {
        let provider = graph(whole.get(..end).unwrap().to_owned());
        let page = provider
            .fetch_page(&token(), &calendar(), &request, PageSize::Usual)
            .await;
        assert!(page.is_err(), "{end}");
        let range = provider
            .fetch_range(&token(), &calendar(), window(), None)
            .await;
        assert!(range.is_err(), "{end}");
    }
}

#[test]
fn a_broken_frame_is_not_repaired() {
    for text in [
        "",
        "{",
        "[]",
        "<html>",
        r#"{"value":[{}]"#,
        r#"{"value":[{}}]}"#,
        r#"{"value":[1e999,]}"#,
        r#"{"value":[1e999,,{}]}"#,
        r#"{"value":[1e999],}"#,
        r#"{"value":[1e999]} x"#,
        r#"{"value":[1e999]}{"#,
        r#"{"value":[1e999],"next":nul}"#,
        r#"{"value":[1e999],"next":1e999}"#,
        "{\"value\":[1e999],\"next\":\"a\u{1}\"}",
        r#"{"value":[1e999],"next"}"#,
        r#"{"value":[1e999],next:1}"#,
        r#"{"value":[1e999],"next:1}"#,
        r#"{"value":[1e999],"next":"\"#,
    ] {
        assert_eq!(object(text), None, "{text}");
    }
}

#[test]
fn what_can_be_parsed_is_as_a_parser_has_it() {
    for text in [
        "{}",
        " { } ",
        r#"{"a":[],"b":[ ],"c":{},"d":null,"e":"]},\"{","f":[[1,2],{"x":[3]}],"g":-1.5e3}"#,
        r#"{"a":1,"a":2,"":[ 1 , "2" ]}"#,
    ] {
        let wanted: Map<String, Value> = serde_json::from_str(text).unwrap();
        assert_eq!(object(text), Some(wanted), "{text}");
    }
}

#[test]
fn an_id_is_that_of_the_item_itself() {
    for (text, wanted) in [
        (r#"{"id":"a",,}"#, Some("a")),
        (r#"{"x":{"id":"b"},"id" : "a","y":1e999}"#, Some("a")),
        (r#"{"x":"\"id\":\"b\",","y":1e999}"#, None),
        (r#"{"id":7,"y":1e999}"#, None),
        (r#"{"id":"a","id":"b",,}"#, Some("b")),
        (r#"{"id":"a""#, None),
        (r"{}", None),
    ] {
        assert_eq!(id(text).as_deref(), wanted, "{text}");
    }
}
