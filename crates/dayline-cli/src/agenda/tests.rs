//! How an agenda reads.

use dayline_engine::view::{ProviderKind, ResponseView, StatusView};

use super::*;

fn item(title: &str, start: &str, end: &str) -> AgendaItem {
    AgendaItem {
        id: "1/e".to_owned(),
        title: title.to_owned(),
        start: start.to_owned(),
        end: end.to_owned(),
        all_day: start.len() == 10,
        calendar: "Work".to_owned(),
        account: "ada@example.com".to_owned(),
        provider: ProviderKind::Google,
        importance: ImportanceView::Normal,
        categories: Vec::new(),
        status: StatusView::Confirmed,
        response: ResponseView::None,
        recurring: false,
        series_id: None,
        teams: false,
        join_url: None,
        join_service: None,
        conference_id: None,
        dial_in_url: None,
        location: None,
        organizer: None,
        html_link: None,
    }
}

#[test]
fn what_runs_on_is_listed_under_the_first_day_that_was_asked_for() {
    let items = [
        item("Trip", "2026-11-18", "2026-11-22"),
        item("Over", "2026-11-19", "2026-11-21"),
        item(
            "Night",
            "2026-11-19T22:00:00+01:00",
            "2026-11-20T02:00:00+01:00",
        ),
        item(
            "Fair",
            "2026-11-19T09:00:00+01:00",
            "2026-11-22T18:00:00+01:00",
        ),
        item(
            "Early",
            "2026-11-20T08:00:00+01:00",
            "2026-11-20T08:30:00+01:00",
        ),
        item(
            "To midnight",
            "2026-11-20T22:00:00+01:00",
            "2026-11-21T00:00:00+01:00",
        ),
        item(
            "Deploy",
            "2026-11-20T23:00:00+01:00",
            "2026-11-21T01:00:00+01:00",
        ),
        item(
            "Moment",
            "2026-11-21T00:00:00+01:00",
            "2026-11-21T00:00:00+01:00",
        ),
    ];
    let expected = "\
2026-11-20
  all day      Trip, since 2026-11-18, until 2026-11-21
  all day      Over, since 2026-11-19
       –02:00  Night, since 2026-11-19
  all day      Fair, since 2026-11-19, until 2026-11-22
  08:00–08:30  Early
  22:00–00:00  To midnight
  23:00–       Deploy, until 2026-11-21
2026-11-21
  00:00–00:00  Moment
";
    assert_eq!(
        text(&items, "2026-11-20".parse().expect("a date")),
        expected
    );
}

#[test]
fn flags_are_terms_of_the_filter_language() {
    use clap::Parser as _;
    let flags = |typed: &[&str]| {
        let typed = ["dayline", "agenda"].iter().chain(typed);
        match crate::arguments::Arguments::parse_from(typed).command {
            crate::arguments::Command::Agenda(options) => super::flags(&options).join(" "),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(flags(&[]), "");
    assert_eq!(
        flags(&[
            "--importance",
            "low,high",
            "--category",
            "Client A",
            "--category",
            "b",
            "--teams"
        ]),
        "importance:low,high category:\"Client A\",b has:teams"
    );
}

#[test]
fn an_empty_agenda_says_so() {
    assert_eq!(text(&[], NaiveDate::default()), "Nothing takes place.");
}
