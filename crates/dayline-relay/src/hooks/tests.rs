use http::HeaderMap;

use super::*;

fn kinds(body: &str, state: &str) -> Option<Vec<HintKind>> {
    let notices = microsoft::notices(body.as_bytes())?;
    believed(&notices, StateHash::of(state.as_bytes()))
}

#[test]
fn each_item_of_microsoft_is_believed_for_itself() {
    let changed = r##"{"subscriptionId":"s","clientState":"ours","changeType":"updated","resource":"Users/u/Events/e","tenantId":"t","resourceData":{"@odata.type":"#Microsoft.Graph.Event","id":"e"}}"##;
    let foreign = changed.replace("ours", "theirs");
    let lifecycle = |event: &str| {
        format!(r#"{{"subscriptionId":"s","clientState":"ours","lifecycleEvent":"{event}"}}"#)
    };
    for (items, expected) in [
        (changed.to_owned(), Some(vec![HintKind::Changed])),
        (foreign.clone(), None),
        (
            format!("{foreign},{changed}"),
            Some(vec![HintKind::Changed]),
        ),
        (
            format!("{changed},{changed}"),
            Some(vec![HintKind::Changed]),
        ),
        (
            format!("7,null,{{}},\"x\",{changed}"),
            Some(vec![HintKind::Changed]),
        ),
        (lifecycle("missed"), Some(vec![HintKind::Missed])),
        (
            lifecycle("subscriptionRemoved"),
            Some(vec![HintKind::Removed]),
        ),
        (
            lifecycle("reauthorizationRequired"),
            Some(vec![HintKind::Reauthorize]),
        ),
        (lifecycle("somethingNew"), Some(vec![HintKind::Missed])),
        (
            format!("{changed},{}", lifecycle("missed")),
            Some(vec![HintKind::Changed, HintKind::Missed]),
        ),
        (
            r#"{"clientState":"ours","lifecycleEvent":"missed","changeType":"updated"}"#.into(),
            None,
        ),
        (r#"{"clientState":"ours"}"#.into(), None),
        (r#"{"clientState":7,"changeType":"updated"}"#.into(), None),
        (
            r#"{"clientState":"our\u0073","changeType":"updated"}"#.into(),
            Some(vec![HintKind::Changed]),
        ),
        (String::new(), None),
    ] {
        let body = format!(r#"{{"value":[{items}],"validationTokens":["x"]}}"#);
        assert_eq!(kinds(&body, "ours"), expected, "{body}");
    }
}

#[test]
fn bodies_that_are_no_collection_say_nothing() {
    let deep = "[".repeat(100_000);
    for body in [
        "",
        "{}",
        "[]",
        "null",
        "{\"value\":{}}",
        "{\"value\":[",
        "<html>",
        &deep,
    ] {
        assert!(microsoft::notices(body.as_bytes()).is_none());
    }
    assert!(microsoft::notices(b"\xFF\xFE").is_none());
}

#[test]
fn a_handshake_gives_the_decoded_token_back() {
    let long = format!("validationToken={}", "a".repeat(2049));
    for (query, expected) in [
        (None, None),
        (Some(""), None),
        (Some("other=1"), None),
        (
            Some("validationToken=Validation%3A+Testing%20client%2Bapplication"),
            Some(Some("Validation: Testing client+application")),
        ),
        (
            Some("a=b&validationToken=%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
            Some(Some("<script>alert(1)</script>")),
        ),
        (Some("validationToken="), Some(None)),
        (Some("validationToken=a%0d%0aSet-Cookie:x"), Some(None)),
        (Some("validationToken=%FF"), Some(None)),
        (Some(long.as_str()), Some(None)),
    ] {
        let found = microsoft::handshake(query);
        let found = found.as_ref().map(Option::as_deref);
        assert_eq!(found, expected, "{query:?}");
    }
}

#[test]
fn google_says_all_in_headers() {
    let headers = |pairs: &[(&'static str, &'static str)]| {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        headers
    };
    let ours = StateHash::of(b"ours");
    for (pairs, expected) in [
        (&[][..], None),
        (&[("x-goog-resource-state", "exists")][..], None),
        (&[("x-goog-channel-token", "ours")][..], None),
        (
            &[
                ("x-goog-channel-token", "ours"),
                ("x-goog-resource-state", "sync"),
            ][..],
            Some(vec![]),
        ),
        (
            &[
                ("x-goog-channel-token", "ours"),
                ("x-goog-resource-state", "exists"),
            ][..],
            Some(vec![HintKind::Changed]),
        ),
        (
            &[
                ("x-goog-channel-token", "ours"),
                ("x-goog-resource-state", "not_exists"),
            ][..],
            Some(vec![HintKind::Changed]),
        ),
        (
            &[
                ("x-goog-channel-token", "theirs"),
                ("x-goog-resource-state", "exists"),
            ][..],
            None,
        ),
    ] {
        let notice = google::notice(&headers(pairs));
        let found = notice.and_then(|notice| believed(&[notice], ours));
        assert_eq!(found, expected, "{pairs:?}");
    }
}

#[test]
fn whatever_a_vendor_sends_is_read_without_harm() {
    proptest::proptest!(|(body: Vec<u8>)| {
        drop(microsoft::notices(&body));
        drop(microsoft::handshake(std::str::from_utf8(&body).ok()));
    });
}
