use std::sync::Arc;
use std::time::Duration;

use dayline_host::testing::SeededRng;
use dayline_host::{Http, HttpError};
use url::Url;

use super::*;
use crate::testing::{Still, frail_network, json as answer, network, token};

const OWN: Place<'static> = Place::Own { calendar: "C" };

fn client(http: Arc<dyn Http>) -> Client {
    let base = Url::parse("https://graph.microsoft.com/v1.0").unwrap();
    Client::new(http, Arc::new(Still), Arc::new(SeededRng::new(1)), base)
}

fn ids(names: &[&str]) -> Vec<ProviderEventId> {
    names
        .iter()
        .map(|name| ProviderEventId::from(*name))
        .collect()
}

fn event(id: &str) -> Value {
    json!({
        "id": id, "type": "singleInstance", "subject": "Review",
        "start": {"dateTime": "2026-07-01T07:00:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2026-07-01T08:00:00.0000000", "timeZone": "UTC"},
    })
}

/// What a batch of these events is answered with, each with its own status and body.
async fn fetch(
    names: &[&str],
    answers: Value,
) -> Result<Vec<(ProviderEventId, Option<Change>)>, ProviderError> {
    let (http, _) = network(move |_| answer(&json!({"responses": answers})));
    fetch_events(&client(http), &token(), &OWN, &ids(names)).await
}

/// Which events were found, gone (`None`) or left out (missing).
fn outcome(found: &[(ProviderEventId, Option<Change>)]) -> Vec<(&str, bool)> {
    found
        .iter()
        .map(|(id, change)| (id.as_str(), change.is_some()))
        .collect()
}

#[tokio::test]
async fn twenty_events_are_one_request_with_the_headers_in_each() {
    let names: Vec<String> = (0..21).map(|number| format!("E{number}/=")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (http, log) = frail_network(|request| {
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        let requests = body["requests"].as_array().unwrap();
        // Answers come in any order.
        let answers: Vec<Value> = requests
            .iter()
            .rev()
            .map(|part| json!({"id": part["id"], "status": 200, "body": event("x")}))
            .collect();
        Ok(answer(&json!({"responses": answers})))
    });
    let found = fetch_events(&client(http), &token(), &OWN, &ids(&names))
        .await
        .unwrap();
    let order: Vec<&str> = outcome(&found).into_iter().map(|(name, _)| name).collect();
    assert_eq!(order, names);
    assert_eq!(log.targets(), ["/v1.0/$batch", "/v1.0/$batch"]);
    let bodies = log.bodies();
    let first = bodies[0]["requests"].as_array().unwrap();
    assert_eq!(
        (first.len(), bodies[1]["requests"].as_array().unwrap().len()),
        (20, 1)
    );
    assert_eq!(first[3]["method"], "GET");
    assert_eq!(first[3]["url"], "/me/events/E3%2F=");
    let prefer = r#"IdType="ImmutableId", outlook.timezone="UTC""#;
    assert_eq!(first[3]["headers"]["Prefer"], prefer);
    assert_eq!(log.header("content-type"), ["application/json"; 2]);
    let request_ids: std::collections::BTreeSet<_> = first
        .iter()
        .map(|part| part["headers"]["client-request-id"].to_string())
        .collect();
    assert_eq!(request_ids.len(), 20);
}

#[tokio::test]
async fn every_part_has_its_own_fate() {
    let found = fetch(
        &["a", "b", "c", "d"],
        json!([
            {"id": "3", "status": 400, "body": {"error": {"code": "ErrorInvalidIdMalformed"}}},
            {"id": "1", "status": 404, "body": {"error": {"code": "ErrorItemNotFound"}}},
            {"id": "0", "status": 200, "headers": {"Content-Type": "application/json"}, "body": event("a")},
            {"id": "2", "status": 403, "body": {"error": {"code": "ErrorAccessDenied"}}},
        ]),
    )
    .await
    .unwrap();
    assert_eq!(outcome(&found), [("a", true), ("b", false)]);
}

#[tokio::test]
async fn what_concerns_all_is_the_error_of_the_call() {
    for (part, expected) in [
        (
            json!({"id": "1", "status": 429, "headers": {"Retry-After": "7"}, "body": {}}),
            ProviderError::Throttled {
                retry_after: Some(Duration::from_secs(7)),
            },
        ),
        (
            json!({"id": "1", "status": 503, "headers": {"retry-after": 9}}),
            ProviderError::Throttled {
                retry_after: Some(Duration::from_secs(9)),
            },
        ),
        (
            json!({"id": "1", "status": 500, "body": "oops"}),
            ProviderError::Server { status: 500 },
        ),
        (
            json!({"id": "1", "status": 401, "body": {"error": {"code": "InvalidAuthenticationToken"}}}),
            ProviderError::Unauthorized { claims: None },
        ),
        (
            json!({"id": "1", "status": 200, "body": "bm90IEpTT04="}),
            ProviderError::Unusable {
                what: "not an object",
            },
        ),
        (
            json!({"id": "1", "body": event("b")}),
            ProviderError::Unusable {
                what: "an answer of a batch without a status",
            },
        ),
        (
            json!({"id": "7", "status": 200, "body": event("b")}),
            ProviderError::Unusable {
                what: "an answer of a batch is missing",
            },
        ),
    ] {
        let first = json!({"id": "0", "status": 200, "body": event("a")});
        let found = fetch(&["a", "b"], json!([first, part])).await;
        assert_eq!(found, Err(expected), "{part}");
    }
    let (http, _) = network(|_| answer(&json!({"value": []})));
    let found = fetch_events(&client(http), &token(), &OWN, &ids(&["a"])).await;
    assert_eq!(found, Err(ProviderError::Unusable { what: "no answers" }));
}

#[tokio::test]
async fn a_batch_that_is_too_large_is_asked_for_in_halves() {
    let (http, log) = frail_network(|request| {
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        let parts = body["requests"].as_array().unwrap();
        if parts.iter().any(|part| part["url"] == "/me/events/huge") {
            return Err(HttpError::TooLarge);
        }
        let answers: Vec<Value> = parts
            .iter()
            .map(|part| json!({"id": part["id"], "status": 200, "body": event("x")}))
            .collect();
        Ok(answer(&json!({"responses": answers})))
    });
    let found = fetch_events(
        &client(http),
        &token(),
        &OWN,
        &ids(&["a", "b", "huge", "d"]),
    )
    .await
    .unwrap();
    assert_eq!(outcome(&found), [("a", true), ("b", true), ("d", true)]);
    assert_eq!(log.targets().len(), 5);
}

#[tokio::test]
async fn an_id_that_is_no_segment_names_nothing() {
    let (http, log) = network(|_| answer(&json!({})));
    let found = fetch_events(&client(http), &token(), &OWN, &ids(&["..", ""]))
        .await
        .unwrap();
    assert_eq!(outcome(&found), [("..", false), ("", false)]);
    assert!(log.targets().is_empty());
    let (http, _) = network(|_| answer(&json!({})));
    let none = fetch_events(&client(http), &token(), &OWN, &[]).await;
    assert_eq!(none, Ok(Vec::new()));
}

/// What renewing these is answered with.
async fn renew(
    names: &[&str],
    answers: Value,
) -> Result<Vec<Result<Map<String, Value>, ProviderError>>, ProviderError> {
    let (http, _) = network(move |_| answer(&json!({"responses": answers})));
    let (client, body) = (client(http), json!({}));
    let url = |name: &&str| client.endpoint(&["subscriptions", name], &[]).unwrap();
    let patches: Vec<_> = names.iter().map(|name| (url(name), &body)).collect();
    patch(&client, &token(), &patches).await
}

#[tokio::test]
async fn twenty_changes_are_one_request_with_a_type_in_each() {
    let (http, log) = frail_network(|request| {
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        let answers: Vec<Value> = body["requests"]
            .as_array()
            .unwrap()
            .iter()
            .rev()
            .map(|part| json!({"id": part["id"], "status": 200, "body": {"url": part["url"]}}))
            .collect();
        Ok(answer(&json!({"responses": answers})))
    });
    let (client, body) = (
        client(http),
        json!({"expirationDateTime": "2026-12-01T00:00:00Z"}),
    );
    let patches: Vec<_> = (0..21)
        .map(|number| {
            let name = format!("S{number}");
            let url = client.endpoint(&["subscriptions", &name], &[]).unwrap();
            (url, &body)
        })
        .collect();
    let answered = patch(&client, &token(), &patches).await.unwrap();
    let urls: Vec<_> = answered
        .iter()
        .map(|one| one.as_ref().unwrap()["url"].as_str().unwrap())
        .collect();
    let expected: Vec<_> = (0..21)
        .map(|number| format!("/subscriptions/S{number}"))
        .collect();
    assert_eq!(urls, expected);
    assert_eq!(log.targets(), ["/v1.0/$batch", "/v1.0/$batch"]);
    let first = &log.bodies()[0]["requests"][3];
    assert_eq!(first["method"], "PATCH");
    assert_eq!(first["headers"]["Content-Type"], "application/json");
    assert_eq!(first["body"], body);
}

#[tokio::test]
async fn what_one_change_is_refused_for_is_its_own() {
    let found = renew(
        &["a", "b", "c", "d"],
        json!([
            {"id": "3", "status": 200, "body": "text"},
            {"id": "2", "status": 500, "body": "oops"},
            {"id": "1", "status": 404, "body": {"error": {"code": "ResourceNotFound"}}},
            {"id": "0", "status": 200, "body": {"id": "a"}},
        ]),
    )
    .await
    .unwrap();
    let codes: Vec<_> = found
        .iter()
        .map(|one| one.as_ref().map_or_else(ProviderError::code, |_| "well"))
        .collect();
    assert_eq!(codes, ["well", "not_found", "server", "unusable"]);
}

#[tokio::test]
async fn a_token_that_is_not_accepted_and_a_wait_concern_every_change() {
    for (part, code) in [
        (
            json!({"id": "1", "status": 401, "body": {"error": {"code": "InvalidAuthenticationToken"}}}),
            "unauthorized",
        ),
        (
            json!({"id": "1", "status": 429, "headers": {"Retry-After": "7"}}),
            "throttled",
        ),
        (json!({"id": "7", "status": 200, "body": {}}), "unusable"),
    ] {
        let first = json!({"id": "0", "status": 200, "body": {"id": "a"}});
        let found = renew(&["a", "b"], json!([first, part])).await;
        assert_eq!(found.unwrap_err().code(), code, "{part}");
    }
    assert_eq!(renew(&[], json!([])).await, Ok(Vec::new()));
}
