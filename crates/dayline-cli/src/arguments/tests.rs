//! What people type and what is understood.

use clap::CommandFactory as _;

use super::*;

#[test]
fn the_command_line_holds_together() {
    Arguments::command().debug_assert();
}

#[test]
fn words_that_a_search_leaves_out_are_no_options() {
    for (typed, understood) in [
        (
            "dayline search a -b --tz UTC",
            "dayline search a --tz UTC -- -b",
        ),
        (
            "dayline --json search -b a",
            "dayline --json search a -- -b",
        ),
        ("dayline search a -- -b --c", "dayline search a -- -b --c"),
        ("dayline search -x a -- -b", "dayline search a -- -x -b"),
        ("dayline search -h", "dayline search -h"),
        ("dayline search a - b", "dayline search a b -- -"),
        (
            "dayline agenda --filter -declined",
            "dayline agenda --filter -declined",
        ),
        (
            "dayline --data-dir search agenda --filter -x",
            "dayline --data-dir search agenda --filter -x",
        ),
        (
            "dayline --data-dir d search a -b",
            "dayline --data-dir d search a -- -b",
        ),
        ("dayline open-url search -b", "dayline open-url search -b"),
        ("dayline", "dayline"),
        ("", ""),
    ] {
        let typed = typed.split_whitespace().map(OsString::from);
        let understood: Vec<OsString> = understood.split_whitespace().map(OsString::from).collect();
        assert_eq!(sorted(typed), understood);
    }
}

#[test]
fn a_search_takes_words_and_options_in_any_order() {
    let line = [
        "dayline", "search", "--limit", "5", "a", "-b", "c", "--json",
    ];
    let arguments = Arguments::parse_from(sorted(line.iter().map(OsString::from)));
    let Command::Search(search) = arguments.command else {
        panic!("it is a search");
    };
    assert_eq!(search.query, ["a", "c", "-b"]);
    assert_eq!(search.limit, 5);
    assert!(arguments.json);
}
