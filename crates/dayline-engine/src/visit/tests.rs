//! Which months a visit needs, and which of them a provider has to be asked for.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn at(text: &str) -> DateTime<Utc> {
    midnight(day(text))
}

fn told(spans: &[Span]) -> Vec<String> {
    spans
        .iter()
        .map(|(from, until)| format!("{}..{}", from.date_naive(), until.date_naive()))
        .collect()
}

#[test]
fn a_visit_goes_to_whole_months_and_a_day_around() {
    for (from, until, expected) in [
        ("2019-06-10", "2019-06-17", vec!["2019-06-01..2019-07-01"]),
        (
            "2019-06-01",
            "2019-06-02",
            vec!["2019-05-01..2019-06-01", "2019-06-01..2019-07-01"],
        ),
        (
            "2019-06-24",
            "2019-07-01",
            vec!["2019-06-01..2019-07-01", "2019-07-01..2019-08-01"],
        ),
        (
            "2019-12-30",
            "2020-01-06",
            vec!["2019-12-01..2020-01-01", "2020-01-01..2020-02-01"],
        ),
        ("0001-01-01", "0001-01-02", vec!["1900-01-01..1900-02-01"]),
        ("9999-01-01", "9999-01-02", vec!["2199-12-01..2200-01-01"]),
    ] {
        assert_eq!(told(&months(day(from), day(until))), expected, "{from}");
    }
}

#[test]
fn providers_are_asked_for_what_lies_outside_of_their_window_alone() {
    let window = (at("2025-11-20"), at("2028-05-20"));
    let far = months(day("2019-06-10"), day("2019-08-01"));
    for provider in [ProviderKind::Microsoft, ProviderKind::Google] {
        assert_eq!(
            told(&runs_to_fetch(&far, provider, window)),
            ["2019-06-01..2019-09-01"],
            "months in a row are one listing"
        );
        let edge = months(day("2025-11-03"), day("2025-11-10"));
        assert_eq!(
            told(&runs_to_fetch(&edge, provider, window)),
            ["2025-11-01..2025-11-20"]
        );
    }
    let ahead = months(day("2028-05-25"), day("2028-06-10"));
    assert_eq!(
        told(&runs_to_fetch(&ahead, ProviderKind::Microsoft, window)),
        ["2028-05-20..2028-07-01"]
    );
    assert!(
        runs_to_fetch(&ahead, ProviderKind::Google, window).is_empty(),
        "Google has listed all that lies ahead"
    );
}

#[test]
fn a_listing_covers_a_year_at_most() {
    let window = (at("2025-11-20"), at("2028-05-20"));
    let runs = runs_to_fetch(
        &months(day("2010-01-10"), day("2014-12-10")),
        ProviderKind::Microsoft,
        window,
    );
    assert_eq!(runs.len(), 5);
    assert!(runs.iter().all(|run| run.1 - run.0 <= TimeDelta::days(366)));
}
