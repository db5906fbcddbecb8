use serde_json::{Value, json};

use super::*;
use crate::Scenario;
use crate::testing::{Bench, ORIGIN, column};

const WINDOW: &str = "startDateTime=2026-11-16T00:00:00Z&endDateTime=2026-11-23T00:00:00Z";

/// Address, cloud, and the host of join links.
const PEOPLE: [(&str, &str, &str); 4] = [
    ("ada@contoso.example", "", "teams.microsoft.com"),
    (
        "ada@agency.us.example",
        "/us-gov-high",
        "gov.teams.microsoft.us",
    ),
    (
        "ada@defence.us.example",
        "/us-gov-dod",
        "dod.teams.microsoft.us",
    ),
    (
        "ada@contoso.cn.example",
        "/china",
        "teams.microsoftonline.cn",
    ),
];

#[test]
fn every_cloud_answers_with_links_of_its_own() {
    let mut bench = Bench::new(Scenario::Clouds);
    for (email, prefix, teams) in PEOPLE {
        let events = format!("{prefix}/v1.0/me/events");
        let list = bench.as_user(email, "GET", &format!("{events}?$top=1"), &Value::Null);
        let list = list.expect(200);
        let begin = format!("{ORIGIN}{prefix}/v1.0/");
        for name in ["@odata.context", "@odata.nextLink"] {
            assert!(list[name].as_str().unwrap().starts_with(&begin), "{list}");
        }
        let all = bench
            .as_user(email, "GET", &events, &Value::Null)
            .expect(200);
        assert_eq!(column(&all["value"], "subject").len(), 3);
        let join = all["value"].as_array().unwrap().iter().find_map(|event| {
            event["onlineMeeting"]["joinUrl"]
                .as_str()
                .map(str::to_owned)
        });
        assert!(join.unwrap().starts_with(&format!("https://{teams}/")));
        let delta = format!("{prefix}/v1.0/me/calendarView/delta?{WINDOW}");
        let round = bench
            .as_user(email, "GET", &delta, &Value::Null)
            .expect(200);
        let link = round["@odata.deltaLink"].as_str().unwrap().to_owned();
        assert!(link.starts_with(&begin), "{link}");
        bench.as_user(email, "GET", &link, &Value::Null).expect(200);
        let parts = json!({"requests": [{"id": "1", "method": "GET", "url": "/me/calendars"}]});
        let batch = format!("{prefix}/v1.0/$batch");
        let answer = bench.as_user(email, "POST", &batch, &parts).expect(200);
        assert_eq!(answer["responses"][0]["status"], 200, "{answer}");
    }
}

#[test]
fn a_token_opens_its_own_cloud_alone() {
    let mut bench = Bench::new(Scenario::Clouds);
    for (email, home, _) in PEOPLE {
        for (_, prefix, _) in PEOPLE {
            let target = format!("{prefix}/v1.0/me");
            let answer = bench.as_user(email, "GET", &target, &Value::Null);
            if home == prefix {
                answer.expect(200);
            } else {
                assert_eq!(answer.at("/error/code"), "InvalidAuthenticationToken");
                assert_eq!(answer.status, 401);
                let challenge = answer.header("www-authenticate");
                assert!(challenge.contains(&format!("{ORIGIN}{prefix}/common/")));
            }
        }
    }
    let answer = bench.send("GET", "/china/calendar/v3/colors", &[], "");
    assert_eq!(answer.status, 404, "Google has no national clouds");
    assert_eq!(
        bench.send("POST", "/us-gov-high/token", &[], "").status,
        404
    );
}

#[test]
fn a_cloud_lacks_what_its_schema_does_not_name() {
    let mut bench = Bench::new(Scenario::Clouds);
    for (email, prefix, _) in PEOPLE {
        let base = format!("{prefix}/v1.0/me");
        // Whether the place or the property is unknown, for an event that there is not.
        let mut lacks = |method: &str, path: &str, body: &Value| {
            let answer = bench.as_user(email, method, &format!("{base}{path}"), body);
            answer.status != 200 && answer.at("/error/code") == "BadRequest"
        };
        let gov = prefix.contains("gov");
        let china = prefix == "/china";
        let to = json!({"toRecipients": [{"emailAddress": {"address": "x@y.example"}}]});
        let nothing = Value::Null;
        for (method, path, body, expected) in [
            ("GET", "/outlook/masterCategories", &nothing, china),
            ("POST", "/events/x/forward", &to, gov),
            ("POST", "/events/x/permanentDelete", &nothing, gov),
            ("POST", "/calendars/x/permanentDelete", &nothing, gov),
            (
                "GET",
                "/events/x?$select=id,cancelledOccurrences",
                &nothing,
                !prefix.is_empty(),
            ),
            (
                "GET",
                "/events/x?$expand=exceptionOccurrences",
                &nothing,
                !prefix.is_empty(),
            ),
        ] {
            assert_eq!(lacks(method, path, body), expected, "{prefix} {path}");
        }
    }
}

#[test]
fn every_cloud_signs_in_its_own_people() {
    let mut bench = Bench::new(Scenario::Clouds);
    let query = "client_id=11111111-2222-3333-4444-555555555555&response_type=code&redirect_uri=http://localhost:5/&scope=Calendars.Read&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=s";
    let at =
        |prefix: &str, tenant: &str| format!("{prefix}/{tenant}/oauth2/v2.0/authorize?{query}");
    for (email, home, _) in PEOPLE {
        for (_, prefix, _) in PEOPLE {
            let form = format!("email={email}&decision=allow");
            let answer = bench.send("POST", &at(prefix, "common"), &[], form);
            if home == prefix {
                assert_eq!(answer.status, 302, "{}", answer.text);
            } else {
                assert_eq!(answer.status, 400);
                assert!(answer.text.contains("AADSTS50020"), "{}", answer.text);
            }
        }
    }
    let answer = bench.send("GET", &at("/china", "contoso.example"), &[], "");
    assert!(answer.text.contains("AADSTS90038"), "{}", answer.text);
    let well_known = "/us-gov-high/organizations/v2.0/.well-known/openid-configuration";
    let metadata = bench.send("GET", well_known, &[], "");
    let token = format!("{ORIGIN}/us-gov-high/organizations/oauth2/v2.0/token");
    assert_eq!(metadata.at("/token_endpoint"), token);
}

#[test]
fn a_refresh_token_is_nothing_to_another_cloud() {
    let mut bench = Bench::new(Scenario::Clouds);
    let accounts = bench.sim.accounts();
    for (account, (_, home, _)) in accounts.iter().zip(PEOPLE) {
        for (_, prefix, _) in PEOPLE {
            let form = format!(
                "grant_type=refresh_token&client_id={}&refresh_token={}",
                account.client_id, account.refresh_token
            );
            let url = format!("{prefix}/common/oauth2/v2.0/token");
            let status = bench.send("POST", &url, &[], form).status;
            assert_eq!(status, if home == prefix { 200 } else { 400 });
        }
    }
    assert_eq!(accounts[1].cloud.as_deref(), Some("us-gov-high"));
    assert_eq!(Cloud::of_segment("global"), None);
}
