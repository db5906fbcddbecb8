//! The home account: three Google calendars.

use chrono::{Duration, NaiveDateTime};
use serde_json::{Value, json};

use super::{CalendarSpec, Dates, ZONE};
use crate::call::object;

const ADA: &str = "ada.lovelace@gmail.example";
const MIA: &str = "mia@mail.example";

#[derive(Clone)]
struct Draft(Value);

impl Draft {
    fn new(summary: &str, start: NaiveDateTime, minutes: i64) -> Self {
        let moment = |at: NaiveDateTime| json!({"dateTime": at.format("%Y-%m-%dT%H:%M:%S").to_string(), "timeZone": ZONE.name()});
        Self(json!({
            "summary": summary,
            "start": moment(start),
            "end": moment(start + Duration::minutes(minutes)),
        }))
    }

    fn all_day(summary: &str, dates: Dates, first: i64, days: i64) -> Self {
        Self(json!({
            "summary": summary,
            "start": {"date": dates.day(first).to_string()},
            "end": {"date": dates.day(first + days).to_string()},
            "transparency": "transparent",
        }))
    }

    fn with(mut self, more: Value) -> Self {
        if let Some(map) = self.0.as_object_mut() {
            map.extend(object(more));
        }
        self
    }

    fn at(self, place: &str) -> Self {
        self.with(json!({"location": place}))
    }

    fn every(self, rule: &str) -> Self {
        self.with(json!({"recurrence": [format!("RRULE:{rule}")]}))
    }

    fn meet(self, request: &str) -> Self {
        self.with(json!({"conferenceData": {"createRequest": {
            "requestId": request,
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
        }}}))
    }

    fn answered(self, answer: &str, organizer: &str) -> Self {
        self.with(json!({
            "organizer": {"email": organizer},
            "attendees": [
                {"email": organizer, "responseStatus": "accepted", "organizer": true},
                {"email": ADA, "responseStatus": answer},
            ],
        }))
    }
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
        calendar("Personal", "#16a765", personal(dates)),
        calendar("Family", "#d06b64", family(dates)),
        CalendarSpec {
            read_only: true,
            ..calendar("Holidays", "#fbe983", holidays(dates))
        },
    ]
}

fn personal(dates: Dates) -> Vec<Draft> {
    vec![
        Draft::new("Dentist", dates.at(0, 1400), 60).at("Main St 12").with(json!({
            "colorId": "11",
            "reminders": {"useDefault": false, "overrides": [
                {"method": "email", "minutes": 1440},
                {"method": "popup", "minutes": 60},
            ]},
        })),
        Draft::new("Call the bank", dates.at(4, 1430), 60).with(json!({"status": "tentative"})),
        Draft::new("Yoga", dates.at(-26, 1830), 60).every("FREQ=WEEKLY;BYDAY=WE").at("Studio Nord").with(json!({
            "sim:cancelled": [dates.day(-12).to_string()],
            "sim:exceptions": [{
                "original": dates.day(9).to_string(),
                "change": {"summary": "Yoga (with Ines)", "location": "Park"},
            }],
        })),
        Draft::new("Book club", dates.at(3, 1930), 90).meet("book-club").answered("accepted", MIA),
        Draft::new("Portuguese lesson", dates.at(-27, 1930), 60)
            .every("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
            .at("https://zoom.us/j/91234567890?pwd=bGlzYm9h"),
        Draft::new("Catch-up with Tom", dates.at(5, 1700), 45)
            .answered("needsAction", "tom@mail.example")
            .with(json!({
                "conferenceData": {
                    "conferenceSolution": {"key": {"type": "addOn"}, "name": "Microsoft Teams Meeting"},
                    "conferenceId": "318220914471",
                    "entryPoints": [{
                        "entryPointType": "video",
                        "uri": "https://teams.microsoft.com/meet/31822091447112?p=kT9sWq2LmN4vXc7B",
                        "meetingCode": "318 220 914 471 12",
                        "passcode": "aB3dE6",
                    }],
                },
            })),
        Draft::new("Haircut", dates.at(8, 1730), 45).at("Salon Süd"),
        Draft::new("Tax papers", dates.at(-9, 1000), 90).with(json!({"visibility": "private"})),
        Draft::all_day("Rent due", dates, 15, 1),
        Draft::new("Concert", dates.at(12, 2000), 180).at("Philharmonie").answered("tentative", MIA),
        Draft::new("Running group", dates.at(-22, 800), 60).every("FREQ=WEEKLY;BYDAY=SU"),
    ]
}

fn family(dates: Dates) -> Vec<Draft> {
    vec![
        Draft::new("School play", dates.at(2, 1730), 60).at("Primary school, hall"),
        Draft::new("Football", dates.at(-23, 1000), 90)
            .every("FREQ=WEEKLY;BYDAY=SA")
            .at("Field 3"),
        Draft::all_day("Grandma visits", dates, 5, 2),
        Draft::new("Lunch with Mia", dates.at(6, 1200), 120)
            .at("Café Nord")
            .answered("accepted", MIA),
        Draft::new("Parents' evening", dates.at(-5, 1900), 90)
            .answered("declined", "school@mail.example"),
        Draft::all_day("Mia's birthday", dates, -8, 1).every("FREQ=YEARLY"),
        Draft::new("Swimming lesson", dates.at(-25, 1600), 45).every("FREQ=WEEKLY;BYDAY=TH"),
        Draft::all_day("Weekend at the lake", dates, 19, 2),
    ]
}

fn holidays(dates: Dates) -> Vec<Draft> {
    vec![
        Draft::all_day("Autumn half-term begins", dates, -15, 1),
        Draft::all_day("Memorial Day", dates, -1, 1),
        Draft::all_day("First Advent", dates, 13, 1),
        Draft::all_day("Saint Nicholas", dates, 20, 1),
    ]
}
