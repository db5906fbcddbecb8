use serde_json::json;

use super::*;

/// Asserts that fields are in the order in which they are searched, however deep.
pub(crate) fn assert_sorted(fields: Fields) {
    for pair in fields.windows(2) {
        assert!(
            pair[0].0 < pair[1].0,
            "{} stands before {}",
            pair[0].0,
            pair[1].0
        );
    }
    for (_, shape) in fields {
        assert_deep(shape);
    }
}

fn assert_deep(shape: &Shape) {
    match shape {
        Shape::Object(fields) => assert_sorted(fields),
        Shape::List(shape) => assert_deep(shape),
        _ => {}
    }
}

const SAMPLE: Fields = &[
    ("count", Shape::Count),
    ("flag", Shape::Flag),
    ("list", Shape::List(&Shape::Object(&[("a", Shape::Text)]))),
    ("minutes", Shape::Int),
    ("nothing", Shape::Nothing),
    ("repeated", Shape::Derived),
    ("time", Shape::Moment),
    ("when", Shape::Never),
    ("word", Shape::Words(&["free", "busy"])),
];

fn left(item: &Value) -> Option<Value> {
    let raw = Notes::default().leftovers(item.as_object().unwrap(), SAMPLE)?;
    Some(serde_json::from_str(&raw).unwrap())
}

#[test]
fn both_providers_shapes_can_be_searched() {
    assert_sorted(SAMPLE);
    assert_sorted(crate::graph::EVENT_SHAPE);
    assert_sorted(crate::google::EVENT_SHAPE);
}

#[test]
fn what_is_understood_leaves_nothing() {
    let item = json!({
        "count": 3, "flag": false, "list": [{"a": "x"}, {}, {"a": null, "b": null}, null],
        "minutes": -5, "nothing": [], "repeated": {"any": 1}, "time": "2026-01-01T00:00:00+02:00",
        "when": "0001-01-01T00:00:00Z", "word": "busy", "new": null,
    });
    assert_eq!(left(&item), None);
    assert_eq!(left(&json!({"nothing": "", "count": null})), None);
    assert_eq!(left(&json!({"nothing": {}})), None);
}

#[test]
fn a_field_with_anything_unknown_in_it_is_kept_whole() {
    for field in [
        json!({"word": "workingFromTheMoon"}),
        json!({"word": 3}),
        json!({"flag": "true"}),
        json!({"minutes": 1.5}),
        json!({"minutes": 3_000_000_000_i64}),
        json!({"count": -1}),
        json!({"time": "tomorrow"}),
        json!({"when": "2026-01-01T00:00:00Z"}),
        json!({"nothing": ["x"]}),
        json!({"list": [{"a": "x"}, {"a": "y", "new": 1}]}),
        json!({"list": {"a": "x"}}),
        json!({"list": ["x"]}),
        json!({"other": {"b": [1, "\"", null]}}),
        json!({"": ""}),
    ] {
        let mut item = field.clone();
        item["repeated"] = json!("x");
        assert_eq!(left(&item), Some(field));
    }
}

#[test]
fn what_the_mapping_did_not_use_is_kept_and_what_it_cut_is_named() {
    let item = json!({"flag": true, "word": "free", "time": null, "more": "x"});
    let mut notes = Notes::default();
    notes.keep("word");
    notes.keep("time");
    notes.cut("flag");
    notes.cut("flag");
    notes.keep("flag");
    let raw = notes.leftovers(item.as_object().unwrap(), SAMPLE).unwrap();
    let raw: Value = serde_json::from_str(&raw).unwrap();
    assert_eq!(raw, json!({"word": "free", "more": "x", "cut": ["flag"]}));
}

#[test]
fn what_is_kept_has_a_bound() {
    let mut item = Map::new();
    item.insert("a".repeat(LONGEST_FIELD), json!(1));
    item.insert("b".to_owned(), json!("x".repeat(LONGEST_FIELD)));
    item.insert("c".to_owned(), json!("small"));
    for number in 0..1000 {
        item.insert(format!("d{number}"), json!("y".repeat(8 * 1024)));
    }
    let raw = Notes::default().leftovers(&item, SAMPLE).unwrap();
    assert!(raw.len() < MOST_RAW + MOST_NAMES * LONGEST_NAME * 2);
    let raw: Value = serde_json::from_str(&raw).unwrap();
    assert_eq!(raw["c"], "small");
    assert_eq!(raw["cut"][0], "a".repeat(LONGEST_NAME));
    assert_eq!(raw["cut"][1], "b");
    assert_eq!(raw["cut"].as_array().unwrap().len(), MOST_NAMES);
}
