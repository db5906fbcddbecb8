use serde_json::json;

use super::*;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sample {
    name: Maybe<String>,
    count: Maybe<i32>,
    flag: Maybe<bool>,
    names: Many<String>,
}

#[test]
fn a_field_that_is_missing_null_or_wrong_is_left_out() {
    for wrong in [
        json!({}),
        json!({"name": null, "count": null, "flag": null, "names": null}),
        json!({"name": 5, "count": "5", "flag": "true", "names": "a"}),
        json!({"name": {}, "count": 1.5, "flag": 1, "names": {"a": 1}}),
        json!({"name": [], "count": 99_999_999_999_i64, "flag": [], "names": 7}),
    ] {
        let sample = Sample::deserialize(&wrong).unwrap();
        assert_eq!(sample.name.0, None, "{wrong}");
        assert_eq!(sample.count.0, None, "{wrong}");
        assert!(!sample.flag.is_true(), "{wrong}");
        assert!(sample.names.0.is_empty(), "{wrong}");
    }
}

#[test]
fn a_list_keeps_the_elements_that_are_understood() {
    let sample: Sample =
        serde_json::from_value(json!({"names": ["a", null, 3, {}, "b"], "name": "n"})).unwrap();
    assert_eq!(sample.names.0, ["a", "b"]);
    assert_eq!(sample.name.as_str(), "n");
}

#[test]
fn blank_text_counts_as_missing() {
    let text = |text: &str| Maybe(Some(text.to_owned())).text();
    assert_eq!(text("  "), None);
    assert_eq!(text(" a "), Some("a".to_owned()));
    assert_eq!(Maybe::<String>::default().text(), None);
}
