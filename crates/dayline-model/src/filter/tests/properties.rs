//! Properties of every filter, right or wrong.

use std::fmt::Write as _;

use super::super::expr::Term;
use super::*;

/// Pieces of which right, nearly right and wrong filters are put together.
const PIECES: &[&str] = &[
    "importance:",
    "category:",
    "calendar:",
    "account:",
    "provider:",
    "answer:",
    "status:",
    "show:",
    "with:",
    "has:",
    "is:",
    "from:",
    "to:",
    "next:",
    "high",
    "low",
    "microsoft",
    "none",
    "declined",
    "tentative",
    "free",
    "teams",
    "conflict",
    "series",
    "copy",
    "today",
    "friday",
    "2026-11-20",
    "2026-02-30",
    "14d",
    "2w",
    "0d",
    "-",
    ",",
    " ",
    " ",
    "\"",
    "\"",
    "\\",
    ":",
    "/",
    "é",
    "ß",
    "\u{301}",
    "日",
    "x",
    "\u{a0}",
    "\0",
];

pub(super) fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,60}",
        proptest::collection::vec(proptest::sample::select(PIECES), 0..24)
            .prop_map(|pieces| pieces.concat()),
    ]
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(words), 1..4)
        .prop_map(|words| words.join(","))
}

fn quoted() -> impl Strategy<Value = String> {
    "[a-c ,\"\\\\é:-]{1,6}".prop_map(|text| {
        let mut out = "\"x".to_owned();
        for c in text.chars() {
            if matches!(c, '"' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
        out + "\""
    })
}

fn free() -> impl Strategy<Value = String> {
    let value = || prop_oneof![3 => "[a-c]{1,2}", 1 => quoted(), 1 => Just("é".to_owned())];
    proptest::collection::vec(value(), 1..3).prop_map(|values| values.join(","))
}

/// A filter that is right.
pub(super) fn right() -> impl Strategy<Value = String> {
    let key = |key: &'static str, values: BoxedStrategy<String>| {
        values
            .prop_map(move |values| format!("{key}{values}"))
            .boxed()
    };
    let term = proptest::strategy::Union::new([
        key("importance:", one_of(&["low", "normal", "high"]).boxed()),
        key("category:", free().boxed()),
        key("calendar:", free().boxed()),
        key("account:", free().boxed()),
        key(
            "provider:",
            one_of(&["microsoft", "google", "caldav", "ics"]).boxed(),
        ),
        key(
            "answer:",
            one_of(&["accepted", "tentative", "declined", "none", "organizer"]).boxed(),
        ),
        key(
            "status:",
            one_of(&["confirmed", "tentative", "cancelled"]).boxed(),
        ),
        key(
            "show:",
            one_of(&["free", "busy", "tentative", "oof", "elsewhere"]).boxed(),
        ),
        key("with:", free().boxed()),
        key(
            "has:",
            one_of(&["teams", "link", "attachment", "conflict"]).boxed(),
        ),
        key(
            "is:",
            one_of(&["series", "allday", "private", "copy"]).boxed(),
        ),
        key(
            "from:",
            one_of(&["today", "mon", "2026-11-18", "2027-01-01"]).boxed(),
        ),
        key(
            "to:",
            one_of(&["tomorrow", "yesterday", "sunday", "2026-11-19"]).boxed(),
        ),
        key("next:", one_of(&["1d", "14d", "2w", "3m"]).boxed()),
        key("", free().boxed()),
        key(
            "",
            one_of(&["declined", "\"declined\"", "Tentative", "accepted", "a"]).boxed(),
        ),
    ]);
    let term = (any::<bool>(), term)
        .prop_map(|(negated, term)| format!("{}{term}", if negated { "-" } else { "" }));
    proptest::collection::vec(term, 0..5).prop_map(|terms| terms.join(" "))
}

/// What a subject borrows from.
#[derive(Debug, Clone)]
struct Facts {
    texts: [String; 5],
    categories: Vec<String>,
    choices: [usize; 5],
    days: (u64, u64),
    flags: u16,
}

fn facts() -> impl Strategy<Value = Facts> {
    let text = || prop_oneof!["[a-cé ]{0,4}", Just("Declined".to_owned())];
    (
        [text(), text(), text(), text(), text()],
        proptest::collection::vec("[a-cÉ]{1,2}", 0..3),
        [0..4_usize, 0..3, 0..6, 0..3, 0..5],
        (0..60_u64, 0..4_u64),
        any::<u16>(),
    )
        .prop_map(|(texts, categories, choices, days, flags)| Facts {
            texts,
            categories,
            choices,
            days,
            flags,
        })
}

impl Facts {
    fn check(&self, check: impl FnOnce(&Subject<'_>)) {
        let [title, location, person, calendar, account] = &self.texts;
        let people = [person.as_str()];
        let [provider, importance, response, status, show_as] = self.choices;
        let first_day =
            NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + chrono::Days::new(self.days.0);
        let flag = |bit: u16| self.flags & (1 << bit) != 0;
        check(&Subject {
            title,
            location,
            people: &people,
            categories: &self.categories,
            calendar,
            account,
            provider: [
                Provider::Microsoft,
                Provider::Google,
                Provider::CalDav,
                Provider::Ics,
            ][provider],
            importance: [Importance::Low, Importance::Normal, Importance::High][importance],
            response: [
                ParticipationStatus::None,
                ParticipationStatus::Organizer,
                ParticipationStatus::Accepted,
                ParticipationStatus::Tentative,
                ParticipationStatus::Declined,
                ParticipationStatus::NeedsAction,
            ][response],
            status: [Status::Tentative, Status::Confirmed, Status::Cancelled][status],
            show_as: [
                ShowAs::Free,
                ShowAs::Tentative,
                ShowAs::Busy,
                ShowAs::OutOfOffice,
                ShowAs::WorkingElsewhere,
            ][show_as],
            first_day,
            last_day: first_day + chrono::Days::new(self.days.1),
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
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_is_too_much(text in hostile()) {
        match parse(&text, TODAY) {
            Ok(expr) => prop_assert_eq!(parse(&expr.to_string(), TODAY), Ok(expr)),
            Err(error) => {
                let characters = text.chars().count();
                prop_assert!(error.column >= 1 && error.column - 1 + error.len <= characters);
                prop_assert!(!error.mistake.to_string().is_empty());
            }
        }
    }

    #[test]
    fn a_suggestion_is_right_where_it_is_put(text in hostile()) {
        if let Err(error) = parse(&text, TODAY)
            && let Some(word) = &error.suggestion
        {
            let mended: String = text.chars().take(error.column - 1).chain(word.chars())
                .chain(text.chars().skip(error.column - 1 + error.len)).collect();
            let again = parse(&mended, TODAY);
            let end = error.column + word.chars().count();
            prop_assert!(again.as_ref().map_or_else(|again| again.column >= end, |_| true), "{} became {}: {:?}", text, mended, again);
        }
    }

    #[test]
    fn the_canonical_text_reads_as_the_same_filter(text in right()) {
        let expr = expr(&text);
        let canonical = expr.to_string();
        prop_assert_eq!(parse(&canonical, TODAY), Ok(expr), "{} became {}", text, canonical);
    }

    #[test]
    fn whatever_matches_is_admitted(text in right(), facts in facts()) {
        let expr = expr(&text);
        facts.check(|subject| {
            assert!(!expr.matches(subject) || expr.narrow().admits(subject), "{text}");
        });
    }

    #[test]
    fn a_minus_turns_each_term_around(text in right(), facts in facts()) {
        let expr = expr(&text);
        facts.check(|subject| {
            for term in &expr.terms {
                let one = Expr { terms: vec![term.clone()] };
                let turned = Term { negated: !term.negated, test: term.test.clone() };
                let other = Expr { terms: vec![turned] };
                assert_ne!(one.matches(subject), other.matches(subject), "{one}");
            }
        });
    }
}

#[test]
fn the_longest_hostile_filters_cost_what_the_longest_plain_one_costs() {
    // Steps are counted in time of the same run: a quadratic reader would need a thousand times
    // as long, so a factor of a hundred tells them apart on a busy machine too.
    let took = |text: &str| {
        let begun = std::time::Instant::now();
        let _ = parse(text, TODAY);
        begun.elapsed()
    };
    let plain = took(&"a".repeat(LONGEST)).max(std::time::Duration::from_millis(5));
    let mut distinct = String::new();
    for number in 0..700 {
        write!(distinct, "{number:x} ").unwrap();
    }
    for text in [
        "\"".repeat(LONGEST),
        "\\".repeat(LONGEST),
        "-a ".repeat(LONGEST / 3),
        "a,".repeat(LONGEST / 2 - 1) + "a",
        ",".repeat(LONGEST),
        ":".repeat(LONGEST),
        format!("{}:", "k".repeat(LONGEST - 1)),
        format!("importance:{}", "h".repeat(LONGEST - 11)),
        format!("\"{}", "\\\"".repeat(LONGEST / 2 - 1)),
        distinct,
    ] {
        assert!(
            took(&text) < plain * 100,
            "{}",
            text.get(..20).unwrap_or(&text)
        );
    }
}
