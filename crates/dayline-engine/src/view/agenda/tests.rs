//! Which days an agenda lists.

use super::*;

#[test]
fn days_are_what_is_given_then_what_the_filter_names_then_a_week() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let today = day("2026-11-20");
    for (from, to, expression, first, last) in [
        ("", "", "", "2026-11-20", "2026-11-26"),
        ("2026-12-01", "", "", "2026-12-01", "2026-12-07"),
        ("", "2026-12-24", "", "2026-11-20", "2026-12-24"),
        ("", "2026-11-10", "", "2026-11-04", "2026-11-10"),
        (
            "2026-12-01",
            "2026-12-02",
            "next:1m",
            "2026-12-01",
            "2026-12-02",
        ),
        ("", "", "has:teams", "2026-11-20", "2026-11-26"),
        ("", "", "next:14d", "2026-11-20", "2026-12-03"),
        ("", "", "from:tomorrow", "2026-11-21", "2026-11-27"),
        ("", "", "to:tomorrow", "2026-11-20", "2026-11-21"),
        ("", "", "to:2026-01-31", "2026-01-25", "2026-01-31"),
        (
            "",
            "",
            "from:2026-01-01 to:2026-01-31",
            "2026-01-01",
            "2026-01-31",
        ),
        ("2026-11-25", "", "next:14d", "2026-11-25", "2026-12-03"),
        ("", "2026-11-25", "next:14d", "2026-11-20", "2026-11-25"),
        ("2027-01-01", "", "next:14d", "2027-01-01", "2026-12-03"),
    ] {
        let given = |text: &str| (!text.is_empty()).then(|| day(text));
        let expression = dayline_model::filter::parse(expression, today).unwrap();
        let found = agenda_days(given(from), given(to), &expression, today);
        assert_eq!(found, (day(first), day(last)), "{from} {to} {expression}");
    }
}
