//! What the providers themselves would show: series expanded by them, not by us.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use dayline_engine::view::{AgendaItem, ImportanceView, ResponseView, StatusView};
use dayline_engine::{Engine, ProviderKind};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::setting::{Who, World, agenda};

/// Days, both included.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// An occurrence as people tell it from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seen {
    pub start: String,
    pub end: String,
    pub title: String,
    pub provider: &'static str,
    pub account: String,
    pub calendar: String,
    pub status: String,
    pub location: String,
    pub categories: String,
    pub importance: &'static str,
    pub response: &'static str,
}

impl Seen {
    /// What of a list starts in these days.
    pub fn all(items: Vec<AgendaItem>, window: Window) -> Vec<Self> {
        let seen = items.into_iter().map(|item| {
            let mut categories = item.categories;
            categories.sort();
            Seen {
                start: item.start,
                end: item.end,
                title: item.title,
                provider: ProviderKind::from(item.provider).as_str(),
                account: item.account,
                calendar: item.calendar,
                status: match item.status {
                    StatusView::Confirmed => "confirmed",
                    StatusView::Tentative => "tentative",
                    StatusView::Cancelled => "cancelled",
                }
                .to_owned(),
                location: item.location.unwrap_or_default(),
                categories: categories.join(","),
                importance: match item.importance {
                    ImportanceView::Low => "low",
                    ImportanceView::Normal => "normal",
                    ImportanceView::High => "high",
                },
                response: match item.response {
                    ResponseView::None => "none",
                    ResponseView::Organizer => "organizer",
                    ResponseView::Accepted => "accepted",
                    ResponseView::Tentative => "tentative",
                    ResponseView::Declined => "declined",
                    ResponseView::NotResponded => "not responded",
                },
            }
        });
        let mut seen: Vec<Seen> = seen.filter(|seen| lies_in(seen, window)).collect();
        seen.sort();
        seen
    }
}

/// An occurrence as a provider shows it.
#[derive(Debug, Clone)]
pub struct Known {
    pub seen: Seen,
    pub provider: ProviderKind,
    /// Everything that the provider says of it.
    pub item: Value,
    /// The provider's id of the event, or of the series that it belongs to.
    pub event: String,
}

/// One segment of a path, encoded.
pub fn segment(id: &str) -> String {
    utf8_percent_encode(id, NON_ALPHANUMERIC).to_string()
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)
}

impl World {
    /// Every item of a list of Graph's.
    pub fn graph_list<'a>(&self, who: impl Into<Who<'a>>, target: &str) -> Vec<Value> {
        let who = who.into();
        let mut items = Vec::new();
        let mut target = target.to_owned();
        loop {
            let mut page = self.asked(who, "GET", &target, &Value::Null);
            items.append(page["value"].as_array_mut().unwrap());
            match page["@odata.nextLink"].as_str() {
                Some(next) => next.clone_into(&mut target),
                None => return items,
            }
        }
    }

    /// Every item of a list of Google's.
    pub fn google_list<'a>(&self, who: impl Into<Who<'a>>, target: &str) -> Vec<Value> {
        let who = who.into();
        let mut items = Vec::new();
        let mut page_token = String::new();
        loop {
            let mut page = self.asked(who, "GET", &format!("{target}{page_token}"), &Value::Null);
            items.append(page["items"].as_array_mut().unwrap());
            match page["nextPageToken"].as_str() {
                Some(next) => page_token = format!("&pageToken={}", segment(next)),
                None => return items,
            }
        }
    }

    /// A provider's calendars: id and name.
    pub fn calendars<'a>(&self, who: impl Into<Who<'a>>) -> Vec<(String, String)> {
        let who = who.into();
        let (list, name) = match who.provider {
            ProviderKind::Microsoft => (self.graph_list(who, "/me/calendars?$top=100"), "/name"),
            ProviderKind::Google => (
                self.google_list(who, "/users/me/calendarList?maxResults=250"),
                "/summary",
            ),
        };
        list.iter()
            .map(|one| (text(one, "/id").to_owned(), text(one, name).to_owned()))
            .collect()
    }

    /// A calendar's occurrences in some days, in the provider's own JSON.
    pub fn occurrences<'a>(
        &self,
        who: impl Into<Who<'a>>,
        calendar: &str,
        window: Window,
    ) -> Vec<Value> {
        let day = |date: NaiveDate| format!("{date}T00:00:00Z");
        // A day more at either end: dates of whole days float.
        let from = day(window.from - TimeDelta::days(1));
        let until = day(window.to + TimeDelta::days(2));
        let who = who.into();
        let id = segment(calendar);
        match who.provider {
            ProviderKind::Microsoft => self.graph_list(who, &format!(
                "/me/calendars/{id}/calendarView?startDateTime={from}&endDateTime={until}&$top=500"
            )),
            ProviderKind::Google => self.google_list(who, &format!(
                "/calendars/{id}/events?singleEvents=true&timeMin={from}&timeMax={until}&maxResults=2500"
            )),
        }
    }

    /// What both providers show in these days.
    pub fn truth(&self, window: Window) -> Vec<Seen> {
        let known = ProviderKind::ALL.map(|provider| self.truth_of(provider, window));
        let mut seen: Vec<Seen> = known
            .into_iter()
            .flatten()
            .map(|known| known.seen)
            .collect();
        seen.sort();
        seen
    }

    /// What the provider of an account shows in these days.
    pub fn truth_of<'a>(&self, who: impl Into<Who<'a>>, window: Window) -> Vec<Known> {
        let who = who.into();
        let account = self.email(who);
        let mut all = Vec::new();
        for (id, name) in self.calendars(who) {
            for item in self.occurrences(who, &id, window) {
                let series = match who.provider {
                    ProviderKind::Microsoft => &item["seriesMasterId"],
                    ProviderKind::Google => &item["recurringEventId"],
                };
                let event = series.as_str().or(item["id"].as_str()).unwrap().to_owned();
                let seen = match who.provider {
                    ProviderKind::Microsoft => graph_seen(&item, &account, &name),
                    ProviderKind::Google => google_seen(&item, &account, &name),
                };
                if lies_in(&seen, window) {
                    all.push(Known {
                        seen,
                        provider: who.provider,
                        item,
                        event,
                    });
                }
            }
        }
        all.sort_by(|one, other| one.seen.cmp(&other.seen));
        all
    }

    /// What Dayline shows in these days.
    pub fn shown(engine: &Engine, window: Window) -> Vec<Seen> {
        Seen::all(agenda(engine, window.from, window.to), window)
    }

    /// The window that most tests look at: two months back, four ahead.
    pub fn around(&self) -> Window {
        Window {
            from: self.day(-60),
            to: self.day(120),
        }
    }

    /// Where Dayline and the providers differ, one line each; empty if they agree.
    pub fn differences(&self, engine: &Engine) -> String {
        let window = self.around();
        let (truth, shown) = (self.truth(window), Self::shown(engine, window));
        let mut told = String::new();
        for lost in missing(&truth, &shown) {
            writeln!(told, "not shown: {lost:?}").unwrap();
        }
        for extra in missing(&shown, &truth) {
            writeln!(told, "shown but not there: {extra:?}").unwrap();
        }
        told
    }

    /// Dayline shows what the providers show.
    #[track_caller]
    pub fn agrees(&self, engine: &Engine) {
        let differences = self.differences(engine);
        assert!(differences.is_empty(), "{differences}");
    }

    /// The titles that Dayline shows on the days around today, sorted.
    pub fn titles(&self, engine: &Engine) -> Vec<String> {
        let mut titles: Vec<String> = Self::shown(engine, self.around())
            .into_iter()
            .map(|seen| seen.title)
            .collect();
        titles.sort();
        titles
    }
}

/// What `all` has more often than `some`; both are sorted.
pub fn missing<'a>(all: &'a [Seen], some: &[Seen]) -> Vec<&'a Seen> {
    let mut rest = some.iter().peekable();
    let mut missing = Vec::new();
    for one in all {
        while rest.next_if(|other| *other < one).is_some() {}
        if rest.next_if_eq(&one).is_none() {
            missing.push(one);
        }
    }
    missing
}

/// Whether it starts in the window. Whether something reaches into it is told differently for dates
/// that float.
fn lies_in(seen: &Seen, window: Window) -> bool {
    let day: NaiveDate = seen.start[..10].parse().unwrap();
    window.from <= day && day <= window.to
}

fn graph_seen(item: &Value, account: &str, calendar: &str) -> Seen {
    let all_day = item["isAllDay"] == true;
    let moment = |pointer: &str| {
        let local = text(item, pointer);
        if all_day {
            return local[..10].to_owned();
        }
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M:%S%.f").unwrap();
        instant(local.and_utc())
    };
    let mut categories: Vec<&str> = item["categories"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    categories.sort_unstable();
    Seen {
        start: moment("/start/dateTime"),
        end: moment("/end/dateTime"),
        title: text(item, "/subject").to_owned(),
        provider: "microsoft",
        account: account.to_owned(),
        calendar: calendar.to_owned(),
        status: if item["isCancelled"] == true {
            "cancelled"
        } else {
            "confirmed"
        }
        .to_owned(),
        location: text(item, "/location/displayName").to_owned(),
        categories: categories.join(","),
        importance: match text(item, "/importance") {
            "low" => "low",
            "high" => "high",
            _ => "normal",
        },
        response: match text(item, "/responseStatus/response") {
            "organizer" => "organizer",
            "tentativelyAccepted" => "tentative",
            "accepted" => "accepted",
            "declined" => "declined",
            "notResponded" => "not responded",
            _ if item["isOrganizer"] == true => "organizer",
            _ => "none",
        },
    }
}

fn google_seen(item: &Value, account: &str, calendar: &str) -> Seen {
    let moment = |side: &str| match item[side]["date"].as_str() {
        Some(date) => date.to_owned(),
        None => instant(
            DateTime::parse_from_rfc3339(text(&item[side], "/dateTime"))
                .unwrap()
                .to_utc(),
        ),
    };
    Seen {
        start: moment("start"),
        end: moment("end"),
        title: text(item, "/summary").to_owned(),
        provider: "google",
        account: account.to_owned(),
        calendar: calendar.to_owned(),
        status: item["status"].as_str().unwrap_or("confirmed").to_owned(),
        location: text(item, "/location").to_owned(),
        categories: String::new(),
        importance: "normal",
        response: google_response(item),
    }
}

/// Whoever organises something organises it, unless they declined it themselves.
fn google_response(item: &Value) -> &'static str {
    let own = item["attendees"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|attendee| attendee["self"] == true);
    let answer = own.map_or("", |own| text(own, "/responseStatus"));
    match (item["organizer"]["self"] == true, answer) {
        (_, "declined") => "declined",
        (true, _) => "organizer",
        (false, "accepted") => "accepted",
        (false, "tentative") => "tentative",
        (false, "needsAction") => "not responded",
        (false, _) => "none",
    }
}
