//! How many times a rule has, without listing them: what COUNT leaves for later.
//!
//! A series that is twenty years old is counted by years, by months, or by multiplication, so
//! that a window costs about the same whether COUNT ends the series or nothing does.

use std::collections::BTreeMap;

use super::RecurrenceError;
use super::budget::Budget;
use super::days::Days;
use super::period::Periods;
use super::rule::{Frequency, Rule};

/// Counts the times of whole periods.
pub(super) struct Counter<'a> {
    pub(super) days: &'a mut Days,
    pub(super) periods: Periods,
    pub(super) budget: &'a mut Budget,
}

impl Counter<'_> {
    /// How many times there are in the periods from `from` to before `end`.
    pub(super) fn count(&mut self, from: i64, end: i64) -> Result<u64, RecurrenceError> {
        if from >= end {
            return Ok(0);
        }
        if self.days.rule().frequency < Frequency::Daily {
            self.count_finer(from, end)
        } else {
            self.count_coarser(from, end)
        }
    }

    /// Periods of a day or more: times of a day, multiplied by days.
    fn count_coarser(&mut self, from: i64, end: i64) -> Result<u64, RecurrenceError> {
        let rule = self.days.rule();
        let a_day = length(&rule.hours) * length(&rule.minutes) * length(&rule.seconds);
        let (interval, frequency) = (rule.interval, rule.frequency);
        let has_positions = !rule.positions.is_empty();
        let first = self.periods.days(from);
        if frequency <= Frequency::Weekly && self.days.allows_weekdays_alone() {
            let is_same = frequency == Frequency::Weekly || self.days.allows_all();
            if let Some((first, end_of_first)) = first.filter(|_| is_same) {
                let days = self.days.count(first, end_of_first);
                return Ok(picked(self.days.rule(), days * a_day) * span(from, end));
            }
        }
        if let Some(((first, _), (last, _))) = first.zip(self.periods.days(end))
            && interval == 1
            && !has_positions
        {
            self.budget
                .spend_many(u32::try_from((last - first) / 1024).unwrap_or(u32::MAX))?;
            return Ok(self.days.count(first, last) * a_day);
        }
        if let Some(((first, _), (last, _))) = first.zip(self.periods.days(end))
            && frequency == Frequency::Daily
        {
            return Ok(
                self.count_days(first, last, interval.into())? * picked(self.days.rule(), a_day)
            );
        }
        let mut total = 0_u64;
        let mut known = (0, 0);
        for index in from..end {
            if index % 8 == 0 {
                self.budget.spend()?;
            }
            let Some((first, end)) = self.periods.days(index) else {
                break;
            };
            let times = self.days.count(first, end) * a_day;
            if known.0 != times {
                known = (times, picked(self.days.rule(), times));
            }
            total += known.1;
        }
        Ok(total)
    }

    /// Every so many days: of the allowed ones, those that are so many days apart.
    fn count_days(&mut self, first: i64, last: i64, interval: i64) -> Result<u64, RecurrenceError> {
        let mut total = 0;
        let mut from = first;
        while from < last {
            self.budget.spend()?;
            let end = (from + 512).min(last);
            let mut days = Vec::new();
            self.days.list(from, end, &mut days);
            let days = days.into_iter();
            total += length_of(days.filter(|day| (day - first) % interval == 0).count());
            from = end;
        }
        Ok(total)
    }

    /// Periods shorter than a day: those that fall on an allowed time of an allowed day.
    fn count_finer(&mut self, from: i64, end: i64) -> Result<u64, RecurrenceError> {
        let units = Units::of(self.days.rule());
        let step = i64::from(self.days.rule().interval);
        let each = picked(self.days.rule(), units.each);
        if self.days.allows_all() && units.allows_all {
            return Ok(each * span(from, end));
        }
        let anchor = self.periods.anchor_unit(units.in_day);
        let unit = |index: i64| anchor + index * step;
        let mut total = 0_u64;
        // How many allowed units a day has whose first period begins so late.
        let mut known: BTreeMap<i64, u64> = BTreeMap::new();
        let mut index = from;
        while index < end {
            let day = unit(index).div_euclid(units.in_day);
            let midnight = (day + 1) * units.in_day;
            let next = index + (midnight - unit(index) + step - 1) / step;
            if day % 4 == 0 || step > units.in_day {
                self.budget.spend()?;
            }
            if self.days.allows(day) {
                let last = next.min(end);
                total += if units.allows_all {
                    span(index, last)
                } else {
                    let begin = unit(index).rem_euclid(units.in_day);
                    let many = last - index;
                    let is_whole = last == next;
                    if let Some(count) = known.get(&begin).filter(|_| is_whole) {
                        *count
                    } else {
                        self.budget
                            .spend_many(u32::try_from(many / 64).unwrap_or(u32::MAX))?;
                        let rule = self.days.rule();
                        let allowed = |at: &i64| units.allows(rule, begin + at * step);
                        let count = (0..many).filter(allowed).count();
                        let count = length_of(count);
                        if is_whole {
                            known.insert(begin, count);
                        }
                        count
                    }
                };
            }
            index = next;
        }
        Ok(total * each)
    }
}

/// What a rule finer than a day counts in.
struct Units {
    in_day: i64,
    /// Times in an allowed unit, before BYSETPOS.
    each: u64,
    allows_all: bool,
}

impl Units {
    fn of(rule: &Rule) -> Self {
        let [minutes, seconds] = [&rule.minutes, &rule.seconds].map(|list| length(list));
        let none = |lists: &[&Vec<u32>]| lists.iter().all(|list| list.is_empty());
        match rule.frequency {
            Frequency::Secondly => Self {
                in_day: 86_400,
                each: 1,
                allows_all: none(&[&rule.hours, &rule.minutes, &rule.seconds]),
            },
            Frequency::Minutely => Self {
                in_day: 1_440,
                each: seconds,
                allows_all: none(&[&rule.hours, &rule.minutes]),
            },
            _ => Self {
                in_day: 24,
                each: minutes * seconds,
                allows_all: none(&[&rule.hours]),
            },
        }
    }

    fn allows(&self, rule: &Rule, unit: i64) -> bool {
        let second = unit * (86_400 / self.in_day);
        let is_in = |list: &[u32], value: i64| {
            list.is_empty() || u32::try_from(value).is_ok_and(|value| list.contains(&value))
        };
        is_in(&rule.hours, second / 3_600)
            && (self.in_day < 1_440 || is_in(&rule.minutes, second / 60 % 60))
            && (self.in_day < 86_400 || is_in(&rule.seconds, second % 60))
    }
}

/// How many of a period's times BYSETPOS leaves.
fn picked(rule: &Rule, times: u64) -> u64 {
    if rule.positions.is_empty() {
        return times;
    }
    let exists = |position: &&i32| u64::from(position.unsigned_abs()) <= times;
    let from_front = rule.positions.iter().filter(|position| **position > 0);
    let many_from_front = from_front.filter(exists).count();
    let many = rule.positions.iter().filter(exists).count();
    if many_from_front == 0 || many_from_front == many {
        // Counted from one end alone, no two are the same.
        return length_of(many);
    }
    let mut indexes: Vec<u64> = rule
        .positions
        .iter()
        .filter_map(|position| {
            let steps = u64::from(position.unsigned_abs());
            let index = if *position > 0 {
                steps.checked_sub(1)
            } else {
                times.checked_sub(steps)
            };
            index.filter(|index| *index < times)
        })
        .collect();
    indexes.sort_unstable();
    indexes.dedup();
    length(&indexes)
}

fn length<T>(list: &[T]) -> u64 {
    length_of(list.len())
}

fn length_of(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}

fn span(from: i64, end: i64) -> u64 {
    u64::try_from(end - from).unwrap_or(0)
}
