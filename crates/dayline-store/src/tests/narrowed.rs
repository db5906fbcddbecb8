//! Whatever is asked for: the same occurrences as with a naive filter, and no table is read whole.

use chrono::TimeDelta;
use dayline_model::{
    CalendarId, Event, EventId, Importance, ParticipationStatus, Sensitivity, ShowAs, Status,
};
use proptest::prelude::*;

use super::{Fixture, event, master, now};
use crate::occurrences::narrowed::{
    Begin, bounds, event_categories_query, narrowed_query, spans_at_query, spans_query,
};
use crate::people::PEOPLE_BETWEEN;
use crate::{
    CategoryId, CategoryRow, Derived, LinkRow, NewOccurrence, OccurrenceNarrow, OccurrenceRow,
    Read, SpanRow,
};

const IMPORTANCE: [Importance; 3] = [Importance::Low, Importance::Normal, Importance::High];
const RESPONSES: [ParticipationStatus; 2] =
    [ParticipationStatus::Accepted, ParticipationStatus::Declined];
const NAMES: [&str; 3] = ["Travel", "travel", "Büro"];

/// What is drawn about an event: importance, answer, categories, days from now, flags.
type Drawn = (usize, usize, Vec<usize>, i64, [bool; 5]);

fn drawn() -> impl Strategy<Value = Drawn> {
    (
        0..3_usize,
        0..2_usize,
        proptest::collection::vec(0..3_usize, 0..3),
        -80..80_i64,
        any::<[bool; 5]>(),
    )
}

fn narrow() -> impl Strategy<Value = OccurrenceNarrow> {
    let subset = |most: usize| proptest::option::of(proptest::collection::vec(0..most, 0..3));
    let list = proptest::collection::vec(1..5_i64, 0..4);
    (
        subset(3),
        subset(2),
        proptest::collection::vec(list, 0..3),
        any::<[bool; 5]>(),
        0..4_usize,
    )
        .prop_map(|(importance, responses, categories, flags, quiet)| {
            let mut flags = flags;
            // Most filters ask for few things.
            flags.iter_mut().skip(quiet).for_each(|flag| *flag = false);
            OccurrenceNarrow {
                importance: importance.map(|list| list.iter().map(|at| IMPORTANCE[*at]).collect()),
                responses: responses.map(|list| list.iter().map(|at| RESPONSES[*at]).collect()),
                categories: categories
                    .into_iter()
                    // An id that no category has is among them.
                    .map(|list| list.into_iter().map(CategoryId).collect())
                    .collect(),
                is_teams: flags[0],
                has_link: flags[1],
                has_attachments: flags[2],
                is_series: flags[3],
                is_private: flags[4],
                ..OccurrenceNarrow::default()
            }
        })
}

fn put(fixture: &Fixture, number: usize, drawn: &Drawn, calendar: CalendarId) {
    let (importance, response, categories, day, flags) = drawn;
    let id = format!("e{number}");
    let base = if flags[3] { master(&id) } else { event(&id) };
    let mut names: Vec<String> = categories.iter().map(|at| NAMES[*at].to_owned()).collect();
    names.dedup();
    let wanted = Event {
        importance: IMPORTANCE[*importance],
        response: RESPONSES[*response],
        categories: names,
        has_attachments: flags[2],
        sensitivity: if flags[4] {
            Sensitivity::Confidential
        } else {
            Sensitivity::Personal
        },
        ..base
    };
    let link = LinkRow {
        url: "https://example.com".to_owned(),
        service: "zoom".to_owned(),
        source: "body".to_owned(),
        label: None,
    };
    let derived = Derived {
        links: if flags[1] { vec![link] } else { Vec::new() },
        is_teams: flags[0],
        ..Derived::default()
    };
    let account = fixture
        .store
        .read(|read| read.accounts())
        .expect("accounts")[0]
        .id;
    fixture.write(|write| {
        let outcome = write.upsert_event(calendar, account, &wanted, &derived, 1, 1, now())?;
        let start = now() + TimeDelta::days(*day);
        let length = TimeDelta::days(if number.is_multiple_of(5) { 40 } else { 1 });
        let shown = NewOccurrence {
            event: outcome.id(),
            instance_id: id,
            all_day: false,
            start,
            end: start + length,
        };
        write
            .put_occurrences(calendar, outcome.id(), &[shown], "2026a")
            .map(drop)
    });
}

fn naive(read: &Read<'_>, row: &OccurrenceRow, narrow: &OccurrenceNarrow) -> bool {
    let event = read.load_event(row.event).expect("a read").expect("a row");
    let named = read.categories().expect("names");
    let carried: Vec<CategoryId> = named
        .into_iter()
        .filter(|known| row.categories.iter().any(|(other, _)| *other == known.name))
        .map(|known| known.id)
        .collect();
    fn listed<T: PartialEq>(list: Option<&Vec<T>>, value: &T) -> bool {
        list.is_none_or(|list| list.contains(value))
    }
    let is_private = event.sensitivity == Sensitivity::Confidential;
    listed(narrow.importance.as_ref(), &row.importance)
        && listed(narrow.responses.as_ref(), &row.response)
        && narrow
            .categories
            .iter()
            .all(|list| list.iter().any(|id| carried.contains(id)))
        && (!narrow.is_teams || row.is_teams)
        && (!narrow.has_link || row.join_url.is_some())
        && (!narrow.has_attachments || event.has_attachments)
        && (!narrow.is_series || row.series_id.is_some())
        && (!narrow.is_private || is_private)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn narrowing_leaves_over_what_a_naive_filter_does_wherever_it_begins(
        events in proptest::collection::vec(drawn(), 0..25),
        narrow in narrow(),
        from in -60..60_i64,
        days in 1..90_i64,
    ) {
        let fixture = Fixture::new();
        let account = fixture.account();
        let calendars = fixture.calendars(account, &["shown", "hidden"]);
        // So that every name has its id.
        let all = (1, 0, vec![0, 1, 2], -500, [false; 5]);
        put(&fixture, 1000, &all, calendars[0]);
        for (number, drawn) in events.iter().enumerate() {
            put(&fixture, number, drawn, calendars[usize::from(number % 7 == 6)]);
        }
        fixture.write(|write| write.set_calendar_visible(calendars[1], false));
        let (from, until) = (now() + TimeDelta::days(from), now() + TimeDelta::days(from + days));
        let (mut found, expected, forced) = fixture
            .store
            .read(|read| {
                let mut found = Vec::new();
                read.visit_occurrences(from, until, &narrow, |row, _| {
                    found.push(row.instance_id);
                    Ok(())
                })?;
                let mut forced = Vec::new();
                if !narrow.categories.is_empty() && !narrow.is_impossible() {
                    for begin in [Begin::Range, Begin::Categories] {
                        let query = narrowed_query(&narrow, begin);
                        let mut statement = read.connection.prepare(&query)?;
                        let rows = statement.query_map(bounds(from, until), |row| row.get(2))?;
                        let mut ids: Vec<String> = rows.collect::<Result<_, _>>()?;
                        ids.sort();
                        forced.push(ids);
                    }
                }
                let all = read.occurrences(from, until)?;
                let wanted = all.into_iter().filter(|row| naive(read, row, &narrow));
                Ok((found, wanted.map(|row| row.instance_id).collect::<Vec<_>>(), forced))
            })
            .expect("a read");
        let mut expected = expected;
        expected.sort();
        found.sort();
        prop_assert_eq!(&found, &expected);
        for ids in forced {
            prop_assert_eq!(&ids, &expected);
        }
    }
}

#[test]
fn facts_are_told_and_a_rare_category_is_where_a_long_range_begins() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    for (number, day) in (0..20).zip(0..) {
        let categories = if number == 7 { vec![2] } else { vec![0] };
        let drawn = (1, 0, categories, day, [number == 7; 5]);
        put(&fixture, number, &drawn, calendar);
    }
    let id = |name: &str| {
        let names = fixture.store.read(|read| read.categories());
        let mut names = names.expect("names").into_iter();
        names
            .find(|known| known.name == name)
            .expect("the category")
            .id
    };
    let ask = |name: &str, days: i64| {
        let narrow = OccurrenceNarrow {
            categories: vec![vec![id(name)]],
            ..OccurrenceNarrow::default()
        };
        let until = now() + TimeDelta::days(days);
        let work = |read: &Read<'_>| {
            let mut found = Vec::new();
            read.visit_occurrences(now(), until, &narrow, |row, facts| {
                found.push((row.instance_id, facts.is_private, facts.has_attachments));
                Ok(())
            })?;
            Ok((read.cheaper_begin(now(), until, &narrow)?, found))
        };
        fixture.store.read(work).expect("a read")
    };
    let (begin, found) = ask("Büro", 400);
    assert_eq!(begin, Begin::Categories);
    assert_eq!(found, [("e7".to_owned(), true, true)]);
    let (begin, found) = ask("Travel", 3);
    assert_eq!(begin, Begin::Range);
    assert_eq!(found.len(), 3);
    assert!(
        found
            .iter()
            .all(|(_, is_private, attached)| !is_private && !attached)
    );
}

#[test]
fn spans_and_their_reach_go_beyond_the_range() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    for (number, day) in [(0, -30), (1, -1), (2, 2), (3, 5)] {
        put(&fixture, number, &(1, 0, vec![], day, [false; 5]), calendar);
    }
    let (from, until) = (now(), now() + TimeDelta::days(3));
    let day = |days: i64| now() + TimeDelta::days(days);
    let reach = fixture.store.read(|read| read.reach(from, until));
    assert_eq!(reach.expect("a read"), (day(-30), day(10)));
    let mut starts = Vec::new();
    fixture
        .store
        .read(|read| read.visit_spans(from, until, |span| starts.push(span.start)))
        .expect("a read");
    starts.sort();
    assert_eq!(starts, [day(-30), day(2)]);
    let empty = Fixture::new();
    let reach = empty.store.read(|read| read.reach(from, until));
    assert_eq!(reach.expect("a read"), (from, until));
}

#[test]
fn what_starts_at_a_moment_is_found_wherever_its_event_stands() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendars = fixture.calendars(account, &["shown", "hidden"]);
    // The fifth ones last 40 days.
    for (number, day, calendar) in [(1, 0, 0), (5, 0, 0), (2, 1, 0), (3, 0, 1), (4, 0, 1)] {
        let drawn = (1, 0, vec![], day, [number == 1; 5]);
        put(&fixture, number, &drawn, calendars[calendar]);
    }
    fixture.write(|write| write.set_calendar_visible(calendars[1], false));
    let find = |id: &str| {
        let row = fixture
            .store
            .read(|read| read.find_occurrence(calendars[1], id));
        row.expect("a read").expect("a row").event
    };
    let at = |event: EventId| {
        let spans = fixture.store.read(|read| read.spans_at(now(), event));
        let mut spans = spans.expect("a read");
        spans.sort_by(|a, b| a.instance_id.cmp(&b.instance_id));
        spans
    };
    let ids = |spans: &[SpanRow]| -> Vec<String> {
        spans.iter().map(|span| span.instance_id.clone()).collect()
    };
    let spans = at(find("e3"));
    assert_eq!(ids(&spans), ["e1", "e3", "e5"]);
    assert_eq!(ids(&at(EventId(999))), ["e1", "e5"]);
    assert!(spans.iter().all(|span| span.is_own));
    let teams: Vec<(bool, bool)> = spans
        .iter()
        .map(|one| (one.is_teams, one.has_link))
        .collect();
    assert_eq!(teams, [(true, true), (false, false), (false, false)]);
}

#[test]
fn categories_are_counted_and_told_by_event() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    for (number, day, categories) in [(1, 0, vec![0, 1]), (2, 1, vec![0]), (3, 200, vec![0])] {
        put(
            &fixture,
            number,
            &(1, 0, categories, day, [false; 5]),
            calendar,
        );
    }
    let work = |read: &Read<'_>| {
        let mut carried: Vec<(EventId, CategoryId)> = Vec::new();
        let until = now() + TimeDelta::days(30);
        read.visit_event_categories(now(), until, |event, category| {
            carried.push((event, category));
        })?;
        Ok((read.used_categories()?, carried))
    };
    let (used, carried) = fixture.store.read(work).expect("a read");
    let counts: Vec<i64> = used.iter().map(|(_, events)| *events).collect();
    assert_eq!(counts, [3, 1]);
    let of = |category: &CategoryRow| {
        let carried = carried.iter().filter(|(_, id)| *id == category.id);
        carried.count()
    };
    // The one of next summer is not asked for.
    assert_eq!((of(&used[0].0), of(&used[1].0)), (2, 1));
}

#[test]
fn no_narrowed_query_reads_a_table_from_end_to_end() {
    let fixture = Fixture::new();
    let raw = fixture.raw();
    let all = OccurrenceNarrow {
        calendars: Some(vec![CalendarId(1)]),
        importance: Some(vec![Importance::High]),
        responses: Some(vec![ParticipationStatus::None]),
        statuses: Some(vec![Status::Confirmed]),
        show_as: Some(vec![ShowAs::Busy]),
        categories: vec![vec![CategoryId(1), CategoryId(2)], vec![CategoryId(3)]],
        is_teams: true,
        has_link: true,
        has_attachments: true,
        is_series: true,
        is_all_day: true,
        is_private: true,
    };
    let range = "event_occurrences USING INDEX event_occurrences_short (start_ms";
    let categories = "event_categories USING COVERING INDEX event_categories_category";
    for (query, begins_with) in [
        (narrowed_query(&all, Begin::Range), range),
        (
            narrowed_query(&OccurrenceNarrow::default(), Begin::Range),
            range,
        ),
        (narrowed_query(&all, Begin::Categories), categories),
        (spans_query(), range),
        (spans_at_query(), range),
        (event_categories_query(), range),
        (PEOPLE_BETWEEN.to_owned(), range),
    ] {
        let mut statement = raw
            .prepare(&format!("EXPLAIN QUERY PLAN {query}"))
            .expect("a plan");
        let values = vec![1; statement.parameter_count()];
        let plan: Vec<String> = statement
            .query_map(rusqlite::params_from_iter(values), |row| row.get("detail"))
            .expect("a plan")
            .collect::<Result<_, _>>()
            .expect("a step");
        let text = plan.join("\n");
        assert!(text.contains(begins_with), "{begins_with}:\n{text}");
        let scanned = plan.iter().find(|step| {
            let made_here = ["SCAN o", "SCAN w", "SCAN met", "SCAN people"];
            let is_made_here = step.contains("subquery") || made_here.contains(&step.as_str());
            step.starts_with("SCAN") && !is_made_here
        });
        assert_eq!(scanned, None, "{query}\n{text}");
    }
}
