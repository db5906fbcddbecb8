//! The work account: three Outlook calendars.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{Duration, NaiveDateTime};
use serde_json::{Value, json};

use super::{CalendarSpec, Dates};
use crate::call::object;
use crate::time::graph_local;

const BERLIN: &str = "W. Europe Standard Time";
const LISBON: &str = "GMT Standard Time";
const NEW_YORK: &str = "Eastern Standard Time";
const ADA: (&str, &str) = ("Ada Lovelace", "ada@contoso.example");
const LINUS: (&str, &str) = ("Linus T.", "linus@contoso.example");
const GRACE: (&str, &str) = ("Grace Hopper", "grace@contoso.example");
const MARGARET: (&str, &str) = ("Margaret H.", "margaret@contoso.example");
const KATHERINE: (&str, &str) = ("Katherine J.", "katherine@northwind.example");
const ALAN: (&str, &str) = ("Alan T.", "alan@contoso.example");

/// An event body with changes to follow.
#[derive(Clone)]
struct Draft(Value);

impl Draft {
    fn new(subject: &str, start: NaiveDateTime, minutes: i64) -> Self {
        Self::zoned(subject, start, minutes, BERLIN)
    }

    fn zoned(subject: &str, start: NaiveDateTime, minutes: i64, zone: &str) -> Self {
        let end = start + Duration::minutes(minutes);
        Self::between(subject, start, end).with(json!({
            "start": {"dateTime": graph_local(start), "timeZone": zone},
            "end": {"dateTime": graph_local(end), "timeZone": zone},
        }))
    }

    fn between(subject: &str, start: NaiveDateTime, end: NaiveDateTime) -> Self {
        Self(json!({
            "subject": subject,
            "start": {"dateTime": graph_local(start), "timeZone": BERLIN},
            "end": {"dateTime": graph_local(end), "timeZone": BERLIN},
        }))
    }

    fn all_day(subject: &str, dates: Dates, first: i64, days: i64) -> Self {
        Self::new(subject, dates.at(first, 0), days * 24 * 60).with(json!({"isAllDay": true}))
    }

    fn with(mut self, more: Value) -> Self {
        if let Some(map) = self.0.as_object_mut() {
            map.extend(object(more));
        }
        self
    }

    fn at(self, place: &str) -> Self {
        self.with(json!({"location": {"displayName": place}}))
    }

    /// A room of the company, in Berlin.
    fn room(self, name: &str, email: &str, street: &str) -> Self {
        self.with(json!({"locations": [{
            "displayName": name,
            "locationType": "conferenceRoom",
            "locationEmailAddress": email,
            "address": {
                "street": street,
                "city": "Berlin",
                "postalCode": "10117",
                "countryOrRegion": "Germany",
            },
        }]}))
    }

    fn attached(self, name: &str, text: &str) -> Self {
        self.with(json!({"attachments": [{
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": name,
            "contentType": "text/plain",
            "contentBytes": STANDARD.encode(text),
        }]}))
    }

    fn teams(self, form: &str) -> Self {
        self.with(json!({
            "sim:teams": form,
            "location": {"displayName": "Microsoft Teams Meeting"},
        }))
    }

    fn category(self, name: &str) -> Self {
        self.with(json!({"categories": [name]}))
    }

    fn importance(self, level: &str) -> Self {
        self.with(json!({"importance": level}))
    }

    fn html(self, inner: &str) -> Self {
        let content = format!("<html><head></head><body><div>{inner}</div></body></html>");
        self.with(json!({"body": {"contentType": "html", "content": content}}))
    }

    fn weekly(self, days: &[&str], interval: i64) -> Self {
        let pattern = json!({
            "type": "weekly",
            "interval": interval,
            "daysOfWeek": days,
            "firstDayOfWeek": "monday",
        });
        self.recurring(&pattern)
    }

    fn recurring(self, pattern: &Value) -> Self {
        let start = self.0.pointer("/start/dateTime").and_then(Value::as_str);
        let date = start
            .and_then(|start| start.get(..10))
            .unwrap_or_default()
            .to_owned();
        self.with(json!({
            "recurrence": {"pattern": pattern, "range": {"type": "noEnd", "startDate": date}},
        }))
    }

    /// An invitation from somebody, with Ada's own answer and those of others.
    fn invited(self, by: (&str, &str), answer: &str, others: &[((&str, &str), &str)]) -> Self {
        let mut people = vec![(ADA, answer)];
        people.extend_from_slice(others);
        let busy = match answer {
            "accepted" => "busy",
            "declined" => "free",
            _ => "tentative",
        };
        self.with(json!({
            "organizer": {"emailAddress": {"name": by.0, "address": by.1}},
            "responseStatus": {"response": answer, "time": answered(answer)},
            "attendees": attendees(&people),
            "showAs": busy,
        }))
    }

    /// A meeting of Ada's own.
    fn inviting(self, others: &[((&str, &str), &str)]) -> Self {
        self.with(json!({"attendees": attendees(others)}))
    }
}

fn answered(answer: &str) -> &'static str {
    match answer {
        "none" | "notResponded" => "0001-01-01T00:00:00Z",
        _ => "2026-01-05T08:30:00Z",
    }
}

fn attendees(people: &[((&str, &str), &str)]) -> Value {
    people
        .iter()
        .map(|((name, address), answer)| {
            json!({
                "type": "required",
                "emailAddress": {"name": name, "address": address},
                "status": {"response": answer, "time": answered(answer)},
            })
        })
        .collect()
}

fn calendar(name: &str, color: &str, events: Vec<Draft>) -> CalendarSpec {
    CalendarSpec {
        name: name.into(),
        color: Some(color.into()),
        events: events.into_iter().map(|draft| draft.0).collect(),
        ..CalendarSpec::default()
    }
}

pub(super) fn calendars(dates: Dates) -> Vec<CalendarSpec> {
    vec![
        calendar("Calendar", "lightBlue", own(dates)),
        calendar("Platform team", "lightTeal", team(dates)),
        CalendarSpec {
            read_only: true,
            owner_name: Some(GRACE.0.into()),
            owner_address: Some(GRACE.1.into()),
            ..calendar("Grace Hopper", "lightPink", grace(dates))
        },
    ]
}

fn own(dates: Dates) -> Vec<Draft> {
    let mut events = vec![stand_up(dates), one_to_one(dates)];
    events.extend(today(dates));
    events.extend(this_week(dates));
    events.extend(other_weeks(dates));
    events
}

/// Weekdays at nine for months, with one occurrence moved and one cancelled.
fn stand_up(dates: Dates) -> Draft {
    let moved = dates.at(3, 915);
    Draft::new("Stand-up", dates.at(-28, 900), 30)
        .weekly(&["monday", "tuesday", "wednesday", "thursday", "friday"], 1)
        .teams("short")
        .invited(LINUS, "accepted", &[(GRACE, "accepted"), (MARGARET, "accepted"), (ALAN, "none")])
        .html("What did you do, what will you do, what is in your way?")
        .with(json!({
            "reminderMinutesBeforeStart": 5,
            "sim:cancelled": [dates.day(-5).to_string()],
            "sim:exceptions": [{
                "original": dates.day(3).to_string(),
                "change": {
                    "subject": "Stand-up (short, before the demo)",
                    "start": {"dateTime": graph_local(moved), "timeZone": BERLIN},
                    "end": {"dateTime": graph_local(moved + Duration::minutes(15)), "timeZone": BERLIN},
                },
            }],
        }))
}

/// Made in New York: nine o'clock there.
fn one_to_one(dates: Dates) -> Draft {
    Draft::zoned("1:1 with Katherine", dates.at(-27, 900), 30, NEW_YORK)
        .weekly(&["tuesday"], 2)
        .invited(KATHERINE, "accepted", &[(KATHERINE, "accepted")])
        .teams("classic")
}

/// Around the given hour: one call runs, one comes next.
fn today(dates: Dates) -> Vec<Draft> {
    vec![
        Draft::between("Design review", dates.soon(0), dates.soon(60))
            .teams("classic")
            .invited(GRACE, "accepted", &[(LINUS, "accepted"), (MARGARET, "tentativelyAccepted")])
            .html("<p>The week view and the join button. Screens are on <a href=\"https://design.contoso.example/week\">the board</a>.</p>"),
        Draft::between("Architecture check-in", dates.soon(90), dates.soon(135))
            .teams("short")
            .category("Client A")
            .inviting(&[(LINUS, "accepted"), (ALAN, "none")]),
    ]
}

fn this_week(dates: Dates) -> Vec<Draft> {
    vec![
        Draft::new("Budget review", dates.at(1, 1030), 60)
            .importance("high")
            .teams("short")
            .invited(
                MARGARET,
                "notResponded",
                &[(LINUS, "accepted"), (GRACE, "none")],
            )
            .html("<p>Please read the numbers before: <b>third quarter</b> and the forecast.</p>")
            .attached("Third quarter.txt", "Revenue 1,204,000\nCosts 988,000\n")
            .with(json!({"reminderMinutesBeforeStart": 60})),
        Draft::new("Architecture forum", dates.at(1, 1500), 90)
            .room("Room 2B", "room-2b@contoso.example", "Friedrichstraße 68")
            .inviting(&[
                (LINUS, "accepted"),
                (GRACE, "tentativelyAccepted"),
                (ALAN, "declined"),
            ]),
        Draft::new("Focus: release notes", dates.at(2, 930), 150)
            .category("Focus")
            .importance("low"),
        Draft::new("Incident review", dates.at(2, 1400), 60)
            .teams("classic")
            .importance("high")
            .category("Client A")
            .invited(ALAN, "tentativelyAccepted", &[(LINUS, "accepted")]),
        Draft::new("Vendor call: printers", dates.at(2, 1430), 30)
            .at("https://zoom.us/j/98765432100?pwd=QWRhTG92ZWxhY2U")
            .importance("low")
            .invited(("Sales Desk", "sales@fabrikam.example"), "declined", &[]),
        Draft::new("Flight to Lisbon", dates.at(2, 1845), 195)
            .category("Travel")
            .at("BER, gate A21")
            .with(json!({
                "end": {"dateTime": graph_local(dates.at(2, 2100)), "timeZone": LISBON},
            })),
        Draft::all_day("Conference, Lisbon", dates, 3, 2)
            .category("Travel")
            .at("Centro de Congressos, Lisboa")
            .with(json!({"showAs": "oof"})),
        Draft::new("Hiring interview: backend", dates.at(4, 1400), 60)
            .teams("short")
            .inviting(&[(MARGARET, "accepted")])
            .with(json!({"sensitivity": "private"})),
        Draft::new("Contract call, Contoso", dates.at(4, 1600), 60)
            .teams("classic")
            .category("Travel")
            .invited(KATHERINE, "notResponded", &[(MARGARET, "accepted")]),
    ]
}

fn other_weeks(dates: Dates) -> Vec<Draft> {
    let plain = |days: i64, hhmm: u32, minutes: i64, subject: &str| {
        Draft::new(subject, dates.at(days, hhmm), minutes)
    };
    vec![
        plain(-14, 1300, 60, "Roadmap draft").category("Client A"),
        plain(-13, 1100, 45, "Security training")
            .teams("short")
            .importance("low"),
        plain(-12, 1000, 120, "Focus: recurrence rules").category("Focus"),
        plain(-11, 1600, 30, "Coffee with Alan").at("Kitchen"),
        plain(-10, 1330, 60, "Client A weekly")
            .teams("classic")
            .category("Client A"),
        plain(-7, 1000, 60, "Planning poker").at("Room 4A"),
        plain(-6, 1400, 60, "Performance talk")
            .teams("short")
            .inviting(&[(MARGARET, "accepted")]),
        plain(-5, 930, 120, "Focus: time zones").category("Focus"),
        plain(-4, 1500, 60, "Client A weekly")
            .teams("classic")
            .category("Client A"),
        plain(-3, 1700, 60, "Friday demo").at("Auditorium"),
        plain(7, 1000, 90, "Kick-off: sync engine")
            .teams("short")
            .importance("high")
            .inviting(&[
                (LINUS, "accepted"),
                (GRACE, "none"),
                (ALAN, "tentativelyAccepted"),
            ]),
        plain(8, 1300, 60, "Lunch with the new ones").at("Canteen"),
        plain(9, 930, 120, "Focus: offline mode").category("Focus"),
        plain(10, 1500, 60, "Client A weekly")
            .teams("classic")
            .category("Client A"),
        plain(10, 1530, 45, "Release call")
            .teams("short")
            .importance("high"),
        plain(11, 1100, 60, "Portfolio review").invited(LINUS, "tentativelyAccepted", &[]),
        Draft::all_day("Public holiday bridge", dates, 14, 1).with(json!({"showAs": "oof"})),
        plain(15, 1000, 60, "Quarterly talk")
            .importance("high")
            .inviting(&[(MARGARET, "none")]),
        plain(16, 2330, 90, "Night deployment")
            .teams("short")
            .category("Client A"),
        plain(17, 1500, 60, "Client A weekly")
            .teams("classic")
            .category("Client A"),
    ]
}

fn team(dates: Dates) -> Vec<Draft> {
    vec![
        Draft::new("Sprint planning", dates.at(4 - 28, 1130), 60)
            .weekly(&["friday"], 2)
            .teams("short")
            .importance("high")
            .category("Client A")
            .inviting(&[(LINUS, "accepted"), (GRACE, "accepted"), (MARGARET, "tentativelyAccepted"), (ALAN, "none")])
            .html("Goals for the next two weeks. Please add your topics to <a href=\"https://board.contoso.example/sprint\">the board</a> before Thursday."),
        Draft::new("Demo day", dates.at(3 - 28, 1600), 60).weekly(&["thursday"], 2).at("Auditorium"),
        Draft::new("Quarterly planning", dates.at(0, 1000), 90)
            .at("Room 4A")
            .category("Client A")
            .inviting(&[(LINUS, "accepted"), (GRACE, "accepted")]),
        Draft::all_day("Release freeze", dates, 0, 3).with(json!({"showAs": "free"})),
        Draft::new("On-call handover", dates.at(-28, 1700), 15).weekly(&["monday"], 1).importance("low"),
        Draft::new("Retrospective", dates.at(7, 1500), 60).teams("short"),
        Draft::all_day("Team offsite", dates, 16, 2).category("Travel").at("Potsdam"),
    ]
}

fn grace(dates: Dates) -> Vec<Draft> {
    vec![
        Draft::new("Compiler lecture", dates.at(-28 + 3, 1300), 90)
            .weekly(&["thursday"], 1)
            .at("Hall 1"),
        Draft::new("Busy", dates.at(1, 1600), 60).with(json!({"sensitivity": "private"})),
        Draft::all_day("Grace on leave", dates, 9, 3).with(json!({"showAs": "oof"})),
    ]
}
