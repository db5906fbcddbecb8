use serde_json::{Value, json};

use super::*;
use crate::Scenario;
use crate::testing::{Answer, Bench, column};

const ADA: &str = "ada@contoso.example";
const WINDOW: &str = "startDateTime=2026-11-16T00:00:00Z&endDateTime=2026-11-23T00:00:00Z";

fn get(bench: &mut Bench, path: &str) -> Answer {
    bench.as_user(ADA, "GET", &format!("/v1.0{path}"), &Value::Null)
}

fn post(bench: &mut Bench, path: &str, body: &Value) -> Answer {
    bench.as_user(ADA, "POST", &format!("/v1.0{path}"), body)
}

/// Ada's copy of somebody's calendar.
fn copy_of(bench: &mut Bench, owner: &str) -> Option<Value> {
    let list = get(bench, "/me/calendars").expect(200);
    let all = list["value"].as_array().unwrap();
    let address = format!("{owner}@contoso.example");
    all.iter()
        .find(|one| one["owner"]["address"] == address.as_str())
        .cloned()
}

fn id_of(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

/// The events of a list by their beginning subject.
fn find(list: &Value, part: &str) -> Value {
    let all = list["value"].as_array().unwrap();
    let is_meant = |one: &&Value| {
        one["subject"]
            .as_str()
            .is_some_and(|text| text.contains(part))
    };
    all.iter()
        .find(is_meant)
        .unwrap_or_else(|| panic!("no {part} in {list}"))
        .clone()
}

#[test]
fn an_accepted_share_says_what_its_role_lets_do() {
    let mut bench = Bench::new(Scenario::Shared);
    for (owner, edits, private) in [
        ("bob", true, false),
        ("dave", false, false),
        ("eve", false, false),
        ("frank", false, false),
        ("grace", false, false),
        ("heidi", true, false),
    ] {
        let copy = copy_of(&mut bench, owner).unwrap_or_else(|| panic!("{owner}"));
        let said = [
            "canEdit",
            "canShare",
            "canViewPrivateItems",
            "isDefaultCalendar",
        ]
        .map(|name| copy[name].as_bool().unwrap());
        assert_eq!(said, [edits, false, private, false], "{owner}");
    }
    assert_eq!(copy_of(&mut bench, "carol"), None, "not listed");
    let own = copy_of(&mut bench, "ada").unwrap();
    assert_eq!(
        (own["canShare"].as_bool(), own["canEdit"].as_bool()),
        (Some(true), Some(true))
    );
}

#[test]
fn a_copy_has_ids_of_its_own_and_follows_the_original() {
    let mut bench = Bench::new(Scenario::Shared);
    let copy = id_of(&copy_of(&mut bench, "bob").unwrap());
    let delta = format!("/me/calendars/{copy}/calendarView/delta?{WINDOW}");
    let round = get(&mut bench, &delta).expect(200);
    let link = round["@odata.deltaLink"].as_str().unwrap().to_owned();
    let list = get(&mut bench, &format!("/me/calendars/{copy}/events")).expect(200);
    let here = find(&list, "Bob: planning");
    let bob = "bob@contoso.example";
    let theirs = bench
        .as_user(bob, "GET", "/v1.0/me/events", &Value::Null)
        .expect(200);
    let there = find(&theirs, "Bob: planning");
    assert_ne!(here["id"], there["id"]);
    assert_eq!(here["iCalUId"], there["iCalUId"]);
    assert_eq!(
        (&here["isOrganizer"], &there["isOrganizer"]),
        (&json!(false), &json!(true))
    );
    let answer = get(&mut bench, &format!("/me/events/{}", id_of(&there)));
    assert_eq!(answer.status, 404, "the owner's id");

    let target = format!("/v1.0/me/events/{}", id_of(&there));
    bench
        .as_user(bob, "PATCH", &target, &json!({"subject": "Moved by Bob"}))
        .expect(200);
    let next = bench.as_user(ADA, "GET", &link, &Value::Null).expect(200);
    assert_eq!(column(&next["value"], "id"), [id_of(&here)]);
    let link = next["@odata.deltaLink"].as_str().unwrap().to_owned();
    assert_eq!(
        bench.as_user(bob, "DELETE", &target, &Value::Null).status,
        204
    );
    let next = bench.as_user(ADA, "GET", &link, &Value::Null).expect(200);
    assert_eq!(next["value"][0]["id"], here["id"]);
    assert!(next["value"][0]["@removed"].is_object(), "{next}");
}

#[test]
fn a_write_on_a_copy_reaches_the_owner() {
    let mut bench = Bench::new(Scenario::Shared);
    let bob = "bob@contoso.example";
    let copy = id_of(&copy_of(&mut bench, "bob").unwrap());
    let list = get(&mut bench, &format!("/me/calendars/{copy}/events")).expect(200);
    let event = find(&list, "Bob: planning");
    let path = format!("/v1.0/me/events/{}", id_of(&event));
    let changed = bench
        .as_user(ADA, "PATCH", &path, &json!({"subject": "By Ada"}))
        .expect(200);
    assert_eq!(
        (&changed["id"], &changed["subject"]),
        (&event["id"], &json!("By Ada"))
    );
    let stale = [("if-match", event["@odata.etag"].as_str().unwrap())];
    let token = bench.sim.accounts()[0].access_token.clone();
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), stale[0]];
    let answer = bench.send(
        "PATCH",
        &path,
        &headers,
        json!({"subject": "Late"}).to_string(),
    );
    assert_eq!(answer.status, 412, "{}", answer.text);

    let fresh = [
        ("authorization", bearer.as_str()),
        ("if-match", changed["@odata.etag"].as_str().unwrap()),
    ];
    let answer = bench.send(
        "PATCH",
        &path,
        &fresh,
        json!({"importance": "high"}).to_string(),
    );
    assert_eq!(answer.expect(200)["importance"], "high");

    let new = json!({
        "subject": "For Bob",
        "start": {"dateTime": "2026-11-19T09:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-19T10:00:00", "timeZone": "UTC"},
    });
    let made = post(&mut bench, &format!("/me/calendars/{copy}/events"), &new).expect(201);
    assert_eq!(made["organizer"]["emailAddress"]["address"], bob);
    get(&mut bench, &format!("/me/events/{}", id_of(&made))).expect(200);
    let theirs = bench
        .as_user(bob, "GET", "/v1.0/me/events", &Value::Null)
        .expect(200);
    find(&theirs, "For Bob");
    find(&theirs, "By Ada");

    // One occurrence of a series.
    let view = get(
        &mut bench,
        &format!("/me/calendars/{copy}/calendarView?{WINDOW}"),
    )
    .expect(200);
    let all = view["value"].as_array().unwrap();
    let occurrence = all.iter().find(|one| one["type"] == "occurrence").unwrap();
    let path = format!("/v1.0/me/events/{}", id_of(occurrence));
    assert_eq!(
        bench.as_user(ADA, "DELETE", &path, &Value::Null).status,
        204
    );
    let target = format!("/v1.0/me/calendarView?{WINDOW}");
    let theirs = bench.as_user(bob, "GET", &target, &Value::Null).expect(200);
    assert_eq!(theirs["value"].as_array().unwrap().len(), all.len() - 1);

    for owner in ["dave", "eve", "grace"] {
        let copy = id_of(&copy_of(&mut bench, owner).unwrap());
        let answer = post(&mut bench, &format!("/me/calendars/{copy}/events"), &new);
        let code = answer.at("/error/code");
        assert_eq!((answer.status, code.as_str()), (403, "ErrorAccessDenied"));
    }
}

#[test]
fn roles_hide_what_they_do_not_show() {
    let mut bench = Bench::new(Scenario::Shared);
    let mut rows = |owner: &str| {
        let copy = id_of(&copy_of(&mut bench, owner).unwrap());
        let view = get(
            &mut bench,
            &format!("/me/calendars/{copy}/calendarView?{WINDOW}"),
        );
        let mut rows: Vec<String> = view.expect(200)["value"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                let place = one["location"]["displayName"].as_str().unwrap_or_default();
                format!(
                    "{}|{place}|{}",
                    one["subject"].as_str().unwrap(),
                    one["bodyPreview"].as_str().unwrap()
                )
            })
            .collect();
        rows.sort();
        rows.join("; ")
    };
    assert_eq!(
        rows("dave"),
        "Busy||; Busy||; Busy||; Private Appointment||"
    );
    assert_eq!(
        rows("grace"),
        "Grace: planning|Room 4|; Grace: stand-up, outside||; Grace: stand-up||; Private Appointment||"
    );
    assert_eq!(
        rows("heidi"),
        "Heidi: planning|Room 4|Agenda; Heidi: stand-up, outside||; Heidi: stand-up||; Private Appointment||"
    );
    let copy = id_of(&copy_of(&mut bench, "bob").unwrap());
    let list = get(&mut bench, &format!("/me/calendars/{copy}/events")).expect(200);
    let private = id_of(&find(&list, "Private"));
    for (method, status) in [("GET", 404), ("PATCH", 404), ("DELETE", 404)] {
        let path = format!("/v1.0/me/events/{private}");
        assert_eq!(
            bench.as_user(ADA, method, &path, &Value::Null).status,
            status
        );
    }
}

#[test]
fn the_owners_mailbox_opens_to_shared_scopes_and_a_share() {
    let mut bench = Bench::new(Scenario::Shared);
    let carol = "/users/carol@contoso.example";
    let calendar = get(&mut bench, &format!("{carol}/calendar")).expect(200);
    assert_eq!(calendar["owner"]["address"], "carol@contoso.example");
    let said = ["canEdit", "canShare", "canViewPrivateItems"].map(|name| calendar[name].as_bool());
    assert_eq!(said, [Some(true), Some(false), Some(true)]);
    let list = get(&mut bench, &format!("{carol}/calendars")).expect(200);
    assert_eq!(list["value"].as_array().unwrap().len(), 1);
    let id = id_of(&calendar);
    let delta = format!("{carol}/calendars/{id}/calendarView/delta?{WINDOW}");
    let round = get(&mut bench, &delta).expect(200);
    let link = round["@odata.deltaLink"].as_str().unwrap().to_owned();
    assert!(link.contains("/users/carol"), "{link}");
    let events = get(&mut bench, &format!("{carol}/events")).expect(200);
    let private = id_of(&find(&events, "Carol: doctor"));
    get(&mut bench, &format!("{carol}/events/{private}")).expect(200);
    let series = id_of(&find(&events, "Carol: stand-up"));
    let instances = format!("{carol}/events/{series}/instances?{WINDOW}");
    let instances = get(&mut bench, &instances).expect(200);
    assert_eq!(instances["value"].as_array().unwrap().len(), 2);
    let path = format!("/v1.0{carol}/events/{private}");
    bench
        .as_user(ADA, "PATCH", &path, &json!({"subject": "Moved"}))
        .expect(200);
    let next = bench.as_user(ADA, "GET", &link, &Value::Null).expect(200);
    assert_eq!(column(&next["value"], "id"), [private]);

    // Less than that, and nothing at all.
    let heidi = "/users/heidi@contoso.example";
    let list = get(&mut bench, &format!("{heidi}/events")).expect(200);
    let hidden = id_of(&find(&list, "Private Appointment"));
    assert_eq!(
        get(&mut bench, &format!("{heidi}/events/{hidden}")).status,
        404
    );
    for (path, status) in [
        ("/users/eve@contoso.example/calendar", 404),
        ("/users/carol@contoso.example/mailboxSettings", 403),
        ("/users/carol@contoso.example", 403),
        ("/users/nobody@contoso.example/calendar", 403),
    ] {
        assert_eq!(get(&mut bench, path).status, status, "{path}");
    }
    let bob = "bob@contoso.example";
    let target = "/v1.0/users/carol@contoso.example/calendar";
    let answer = bench.as_user(bob, "GET", target, &Value::Null);
    assert_eq!(answer.at("/error/code"), "ErrorAccessDenied", "no scope");
}

#[test]
fn shares_come_change_and_go_at_run_time() {
    let mut bench = Bench::new(Scenario::Shared);
    let copy = id_of(&copy_of(&mut bench, "bob").unwrap());
    let change = json!({"email": ADA, "owner": "bob@contoso.example", "role": "freeBusyRead"});
    bench.admin("POST", "/shares", &change).expect(200);
    let now = copy_of(&mut bench, "bob").unwrap();
    assert_eq!(
        (id_of(&now), now["canEdit"].as_bool()),
        (copy.clone(), Some(false))
    );
    let list = get(&mut bench, &format!("/me/calendars/{copy}/events")).expect(200);
    find(&list, "Busy");

    let gone = json!({"email": ADA, "owner": "bob@contoso.example"});
    bench.admin("DELETE", "/shares", &gone).expect(200);
    assert_eq!(copy_of(&mut bench, "bob"), None);
    let view = get(
        &mut bench,
        &format!("/me/calendars/{copy}/calendarView?{WINDOW}"),
    );
    assert_eq!(
        (view.status, view.at("/error/code").as_str()),
        (404, "ErrorItemNotFound")
    );
    assert_eq!(
        get(&mut bench, "/users/bob@contoso.example/calendar").status,
        404
    );

    bench.admin("POST", "/shares", &change).expect(200);
    let again = copy_of(&mut bench, "bob").unwrap();
    assert_ne!(id_of(&again), copy, "accepted anew");
    let shares = bench.admin("GET", "/shares", &Value::Null).expect(200);
    assert_eq!(shares.as_array().unwrap().len(), 7);
    for wrong in [
        json!({"email": ADA, "owner": "x@y.example", "role": "read"}),
        json!({"email": ADA, "owner": "bob@contoso.example", "role": "boss"}),
        json!({"email": ADA, "owner": ADA, "role": "read"}),
        json!({"owner": "bob@contoso.example", "role": "read"}),
    ] {
        assert_eq!(
            bench.admin("POST", "/shares", &wrong).status,
            400,
            "{wrong}"
        );
    }
}

#[test]
fn permissions_are_the_owners_business() {
    let mut bench = Bench::new(Scenario::Shared);
    let heidi = "heidi@contoso.example";
    let target = "/v1.0/me/calendar/calendarPermissions";
    let list = bench
        .as_user(heidi, "GET", target, &Value::Null)
        .expect(200);
    let roles = column(&list["value"], "role");
    assert_eq!(roles, ["freeBusyRead", "delegateWithoutPrivateEventAccess"]);
    assert_eq!(list["value"][1]["emailAddress"]["address"], ADA);
    let copy = id_of(&copy_of(&mut bench, "heidi").unwrap());
    for path in [
        format!("/me/calendars/{copy}/calendarPermissions"),
        "/users/heidi@contoso.example/calendar/calendarPermissions".to_owned(),
    ] {
        assert_eq!(
            get(&mut bench, &path).at("/error/code"),
            "ErrorNotSupported"
        );
    }
}

#[test]
fn an_old_style_share_is_broken_for_ever() {
    let mut bench = Bench::new(Scenario::Shared);
    let copy = id_of(&copy_of(&mut bench, "frank").unwrap());
    get(&mut bench, &format!("/me/calendars/{copy}")).expect(200);
    for _ in 0..3 {
        let answer = get(&mut bench, &format!("/me/calendars/{copy}/events"));
        let code = answer.at("/error/code");
        assert_eq!(
            (answer.status, code.as_str()),
            (500, "ErrorInternalServerTransientError")
        );
    }
}

#[test]
fn an_id_in_a_copy_leads_back() {
    let mut bench = Bench::new(Scenario::Shared);
    bench.admin("GET", "/state", &Value::Null).expect(200);
    let account = &bench.sim.accounts[0];
    for share in &account.shares {
        let owner = bench
            .sim
            .accounts
            .iter()
            .find(|one| one.email == share.owner)
            .unwrap();
        let source = owner.calendar(&share.source).unwrap();
        for event in &source.events {
            let id = copied(&share.copy, &event.id);
            assert_eq!(original(&share.copy, source, &id), Some(event.id.clone()));
        }
    }
}

#[test]
fn the_exceptions_of_a_series_go_with_it_in_the_copy_as_well() {
    let mut bench = Bench::new(Scenario::Shared);
    let copy = id_of(&copy_of(&mut bench, "bob").unwrap());
    let list = format!("/me/calendars/{copy}/calendarView?{WINDOW}&$top=50");
    let subjects = |bench: &mut Bench| get(bench, &list).expect(200)["value"].to_string();
    assert!(subjects(&mut bench).contains("Bob: stand-up, outside"));
    let bob = "bob@contoso.example";
    let theirs = bench
        .as_user(bob, "GET", "/v1.0/me/events?$top=50", &Value::Null)
        .expect(200);
    let series = find(&theirs, "Bob: stand-up");
    assert_eq!(series["type"], "seriesMaster");
    let target = format!("/v1.0/me/events/{}", id_of(&series));
    let answer = bench.as_user(bob, "DELETE", &target, &Value::Null);
    assert_eq!(answer.status, 204);
    let left = subjects(&mut bench);
    assert!(!left.contains("Bob: stand-up"), "{left}");
}
