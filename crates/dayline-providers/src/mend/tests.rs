use serde_json::Value;

use super::*;

#[test]
fn half_an_emoji_becomes_a_replacement_character() {
    for (text, expected) in [
        (r#""a\ud83d""#, "a\u{fffd}"),
        (r#""\ud83dx""#, "\u{fffd}x"),
        (r#""\ude00x""#, "\u{fffd}x"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
        (r#""\uD83D\n""#, "\u{fffd}\n"),
        (r#""\ud83d\u00e9""#, "\u{fffd}\u{e9}"),
    ] {
        assert!(
            serde_json::from_str::<Value>(text).is_err(),
            "{text} needs no mending"
        );
        let mended = mended(text.as_bytes());
        assert_eq!(
            serde_json::from_str::<Value>(&mended).unwrap(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn whole_texts_stay_as_they_are() {
    for text in [
        r#"{"a":"\ud83d\ude00","b":"\u00e9\\ud83d\"\n","c":[1,null]}"#,
        r#""\\\\ud83d""#,
        "{\"plain\":\"\u{1f600}\"}",
        "not \\u12 json \\",
        "",
    ] {
        assert_eq!(mended(text.as_bytes()), text);
    }
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    assert_eq!(mended(b"\"a\xff\""), "\"a\u{fffd}\"");
}
