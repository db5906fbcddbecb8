//! Ada's calendars and those that her colleagues share with her, one for each way of sharing.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::sample::{Dates, ZONE, ada};
use super::{AccountSpec, CalendarSpec};
use crate::shares::{Role, ShareSpec};

fn share(owner: &str, role: Role) -> ShareSpec {
    ShareSpec {
        owner: format!("{owner}@contoso.example"),
        calendar: None,
        role,
        listed: true,
        delegated: false,
        old_style: false,
    }
}

fn calendar(name: &str, events: Vec<Value>) -> CalendarSpec {
    CalendarSpec {
        name: name.into(),
        events,
        ..CalendarSpec::default()
    }
}

/// The mailboxes of one company.
pub(super) fn accounts(now: DateTime<Utc>) -> Vec<AccountSpec> {
    let dates = Dates::new(now);
    let time = |days, hhmm| json!({"dateTime": dates.at(days, hhmm).format("%Y-%m-%dT%H:%M:%S").to_string(), "timeZone": ZONE.name()});
    let events = |who: &str| {
        vec![
            json!({"subject": format!("{who}: planning"), "start": time(4, 1000), "end": time(4, 1100), "location": {"displayName": "Room 4"}, "body": {"contentType": "text", "content": "Agenda"}}),
            json!({"subject": format!("{who}: doctor"), "start": time(3, 1400), "end": time(3, 1500), "sensitivity": "private", "showAs": "oof"}),
            json!({
                "subject": format!("{who}: stand-up"), "start": time(0, 900), "end": time(0, 915),
                "recurrence": {
                    "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday", "wednesday"], "firstDayOfWeek": "monday"},
                    "range": {"type": "noEnd", "startDate": dates.day(0).to_string()},
                },
                "sim:exceptions": [{"original": dates.day(2).to_string(), "change": {"subject": format!("{who}: stand-up, outside")}}],
            }),
        ]
    };
    let person = |name: &str| {
        let address = format!("{}@contoso.example", name.to_lowercase());
        AccountSpec {
            name: name.into(),
            calendars: vec![calendar("Calendar", events(name))],
            ..ada("microsoft", &address)
        }
    };
    let mut eve = person("Eve");
    eve.calendars.push(calendar("Team", events("Team")));
    let mut first = person("Ada");
    first.shares = vec![
        share("bob", Role::Write),
        ShareSpec {
            listed: false,
            delegated: true,
            ..share("carol", Role::DelegateWithPrivateEventAccess)
        },
        share("dave", Role::FreeBusyRead),
        ShareSpec {
            calendar: Some("Team".into()),
            ..share("eve", Role::Read)
        },
        ShareSpec {
            old_style: true,
            ..share("frank", Role::Read)
        },
        share("grace", Role::LimitedRead),
        share("heidi", Role::DelegateWithoutPrivateEventAccess),
    ];
    let mut all = vec![first, eve];
    all.extend(["Bob", "Carol", "Dave", "Frank", "Grace", "Heidi"].map(person));
    all
}
