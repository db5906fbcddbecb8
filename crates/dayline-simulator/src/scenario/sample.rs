//! The sample month: Ada Lovelace at work and at home, around the given time.

mod google;
mod microsoft;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use serde_json::json;

use super::{AccountSpec, CalendarSpec, CategorySpec};
use crate::cloud::Cloud;

pub(super) const ZONE: Tz = Tz::Europe__Berlin;

/// The calendar's fixed points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dates {
    /// Monday of the week of `now`.
    monday: NaiveDate,
    /// The full hour that `now` lies in.
    hour: DateTime<Utc>,
}

impl Dates {
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        let local = now.with_timezone(&ZONE).naive_local();
        let back = i64::from(local.weekday().num_days_from_monday());
        let monday = local.date() - Duration::days(back);
        let hour = now - Duration::seconds(now.timestamp().rem_euclid(3600));
        Self { monday, hour }
    }

    /// The wall time some minutes after the full hour, counted in real time, so that a
    /// daylight change in between does no harm.
    fn soon(self, minutes: i64) -> NaiveDateTime {
        (self.hour + Duration::minutes(minutes))
            .with_timezone(&ZONE)
            .naive_local()
    }

    /// The day `days` after this week's Monday.
    pub(super) fn day(self, days: i64) -> NaiveDate {
        self.monday + Duration::days(days)
    }

    /// A wall time on that day, as `hhmm`.
    pub(super) fn at(self, days: i64, hhmm: u32) -> NaiveDateTime {
        let time = NaiveTime::from_hms_opt(hhmm / 100, hhmm % 100, 0).unwrap_or(NaiveTime::MIN);
        self.day(days).and_time(time)
    }
}

pub(super) fn ada(provider: &str, email: &str) -> AccountSpec {
    AccountSpec {
        provider: provider.into(),
        email: email.into(),
        name: "Ada Lovelace".into(),
        time_zone: Some(ZONE.name().into()),
        kind: super::Kind::Work,
        cloud: Cloud::Global,
        consent: crate::world::Consent::User,
        shares: Vec::new(),
        categories: Vec::new(),
        calendars: Vec::new(),
    }
}

fn work() -> AccountSpec {
    let category = |name: &str, color: &str| CategorySpec {
        name: name.into(),
        color: color.into(),
    };
    let categories = vec![
        category("Client A", "preset4"),
        category("Travel", "preset1"),
        category("Focus", "preset7"),
    ];
    AccountSpec {
        categories,
        ..ada("microsoft", "ada@contoso.example")
    }
}

fn home() -> AccountSpec {
    ada("google", "ada.lovelace@gmail.example")
}

/// Both accounts with their month.
pub(super) fn accounts(now: DateTime<Utc>) -> Vec<AccountSpec> {
    let dates = Dates::new(now);
    vec![
        AccountSpec {
            calendars: microsoft::calendars(dates),
            ..work()
        },
        AccountSpec {
            calendars: google::calendars(dates),
            ..home()
        },
    ]
}

/// Both accounts with one empty calendar each.
pub(super) fn empty() -> Vec<AccountSpec> {
    let calendar = |name: &str| {
        vec![CalendarSpec {
            name: name.into(),
            ..CalendarSpec::default()
        }]
    };
    let home = home();
    vec![
        AccountSpec {
            calendars: calendar("Calendar"),
            ..work()
        },
        AccountSpec {
            calendars: calendar(&home.email),
            ..home
        },
    ]
}

/// One work account in each of Microsoft's clouds.
pub(super) fn clouds(now: DateTime<Utc>) -> Vec<AccountSpec> {
    let dates = Dates::new(now);
    let time = |days, hhmm| json!({"dateTime": dates.at(days, hhmm).format("%Y-%m-%dT%H:%M:%S").to_string(), "timeZone": ZONE.name()});
    let calendar = |cloud: Cloud| CalendarSpec {
        name: "Calendar".into(),
        events: vec![
            json!({"subject": format!("Planning ({})", cloud.as_str()), "start": time(4, 1000), "end": time(4, 1100), "sim:teams": "short"}),
            json!({"subject": "Review", "start": time(3, 1400), "end": time(3, 1500), "sim:teams": "classic"}),
            json!({
                "subject": "Stand-up", "start": time(0, 900), "end": time(0, 915),
                "recurrence": {
                    "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday", "wednesday"], "firstDayOfWeek": "monday"},
                    "range": {"type": "noEnd", "startDate": dates.day(0).to_string()},
                },
            }),
        ],
        ..CalendarSpec::default()
    };
    let account = |cloud: Cloud, email: &str| AccountSpec {
        cloud,
        calendars: vec![calendar(cloud)],
        ..ada("microsoft", email)
    };
    vec![
        account(Cloud::Global, "ada@contoso.example"),
        account(Cloud::UsGovHigh, "ada@agency.us.example"),
        account(Cloud::UsGovDod, "ada@defence.us.example"),
        account(Cloud::China, "ada@contoso.cn.example"),
    ]
}
