//! What somebody who types a filter is told: what is wrong, and what could stand at the cursor.
//!
//! The model knows the language; here it meets the names that the database has.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use dayline_model::filter::{FilterError, FilterMistake, Known, Typing, Wanted, fold};
use dayline_store::{Read, StoreError};

use super::{FilterCompletion, FilterMistakeView, FilterProblem, FilterReading, reader_zone};
use crate::engine::Span;
use crate::{Engine, Error};

/// Whom one meets within this time, people are offered from.
const PEOPLE_AROUND: TimeDelta = TimeDelta::days(90);

impl Engine {
    /// Reads a filter while it is typed: its first mistake, and what could stand at the cursor.
    ///
    /// Units: positions are UTF-16 units from the start; a cursor behind the end stands at it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown zone.
    pub fn read_filter(&self, text: &str, cursor: i32, zone: &str) -> Result<FilterReading, Error> {
        let zone = reader_zone(zone)?;
        let units = Units::of(text);
        let problem = self.parse_filter(text, zone).err();
        let mut completions = Vec::new();
        if let Some(typing) = Typing::at(text, units.character(cursor)) {
            let now = self.now();
            let around = (now - PEOPLE_AROUND, now + PEOPLE_AROUND);
            let known = self
                .store()
                .read(|read| names(read, typing.wanted(), around))?;
            completions = typing.completions(&known, self.today(zone));
        }
        Ok(FilterReading {
            problem: problem.map(|error| problem_view(error, &units)),
            completions: completions
                .into_iter()
                .map(|completion| FilterCompletion {
                    from: units.before(completion.from),
                    to: units.before(completion.to),
                    insert: completion.insert,
                    label: completion.label,
                    hint: completion.hint,
                })
                .collect(),
        })
    }
}

fn problem_view(error: FilterError, units: &Units) -> FilterProblem {
    let from = error.column.saturating_sub(1);
    let (mistake, word) = mistake_view(error.mistake);
    FilterProblem {
        from: units.before(from),
        to: units.before(from + error.len),
        mistake,
        word,
        suggestion: error.suggestion,
    }
}

/// The mistake, and what was written or lacks its value.
fn mistake_view(mistake: FilterMistake) -> (FilterMistakeView, Option<String>) {
    use FilterMistakeView as View;
    match mistake {
        FilterMistake::TooLong => (View::TooLong, None),
        FilterMistake::MinusAtEnd => (View::MinusAtEnd, None),
        FilterMistake::MinusApart => (View::MinusApart, None),
        FilterMistake::MinusTwice => (View::MinusTwice, None),
        FilterMistake::NoKey => (View::NoKey, None),
        FilterMistake::UnknownKey(word) => (View::UnknownKey, Some(word)),
        FilterMistake::UnknownImportance(word) => (View::UnknownImportance, Some(word)),
        FilterMistake::UnknownProvider(word) => (View::UnknownProvider, Some(word)),
        FilterMistake::UnknownAnswer(word) => (View::UnknownAnswer, Some(word)),
        FilterMistake::UnknownStatus(word) => (View::UnknownStatus, Some(word)),
        FilterMistake::UnknownShow(word) => (View::UnknownShow, Some(word)),
        FilterMistake::UnknownHas(word) => (View::UnknownHas, Some(word)),
        FilterMistake::UnknownIs(word) => (View::UnknownIs, Some(word)),
        FilterMistake::EmptyQuotes => (View::EmptyQuotes, None),
        FilterMistake::NoWord => (View::NoWord, None),
        FilterMistake::NoValue(key) => (View::NoValue, Some(key.to_owned())),
        FilterMistake::NothingAfterComma => (View::NothingAfterComma, None),
        FilterMistake::AfterQuote => (View::AfterQuote, None),
        FilterMistake::QuoteInside => (View::QuoteInside, None),
        FilterMistake::QuoteOpen => (View::QuoteOpen, None),
        FilterMistake::NoLetter => (View::NoLetter, None),
        FilterMistake::NoSuchDay(word) => (View::NoSuchDay, Some(word)),
        FilterMistake::UnknownDay(word) => (View::UnknownDay, Some(word)),
        FilterMistake::NoDays => (View::NoDays, None),
        FilterMistake::TooFar => (View::TooFar, None),
        FilterMistake::NoSpan(word) => (View::NoSpan, Some(word)),
    }
}

/// Characters of a text and the UTF-16 units before each of them, and before its end.
struct Units(Vec<i32>);

impl Units {
    fn of(text: &str) -> Self {
        let mut before = vec![0];
        let mut units = 0_i32;
        for c in text.chars() {
            units = units.saturating_add(if c.len_utf16() == 2 { 2 } else { 1 });
            before.push(units);
        }
        Self(before)
    }

    /// The units before a character.
    fn before(&self, character: usize) -> i32 {
        let at = character.min(self.0.len() - 1);
        self.0.get(at).copied().unwrap_or_default()
    }

    /// The character in front of which a unit stands, or in which.
    fn character(&self, unit: i32) -> usize {
        self.0
            .partition_point(|before| *before <= unit)
            .saturating_sub(1)
    }
}

/// The names that are wanted, the best ones first.
fn names(read: &Read<'_>, wanted: Wanted, around: Span) -> Result<Vec<Known>, StoreError> {
    Ok(match wanted {
        Wanted::Nothing => Vec::new(),
        Wanted::Categories => {
            let mut used: BTreeMap<String, (Known, i64)> = BTreeMap::new();
            for (category, events) in read.used_categories()? {
                let known = used
                    .entry(fold(&category.name))
                    .or_insert_with(|| (known(category.name, None), 0));
                known.1 += events;
            }
            let mut used: Vec<_> = used.into_values().collect();
            used.sort_by_key(|(_, events)| std::cmp::Reverse(*events));
            used.into_iter().map(|(known, _)| known).collect()
        }
        Wanted::Calendars => {
            let accounts: BTreeMap<_, _> = read
                .accounts()?
                .into_iter()
                .map(|account| (account.id, account.email))
                .collect();
            let calendars = read.calendars()?.into_iter();
            calendars
                .filter(|row| row.is_connected)
                .map(|row| known(row.calendar.name, accounts.get(&row.account).cloned()))
                .collect()
        }
        Wanted::Accounts => {
            let accounts = read.accounts()?.into_iter();
            accounts
                .map(|account| known(account.email, account.display_name))
                .collect()
        }
        Wanted::People => {
            let own: Vec<String> = read
                .accounts()?
                .into_iter()
                .map(|account| fold(&account.email))
                .collect();
            let people = read.people_between(around.0, around.1)?.into_iter();
            people
                .filter(|person| !own.contains(&fold(&person.email)))
                .map(|person| match person.name {
                    Some(name) => Known {
                        label: name,
                        hint: Some(person.email.clone()),
                        value: person.email,
                    },
                    None => known(person.email, None),
                })
                .collect()
        }
    })
}

fn known(value: String, hint: Option<String>) -> Known {
    Known {
        label: value.clone(),
        value,
        hint,
    }
}

#[cfg(test)]
mod tests;
