//! Where an event was found, and the words around it.

use super::Texts;
use super::question::Question;
use super::words::words;

/// Letters before what was found.
const BEFORE: usize = 40;
/// Letters after it.
const AFTER: usize = 90;

/// A text of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Place,
    People,
    Body,
}

/// Where it was found and the words around that: in the title if all of it stands there, since
/// people see the title anyway; else wherever the first part stands that the title lacks.
pub(crate) fn find_excerpt(question: &Question, texts: &Texts) -> (Field, String) {
    let title = words(&texts.title);
    let missing = question
        .wanted
        .iter()
        .find(|phrase| phrase.find_in(&title).is_none());
    let Some(phrase) = missing else {
        let first = question.wanted.first();
        let span = first.and_then(|phrase| phrase.find_in(&title));
        return (Field::Title, cut(&texts.title, span.unwrap_or((0, 0))));
    };
    let others = [
        (Field::Place, &texts.place),
        (Field::People, &texts.people),
        (Field::Body, &texts.body),
    ];
    others
        .into_iter()
        .find_map(|(field, text)| {
            let span = phrase.find_in(&words(text))?;
            Some((field, cut(text, span)))
        })
        // What the index found has changed this very moment.
        .unwrap_or_else(|| (Field::Title, cut(&texts.title, (0, 0))))
}

/// A line around `span`, in whole words where they are not too long, with single spaces.
fn cut(text: &str, (start, end): (usize, usize)) -> String {
    let before = text.get(..start).unwrap_or_default();
    let from = before
        .char_indices()
        .rev()
        .nth(BEFORE)
        .map_or(0, |(at, _)| at);
    let head = before.get(from..).unwrap_or_default();
    let head = if from == 0 {
        head
    } else {
        head.split_once(char::is_whitespace)
            .map_or(head, |(_, whole)| whole)
    };
    let after = text.get(end..).unwrap_or_default();
    let until = after
        .char_indices()
        .nth(AFTER)
        .map_or(after.len(), |(at, _)| at);
    let tail = after.get(..until).unwrap_or_default();
    let tail = if until == after.len() {
        tail
    } else {
        tail.rsplit_once(char::is_whitespace)
            .map_or(tail, |(whole, _)| whole)
    };
    let found = text.get(start..end).unwrap_or_default();
    let line = format!("{head}{found}{tail}");
    let line: Vec<&str> = line.split_whitespace().collect();
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    format!(
        "{}{}{}",
        dots(from > 0),
        line.join(" "),
        dots(until < after.len())
    )
}
