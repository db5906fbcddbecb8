//! A Microsoft that is prepared beforehand: sign-in, calendars, and pages of delta that are only
//! handed out.
//!
//! Written after the reference of Graph v1.0 (`event: delta`, `user: list calendars`). It answers
//! from memory and decides nothing, so that it takes no time of what is measured; the simulator,
//! which works, would.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use url::Url;

use crate::seed::{EMAIL, calendar_id, now};

/// Events of a page, as Dayline asks for them.
pub const PAGE: usize = 200;
/// The client that signs in.
pub const CLIENT: &str = "00000000-0000-4000-8000-000000000000";

/// Answers by path, those of delta by their token.
type Answers = Arc<RwLock<BTreeMap<String, Arc<str>>>>;

/// The server. It answers until the program ends.
pub struct Graph {
    /// Where it is.
    pub origin: Url,
    answers: Answers,
}

impl Graph {
    /// A mailbox with so many calendars, the first one its main one.
    pub fn start(calendars: u32) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let origin = Url::parse(&format!("http://{}/", listener.local_addr()?))?;
        let answers = Answers::default();
        let served = answers.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let served = served.clone();
                std::thread::spawn(move || {
                    // A client that is gone wants no answer.
                    let _ = serve(stream, &served);
                });
            }
        });
        let graph = Self { origin, answers };
        graph.prepare_mailbox(calendars);
        Ok(graph)
    }

    /// Hands out `items` page by page from the token `begin` on; the last page's link leads to
    /// `then`. An empty `begin` is the start of a full round.
    pub fn prepare(&self, begin: &str, items: &[Value], then: &str) -> usize {
        let mut bytes = 0;
        let pages: Vec<&[Value]> = items.chunks(PAGE).collect();
        for (number, page) in pages.iter().enumerate() {
            let name = |number: usize| format!("{begin}-{number}");
            let token = if number == 0 {
                begin.to_owned()
            } else {
                name(number)
            };
            let (link, next) = if number + 1 < pages.len() {
                ("@odata.nextLink", self.link("skiptoken", &name(number + 1)))
            } else {
                ("@odata.deltaLink", self.link("deltatoken", then))
            };
            let body = json!({
                "@odata.context": format!("{}v1.0/$metadata#Collection(event)", self.origin),
                link: next,
                "value": page,
            });
            let body = body.to_string();
            bytes += body.len();
            self.put(format!("delta {token}"), body);
        }
        bytes
    }

    /// The cursor of a round that begins with `token`.
    pub fn delta_link(&self, token: &str) -> String {
        self.link("deltatoken", token)
    }

    /// The bodies that were prepared for delta, as they are sent.
    pub fn bodies(&self, begin: &str, pages: usize) -> Result<Vec<Arc<str>>> {
        let answers = self.answers.read().unwrap_or_else(PoisonError::into_inner);
        (0..pages)
            .map(|number| match number {
                0 => format!("delta {begin}"),
                _ => format!("delta {begin}-{number}"),
            })
            .map(|key| {
                answers
                    .get(&key)
                    .cloned()
                    .with_context(|| format!("no answer for {key}"))
            })
            .collect()
    }

    fn link(&self, kind: &str, token: &str) -> String {
        format!("{}v1.0/me/calendars/delta?${kind}={token}", self.origin)
    }

    fn prepare_mailbox(&self, calendars: u32) {
        let listed: Vec<Value> = (0..calendars).map(calendar).collect();
        self.put("/v1.0/me/calendars", json!({ "value": listed }).to_string());
        let me = json!({ "id": "1", "displayName": "Ada Example", "mail": EMAIL,
            "userPrincipalName": EMAIL });
        self.put("/v1.0/me", me.to_string());
        let categories = json!({ "value": [{ "id": "1", "displayName": "Blue category",
            "color": "preset7" }] });
        self.put("/v1.0/me/outlook/masterCategories", categories.to_string());
        let tokens = json!({ "token_type": "Bearer", "expires_in": 86_000,
            "scope": "openid profile offline_access User.Read Calendars.Read MailboxSettings.Read",
            "access_token": "access", "refresh_token": "refresh" });
        self.put("/common/oauth2/v2.0/token", tokens.to_string());
    }

    fn put(&self, key: impl Into<String>, body: String) {
        let mut answers = self.answers.write().unwrap_or_else(PoisonError::into_inner);
        answers.insert(key.into(), body.into());
    }
}

/// One connection, request after request.
fn serve(stream: TcpStream, answers: &Answers) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut length = 0;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header)?;
            if header.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        let mut sent = vec![0; length];
        reader.read_exact(&mut sent)?;
        let answer = {
            let answers = answers.read().unwrap_or_else(PoisonError::into_inner);
            match target.as_str() {
                "/v1.0/$batch" => Some(batch(&sent)?.into()),
                _ => answers.get(&key_of(&target)).cloned(),
            }
        };
        let (status, body) = match &answer {
            Some(body) => ("200 OK", body.as_ref()),
            None => (
                "404 Not Found",
                r#"{"error":{"code":"ErrorItemNotFound","message":""}}"#,
            ),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        writer.write_all(head.as_bytes())?;
        writer.write_all(body.as_bytes())?;
    }
}

/// Answers a batch of reads: what is asked for by its id is gone.
fn batch(sent: &[u8]) -> Result<String> {
    let sent: Value = serde_json::from_slice(sent)?;
    let requests = sent.get("requests").and_then(Value::as_array);
    let answers: Vec<Value> = requests
        .context("a batch without requests")?
        .iter()
        .map(|request| {
            json!({ "id": request.get("id"), "status": 404, "headers": {},
                "body": { "error": { "code": "ErrorItemNotFound", "message": "" } } })
        })
        .collect();
    Ok(json!({ "responses": answers }).to_string())
}

/// What an address asks for.
fn key_of(target: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if !path.ends_with("/delta") {
        return path.to_owned();
    }
    let token = query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.ends_with("token").then_some(value)
    });
    format!("delta {}", token.unwrap_or_default())
}

fn calendar(position: u32) -> Value {
    json!({
        "id": calendar_id(position),
        "name": format!("Calendar 1.{position}"),
        "color": "auto",
        "hexColor": "#3366cc",
        "isDefaultCalendar": position == 0,
        "changeKey": "DxYSthXJXEWwAQSYQnXvIgAAIxGttg==",
        "canShare": true,
        "canViewPrivateItems": true,
        "canEdit": true,
        "owner": { "name": "Ada Example", "address": EMAIL },
    })
}

/// An event of about 3 KB, as Graph writes one with a Teams meeting.
pub fn event(id: &str, number: u32, edition: u32, start: DateTime<Utc>) -> Value {
    let time = |at: DateTime<Utc>| {
        json!({ "dateTime": at.format("%Y-%m-%dT%H:%M:%S.0000000").to_string(),
            "timeZone": "UTC" })
    };
    let guest = |who: u32| {
        json!({
            "type": if who.is_multiple_of(5) { "optional" } else { "required" },
            "status": { "response": "accepted", "time": "2026-10-06T18:12:51.3123456Z" },
            "emailAddress": { "name": format!("Person {who}"),
                "address": format!("person{who}@example.com") },
        })
    };
    let join = format!(
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_{number:048}%40thread.v2/0\
         ?context=%7b%22Tid%22%3a%2272f988bf-86f1-41af-91ab-2d7cd011db47%22%7d"
    );
    let at = now().format("%Y-%m-%dT%H:%M:%S.0000000Z").to_string();
    json!({
        "@odata.etag": format!("W/\"DxYSthXJXEWwAQSYQnXvIgAAIx{number:08}{edition:02}==\""),
        "id": id,
        "createdDateTime": at,
        "lastModifiedDateTime": at,
        "changeKey": format!("DxYSthXJXEWwAQSYQnXvIgAAIx{number:08}{edition:02}=="),
        "categories": if number.is_multiple_of(3) { vec!["Blue category"] } else { vec![] },
        "transactionId": null,
        "originalStartTimeZone": "W. Europe Standard Time",
        "originalEndTimeZone": "W. Europe Standard Time",
        "iCalUId": format!("040000008200E00074C5B7101A82E008{number:048}"),
        "uid": format!("040000008200E00074C5B7101A82E008{number:048}"),
        "reminderMinutesBeforeStart": 15,
        "isReminderOn": true,
        "hasAttachments": false,
        "subject": subject(number, edition),
        "bodyPreview": "Hello all, please find the agenda below and add what is missing.",
        "importance": if number.is_multiple_of(10) { "high" } else { "normal" },
        "sensitivity": "normal",
        "isAllDay": false,
        "isCancelled": false,
        "isOrganizer": false,
        "responseRequested": true,
        "seriesMasterId": null,
        "showAs": "busy",
        "type": "singleInstance",
        "webLink": format!("https://outlook.office365.com/owa/?itemid={id}&exvsurl=1&path=/calendar/item"),
        "onlineMeetingUrl": null,
        "isOnlineMeeting": true,
        "onlineMeetingProvider": "teamsForBusiness",
        "allowNewTimeProposals": true,
        "occurrenceId": null,
        "isDraft": false,
        "hideAttendees": false,
        "recurrence": null,
        "responseStatus": { "response": "accepted", "time": "2026-10-06T18:12:51.3123456Z" },
        "body": { "contentType": "html", "content": body(number, &join) },
        "start": time(start),
        "end": time(start + TimeDelta::minutes(45)),
        "location": {
            "displayName": "Room 12",
            "locationType": "default",
            "uniqueId": "Room 12",
            "uniqueIdType": "private",
        },
        "locations": [{
            "displayName": "Room 12",
            "locationType": "default",
            "uniqueId": "Room 12",
            "uniqueIdType": "private",
        }],
        "attendees": [guest(number % 900), guest((number + 7) % 900), guest((number + 41) % 900)],
        "organizer": { "emailAddress": { "name": "Grace Example",
            "address": "grace@example.com" } },
        "onlineMeeting": { "joinUrl": join },
        "calendar@odata.associationLink": "https://graph.microsoft.com/v1.0/users('1')/calendars('2')/$ref",
    })
}

/// The subject of an event in its n-th state.
pub fn subject(number: u32, edition: u32) -> String {
    format!("Status {number} of the project, state {edition}")
}

fn body(number: u32, join: &str) -> String {
    format!(
        "<html>\r\n<head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; \
         charset=utf-8\">\r\n</head>\r\n<body>\r\n<div>Hello all,</div>\r\n<div>please find the \
         agenda of number {number} below and add what is missing before we meet. The minutes of \
         last time are in the usual place.</div>\r\n<ul><li>Open points</li><li>Next steps</li>\
         </ul>\r\n<div class=\"me-email-text\" lang=\"en-US\" style=\"color:#252424; \
         font-family:'Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif\">\r\n<div \
         style=\"margin-top:24px; margin-bottom:20px\"><span style=\"font-size:24px; \
         color:#252424\">Microsoft Teams meeting</span></div>\r\n<div><a href=\"{join}\" \
         class=\"me-email-headline\" target=\"_blank\">Click here to join the meeting</a></div>\
         \r\n<div><span>Meeting ID: <span>{:03} {:03} {:03}</span></span></div>\r\n<div><span>\
         Passcode: </span><span>aB3{:03}</span></div>\r\n</div>\r\n</body>\r\n</html>\r\n",
        200 + number % 700,
        number / 700 % 1_000,
        number % 1_000,
        number % 1_000
    )
}
