//! The filter language: what is read is printed and read again, and nothing that matches is lost.

use chrono::{Days, NaiveDate};
use dayline_model::filter::{self, Expr, Known, Provider, Subject, Typing};
use dayline_model::{Importance, ParticipationStatus, ShowAs, Status};

use crate::text;

/// The whole input is one filter, read on an ordinary day and on the first and the last one.
pub(crate) fn check(input: &[u8]) {
    let text = text(input);
    let ordinary = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    for today in [ordinary, NaiveDate::MIN, NaiveDate::MAX] {
        check_typing(&text, today);
        match filter::parse(&text, today) {
            Ok(expr) => check_expr(&expr, today, ordinary),
            Err(error) => {
                let characters = text.chars().count();
                assert!(error.column >= 1, "columns count from one");
                assert!(
                    error.column - 1 + error.len <= characters.max(1) + 1,
                    "a mistake is where something was written"
                );
                let told = error.mistake.to_string();
                assert!(!told.is_empty() && told.len() < 500);
            }
        }
    }
}

/// What is offered at the end and in the middle of a text can be taken.
fn check_typing(text: &str, today: NaiveDate) {
    let characters: Vec<char> = text.chars().collect();
    let name = Known {
        value: text.to_owned(),
        label: "name".to_owned(),
        hint: None,
    };
    for cursor in [characters.len(), characters.len() / 2] {
        let Some(typing) = Typing::at(text, cursor) else {
            continue;
        };
        for offered in typing.completions(std::slice::from_ref(&name), today) {
            assert!(offered.from <= cursor && cursor <= offered.to);
            let before = characters.iter().take(offered.from);
            let after = characters.iter().skip(offered.to);
            let taken: String = before
                .copied()
                .chain(offered.insert.chars())
                .chain(after.copied())
                .collect();
            let end = offered.from + offered.insert.chars().count();
            if let Err(error) = filter::parse(&taken, today)
                && taken.len() <= filter::LONGEST
            {
                let at = error.column - 1;
                assert!(at < offered.from || at >= end, "{taken:?}: {error}");
            }
        }
    }
}

fn check_expr(expr: &Expr, today: NaiveDate, ordinary: NaiveDate) {
    let printed = expr.to_string();
    // What is printed may be longer than what may be written.
    if printed.len() <= filter::LONGEST {
        let again = filter::parse(&printed, today);
        assert_eq!(
            again.as_ref(),
            Ok(expr),
            "it prints what it means: {printed}"
        );
        assert_eq!(again.map(|again| again.to_string()).as_ref(), Ok(&printed));
    }
    let (from, end) = expr.range();
    assert!(from.zip(end).is_none_or(|(from, end)| from <= end));
    let narrow = expr.narrow();
    assert_eq!((narrow.from, narrow.end), (from, end));
    for number in 0..SUBJECTS {
        with_subject(number, ordinary, |subject| {
            let matches = expr.matches(subject);
            assert!(
                !matches || narrow.admits(subject),
                "what matches is looked for: {printed}"
            );
            assert!(!expr.is_empty() || matches, "without terms all match");
        });
    }
}

/// How many different occurrences are asked about.
const SUBJECTS: usize = 60;

const RESPONSES: [ParticipationStatus; 6] = [
    ParticipationStatus::None,
    ParticipationStatus::Organizer,
    ParticipationStatus::Accepted,
    ParticipationStatus::Tentative,
    ParticipationStatus::Declined,
    ParticipationStatus::NeedsAction,
];
const SHOWN_AS: [ShowAs; 5] = [
    ShowAs::Free,
    ShowAs::Tentative,
    ShowAs::Busy,
    ShowAs::OutOfOffice,
    ShowAs::WorkingElsewhere,
];

/// One of [`SUBJECTS`], which differ in everything that a filter can ask.
fn with_subject(number: usize, today: NaiveDate, check: impl FnOnce(&Subject<'_>)) {
    fn pick<const N: usize, T: Copy>(list: [T; N], number: usize) -> T {
        list[number % N]
    }
    let categories = ["Client A".to_owned(), "büro".to_owned(), "a".to_owned()];
    let flag = |bit: usize| (number * 0x9e5) & (1 << bit) != 0;
    let first_day = today + Days::new((number % 40) as u64);
    check(&Subject {
        title: pick(["Budget review", "declined", "Straße é", ""], number),
        location: pick(["", "Café Größe", "a"], number),
        people: pick([&["Zoë Smith", "zoe@example.com"][..], &[]], number / 3),
        categories: &categories[..number % 4],
        calendar: pick(["Team Büro", "Private"], number / 5),
        account: pick(["me@example.com", "x"], number / 7),
        provider: pick(
            [
                Provider::Microsoft,
                Provider::Google,
                Provider::CalDav,
                Provider::Ics,
            ],
            number,
        ),
        importance: pick(
            [Importance::Low, Importance::Normal, Importance::High],
            number / 2,
        ),
        response: pick(RESPONSES, number),
        status: pick(
            [Status::Confirmed, Status::Tentative, Status::Cancelled],
            number / 4,
        ),
        show_as: pick(SHOWN_AS, number / 6),
        first_day,
        last_day: first_day + Days::new((number % 3) as u64),
        is_teams: flag(0),
        has_link: flag(1),
        has_attachment: flag(2),
        has_conflict: flag(3),
        is_series: flag(4),
        is_all_day: flag(5),
        is_private: flag(6),
        is_copy: flag(7),
    });
}
