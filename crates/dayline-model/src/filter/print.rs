//! The canonical text of a filter.

use std::fmt::{Display, Formatter, Result, Write};

use chrono::NaiveDate;

use super::expr::{Expr, Term, Test, Text, Word};
use super::parse::has_key;
use super::words::{Answer, Key, Words};

/// A value as it can stand in a filter: in quotes if it needs them.
pub fn quoted(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut written = String::with_capacity(text.len() + 2);
    // A string takes everything.
    let _ = write_quoted(&mut written, text);
    written
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (index, term) in self.terms.iter().enumerate() {
            if index > 0 {
                f.write_char(' ')?;
            }
            term.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.negated {
            f.write_char('-')?;
        }
        match &self.test {
            Test::Importance(list) => write_listed(f, Key::Importance, list),
            Test::Category(names) => write_texts(f, Key::Category, names),
            Test::Calendar(names) => write_texts(f, Key::Calendar, names),
            Test::Account(names) => write_texts(f, Key::Account, names),
            Test::Provider(list) => write_listed(f, Key::Provider, list),
            Test::Answer(list) => write_listed(f, Key::Answer, list),
            Test::Status(list) => write_listed(f, Key::Status, list),
            Test::Show(list) => write_listed(f, Key::Show, list),
            Test::With(names) => write_texts(f, Key::With, names),
            Test::Has(list) => write_listed(f, Key::Has, list),
            Test::Is(list) => write_listed(f, Key::Is, list),
            Test::From(day) => write_day(f, Key::From, *day),
            Test::To(day) => write_day(f, Key::To, *day),
            Test::Next(span) => {
                let (key, unit) = (Key::Next.word(), span.unit.word());
                write!(f, "{key}:{}{unit}", span.amount)
            }
            Test::Words(words) => write_words(f, words),
        }
    }
}

fn write_listed<T: Words>(f: &mut Formatter<'_>, key: Key, list: &[T]) -> Result {
    for (index, value) in list.iter().enumerate() {
        write_separator(f, Some(key), index)?;
        f.write_str(value.word())?;
    }
    Ok(())
}

fn write_texts(f: &mut Formatter<'_>, key: Key, texts: &[Text]) -> Result {
    for (index, text) in texts.iter().enumerate() {
        write_separator(f, Some(key), index)?;
        f.write_str(&quoted(&text.written))?;
    }
    Ok(())
}

fn write_words(f: &mut Formatter<'_>, words: &[Word]) -> Result {
    for (index, word) in words.iter().enumerate() {
        write_separator(f, None, index)?;
        let written = &word.text.written;
        let is_bare = is_plain(written)
            && Answer::of_bare_word(written) == word.answer
            && (index > 0 || !(written.starts_with('-') || has_key(written)));
        if is_bare {
            f.write_str(written)?;
        } else {
            write_quoted(f, written)?;
        }
    }
    Ok(())
}

fn write_day(f: &mut Formatter<'_>, key: Key, day: NaiveDate) -> Result {
    write!(f, "{}:{}", key.word(), day.format("%Y-%m-%d"))
}

fn write_separator(f: &mut Formatter<'_>, key: Option<Key>, index: usize) -> Result {
    match key {
        _ if index > 0 => f.write_char(','),
        Some(key) => write!(f, "{}:", key.word()),
        None => Ok(()),
    }
}

/// Whether a text can stand without quotes.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '"' || c == ',')
}

/// With quotes, and a backslash only where it would be misread without one.
fn write_quoted(f: &mut impl Write, text: &str) -> Result {
    f.write_char('"')?;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let misread = match c {
            '"' => true,
            '\\' => matches!(characters.peek(), None | Some('"' | '\\')),
            _ => false,
        };
        if misread {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}
