//! Lines of a description in one spelling, and the labels and values in them.

use std::borrow::Cow;

/// Labels of one line that are looked at.
const MOST_PAIRS: usize = 8;

/// A line with blanks, colons, signs and digits of all scripts as ASCII has them, and without
/// marks of direction, which surround numbers in Arabic and Hebrew.
pub(super) fn normal(line: &str) -> Cow<'_, str> {
    if line.is_ascii() {
        return Cow::Borrowed(line.trim());
    }
    let plain: String = line
        .chars()
        .filter(|c| !crate::gate::is_hidden(*c) || *c == '\t')
        .map(|c| match c {
            '：' | '﹕' | '∶' | '︰' => ':',
            '＃' | '﹟' => '#',
            '＋' => '+',
            '，' | '、' | '،' => ',',
            '（' => '(',
            '）' => ')',
            '－' | '‐' | '‑' | '–' => '-',
            _ if c.is_whitespace() => ' ',
            _ => ascii_digit(c).unwrap_or(c),
        })
        .collect();
    Cow::Owned(plain.trim().to_owned())
}

/// A decimal digit of another script.
fn ascii_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 20] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50,
        0xed0, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10, 0x1d7ce,
    ];
    let code = u32::from(c);
    ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit < 10))
        .and_then(|digit| char::from_digit(digit, 10))
}

/// A label with what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair<'a> {
    pub(super) label: &'a str,
    pub(super) value: Value<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// Digits in groups, perhaps closed by `#`, and whether a word follows that is no label.
    Number {
        digits: &'a str,
        has_hash: bool,
        is_last: bool,
    },
    /// One word, and whether another one follows that is no label.
    Word { word: &'a str, is_last: bool },
    /// Nothing: the value may stand on the next line.
    None,
}

/// The labels of a line with their values, in order; empty if there is no colon.
pub(super) fn pairs(line: &str) -> Vec<Pair<'_>> {
    let mut pairs = Vec::new();
    let mut rest = line;
    while pairs.len() < MOST_PAIRS
        && let Some((label, after)) = split_label(rest)
    {
        let (value, tail) = value(after);
        pairs.push(Pair { label, value });
        rest = tail;
    }
    pairs
}

/// What is before a label's colon and after it: not the colon of a link or of a time.
fn split_label(text: &str) -> Option<(&str, &str)> {
    let mut searched = 0;
    loop {
        let at = searched + text.get(searched..)?.find(':')?;
        let (label, after) = text.split_at_checked(at)?;
        let after = after.get(1..)?;
        let is_time = label.ends_with(|c: char| c.is_ascii_digit())
            && after.starts_with(|c: char| c.is_ascii_digit());
        if !is_time && !after.starts_with("//") {
            let label = label.trim_matches(|c: char| c.is_whitespace() || ",;|/·•*-_.".contains(c));
            return Some((label, after.trim_start()));
        }
        searched = at + 1;
    }
}

/// The value at the start of a text, and what follows it.
pub(super) fn value(text: &str) -> (Value<'_>, &str) {
    let text = text.trim_start_matches(['*', ' ', '\t']);
    if text.is_empty() {
        return (Value::None, text);
    }
    if text.starts_with(|c: char| c.is_ascii_digit())
        && let Some(found) = number(text)
    {
        return found;
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, tail) = text.split_at_checked(end).unwrap_or((text, ""));
    let tail = tail.trim_start();
    // `Passcode: abc, …` and `*abc*`.
    let word = if tail.is_empty() {
        word
    } else {
        word.trim_end_matches([',', ';', '|'])
    };
    let is_last = ends_here(tail);
    (Value::Word { word, is_last }, tail)
}

fn number(text: &str) -> Option<(Value<'_>, &str)> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-')))
        .unwrap_or(text.len());
    let (run, tail) = text.split_at_checked(end)?;
    let has_hash = tail.starts_with('#');
    // `12ab` is a word.
    let is_word = run.ends_with(|c: char| c.is_ascii_digit()) && !tail.is_empty() && !has_hash && {
        let next = tail.chars().next()?;
        !matches!(next, ',' | ';' | '|' | '.' | ')' | '(' | '/' | '\t' | '*')
    };
    if is_word {
        return None;
    }
    let tail = tail.trim_start_matches('#').trim_start();
    let value = Value::Number {
        digits: run.trim_end_matches([' ', '-']),
        has_hash,
        is_last: ends_here(tail),
    };
    Some((value, tail))
}

/// Whether a value is over: nothing more, a note in brackets, another label, or a sign.
fn ends_here(tail: &str) -> bool {
    tail.is_empty()
        || tail.starts_with(['(', '|', ',', ';', '/', '.', '*', '+'])
        || split_label(tail).is_some_and(|(label, _)| label.chars().count() <= 40)
}

/// A line that is nothing but a value: digits in groups, or one word.
pub(super) fn bare_value(line: &str) -> Option<Value<'_>> {
    let (value, tail) = value(line);
    (tail.is_empty() && value != Value::None).then_some(value)
}
