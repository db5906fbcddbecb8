//! What is offered where somebody types, and that it can be taken.

use super::properties::{hostile, right};
use super::*;

/// What is offered at the `|`: each with what the text becomes.
fn offered(text: &str, known: &[Known]) -> Vec<String> {
    let cursor = text.chars().position(|c| c == '|').expect("a cursor");
    let text = text.replacen('|', "", 1);
    let Some(typing) = Typing::at(&text, cursor) else {
        return Vec::new();
    };
    typing
        .completions(known, TODAY)
        .iter()
        .map(|completion| taken(&text, completion))
        .collect()
}

fn taken(text: &str, completion: &Completion) -> String {
    let before: String = text.chars().take(completion.from).collect();
    let after: String = text.chars().skip(completion.to).collect();
    format!("{before}{}{after}", completion.insert)
}

fn known(values: &[&str]) -> Vec<Known> {
    let known = |value: &&str| Known {
        value: (*value).to_owned(),
        label: (*value).to_owned(),
        hint: None,
    };
    values.iter().map(known).collect()
}

#[test]
fn keys_and_words_are_offered_where_they_can_stand() {
    for (text, expected) in [
        ("imp|", vec!["importance:"]),
        ("-imp|", vec!["-importance:"]),
        (
            "has:teams CA|",
            vec!["has:teams category:", "has:teams calendar:"],
        ),
        ("st|at", vec!["status:"]),
        ("im|p:high,low x", vec!["importance:high,low x"]),
        ("s|tat:free", vec!["show:free"]),
        ("c|:x", vec!["category:x", "calendar:x"]),
        ("a | b", vec!["a importance: b"]),
        (
            "importance:|",
            vec!["importance:low", "importance:normal", "importance:high"],
        ),
        ("importance:h|", vec!["importance:high"]),
        ("importance:high|", vec![]),
        ("importance:low|", vec![]),
        (
            "importance:|low x",
            vec!["importance:normal x", "importance:high x"],
        ),
        ("-has:a,co|,link x", vec!["-has:a,conflict,link x"]),
        (
            "has:teams,link,|",
            vec!["has:teams,link,attachment", "has:teams,link,conflict"],
        ),
        ("answer:\"no|", vec!["answer:none"]),
        (
            "show:e|",
            vec!["show:elsewhere", "show:free", "show:tentative"],
        ),
        ("from:to|", vec!["from:today", "from:tomorrow"]),
        (
            "to:2026-11-2|",
            vec![
                "to:2026-11-20",
                "to:2026-11-21",
                "to:2026-11-22",
                "to:2026-11-23",
                "to:2026-11-24",
                "to:2026-11-25",
                "to:2026-11-26",
                "to:2026-11-27",
                "to:2026-11-28",
                "to:2026-11-29",
            ],
        ),
        ("to:2026-10-3|", vec!["to:2026-10-31", "to:2026-10-30"]),
        (
            "next:|",
            vec!["next:7d", "next:14d", "next:1m", "next:3m", "next:1d"],
        ),
        ("next:3|", vec!["next:3d", "next:3w", "next:3m"]),
        ("next:3w|", vec![]),
        ("next:9999999|", vec![]),
        // No key, a phrase, a list of words, right before a term, behind what does not exist.
        ("budget|", vec![]),
        ("\"imp|\"", vec![]),
        ("imp,imp|", vec![]),
        ("imp|,imp", vec![]),
        ("|has:teams", vec![]),
        ("-|has:teams", vec![]),
        ("nokey:|", vec![]),
        ("10:3|", vec![]),
        ("--i|", vec![]),
    ] {
        let mut found = offered(text, &[]);
        if text.contains(" | ") {
            found.truncate(1);
        }
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn at_a_new_term_the_keys_that_people_use_most_are_offered() {
    for text in ["|", " |", "-|", "has:teams |", "has:teams -|"] {
        let found = offered(text, &[]);
        assert_eq!(found.len(), MOST_COMPLETIONS, "{text}");
        assert!(found[0].ends_with("importance:"), "{text}");
        assert!(found[1].ends_with("category:"), "{text}");
    }
}

#[test]
fn names_are_found_by_their_beginning_then_by_their_words_then_anywhere() {
    let names = known(&[
        "Team Büro",
        "Büro",
        "Client A",
        "XBüro",
        "say \"hi\"",
        "a,b",
        "\u{301}",
    ]);
    for (text, expected) in [
        (
            "category:buro|",
            vec!["category:Büro", "category:\"Team Büro\"", "category:XBüro"],
        ),
        ("category:Cli|", vec!["category:\"Client A\""]),
        ("category:\"Cli|", vec!["category:\"Client A\""]),
        (
            "category:\"Cli|ent A\" has:teams",
            vec!["category:\"Client A\" has:teams"],
        ),
        // A quote that is not closed yet takes nothing else with it.
        (
            "category:\"Cli|  has:teams",
            vec!["category:\"Client A\"  has:teams"],
        ),
        ("-category:Büro,cl|", vec!["-category:Büro,\"Client A\""]),
        (
            "category:büro,\"x\",bu|",
            vec![
                "category:büro,\"x\",\"Team Büro\"",
                "category:büro,\"x\",XBüro",
            ],
        ),
        ("category:hi|", vec![r#"category:"say \"hi\"""#]),
        ("category:\"a,|", vec!["category:\"a,b\""]),
        ("category:\"Client A|\"", vec![]),
        ("category:none|", vec![]),
    ] {
        // What stands there already is not offered.
        let found: Vec<String> = offered(text, &names);
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        let expected: Vec<&str> = expected
            .into_iter()
            .filter(|one| *one != text.replace('|', ""))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    let people = [Known {
        value: "zoe@example.com".to_owned(),
        label: "Zoë Quill".to_owned(),
        hint: None,
    }];
    for text in ["with:qui|", "with:ZO|", "with:exam|"] {
        assert_eq!(offered(text, &people), ["with:zoe@example.com"], "{text}");
    }
}

#[test]
fn names_are_asked_for_where_they_can_stand() {
    for (text, wanted) in [
        ("category:", Wanted::Categories),
        ("calendar:x", Wanted::Calendars),
        ("-account:x,", Wanted::Accounts),
        ("with:\"a b", Wanted::People),
        ("has:", Wanted::Nothing),
        ("cat", Wanted::Nothing),
    ] {
        let typing = Typing::at(text, text.len()).expect(text);
        assert_eq!(typing.wanted(), wanted, "{text}");
    }
    assert_eq!(Typing::at(&"a".repeat(LONGEST + 1), 3), None);
}

#[test]
fn completions_say_what_they_mean() {
    let hint = |text: &str| {
        let typing = Typing::at(text, text.len()).expect(text);
        typing.completions(&[], TODAY)[0]
            .hint
            .clone()
            .unwrap_or_default()
    };
    assert_eq!(hint("imp"), "low, normal or high");
    assert_eq!(hint("show:oo"), "out of office");
    assert_eq!(hint("from:mon"), "2026-11-23");
    assert_eq!(hint("from:2026-11-2"), "Friday");
    assert_eq!(hint("next:2"), "2 days");
}

/// Everything that is offered at every place of a text, with what becomes of it.
fn all_offered(text: &str) -> Vec<(Completion, String)> {
    let names = known(&["Client A", "a", "b", "say \"hi\" \\", "x,y", "tab\tor", "é"]);
    (0..=text.chars().count())
        .filter_map(|cursor| Some((cursor, Typing::at(text, cursor)?)))
        .flat_map(|(cursor, typing)| {
            let completions = typing.completions(&names, TODAY);
            assert!(completions.len() <= MOST_COMPLETIONS);
            for completion in &completions {
                assert!((completion.from..=completion.to).contains(&cursor));
            }
            completions
        })
        .map(|completion| {
            let text = taken(text, &completion);
            (completion, text)
        })
        .collect()
}

fn end_of(completion: &Completion) -> usize {
    completion.from + completion.insert.chars().count()
}

proptest! {
    #[test]
    fn a_right_filter_stays_right_or_waits_for_a_value(text in right()) {
        for (completion, text) in all_offered(&text) {
            if let Err(error) = parse(&text, TODAY) {
                let place = (error.column - 1, error.len);
                prop_assert_eq!(place, (end_of(&completion), 0), "{}: {}", text, error);
                prop_assert!(completion.insert.ends_with(':'), "{}", text);
            }
        }
    }

    #[test]
    fn what_is_offered_is_never_the_first_mistake(text in hostile()) {
        for (completion, text) in all_offered(&text) {
            if let Err(error) = parse(&text, TODAY) {
                let at = error.column - 1;
                let is_elsewhere = at < completion.from || at >= end_of(&completion);
                prop_assert!(is_elsewhere, "{:?} in {:?}: {}", completion.insert, text, error);
            }
        }
    }
}
