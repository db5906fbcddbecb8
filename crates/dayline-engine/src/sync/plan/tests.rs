//! Tables of pages: what is known, what comes, what has to be done.

use chrono::{TimeDelta, TimeZone};
use dayline_model::{
    Importance, OriginalStart, ParticipationStatus, Sensitivity, ShowAs, When, Zone, ZonedTime,
};
use proptest::prelude::*;

use super::*;

/// Noon of a day, counted from the first one of the window.
fn noon(day: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap() + TimeDelta::days(day)
}

fn graph(round: Round) -> PageContext {
    PageContext {
        provider: ProviderKind::Microsoft,
        round,
    }
}

fn google(round: Round) -> PageContext {
    PageContext {
        provider: ProviderKind::Google,
        ..graph(round)
    }
}

fn id(text: &str) -> ProviderEventId {
    ProviderEventId(text.to_owned())
}

fn at(day: i64) -> When {
    let zoned = |time| ZonedTime::at(time, Zone::parse("UTC"));
    When::Timed {
        start: zoned(noon(day)),
        end: zoned(noon(day) + TimeDelta::hours(1)),
    }
}

fn event(name: &str, kind: EventKind) -> Event {
    Event {
        id: id(name),
        ical_uid: None,
        kind,
        title: name.to_owned(),
        body: None,
        event_type: dayline_model::EventType::Default,
        location: None,
        places: Vec::new(),
        when: at(1),
        status: Status::Confirmed,
        show_as: ShowAs::Busy,
        sensitivity: Sensitivity::Normal,
        response: ParticipationStatus::None,
        importance: Importance::Normal,
        categories: Vec::new(),
        organizer: None,
        attendees: Vec::new(),
        online: None,
        reminders: dayline_model::Reminders::default(),
        color: None,
        has_attachments: false,
        attachments: None,
        html_link: None,
        etag: None,
        raw: None,
    }
}

fn upsert(name: &str) -> Change {
    Change::Upsert(Box::new(event(name, EventKind::Single)))
}

fn titled(name: &str, title: &str) -> Change {
    Change::Upsert(Box::new(Event {
        title: title.to_owned(),
        ..event(name, EventKind::Single)
    }))
}

fn master(name: &str) -> Change {
    let recurrence = vec!["RRULE:FREQ=DAILY".to_owned()];
    Change::Upsert(Box::new(event(
        name,
        EventKind::SeriesMaster { recurrence },
    )))
}

fn exception(name: &str, series: &str, status: Status) -> Change {
    let kind = EventKind::Exception {
        series: id(series),
        original_start: Some(OriginalStart::Instant(noon(1))),
    };
    Change::Upsert(Box::new(Event {
        status,
        ..event(name, kind)
    }))
}

fn instance(name: &str, series: &str) -> Change {
    Change::Instance(Instance {
        id: id(name),
        series: id(series),
        when: at(2),
        etag: None,
    })
}

fn removed(name: &str) -> Change {
    Change::Removed {
        id: id(name),
        certain: false,
    }
}

fn removed_for_certain(name: &str) -> Change {
    Change::Removed {
        id: id(name),
        certain: true,
    }
}

fn unreadable(name: Option<&str>) -> Change {
    Change::Unreadable {
        id: name.map(id),
        raw: "{}".to_owned(),
        reason: "no times".to_owned(),
    }
}

fn known_event(name: &str) -> (ProviderEventId, Known) {
    (id(name), Known::Event)
}

fn known_instance(name: &str) -> (ProviderEventId, Known) {
    (id(name), Known::Instance)
}

/// A plan in few words: `+event`, `~instance`, `-removal`, `?event`, `*series`, `!unreadable`.
fn told(plan: &PagePlan) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(plan.upserts.iter().map(|event| format!("+{}", event.title)));
    words.extend(plan.instances.iter().map(|one| format!("~{}", one.id.0)));
    words.extend(plan.removals.iter().map(|id| format!("-{}", id.0)));
    words.extend(plan.follow_ups.iter().map(|question| {
        let sign = match question.kind {
            FollowUpKind::Event => '?',
            FollowUpKind::Instances => '*',
            FollowUpKind::Attachments => '@',
        };
        format!("{sign}{}", question.event.0)
    }));
    words.extend(plan.unreadable.iter().map(|item| {
        let id = item.id.as_ref().map_or("nobody", ProviderEventId::as_str);
        format!("!{id}")
    }));
    words.join(" ")
}

#[track_caller]
fn check(
    description: &str,
    context: PageContext,
    known: &[(ProviderEventId, Known)],
    changes: Vec<Change>,
    expected: &str,
) {
    let known = known.iter().cloned().collect();
    let plan = plan_page(context, changes, &known);
    assert_eq!(told(&plan), expected, "{description}");
}

#[test]
fn an_event_is_kept_and_the_last_word_about_it_counts() {
    let delta = graph(Round::Delta);
    check("nothing", delta, &[], vec![], "");
    check("new", delta, &[], vec![upsert("a")], "+a");
    check("known", delta, &[known_event("a")], vec![upsert("a")], "+a");
    check(
        "told twice",
        delta,
        &[],
        vec![titled("a", "old"), titled("a", "new")],
        "+new",
    );
    check(
        "told and taken back",
        delta,
        &[known_event("a")],
        vec![upsert("a"), removed("a")],
        "?a",
    );
    check(
        "new and taken back at once",
        delta,
        &[],
        vec![upsert("a"), removed("a")],
        "",
    );
    check(
        "removed and there again",
        delta,
        &[known_event("a")],
        vec![removed("a"), upsert("a")],
        "+a",
    );
    check(
        "readable at last",
        delta,
        &[],
        vec![unreadable(Some("a")), upsert("a")],
        "+a",
    );
    check(
        "in the end not readable",
        delta,
        &[],
        vec![upsert("a"), unreadable(Some("a"))],
        "!a",
    );
}

#[test]
fn a_tombstone_is_believed_only_where_it_is_certain() {
    let delta = graph(Round::Delta);
    for removal in [removed, removed_for_certain] {
        check("unknown", delta, &[], vec![removal("a")], "");
    }
    for known in [known_event("a"), known_instance("a")] {
        let known = [known];
        check(
            "it may only have left the window",
            delta,
            &known,
            vec![removed("a")],
            "?a",
        );
        check(
            "a provider that is certain is believed",
            delta,
            &known,
            vec![removed_for_certain("a")],
            "-a",
        );
    }
}

#[test]
fn what_reaches_into_the_window_touches_it() {
    let days = 100;
    let window = (noon(0), noon(days));
    let second = TimeDelta::seconds(1);
    for (description, start, end, expected) in [
        ("ends as it begins", noon(-1), noon(0), false),
        ("reaches into it", noon(-1), noon(0) + second, true),
        ("around it", noon(-1), noon(days + 1), true),
        ("no length, at its start", noon(0), noon(0), true),
        ("no length, inside", noon(1), noon(1), true),
        ("no length, at its end", noon(days), noon(days), false),
        ("no length, before", noon(-1), noon(-1), false),
        (
            "at the last second",
            noon(days) - second,
            noon(days + 1),
            true,
        ),
        ("begins as it ends", noon(days), noon(days + 1), false),
    ] {
        assert_eq!(touches((start, end), window), expected, "{description}");
    }
}

#[test]
fn a_master_in_graphs_delta_has_its_instances_listed_anew() {
    check(
        "delta",
        graph(Round::Delta),
        &[],
        vec![master("s")],
        "+s *s",
    );
    check("full", graph(Round::Full), &[], vec![master("s")], "+s");
    check(
        "confirm",
        graph(Round::Confirm),
        &[],
        vec![master("s")],
        "+s",
    );
    check(
        "a provider that does not expand",
        google(Round::Delta),
        &[],
        vec![master("s")],
        "+s",
    );
}

#[test]
fn what_hangs_on_an_unknown_series_asks_for_it() {
    for context in [graph(Round::Full), google(Round::Full)] {
        check(
            "an instance without its master",
            context,
            &[],
            vec![instance("i", "s")],
            "~i ?s",
        );
        check(
            "an instance before its master on the same page",
            context,
            &[],
            vec![instance("i", "s"), master("s")],
            "+s ~i",
        );
        check(
            "an instance of a known master",
            context,
            &[known_event("s")],
            vec![instance("i", "s")],
            "~i",
        );
        check(
            "what is known as an instance is no master",
            context,
            &[known_instance("s")],
            vec![instance("i", "s")],
            "~i ?s",
        );
        check(
            "an exception without its master",
            context,
            &[],
            vec![exception("x", "s", Status::Confirmed)],
            "+x ?s",
        );
        check(
            "an exception before its master on the same page",
            context,
            &[],
            vec![exception("x", "s", Status::Confirmed), master("s")],
            "+x +s",
        );
        check(
            "a master that is taken back leaves its instance asking",
            context,
            &[],
            vec![master("s"), instance("i", "s"), removed("s")],
            "~i ?s",
        );
        check(
            "two that ask for the same ask once",
            context,
            &[],
            vec![instance("i", "s"), instance("j", "s")],
            "~i ~j ?s",
        );
    }
    check(
        "a cancelled occurrence of a series that is gone needs none",
        google(Round::Delta),
        &[],
        vec![exception("x", "s", Status::Cancelled)],
        "+x",
    );
}

#[test]
fn an_instance_and_an_exception_under_one_id_follow_each_other() {
    let delta = graph(Round::Delta);
    let known = [known_event("s")];
    check(
        "an occurrence is changed",
        delta,
        &known,
        vec![instance("i", "s"), exception("i", "s", Status::Confirmed)],
        "+i",
    );
    check(
        "and is like its series again",
        delta,
        &known,
        vec![exception("i", "s", Status::Confirmed), instance("i", "s")],
        "~i",
    );
}

#[test]
fn what_nobody_can_read_is_set_aside_one_by_one() {
    check(
        "with an id, without, and twice",
        google(Round::Full),
        &[],
        vec![
            unreadable(Some("a")),
            unreadable(None),
            upsert("b"),
            unreadable(None),
            unreadable(Some("a")),
        ],
        "+b !nobody !nobody !a",
    );
}

#[test]
fn a_full_round_that_would_remove_much_is_listed_again() {
    use Removal::{Believe, ListAgain};
    for (before, unlisted, expected) in [
        (0, 0, Believe),
        (10, 0, Believe),
        (10, 1, Believe),
        (10, 9, Believe),
        // All of them, be it one.
        (1, 1, ListAgain),
        (10, 10, ListAgain),
        // Over 20 rows and over 20 %.
        (100, 20, Believe),
        (100, 21, ListAgain),
        (105, 21, Believe),
        (104, 21, ListAgain),
        (1000, 200, Believe),
        (1000, 201, ListAgain),
        // More than stood there when it began.
        (0, 5, ListAgain),
    ] {
        let description = format!("{unlisted} of {before}");
        assert_eq!(
            plan_removal(Round::Full, before, unlisted),
            expected,
            "{description}"
        );
        assert_eq!(
            plan_removal(Round::Confirm, before, unlisted),
            Believe,
            "{description}, listed twice"
        );
    }
}

/// Any change about one of a few ids.
fn any_change() -> impl Strategy<Value = Change> {
    let name = prop::sample::select(vec!["a", "b", "c", "d", "e"]);
    (name, 0..7, any::<bool>()).prop_map(|(name, kind, certain)| match kind {
        0 => upsert(name),
        1 => master(name),
        2 => exception(name, "s", Status::Confirmed),
        3 => instance(name, "s"),
        4 => Change::Removed {
            id: id(name),
            certain,
        },
        5 => unreadable(Some(name)),
        _ => unreadable(None),
    })
}

fn all_known() -> BTreeMap<ProviderEventId, Known> {
    ["a", "b", "c"]
        .map(known_event)
        .into_iter()
        .chain([known_event("d"), known_event("s")])
        .collect()
}

proptest! {
    #[test]
    fn nothing_that_comes_is_lost(changes in prop::collection::vec(any_change(), 0..12)) {
        let ids: BTreeSet<ProviderEventId> = changes.iter().filter_map(change_id).collect();
        let nameless = changes.iter().filter(|change| change_id(change).is_none()).count();
        let known = all_known();
        let last: BTreeMap<ProviderEventId, Change> = changes
            .iter()
            .filter_map(|change| Some((change_id(change)?, change.clone())))
            .collect();
        let plan = plan_page(graph(Round::Delta), changes, &known);
        for id in &ids {
            let places = [
                plan.upserts.iter().any(|event| event.id == *id),
                plan.instances.iter().any(|one| one.id == *id),
                plan.removals.contains(id),
                plan.unreadable.iter().any(|item| item.id.as_ref() == Some(id)),
            ];
            let asked = plan.follow_ups.contains(&FollowUp::new(id, FollowUpKind::Event));
            let count = places.iter().filter(|place| **place).count();
            let unknown = matches!(last.get(id), Some(Change::Removed { .. }))
                && !known.contains_key(id);
            if unknown {
                prop_assert_eq!(count, 0);
            } else {
                prop_assert!(count == 1 || (count == 0 && asked), "{:?}", id);
            }
        }
        let set_aside = plan.unreadable.iter().filter(|item| item.id.is_none()).count();
        prop_assert_eq!(set_aside, nameless);
    }

    #[test]
    fn the_order_of_different_ids_makes_no_difference(
        changes in prop::collection::vec(any_change(), 0..12),
        seed in any::<u64>(),
    ) {
        let mut seen = BTreeSet::new();
        let changes: Vec<Change> = changes
            .into_iter()
            .filter(|change| change_id(change).is_some_and(|id| seen.insert(id)))
            .collect();
        let mut other = changes.clone();
        other.sort_by_key(|change| {
            let id = change_id(change).map(|id| id.0).unwrap_or_default();
            (seed ^ u64::from(id.as_bytes()[0])).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let words = |changes| {
            let plan = plan_page(graph(Round::Delta), changes, &all_known());
            let mut words: Vec<String> = told(&plan).split(' ').map(str::to_owned).collect();
            words.sort();
            words
        };
        prop_assert_eq!(words(changes), words(other));
    }
}
