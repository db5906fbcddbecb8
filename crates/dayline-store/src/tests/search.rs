//! What is put into the index is found, and only while it is there.

use chrono::TimeDelta;
use dayline_model::{
    Attendee, AttendeeRole, Body, Event, ParticipationStatus, Person, Place, Status,
};

use super::{Fixture, at, event, exception, master, now};
use crate::{EventRow, Hits, NewOccurrence, SearchSource, SearchText};

fn pending(fixture: &Fixture) -> Vec<SearchSource> {
    fixture
        .store
        .read(|read| read.pending_search(100))
        .expect("a read")
}

fn count(fixture: &Fixture) -> i64 {
    fixture
        .store
        .read(|read| read.count_search_pending())
        .expect("a read")
}

/// Everything that is pending, as it was written.
fn as_written(source: SearchSource) -> SearchText {
    SearchText {
        event: source.event,
        fingerprint: source.fingerprint,
        title: source.title,
        place: source.places.join(" "),
        people: source.people.join(" "),
        body: source.body.map_or(String::new(), |body| match body {
            Body::Html(text) | Body::Text(text) => text,
        }),
    }
}

fn index(fixture: &Fixture) -> usize {
    let texts: Vec<SearchText> = pending(fixture).into_iter().map(as_written).collect();
    fixture.write(|write| write.index_events(&texts))
}

/// Titles of what is found, the best one first.
fn found(fixture: &Fixture, question: &str) -> Vec<String> {
    let work = |read: &crate::Read<'_>| {
        let ids: Vec<_> = match read.search(question, 100)? {
            Hits::All(hits) => hits.into_iter().map(|hit| hit.event).collect(),
            Hits::Newest(hits) => hits.into_iter().map(|(event, _)| event).collect(),
        };
        ids.into_iter().map(|id| read.load_event(id)).collect()
    };
    let rows: Vec<Option<EventRow>> = fixture.store.read(work).expect("a search");
    let rows = rows.into_iter().flatten();
    rows.map(|row| row.title).collect()
}

/// An event with a word of its own in every text.
fn rich() -> Event {
    let person = |name: &str, email: &str| Person {
        name: Some(name.to_owned()),
        email: Some(email.to_owned()),
    };
    Event {
        title: "Kickoff".to_owned(),
        location: Some("Oslo".to_owned()),
        places: vec![Place {
            name: Some("Fjord".to_owned()),
            address: Some("Harbour 1".to_owned()),
            uri: None,
            email: None,
        }],
        body: Some(Body::Html("agenda".to_owned())),
        organizer: Some(person("Charles", "charles@example.com")),
        attendees: vec![Attendee {
            person: person("Ada", "ada@example.org"),
            role: AttendeeRole::Required,
            status: ParticipationStatus::None,
            comment: None,
            additional_guests: 0,
            answered_at: None,
        }],
        ..event("rich")
    }
}

#[test]
fn every_text_of_an_event_is_pending_and_then_found() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let id = fixture.put(calendar, account, &rich());
    let sources = pending(&fixture);
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0].places, ["Oslo", "Fjord", "Harbour 1"]);
    let people = ["Charles", "charles@example.com", "Ada", "ada@example.org"];
    assert_eq!(sources[0].people, people);
    assert_eq!(sources[0].body, Some(Body::Html("agenda".to_owned())));
    let same = fixture.store.read(|read| read.find_search_source(id));
    assert_eq!(same.expect("a read").as_ref(), Some(&sources[0]));
    let same = fixture.store.read(|read| read.people(id));
    assert_eq!(same.expect("a read"), people);

    assert!(found(&fixture, "kickoff").is_empty(), "not indexed yet");
    assert_eq!(index(&fixture), 1);
    assert_eq!(count(&fixture), 0);
    for word in [
        "kick*", "oslo", "fjord", "harbour", "charles", "ada", "agenda",
    ] {
        assert_eq!(found(&fixture, word), ["Kickoff"], "{word}");
    }
    assert!(found(&fixture, "nothing").is_empty());
}

#[test]
fn a_change_is_indexed_anew_and_what_is_gone_is_not_found() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    fixture.put(calendar, account, &rich());
    fixture.put(calendar, account, &master("series"));
    fixture.put(calendar, account, &exception("moved", "series"));
    index(&fixture);
    fixture.put(calendar, account, &rich());
    assert_eq!(count(&fixture), 0, "nothing changed");
    let renamed = Event {
        title: "Retro".to_owned(),
        ..rich()
    };
    fixture.put(calendar, account, &renamed);
    assert_eq!(index(&fixture), 1);
    assert!(found(&fixture, "kickoff").is_empty());
    assert_eq!(found(&fixture, "retro AND oslo"), ["Retro"]);

    fixture.write(|write| write.remove_event(calendar, &"series".into()));
    assert!(found(&fixture, "series OR moved").is_empty());
    fixture.put(calendar, account, &event("late"));
    fixture.write(|write| write.remove_event(calendar, &"late".into()));
    assert_eq!(count(&fixture), 0, "nobody waits for what is gone");
    fixture.write(|write| write.remove_account(account));
    assert!(found(&fixture, "retro").is_empty());
    let rows: i64 = fixture
        .raw()
        .query_row("SELECT count(*) FROM event_search_docsize", [], |row| {
            row.get(0)
        })
        .expect("a count");
    assert_eq!(rows, 0, "an index of nothing holds nothing");
}

#[test]
fn texts_that_were_read_before_a_change_or_by_two_at_once_do_no_harm() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    fixture.put(calendar, account, &rich());
    let stale: Vec<SearchText> = pending(&fixture).into_iter().map(as_written).collect();
    let renamed = Event {
        title: "Retro".to_owned(),
        ..rich()
    };
    fixture.put(calendar, account, &renamed);
    assert_eq!(fixture.write(|write| write.index_events(&stale)), 0);
    assert_eq!(count(&fixture), 1, "it is still to be done");
    let texts: Vec<SearchText> = pending(&fixture).into_iter().map(as_written).collect();
    let other = fixture.another();
    assert_eq!(fixture.write(|write| write.index_events(&texts)), 1);
    let again = other.write(|write| write.index_events(&texts));
    assert_eq!(again.expect("a write"), 0, "somebody else was faster");
    assert_eq!(found(&fixture, "retro"), ["Retro"]);
    assert!(found(&fixture, "kickoff").is_empty());
    fixture.write(|write| write.remove_event(calendar, &"rich".into()));
    assert_eq!(fixture.write(|write| write.index_events(&texts)), 0);
    assert!(found(&fixture, "retro").is_empty());
}

#[test]
fn a_title_counts_more_than_a_description_and_of_too_many_the_newest_are_given() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let with = |id: &str, title: &str, place: &str, body: &str| Event {
        title: title.to_owned(),
        location: Some(place.to_owned()),
        body: Some(Body::Text(body.to_owned())),
        ..event(id)
    };
    fixture.put(calendar, account, &with("1", "budget", "there", "is talk"));
    fixture.put(calendar, account, &with("2", "place", "budget", "is talk"));
    fixture.put(calendar, account, &with("3", "body", "there", "is budget"));
    index(&fixture);
    assert_eq!(found(&fixture, "budget"), ["budget", "place", "body"]);
    let newest = fixture.store.read(|read| read.search("budget", 2));
    let Hits::Newest(newest) = newest.expect("a search") else {
        panic!("there are more than two");
    };
    let titles: Vec<&str> = newest.iter().map(|(_, title)| title.as_str()).collect();
    assert_eq!(titles, ["body", "place"]);
}

#[test]
fn the_occurrence_to_show_runs_or_comes_next_or_was_the_last() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let id = fixture.put(calendar, account, &master("m"));
    let lay_out = |all_day: bool, starts: &[i64]| {
        let occurrences: Vec<NewOccurrence> = starts
            .iter()
            .map(|hours| NewOccurrence {
                event: id,
                instance_id: hours.to_string(),
                all_day,
                start: now() + TimeDelta::hours(*hours),
                end: now() + TimeDelta::hours(*hours + if all_day { 24 } else { 1 }),
            })
            .collect();
        fixture.write(|write| write.put_occurrences(calendar, id, &occurrences, "2026a"));
    };
    let nearest = |today: i64| {
        let today = now() + TimeDelta::hours(today);
        let found = fixture
            .store
            .read(|read| read.nearest_occurrence(id, now(), today));
        found.expect("a read").map(|found| found.instance_id)
    };
    assert_eq!(nearest(0), None);
    for (starts, expected) in [
        (vec![-48, -24, 24, 48], "24"),
        (vec![-48, 0, 24], "0"),
        (vec![-48, -1], "-1"),
        (vec![-1, 5], "5"),
        (vec![-72, -48], "-48"),
    ] {
        lay_out(false, &starts);
        assert_eq!(nearest(0).as_deref(), Some(expected), "{starts:?}");
    }
    // A date is over where the reader's date is later, whatever the instant.
    lay_out(true, &[-24, 0]);
    assert_eq!(nearest(0).as_deref(), Some("0"));
    assert_eq!(nearest(-24).as_deref(), Some("-24"));
}

#[test]
fn what_was_found_is_told_with_its_calendar_and_its_window() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let cancelled = Event {
        status: Status::Cancelled,
        ..exception("moved", "series")
    };
    let id = fixture.put(calendar, account, &cancelled);
    let found = fixture.store.read(|read| read.find_found(id));
    let found = found.expect("a read").expect("the event");
    assert_eq!(found.series_id.as_deref(), Some("series"));
    assert_eq!(found.calendar_name, "Calendar work");
    assert_eq!(found.account_email, "ada@example.com");
    assert_eq!(found.status, Status::Cancelled);
    assert_eq!(found.start, at("2026-11-20T10:00:00Z"));
    assert!(found.is_connected && found.window.is_none() && !found.all_day);
    let gone = fixture
        .store
        .read(|read| read.find_found(dayline_model::EventId(99)));
    assert_eq!(gone.expect("a read"), None);
}

#[test]
fn a_search_reads_no_table_from_end_to_end() {
    let fixture = Fixture::new();
    let raw = fixture.raw();
    for query in crate::search::QUERIES {
        let mut statement = raw
            .prepare(&format!("EXPLAIN QUERY PLAN {query}"))
            .expect("a plan");
        let plan: Vec<String> = statement
            .raw_query()
            .mapped(|row| row.get("detail"))
            .collect::<Result<_, _>>()
            .expect("a step");
        let mut scans = plan.iter().filter(|step| step.starts_with("SCAN"));
        let scanned = scans.find(|step| !step.contains("VIRTUAL TABLE"));
        assert_eq!(scanned, None, "{query}: {plan:#?}");
    }
}
