//! From a text to a filter, or to what is wrong with it and where.
//!
//! Reads every character once. What a filter means is in [`expr`](super::expr).

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::error::{FilterError, FilterMistake, nearest};
use super::expr::{Expr, Span, Term, Test, Text, Word};
use super::fold;
use super::words::{Answer, Has, Is, Key, Provider, Unit, Words};
use crate::event::{ShowAs, Status};

/// The longest filter that is read, in bytes.
pub const LONGEST: usize = 4096;

/// Reads a filter. `today` is the day in the reader's zone that `today` and `next:` begin with.
///
/// Shape: a text without terms matches everything. Terms that repeat are kept once.
///
/// # Errors
/// [`FilterError`] with the place of the first mistake: an unknown key or value, a day that does
/// not exist, a value that is missing, a quote that is not closed, more than [`LONGEST`] bytes.
pub fn parse(text: &str, today: NaiveDate) -> Result<Expr, FilterError> {
    if text.len() > LONGEST {
        let kept = text
            .char_indices()
            .take_while(|(at, c)| at + c.len_utf8() <= LONGEST)
            .count();
        let rest = text.chars().count().saturating_sub(kept);
        return Err(error(kept, rest, FilterMistake::TooLong));
    }
    let mut scanner = Scanner {
        characters: text.chars().collect(),
        at: 0,
    };
    let mut expr = Expr::default();
    loop {
        scanner.skip_spaces();
        if scanner.peek().is_none() {
            return Ok(expr);
        }
        let negated = scanner.take_minus()?;
        let test = match scanner.take_key()? {
            Some(key) => read_test(key, &scanner.take_values(Some(key))?, today)?,
            None => read_words(&scanner.take_values(None)?)?,
        };
        expr.add(Term { negated, test });
    }
}

/// Whether a bare word would be read as a key and its value, or refused as an unknown one.
pub(super) fn has_key(word: &str) -> bool {
    word.split_once(':')
        .is_some_and(|(key, rest)| is_key(key, rest.starts_with("//")))
}

/// A colon makes a key of what stands before it, except in an address and in a time of day.
pub(super) fn is_key(before: &str, is_address: bool) -> bool {
    Key::read(before).is_some()
        || before.is_empty()
        || (!is_address && before.contains(char::is_alphabetic))
}

fn error(at: usize, len: usize, mistake: FilterMistake) -> FilterError {
    FilterError {
        column: at + 1,
        len,
        mistake,
        suggestion: None,
    }
}

/// What was written, short enough for a sentence.
fn shown(text: &str) -> String {
    const MOST_SHOWN: usize = 40;
    let mut short: String = text.chars().take(MOST_SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A value as written, without its quotes, and where.
struct Value {
    text: String,
    is_quoted: bool,
    at: usize,
    len: usize,
}

impl Value {
    fn error(&self, mistake: FilterMistake, suggestion: Option<String>) -> FilterError {
        FilterError {
            suggestion,
            ..error(self.at, self.len, mistake)
        }
    }
}

/// The characters of the input, and which one is next.
struct Scanner {
    characters: Vec<char>,
    at: usize,
}

impl Scanner {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn take_minus(&mut self) -> Result<bool, FilterError> {
        if self.peek() != Some('-') {
            return Ok(false);
        }
        let at = self.at;
        self.at += 1;
        match self.peek() {
            None => Err(error(at, 1, FilterMistake::MinusAtEnd)),
            Some(c) if c.is_whitespace() => Err(error(at, 1, FilterMistake::MinusApart)),
            Some('-') => Err(error(at, 2, FilterMistake::MinusTwice)),
            Some(_) => Ok(true),
        }
    }

    /// The key and its colon; `None`, and nothing taken, if a bare word or a phrase is next.
    fn take_key(&mut self) -> Result<Option<Key>, FilterError> {
        let rest = self.characters.get(self.at..).unwrap_or(&[]);
        let ends = |c: &char| c.is_whitespace() || matches!(c, '"' | ',' | ':');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        if rest.get(length) != Some(&':') {
            return Ok(None);
        }
        let before: String = rest.iter().take(length).collect();
        let is_address = rest.iter().skip(length + 1).take(2).eq(&['/', '/']);
        if !is_key(&before, is_address) {
            return Ok(None);
        }
        if before.is_empty() {
            return Err(error(self.at, 1, FilterMistake::NoKey));
        }
        let Some(key) = Key::read(&before) else {
            return Err(FilterError {
                suggestion: nearest(&before, Key::all()).map(str::to_owned),
                ..error(self.at, length, FilterMistake::UnknownKey(shown(&before)))
            });
        };
        self.at += length + 1;
        Ok(Some(key))
    }

    /// One value or several with commas between them. `key` is what they belong to.
    fn take_values(&mut self, key: Option<Key>) -> Result<Vec<Value>, FilterError> {
        let mut values = Vec::new();
        loop {
            let value = if self.peek() == Some('"') {
                self.take_quoted()?
            } else {
                self.take_plain()?
            };
            if value.text.is_empty() {
                let mistake = match (value.is_quoted, values.is_empty(), key) {
                    (true, ..) => FilterMistake::EmptyQuotes,
                    (false, false, _) => FilterMistake::NothingAfterComma,
                    (false, true, Some(key)) => FilterMistake::NoValue(key.word()),
                    (false, true, None) => FilterMistake::NoWord,
                };
                return Err(value.error(mistake, None));
            }
            values.push(value);
            match self.peek() {
                Some(',') => self.at += 1,
                Some(c) if !c.is_whitespace() => {
                    return Err(error(self.at, 1, FilterMistake::AfterQuote));
                }
                _ => return Ok(values),
            }
        }
    }

    fn take_plain(&mut self) -> Result<Value, FilterError> {
        let at = self.at;
        let mut text = String::new();
        while let Some(c) = self.peek().filter(|c| !c.is_whitespace() && *c != ',') {
            if c == '"' {
                return Err(error(self.at, 1, FilterMistake::QuoteInside));
            }
            text.push(c);
            self.at += 1;
        }
        Ok(Value {
            text,
            is_quoted: false,
            at,
            len: self.at - at,
        })
    }

    fn take_quoted(&mut self) -> Result<Value, FilterError> {
        let at = self.at;
        let mut text = String::new();
        loop {
            self.at += 1;
            match self.peek() {
                None => return Err(error(at, 1, FilterMistake::QuoteOpen)),
                Some('"') => break,
                Some('\\') => {
                    let next = self.characters.get(self.at + 1).copied();
                    let escaped = next.filter(|c| matches!(c, '"' | '\\'));
                    self.at += usize::from(escaped.is_some());
                    text.push(escaped.unwrap_or('\\'));
                }
                Some(c) => text.push(c),
            }
        }
        self.at += 1;
        Ok(Value {
            text,
            is_quoted: true,
            at,
            len: self.at - at,
        })
    }
}

fn read_test(key: Key, values: &[Value], today: NaiveDate) -> Result<Test, FilterError> {
    Ok(match key {
        Key::Importance => Test::Importance(read_listed(values, FilterMistake::UnknownImportance)?),
        Key::Category => Test::Category(read_texts(values)?),
        Key::Calendar => Test::Calendar(read_texts(values)?),
        Key::Account => Test::Account(read_texts(values)?),
        Key::Provider => Test::Provider(read_listed::<Provider>(
            values,
            FilterMistake::UnknownProvider,
        )?),
        Key::Answer => Test::Answer(read_listed(values, FilterMistake::UnknownAnswer)?),
        Key::Status => Test::Status(read_listed::<Status>(values, FilterMistake::UnknownStatus)?),
        Key::Show => Test::Show(read_listed::<ShowAs>(values, FilterMistake::UnknownShow)?),
        Key::With => Test::With(read_texts(values)?),
        Key::Has => Test::Has(read_listed::<Has>(values, FilterMistake::UnknownHas)?),
        Key::Is => Test::Is(read_listed::<Is>(values, FilterMistake::UnknownIs)?),
        Key::From => Test::From(read_best(values, |value| read_day(value, today), Ord::min)?),
        Key::To => Test::To(read_best(values, |value| read_day(value, today), Ord::max)?),
        Key::Next => Test::Next(read_best(
            values,
            |value| read_span(value, today),
            |a, b| if b.end > a.end { b } else { a },
        )?),
    })
}

fn read_listed<T: Words>(
    values: &[Value],
    unknown: fn(String) -> FilterMistake,
) -> Result<Vec<T>, FilterError> {
    let read = |value: &Value| {
        T::read(&value.text).ok_or_else(|| {
            let mistake = unknown(shown(&value.text));
            value.error(mistake, nearest(&value.text, T::all()).map(str::to_owned))
        })
    };
    let list: Vec<T> = values.iter().map(read).collect::<Result<_, _>>()?;
    Ok(T::sorted(&list))
}

fn read_text(value: &Value) -> Result<Text, FilterError> {
    let folded = fold(&value.text);
    if folded.is_empty() {
        return Err(value.error(FilterMistake::NoLetter, None));
    }
    Ok(Text {
        written: value.text.clone(),
        folded,
    })
}

fn read_texts(values: &[Value]) -> Result<Vec<Text>, FilterError> {
    let mut texts: Vec<Text> = Vec::new();
    for value in values {
        let text = read_text(value)?;
        if texts.iter().all(|other| other.folded != text.folded) {
            texts.push(text);
        }
    }
    Ok(texts)
}

fn read_words(values: &[Value]) -> Result<Test, FilterError> {
    let mut words: Vec<Word> = Vec::new();
    for value in values {
        let word = Word {
            text: read_text(value)?,
            answer: Answer::of_bare_word(&value.text).filter(|_| !value.is_quoted),
        };
        let is_known =
            |other: &Word| other.text.folded == word.text.folded && other.answer == word.answer;
        if !words.iter().any(is_known) {
            words.push(word);
        }
    }
    Ok(Test::Words(words))
}

/// Of values that are joined by or, the one that includes the others.
fn read_best<T>(
    values: &[Value],
    read: impl Fn(&Value) -> Result<T, FilterError>,
    better: impl Fn(T, T) -> T,
) -> Result<T, FilterError> {
    let mut best = None;
    for value in values {
        let new = read(value)?;
        best = Some(match best {
            Some(best) => better(best, new),
            None => new,
        });
    }
    best.ok_or_else(|| error(0, 0, FilterMistake::NoWord))
}

/// Days that can be written with four digits of year.
pub(super) fn is_writable(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// `2026-11-20`, a word for a day near today, or the next weekday of a name.
fn read_day(value: &Value, today: NaiveDate) -> Result<NaiveDate, FilterError> {
    let word = value.text.to_ascii_lowercase();
    if let Some(day) = named_day(&word, today)
        .or_else(|| iso_day(&word))
        .filter(|day| is_writable(*day))
    {
        return Ok(day);
    }
    let written = shown(&value.text);
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(value.error(FilterMistake::NoSuchDay(written), nearest_day(&word)));
    }
    let words = ["today", "tomorrow", "yesterday"].into_iter();
    let known = words.chain(WEEKDAYS.iter().map(|(name, _)| *name));
    let suggestion = nearest(&word, known).map(str::to_owned);
    Err(value.error(FilterMistake::UnknownDay(written), suggestion))
}

/// The day that a word in small letters names.
pub(super) fn named_day(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    match word {
        "today" => Some(today),
        "tomorrow" => today.succ_opt(),
        "yesterday" => today.pred_opt(),
        _ => {
            let named = |(name, _): &&(&str, Weekday)| {
                *name == word || (word.len() == 3 && name.starts_with(word))
            };
            let (_, wanted) = WEEKDAYS.iter().find(named)?;
            let days = wanted.days_since(today.weekday());
            today.checked_add_days(Days::new(days.into()))
        }
    }
}

/// Exactly `YYYY-MM-DD`.
fn iso_day(text: &str) -> Option<NaiveDate> {
    let (year, month, day) = day_parts(text)?;
    let is_padded = text.len() == 10 && text.find('-') == Some(4) && text.rfind('-') == Some(7);
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| is_padded)
}

fn day_parts(text: &str) -> Option<(i32, u32, u32)> {
    let mut parts = text.split(['-', '/', '.']);
    let mut part = || {
        let part = parts.next()?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (part()?, part()?, part()?);
    let year = i32::try_from(year).ok()?;
    parts.next().is_none().then_some((year, month, day))
}

/// The same day in the right form, or the last one of its month.
fn nearest_day(text: &str) -> Option<String> {
    let (year, month, day) = day_parts(text)?;
    let month = month.clamp(1, 12);
    (1..=day.clamp(1, 31))
        .rev()
        .find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        .filter(|day| is_writable(*day))
        .map(|day| day.format("%Y-%m-%d").to_string())
}

/// `14d`, `2w`, `3m`.
fn read_span(value: &Value, today: NaiveDate) -> Result<Span, FilterError> {
    let word = value.text.to_ascii_lowercase();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = word.split_at_checked(digits).unwrap_or(("", word.as_str()));
    let too_far = || value.error(FilterMistake::TooFar, None);
    if let Some(unit) = Unit::read(rest).filter(|_| !number.is_empty()) {
        let amount: u32 = number.parse().map_err(|_| too_far())?;
        if amount == 0 {
            let suggestion = Some(format!("1{}", unit.word()));
            return Err(value.error(FilterMistake::NoDays, suggestion));
        }
        let end = match unit {
            Unit::Days => today.checked_add_days(Days::new(amount.into())),
            Unit::Weeks => today.checked_add_days(Days::new(u64::from(amount) * 7)),
            Unit::Months => today.checked_add_months(Months::new(amount)),
        };
        let end = end.filter(|day| is_writable(*day)).ok_or_else(too_far)?;
        return Ok(Span {
            amount,
            unit,
            first: today,
            end,
        });
    }
    let amount = number.parse::<u32>().ok().filter(|amount| *amount > 0);
    let suggestion = match (amount, rest.chars().next()) {
        (Some(amount), Some('w')) => format!("{amount}w"),
        (Some(amount), Some('m')) => format!("{amount}m"),
        (Some(amount), Some('y')) => format!("{}m", amount.saturating_mul(12)),
        (Some(amount), _) => format!("{amount}d"),
        (None, _) => "14d".to_owned(),
    };
    let mistake = FilterMistake::NoSpan(shown(&value.text));
    Err(value.error(mistake, Some(suggestion)))
}
