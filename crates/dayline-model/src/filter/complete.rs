//! What could stand where somebody types a filter.
//!
//! [`Typing::at`] finds out what the cursor is in: a key, or a value of a key. Words of the
//! language are known here; names that are the user's own come from elsewhere, as
//! [`Typing::wanted`] asks for them. Bare words and phrases are not completed: what they look for
//! is not known before it is looked for.
//!
//! A text that is typed is wrong most of the time, so this reads past mistakes where
//! [`parse`](super::parse) stops at them.

use chrono::{Days, NaiveDate};

use super::fold;
use super::parse::{LONGEST, WEEKDAYS, is_key, is_writable, named_day, parse};
use super::print::quoted;
use super::words::{Answer, Has, Is, Key, Provider, Words};
use crate::event::{Importance, ShowAs, Status};

/// More are not offered.
pub const MOST_COMPLETIONS: usize = 12;

/// How far from today days are offered by their digits.
const DAYS_AROUND: u64 = 400;

/// Which names of the user's own could stand at the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// None.
    Nothing,
    /// Names of categories.
    Categories,
    /// Names of calendars.
    Calendars,
    /// Addresses of accounts.
    Accounts,
    /// Names and addresses of people.
    People,
}

/// Something that could be a value. It is found by its value and by its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What stands in the filter, without quotes.
    pub value: String,
    /// What to show.
    pub label: String,
    /// What it means, where the label does not say it.
    pub hint: Option<String>,
}

/// Something that can be put into a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Where the part begins that it replaces, in characters from the start.
    pub from: usize,
    /// Where that part ends.
    pub to: usize,
    /// What to put there, with quotes if it needs them.
    pub insert: String,
    /// What to show.
    pub label: String,
    /// What it means, where the label does not say it.
    pub hint: Option<String>,
}

/// What is typed at a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    part: Part,
    /// What stands before the cursor, without quotes.
    typed: String,
    from: usize,
    to: usize,
    /// What stands from `from` to `to` now.
    replaced: String,
    /// Folded values that the key has besides.
    others: Vec<String>,
    /// The values that follow a key.
    rest: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Key,
    Value(Key),
}

impl Typing {
    /// What is typed in front of the `cursor`, which counts characters from the start.
    ///
    /// Shape: `None` where nothing can be completed: in a bare word that is no beginning of a key,
    /// in a phrase, right before a term, and behind a key that does not exist.
    pub fn at(text: &str, cursor: usize) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let text: Vec<char> = text.chars().collect();
        let cursor = cursor.min(text.len());
        let mut at = 0;
        loop {
            at += run(&text, at, char::is_whitespace);
            if at > cursor || at == text.len() {
                // Between terms: a new one begins.
                let part = Part::Key;
                return Some(Self::new(&text, part, String::new(), (cursor, cursor)));
            }
            let term = Term::read(&text, at);
            if cursor <= term.end {
                return term.typing(&text, cursor);
            }
            at = term.end;
        }
    }

    fn new(text: &[char], part: Part, typed: String, (from, to): (usize, usize)) -> Self {
        Self {
            part,
            typed,
            from,
            to,
            replaced: slice(text, from, to),
            others: Vec::new(),
            rest: String::new(),
        }
    }

    /// Which names [`Typing::completions`] should know.
    pub fn wanted(&self) -> Wanted {
        match self.part {
            Part::Value(Key::Category) => Wanted::Categories,
            Part::Value(Key::Calendar) => Wanted::Calendars,
            Part::Value(Key::Account) => Wanted::Accounts,
            Part::Value(Key::With) => Wanted::People,
            _ => Wanted::Nothing,
        }
    }

    /// What could stand there. `known` are the names that are [wanted](Typing::wanted), the best
    /// ones first.
    ///
    /// Shape: at most [`MOST_COMPLETIONS`], each once; those that begin with what is typed, then
    /// those with a word that does, then those that hold it. Not what stands there already, or
    /// elsewhere in the list of the same key; no key that the values behind it are wrong for.
    pub fn completions(&self, known: &[Known], today: NaiveDate) -> Vec<Completion> {
        let typed = fold(&self.typed);
        let own;
        let known = match self.part {
            Part::Value(Key::Category | Key::Calendar | Key::Account | Key::With) => known,
            Part::Value(key) => {
                own = self.words(key, today);
                own.as_slice()
            }
            Part::Key => {
                own = keys();
                own.as_slice()
            }
        };
        let mut ranked: Vec<(u8, &Known)> = known
            .iter()
            .filter_map(|known| Some((self.rank(&typed, known)?, known)))
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let mut completions: Vec<Completion> = Vec::new();
        for (_, known) in ranked {
            let insert = quoted(&known.value);
            let is_new = completions.iter().all(|other| other.insert != insert);
            if insert == self.replaced || !is_new || !self.suits(&insert, today) {
                continue;
            }
            completions.push(Completion {
                from: self.from,
                to: self.to,
                insert,
                label: known.label.clone(),
                hint: known.hint.clone(),
            });
            if completions.len() == MOST_COMPLETIONS {
                break;
            }
        }
        completions
    }

    /// Whether the values that stand behind a key can follow another one.
    fn suits(&self, insert: &str, today: NaiveDate) -> bool {
        self.rest.is_empty() || parse(&format!("{insert}{}", self.rest), today).is_ok()
    }

    /// How well something fits what is typed: 0 is best.
    fn rank(&self, typed: &str, known: &Known) -> Option<u8> {
        let value = fold(&known.value);
        // A value without a letter is a mistake.
        if value.is_empty() || self.others.contains(&value) {
            return None;
        }
        let rank_of = |text: &str| match text.find(typed)? {
            0 => Some(0),
            _ if words_of(text).any(|word| word.starts_with(typed)) => Some(1),
            _ => Some(2),
        };
        let by_value = rank_of(&value);
        let best = match self.part {
            Part::Key => by_value,
            Part::Value(_) => by_value
                .into_iter()
                .chain(rank_of(&fold(&known.label)))
                .min(),
        };
        best.filter(|rank| *rank == 0 || self.part != Part::Key)
    }

    /// The values of a key that are words of the language.
    fn words(&self, key: Key, today: NaiveDate) -> Vec<Known> {
        match key {
            Key::Importance => listed::<Importance>(&[]),
            Key::Provider => listed::<Provider>(&[("ics", "a file or subscription")]),
            Key::Answer => listed::<Answer>(&[
                ("none", "not asked, or not answered"),
                ("organizer", "you invite"),
            ]),
            Key::Status => listed::<Status>(&[]),
            Key::Show => {
                listed::<ShowAs>(&[("oof", "out of office"), ("elsewhere", "working elsewhere")])
            }
            Key::Has => listed::<Has>(&[
                ("teams", "a Microsoft Teams meeting"),
                ("link", "a meeting link of any service"),
                ("attachment", "attached files"),
                ("conflict", "another event at the same time"),
            ]),
            Key::Is => listed::<Is>(&[
                ("series", "repeats"),
                ("allday", "lasts whole days"),
                ("copy", "stands in another calendar too"),
            ]),
            Key::From | Key::To => days(&self.typed, today),
            Key::Next => spans(&self.typed, today),
            Key::Category | Key::Calendar | Key::Account | Key::With => Vec::new(),
        }
    }
}

/// A term as far as it can be read.
struct Term {
    /// Where it begins, behind a minus.
    start: usize,
    /// The key and where its colon stands; no key if it is an unknown one.
    key: Option<(Option<Key>, usize)>,
    values: Vec<Value>,
    end: usize,
}

/// A value and where it stands.
struct Value {
    from: usize,
    to: usize,
    quotes: Quotes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    None,
    /// The second one is missing.
    Open,
    Closed,
}

impl Term {
    fn read(text: &[char], start: usize) -> Self {
        let start = start + usize::from(text.get(start) == Some(&'-'));
        let colon = start + run(text, start, |c| !ends_plain(c) && c != ':');
        let word = slice(text, start, colon);
        let is_address = slice(text, colon, colon + 3) == "://";
        let key = (text.get(colon) == Some(&':') && is_key(&word, is_address))
            .then(|| (Key::read(&word), colon));
        let mut at = key.map_or(start, |(_, colon)| colon + 1);
        let mut values = Vec::new();
        loop {
            let from = at;
            let quotes = if text.get(at) == Some(&'"') {
                let end = end_of_quoted(text, at);
                at = end.unwrap_or(text.len());
                end.map_or(Quotes::Open, |_| Quotes::Closed)
            } else {
                Quotes::None
            };
            // Behind a closing quote this is a mistake.
            at += run(text, at, |c| !c.is_whitespace() && c != ',');
            let to = at;
            values.push(Value { from, to, quotes });
            if text.get(at) != Some(&',') {
                return Self {
                    start,
                    key,
                    values,
                    end: at,
                };
            }
            at += 1;
        }
    }

    fn typing(&self, text: &[char], cursor: usize) -> Option<Typing> {
        if let Some((key, colon)) = self.key {
            if cursor > colon {
                return self.value_typing(text, cursor, key?);
            }
            return self.key_typing(text, cursor, colon + 1);
        }
        match self.values.as_slice() {
            [word] if word.quotes == Quotes::None => self.key_typing(text, cursor, word.to),
            _ => None,
        }
    }

    fn key_typing(&self, text: &[char], cursor: usize, end: usize) -> Option<Typing> {
        // Right before a term nothing can stand.
        if cursor < self.start || (cursor == self.start && end > cursor) {
            return None;
        }
        let typed = slice(text, self.start, cursor);
        let typing = Typing::new(text, Part::Key, typed, (self.start, end));
        Some(Typing {
            rest: slice(text, end, self.end),
            ..typing
        })
    }

    fn value_typing(&self, text: &[char], cursor: usize, key: Key) -> Option<Typing> {
        let mut values = self.values.iter();
        let value = values.find(|value| (value.from..=value.to).contains(&cursor))?;
        let mut to = value.to;
        if value.quotes == Quotes::Open {
            // What follows was meant to stand outside.
            to = cursor + run(text, cursor, |c| !ends_plain(c));
        }
        let typed = slice(text, value.from, cursor);
        let typing = Typing::new(text, Part::Value(key), unquoted(&typed), (value.from, to));
        let others = self.values.iter().filter(|other| other.from != value.from);
        Some(Typing {
            others: others
                .map(|other| fold(&unquoted(&slice(text, other.from, other.to))))
                .collect(),
            ..typing
        })
    }
}

/// How many characters from `at` on are such.
fn run(text: &[char], at: usize, is_such: impl Fn(char) -> bool) -> usize {
    let rest = text.get(at..).unwrap_or(&[]);
    rest.iter().take_while(|c| is_such(**c)).count()
}

fn slice(text: &[char], from: usize, to: usize) -> String {
    let to = to.min(text.len());
    text.get(from..to).unwrap_or(&[]).iter().collect()
}

fn ends_plain(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | ',')
}

/// Behind the closing quote of what begins with a quote at `at`.
fn end_of_quoted(text: &[char], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        let c = text.get(at)?;
        let is_escape = *c == '\\' && matches!(text.get(at + 1), Some('"' | '\\'));
        at += 1 + usize::from(is_escape);
        if *c == '"' {
            return Some(at);
        }
    }
}

/// A value, or the beginning of one, without its quotes.
fn unquoted(written: &str) -> String {
    let Some(rest) = written.strip_prefix('"') else {
        return written.to_owned();
    };
    let mut text = String::new();
    let mut rest = rest.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => break,
            '\\' => text.push(rest.next_if(|c| matches!(c, '"' | '\\')).unwrap_or(c)),
            c => text.push(c),
        }
    }
    text
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

fn known(value: impl Into<String>, hint: Option<String>) -> Known {
    let value = value.into();
    Known {
        label: value.clone(),
        value,
        hint,
    }
}

/// The words of a list, and what some of them mean.
fn listed<T: Words>(hints: &[(&str, &str)]) -> Vec<Known> {
    let hint = |word: &str| {
        let hint = hints.iter().find(|(known, _)| *known == word);
        hint.map(|(_, hint)| (*hint).to_owned())
    };
    T::all().map(|word| known(word, hint(word))).collect()
}

/// The keys, those first that people use most.
fn keys() -> Vec<Known> {
    let hint = |key| match key {
        Key::Importance => "low, normal or high",
        Key::Category => "the name of a category",
        Key::Has => "a Teams meeting, a link, files or a conflict",
        Key::Answer => "your own answer",
        Key::With => "somebody who is invited",
        Key::Calendar => "part of a calendar's name",
        Key::Next => "days, weeks or months from today on",
        Key::Is => "a series, all day, private or a copy",
        Key::Show => "free, busy, tentative or away",
        Key::From => "on this day or later",
        Key::To => "on this day or earlier",
        Key::Account => "part of an account's address",
        Key::Status => "confirmed, tentative or cancelled",
        Key::Provider => "Microsoft, Google, CalDAV or a file",
    };
    [
        Key::Importance,
        Key::Category,
        Key::Has,
        Key::Answer,
        Key::With,
        Key::Calendar,
        Key::Next,
        Key::Is,
        Key::Show,
        Key::From,
        Key::To,
        Key::Account,
        Key::Status,
        Key::Provider,
    ]
    .map(|key| known(format!("{}:", key.word()), Some(hint(key).to_owned())))
    .into()
}

/// Words for days and the days that they are; days by their digits once one is typed.
fn days(typed: &str, today: NaiveDate) -> Vec<Known> {
    if typed.starts_with(|c: char| c.is_ascii_digit()) {
        let later = (0..=DAYS_AROUND).map_while(|days| today.checked_add_days(Days::new(days)));
        let earlier = (1..=DAYS_AROUND).map_while(|days| today.checked_sub_days(Days::new(days)));
        let around = later.chain(earlier);
        return around
            .filter(|day| is_writable(*day))
            .map(|day| known(day.to_string(), Some(day.format("%A").to_string())))
            .collect();
    }
    let words = ["today", "tomorrow", "yesterday"].into_iter();
    words
        .chain(WEEKDAYS.iter().map(|(name, _)| *name))
        .filter_map(|word| {
            let day = named_day(word, today).filter(|day| is_writable(*day))?;
            Some(known(word, Some(day.to_string())))
        })
        .collect()
}

/// The number that is typed with each unit, else some that are common.
fn spans(typed: &str, today: NaiveDate) -> Vec<Known> {
    let digits: String = typed.chars().take_while(char::is_ascii_digit).collect();
    let number = digits.trim_start_matches('0');
    let all: Vec<(&str, char)> = if number.is_empty() {
        vec![("7", 'd'), ("14", 'd'), ("1", 'm'), ("3", 'm'), ("1", 'd')]
    } else {
        ['d', 'w', 'm'].map(|unit| (number, unit)).into()
    };
    let told = |(number, unit): (&str, char)| {
        let word = format!("{number}{unit}");
        parse(&format!("next:{word}"), today).ok()?;
        let unit = match unit {
            'd' => "day",
            'w' => "week",
            _ => "month",
        };
        let more = if number == "1" { "" } else { "s" };
        Some(known(word, Some(format!("{number} {unit}{more}"))))
    };
    all.into_iter().filter_map(told).collect()
}
