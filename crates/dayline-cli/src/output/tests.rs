//! Where the caret stands.

use super::*;

#[test]
fn a_caret_stands_under_the_mistake_whatever_stands_before_it() {
    let long = "a".repeat(200);
    for (expression, column, len, shown) in [
        (
            "importance:hgih",
            12,
            4,
            "importance:hgih\n           ^^^^\nColumn 12: that is no day at all. Did you mean right?",
        ),
        (
            "x:",
            3,
            0,
            "x:\n  ^\nColumn 3: that is no day at all. Did you mean right?",
        ),
        (
            "é 会 x",
            5,
            1,
            "é 会 x\n  \u{3000} ^\nColumn 5: that is no day at all. Did you mean right?",
        ),
        (
            "e\u{301} x",
            4,
            1,
            "e\u{301} x\n  ^\nColumn 4: that is no day at all. Did you mean right?",
        ),
        (
            "a\tb\nx",
            5,
            9,
            "a b x\n    ^\nColumn 5: that is no day at all. Did you mean right?",
        ),
    ] {
        let error = FilterError {
            column,
            len,
            mistake: dayline_engine::FilterMistake::NoDays,
            suggestion: Some("right".to_owned()),
        };
        assert_eq!(FilterMistake::new(expression, error).to_string(), shown);
    }
    let error = FilterError {
        column: 150,
        len: 1000,
        mistake: dayline_engine::FilterMistake::NoDays,
        suggestion: None,
    };
    let shown = FilterMistake::new(&long, error).to_string();
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], format!("…{}", "a".repeat(111)));
    assert_eq!(lines[1], format!("{}{}", " ".repeat(61), "^".repeat(51)));
    assert_eq!(lines[2], "Column 150: that is no day at all.");
}
