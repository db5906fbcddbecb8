//! Positions between characters and UTF-16 units.

use super::*;

#[test]
fn positions_count_as_windows_do() {
    let units = Units::of("é😀x");
    let before: Vec<i32> = (0..6).map(|character| units.before(character)).collect();
    assert_eq!(before, [0, 1, 3, 4, 4, 4]);
    // A cursor in the middle of a character stands in front of it.
    for (unit, character) in [(-3, 0), (0, 0), (1, 1), (2, 1), (3, 2), (4, 3), (99, 3)] {
        assert_eq!(units.character(unit), character, "{unit}");
    }
    assert_eq!(Units::of("").character(5), 0);
}

#[test]
fn a_mistake_is_where_the_window_has_it() {
    let text = "😀 importance:hgih";
    let error = dayline_model::filter::parse(text, chrono::NaiveDate::default()).unwrap_err();
    let problem = problem_view(error, &Units::of(text));
    assert_eq!((problem.from, problem.to), (14, 18));
    assert_eq!(problem.mistake, FilterMistakeView::UnknownImportance);
    assert_eq!(problem.word.as_deref(), Some("hgih"));
    assert_eq!(problem.suggestion.as_deref(), Some("high"));
}
