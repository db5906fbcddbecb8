use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use dayline_host::{Clock, Http};
use serde_json::json;
use url::Url;

use super::*;
use crate::testing::{json as answer, network, text, token, utc};

/// A clock that is moved by hand, in minutes.
#[derive(Default)]
struct Moved(AtomicI64);

impl Clock for Moved {
    fn now(&self) -> DateTime<Utc> {
        utc("2026-11-20T10:00:00Z") + TimeDelta::minutes(self.0.load(Ordering::Relaxed))
    }
}

fn client(http: Arc<dyn Http>, clock: Arc<Moved>) -> Client {
    let base = Url::parse("https://www.googleapis.com/calendar/v3").unwrap();
    Client::new(http, clock, base)
}

fn calendar() -> ProviderCalendarId {
    ProviderCalendarId::from("ann@x.test")
}

/// Labels L1 and L2, and the colours of the older palette.
fn explains(target: &str) -> ::http::Response<bytes::Bytes> {
    answer(&if target.ends_with("/colors") {
        json!({"kind": "calendar#colors", "event": {
            "1": {"background": "#A4BDFC", "foreground": "#1d1d1d"},
            "2": {"background": "blue"}, "3": "odd",
        }})
    } else {
        json!({"id": "ann@x.test", "labelProperties": {"eventLabels": [
            {"id": "L1", "name": " Deep\n work ", "backgroundColor": "#039BE5"},
            {"id": "L2", "backgroundColor": "#112233"},
            {"name": "without an id"}, 7,
        ]}})
    })
}

async fn context(palette: &Palette, client: &Client, items: &Value) -> Context {
    let items = items.as_array().unwrap();
    palette
        .context(client, &token(), &calendar(), items, None)
        .await
        .unwrap()
}

#[tokio::test]
async fn nothing_is_asked_for_that_no_event_names() {
    let (http, log) = network(explains);
    let client = client(http, Arc::default());
    let palette = Palette::default();
    let plain = json!([{"id": "a"}, {"colorId": null, "eventLabelId": ""}, 7]);
    let known = context(&palette, &client, &plain).await;
    assert!(known.colors.is_empty() && known.labels.is_empty());
    assert!(log.targets().is_empty());
}

#[tokio::test]
async fn colours_are_asked_for_once_and_labels_once_a_day() {
    let (http, log) = network(explains);
    let clock = Arc::new(Moved::default());
    let client = client(http, Arc::clone(&clock));
    let palette = Palette::default();
    let items = json!([{"colorId": "1", "eventLabelId": "L1"}, {"eventLabelId": "L2"}]);
    let known = context(&palette, &client, &items).await;
    assert_eq!(known.colors.get("1").map(String::as_str), Some("#a4bdfc"));
    assert_eq!(known.colors.len(), 1, "only what is a colour");
    let label = |name: Option<&str>, color: &str| Label {
        name: name.map(str::to_owned),
        color: Some(color.to_owned()),
    };
    assert_eq!(
        known.labels.get("L1"),
        Some(&label(Some("Deep work"), "#039be5"))
    );
    assert_eq!(known.labels.get("L2"), Some(&label(None, "#112233")));
    let expected = Category {
        name: "Deep work".to_owned(),
        color: "#039be5".to_owned(),
    };
    assert_eq!(known.categories(items.as_array().unwrap()), [expected]);
    let targets = ["/calendar/v3/colors", "/calendar/v3/calendars/ann@x.test"];
    assert_eq!(log.targets(), targets);

    context(&palette, &client, &items).await;
    assert_eq!(log.targets().len(), 2, "both are known");
    clock.0.store(24 * 60, Ordering::Relaxed);
    context(&palette, &client, &items).await;
    assert_eq!(log.targets().len(), 3, "labels may have changed in a day");
}

#[tokio::test]
async fn a_label_that_is_new_is_asked_for_and_one_that_does_not_exist_only_once() {
    let (http, log) = network(explains);
    let client = client(http, Arc::default());
    let palette = Palette::default();
    let labelled = |id: &str| json!([{"eventLabelId": id}]);
    context(&palette, &client, &labelled("L1")).await;
    context(&palette, &client, &labelled("gone")).await;
    context(&palette, &client, &labelled("gone")).await;
    context(&palette, &client, &labelled("L2")).await;
    assert_eq!(log.targets().len(), 2);
    context(&palette, &client, &labelled("gone too")).await;
    context(&palette, &client, &labelled("gone")).await;
    assert_eq!(log.targets().len(), 3, "neither is asked for again");
}

#[tokio::test]
async fn what_the_account_may_not_see_stays_unknown() {
    for status in [403, 404, 400] {
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        let (http, _) = network(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            text(
                status,
                "application/json",
                r#"{"error": {"errors": [{"reason": "insufficientPermissions"}]}}"#,
            )
        });
        let clock = Arc::new(Moved::default());
        let client = client(http, Arc::clone(&clock));
        let palette = Palette::default();
        let items = json!([{"eventLabelId": "L1"}]);
        for _ in 0..3 {
            let known = context(&palette, &client, &items).await;
            assert!(known.labels.is_empty());
            assert!(known.categories(items.as_array().unwrap()).is_empty());
        }
        assert_eq!(asked.load(Ordering::Relaxed), 1, "{status}");
        clock.0.store(60, Ordering::Relaxed);
        context(&palette, &client, &items).await;
        assert_eq!(
            asked.load(Ordering::Relaxed),
            2,
            "the user may have granted more"
        );
        let colored = context(&palette, &client, &json!([{"colorId": "1"}])).await;
        assert!(colored.colors.is_empty());
    }
}

#[tokio::test]
async fn a_failure_that_may_pass_is_the_error_of_the_page() {
    for (status, code) in [(401, "unauthorized"), (429, "throttled"), (500, "server")] {
        for item in [json!({"colorId": "1"}), json!({"eventLabelId": "L1"})] {
            let (http, _) = network(move |_| text(status, "application/json", "{}"));
            let client = client(http, Arc::default());
            let found = Palette::default()
                .context(&client, &token(), &calendar(), &[item], None)
                .await;
            assert_eq!(found.map(|_| ()).unwrap_err().code(), code);
        }
    }
}

#[tokio::test]
async fn the_zone_of_a_calendar_is_remembered() {
    let (http, _) = network(explains);
    let client = client(http, Arc::default());
    let palette = Palette::default();
    assert_eq!(context(&palette, &client, &json!([])).await.zone, None);
    palette.put_zone(&calendar(), Zone::parse("Europe/Berlin"));
    let zone = context(&palette, &client, &json!([])).await.zone;
    assert_eq!(zone, Some(Zone::parse("Europe/Berlin")));
    let told = Some(Zone::parse("Asia/Tokyo"));
    let (token, id) = (token(), calendar());
    let context_of = |zone| palette.context(&client, &token, &id, &[], zone);
    assert_eq!(context_of(told.clone()).await.unwrap().zone, told);
    assert_eq!(context_of(None).await.unwrap().zone, told);
}
