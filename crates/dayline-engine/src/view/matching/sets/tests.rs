//! Overlaps against a naive search.

use chrono::TimeDelta;
use dayline_model::EventId;
use proptest::prelude::*;

use super::super::copies::tests::span;
use super::*;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

#[test]
fn what_takes_no_time_is_no_conflict() {
    type Change = fn(&mut SpanRow);
    let table: &[(&str, Change, bool)] = &[
        ("busy", |_| {}, true),
        ("tentative", |span| span.show_as = ShowAs::Tentative, true),
        (
            "out of office",
            |span| span.show_as = ShowAs::OutOfOffice,
            true,
        ),
        ("free", |span| span.show_as = ShowAs::Free, false),
        (
            "elsewhere",
            |span| span.show_as = ShowAs::WorkingElsewhere,
            false,
        ),
        (
            "declined",
            |span| span.response = ParticipationStatus::Declined,
            false,
        ),
        ("cancelled", |span| span.status = Status::Cancelled, false),
        ("all day", |span| span.all_day = true, false),
        ("a moment", |span| span.end = span.start, false),
    ];
    for (what, change, expected) in table {
        let mut one = span(1, 1, 0, 60);
        change(&mut one);
        assert_eq!(takes_time(&one), *expected, "{what}");
    }
}

fn busy(spans: &[(i64, i64, usize)]) -> Vec<Busy> {
    (0..)
        .zip(spans)
        .map(|(event, (start, length, meeting))| Busy {
            key: (EventId(event), at(*start)),
            end: at(start + length),
            meeting: *meeting,
        })
        .collect()
}

proptest! {
    #[test]
    fn conflicts_are_what_a_naive_search_finds(
        spans in proptest::collection::vec((0..60_i64, 1..30_i64, 0..6_usize), 0..14),
    ) {
        let busy = busy(&spans);
        let naive: BTreeSet<Key> = busy
            .iter()
            .filter(|one| {
                busy.iter().any(|two| {
                    one.meeting != two.meeting && one.key.1 < two.end && two.key.1 < one.end
                })
            })
            .map(|one| one.key)
            .collect();
        prop_assert_eq!(conflicts(busy), naive);
    }
}
