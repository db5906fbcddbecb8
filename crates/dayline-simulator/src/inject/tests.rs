//! Injected items through the services' front doors.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::testing::Bench;

const VIEW: &str = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z";

fn inject(bench: &mut Bench, provider: &str, more: &Value) {
    let mut body = json!({"provider": provider});
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    bench.admin("POST", "/inject", &body).expect(200);
}

fn bytes(bench: &mut Bench, path: &str) -> Bytes {
    let token = bench
        .sim
        .accounts()
        .into_iter()
        .find(|one| one.provider == "microsoft")
        .unwrap();
    let request = http::Request::get(format!("{}{path}", crate::testing::ORIGIN))
        .header("authorization", format!("Bearer {}", token.access_token))
        .body(Bytes::new())
        .unwrap();
    let mut rng = <rand_chacha::ChaCha8Rng as rand::SeedableRng>::seed_from_u64(1);
    let now = bench.now;
    bench.sim.handle(&request, now, &mut rng).into_body()
}

#[test]
fn items_stand_in_every_list_of_their_calendar_as_they_are() {
    let mut bench = Bench::empty();
    let item = json!({"id": "odd", "subject": 5, "start": null, "type": "exception", "seriesMasterId": "nobody"});
    inject(&mut bench, "microsoft", &json!({"item": item}));
    inject(&mut bench, "microsoft", &json!({"item": item}));
    for path in [
        "/me/events".to_owned(),
        format!("/me/calendarView?{VIEW}"),
        format!("/me/calendarView/delta?{VIEW}"),
    ] {
        let list = bench.graph("GET", &path, &Value::Null).expect(200);
        assert_eq!(
            list["value"],
            json!([item, item]),
            "{path}: twice the same id"
        );
    }
    assert_eq!(
        bench
            .graph("GET", "/me/events/odd", &Value::Null)
            .expect(200),
        item
    );
    inject(
        &mut bench,
        "google",
        &json!({"item": {"id": "g", "summary": []}}),
    );
    let list = bench
        .google("GET", "/calendars/primary/events", &Value::Null)
        .expect(200);
    assert_eq!(list["items"], json!([{"id": "g", "summary": []}]));
    assert_eq!(
        bench
            .google("GET", "/calendars/primary/events/g", &Value::Null)
            .expect(200)["id"],
        "g"
    );

    bench
        .admin("DELETE", "/inject", &json!({"provider": "microsoft"}))
        .expect(200);
    let list = bench.graph("GET", "/me/events", &Value::Null).expect(200);
    assert_eq!(list["value"], json!([]));
}

#[test]
fn a_round_names_an_item_once() {
    let mut bench = Bench::empty();
    inject(&mut bench, "microsoft", &json!({"item": {"id": "a"}}));
    let page = bench
        .graph(
            "GET",
            &format!("/me/calendarView/delta?{VIEW}"),
            &Value::Null,
        )
        .expect(200);
    assert_eq!(page["value"], json!([{"id": "a"}]));
    let link = page["@odata.deltaLink"].as_str().unwrap().to_owned();
    inject(&mut bench, "microsoft", &json!({"item": {"id": "b"}}));
    let page = bench.graph("GET", &link, &Value::Null).expect(200);
    assert_eq!(page["value"], json!([{"id": "b"}]));
}

#[test]
fn bytes_may_be_no_text_at_all() {
    let mut bench = Bench::empty();
    let raw = b"{\"id\": \"x\", \"subject\": \"a\xff\xfeb\"}";
    inject(
        &mut bench,
        "microsoft",
        &json!({"raw_base64": STANDARD.encode(raw)}),
    );
    inject(
        &mut bench,
        "microsoft",
        &json!({"raw": "{\"id\": 1e999, \"id\": 2}"}),
    );
    let body = bytes(&mut bench, "/v1.0/me/events");
    let holds = |needle: &[u8]| body.windows(needle.len()).any(|window| window == needle);
    assert!(holds(raw));
    assert!(holds(b",{\"id\": 1e999, \"id\": 2}]"));
}

#[test]
fn long_text_is_made_here() {
    let mut bench = Bench::empty();
    let fill =
        json!({"item": {"id": "long"}, "fill": {"subject": {"text": "ab", "times": 5_000_000}}});
    inject(&mut bench, "microsoft", &fill);
    let event = bench
        .graph("GET", "/me/events/long", &Value::Null)
        .expect(200);
    assert_eq!(event["subject"].as_str().unwrap().len(), 10_000_000);
}

#[test]
fn an_injected_series_lists_what_was_injected_under_it() {
    let mut bench = Bench::empty();
    inject(
        &mut bench,
        "microsoft",
        &json!({"item": {"id": "m", "type": "seriesMaster"}}),
    );
    inject(
        &mut bench,
        "microsoft",
        &json!({"item": {"id": "o", "seriesMasterId": "m"}}),
    );
    let list = bench
        .graph(
            "GET",
            &format!("/me/events/m/instances?{VIEW}"),
            &Value::Null,
        )
        .expect(200);
    assert_eq!(list["value"], json!([{"id": "o", "seriesMasterId": "m"}]));
}

#[test]
fn what_cannot_be_injected_is_said() {
    let mut bench = Bench::empty();
    for body in [
        json!({"provider": "microsoft"}),
        json!({"provider": "microsoft", "email": "nobody@x.example", "item": {}}),
        json!({"provider": "microsoft", "calendar": "none", "item": {}}),
        json!({"provider": "microsoft", "raw_base64": "?"}),
    ] {
        bench.admin("POST", "/inject", &body).expect(400);
    }
}
