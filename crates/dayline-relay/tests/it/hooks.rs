use dayline_relay_protocol::{FromRelay, HintKind, Vendor};
use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn the_handshake_gives_the_token_back_as_plain_text() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Microsoft, "state").await;
    let url = format!(
        "{}?validationToken=Validation%3A+%3Cscript%3Ealert%281%29%3C%2Fscript%3E%2B",
        channel.url
    );
    let answer = stage.http.post(&url).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let headers = answer.headers().clone();
    assert_eq!(headers["content-type"], "text/plain; charset=utf-8");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let token = answer.bytes().await.unwrap();
    assert_eq!(&token[..], b"Validation: <script>alert(1)</script>+");
    let google = stage.channel(&device, Vendor::Google, "state").await;
    let forged = google.url.replace("/google/", "/microsoft/") + "?validationToken=a";
    assert_eq!(stage.http.post(forged).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn lifecycle_events_and_mixed_batches_are_taken_item_by_item() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Microsoft, "ours").await;
    let mut socket = stage.connect(&device).await;
    socket.hello(None).await;
    let event = |state: &str, event: &str| {
        json!({
            "subscriptionId": "7f105c7d", "tenantId": "84bd8158",
            "clientState": state, "lifecycleEvent": event,
        })
    };
    for (items, expected) in [
        (vec![event("ours", "missed")], vec![HintKind::Missed]),
        (
            vec![
                event("theirs", "missed"),
                event("ours", "subscriptionRemoved"),
            ],
            vec![HintKind::Removed],
        ),
        (
            vec![
                event("ours", "reauthorizationRequired"),
                json!(7),
                event("ours", "missed"),
            ],
            vec![HintKind::Missed, HintKind::Reauthorize],
        ),
    ] {
        let status = stage.notify(&channel, &json!({"value": items})).await;
        assert_eq!(status, 202);
        for kind in expected {
            match socket.next().await {
                Some(FromRelay::Hint(hint)) => assert_eq!(hint.kind, kind),
                other => panic!("{other:?}"),
            }
        }
    }
    let foreign = json!({"value": [event("theirs", "missed")]});
    assert_eq!(stage.notify(&channel, &foreign).await, 404);
    assert!(socket.is_quiet().await);
}

#[tokio::test]
async fn google_greets_and_tells() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Google, "token").await;
    let mut socket = stage.connect(&device).await;
    socket.hello(None).await;
    let send = async |token: &str, state: &str| {
        let answer = stage
            .http
            .post(&channel.url)
            .header("x-goog-channel-id", "01234567-89ab-cdef-0123456789ab")
            .header("x-goog-message-number", "1")
            .header("x-goog-resource-id", "o3hgv1538sdjfh")
            .header("x-goog-resource-state", state)
            .header(
                "x-goog-resource-uri",
                "https://www.googleapis.com/calendar/v3/x",
            )
            .header("x-goog-channel-token", token)
            .body("")
            .send()
            .await
            .unwrap();
        answer.status().as_u16()
    };
    assert_eq!(send("token", "sync").await, 202);
    assert!(socket.is_quiet().await);
    assert_eq!(send("token", "exists").await, 202);
    assert!(matches!(socket.next().await, Some(FromRelay::Hint(_))));
    assert_eq!(send("other", "exists").await, 404);
    assert!(socket.is_quiet().await);
}

#[tokio::test]
async fn forged_foreign_and_broken_requests_are_one_answer() {
    let stage = Stage::new().await;
    let other = Stage::new().await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Microsoft, "state").await;
    let mut socket = stage.connect(&device).await;
    socket.hello(None).await;
    let (base, sealed) = channel.url.rsplit_once('/').unwrap();
    let mut wrong = sealed.to_owned().into_bytes();
    wrong[40] = if wrong[40] == b'A' { b'B' } else { b'A' };
    let wrong = String::from_utf8(wrong).unwrap();
    let body = json!({"value": [{"clientState": "state", "changeType": "updated"}]}).to_string();
    let mut answers = Vec::new();
    for (path, body) in [
        (wrong.as_str(), body.as_str()),
        (&sealed[1..], &body),
        ("A", &body),
        ("%00%ff", &body),
        (&"A".repeat(4_000), &body),
        (&device.secret, &body),
        (
            sealed,
            r#"{"value":[{"clientState":"State","changeType":"updated"}]}"#,
        ),
        (sealed, r#"{"value":[]}"#),
        (sealed, r#"{"value":[{"changeType":"updated"}]}"#),
        // Large and no collection, for a channel that opens and for one that does not.
        (sealed, &" ".repeat(20_000)),
        (&wrong, &" ".repeat(20_000)),
    ] {
        let answer = stage
            .http
            .post(format!("{base}/{path}"))
            .header("content-type", "application/json")
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        let mut headers = answer.headers().clone();
        headers.remove("date");
        let status = answer.status();
        answers.push((status, headers, answer.bytes().await.unwrap()));
    }
    assert_eq!(answers[0].0, 404);
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
    }
    drop(other);
    for (content_type, body, expected) in [
        ("application/json", "", 400),
        ("application/json; charset=utf-8", "{}", 400),
        ("text/html", body.as_str(), 415),
        ("application/json; charset=utf-8", body.as_str(), 202),
    ] {
        let answer = stage
            .http
            .post(&channel.url)
            .header("content-type", content_type)
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), expected, "{content_type} {body}");
    }
    assert!(matches!(socket.next().await, Some(FromRelay::Hint(_))));
    assert!(socket.is_quiet().await);
}
