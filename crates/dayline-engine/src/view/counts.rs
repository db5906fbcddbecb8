//! How much there is on some days, and how much of it a filter leaves over.
//!
//! Counted is from rows without texts that nobody counts; whole ones are read only for a filter,
//! and of them only what the database finds by it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use dayline_model::colors::UNKNOWN;
use dayline_model::filter::fold;
use dayline_model::{EventId, Importance, ParticipationStatus};
use dayline_store::{CategoryId, Read, SpanRow, StoreError};

use super::asked::Asked;
use super::matching::{Copies, Key, takes_time};
use super::{CategoryFacet, CountsQuery, CountsView, DayDensity, Facets, WhenView, start_of_day};
use crate::engine::Span;
use crate::{Engine, Error};

impl Engine {
    /// How many occurrences of the asked days a filter leaves over and takes away, and how many
    /// there are of what could be filtered for.
    ///
    /// Shape: what is shown and hidden is all that [`Engine::range`] gives without a filter.
    ///
    /// # Errors
    /// As [`Engine::range`].
    pub fn counts(&self, query: &CountsQuery) -> Result<CountsView, Error> {
        let asked = self.asked_counts(query)?;
        let (days, categories, carried) = self.store().read(|read| {
            let days = Counted::load(read, &asked, query.merge_copies)?;
            let categories = Categories::load(read)?;
            let carried = categories.carried(read, asked.span())?;
            Ok((days, categories, carried))
        })?;
        let all = count(days.all().len());
        let shown = count(days.shown().len());
        let (figures, categories) = days.facets(categories.facets, &carried);
        let [
            high,
            normal,
            low,
            teams,
            link,
            unanswered,
            tentative,
            declined,
        ] = figures;
        Ok(CountsView {
            shown,
            hidden: all - shown,
            facets: Facets {
                high,
                normal,
                low,
                teams,
                link,
                unanswered,
                tentative,
                declined,
                categories,
            },
        })
    }

    /// How full each of the asked days is.
    ///
    /// Shape: one for each day, in their order. An occurrence of several days counts in each.
    /// Units: minutes that pass; a day on which the clock is changed may have 1,500 of them.
    ///
    /// # Errors
    /// As [`Engine::range`].
    pub fn density(&self, query: &CountsQuery) -> Result<Vec<DayDensity>, Error> {
        let asked = self.asked_counts(query)?;
        let now = self.now();
        let (days, beyond) = self.store().read(|read| {
            let days = Counted::load(read, &asked, query.merge_copies)?;
            let beyond = Self::days_beyond(read, asked.first, asked.after, now)?;
            Ok((days, beyond))
        })?;
        let shown = days.shown();
        let busy = shown.iter().filter(|(span, _)| takes_time(span));
        let busy = minutes_of_days(
            &asked,
            busy.map(|(span, _)| (span.start, span.end)).collect(),
        );
        let touching = touching_days(&asked, shown.iter().map(|(_, when)| *when));
        Ok(asked
            .first
            .iter_days()
            .zip(touching)
            .zip(busy)
            .map(|((day, events), busy_minutes)| DayDensity {
                events,
                busy_minutes,
                beyond_synced: beyond.contains(&day),
            })
            .collect())
    }

    fn asked_counts(&self, query: &CountsQuery) -> Result<Asked, Error> {
        let days = (query.from_day, query.days);
        Asked::read(self, days, &query.zone, &query.filter)
    }
}

/// What is counted.
struct Counted {
    /// Everything on the days.
    spans: Vec<(SpanRow, WhenView)>,
    copies: Copies,
    /// What the filter leaves over; `None`: everything.
    passing: Option<BTreeSet<Key>>,
}

impl Counted {
    fn load(read: &Read<'_>, asked: &Asked, merge_copies: bool) -> Result<Self, StoreError> {
        let (from, until) = asked.span();
        let mut all = Vec::new();
        read.visit_spans(from, until, |span| all.push(span))?;
        let copies = if merge_copies {
            Copies::among(&all, &read.calendars()?)
        } else {
            Copies::default()
        };
        let placed = |span: SpanRow| {
            let when = asked.place((span.start, span.end), span.all_day)?;
            Some((span, when))
        };
        let mut passing = None;
        if !asked.filter.is_empty() {
            let passing = passing.insert(BTreeSet::new());
            asked.visit(read, |row, _| {
                passing.insert((row.event, row.start));
            })?;
        }
        Ok(Self {
            spans: all.into_iter().filter_map(placed).collect(),
            copies,
            passing,
        })
    }

    fn all(&self) -> Vec<&(SpanRow, WhenView)> {
        self.merged(self.spans.iter().collect())
    }

    fn shown(&self) -> Vec<&(SpanRow, WhenView)> {
        let passes = |(span, _): &&(SpanRow, WhenView)| {
            let passing = self.passing.as_ref();
            passing.is_none_or(|passing| passing.contains(&key(span)))
        };
        self.merged(self.spans.iter().filter(passes).collect())
    }

    fn merged<'s>(&self, mut spans: Vec<&'s (SpanRow, WhenView)>) -> Vec<&'s (SpanRow, WhenView)> {
        self.copies.merge(&mut spans, |(span, _)| key(span));
        spans
    }

    /// How many have each of [`figures`], and each category. A meeting has what its copies have.
    fn facets(
        &self,
        mut categories: Vec<CategoryFacet>,
        carried: &BTreeMap<EventId, BTreeSet<usize>>,
    ) -> (Figures<i32>, Vec<CategoryFacet>) {
        let mut counts = Figures::default();
        let mut add = |has: Figures<bool>, carries: &BTreeSet<usize>| {
            for (count, has) in counts.iter_mut().zip(has) {
                *count += i32::from(has);
            }
            for category in carries {
                if let Some(facet) = categories.get_mut(*category) {
                    facet.count += 1;
                }
            }
        };
        let none = BTreeSet::new();
        let mut meetings: BTreeMap<usize, (Figures<bool>, BTreeSet<usize>)> = BTreeMap::new();
        for (span, _) in &self.spans {
            let carries = carried.get(&span.event).unwrap_or(&none);
            match self.copies.meeting(key(span)) {
                None => add(figures(span), carries),
                Some(meeting) => {
                    let known = meetings.entry(meeting).or_default();
                    for (known, has) in known.0.iter_mut().zip(figures(span)) {
                        *known |= has;
                    }
                    known.1.extend(carries);
                }
            }
        }
        for (has, carries) in meetings.values() {
            add(*has, carries);
        }
        categories.retain(|facet| facet.count > 0);
        (counts, categories)
    }
}

/// In the order of [`Facets`].
type Figures<T> = [T; 8];

fn figures(span: &SpanRow) -> Figures<bool> {
    [
        span.importance == Importance::High,
        span.importance == Importance::Normal,
        span.importance == Importance::Low,
        span.is_teams,
        span.has_link,
        span.response == ParticipationStatus::NeedsAction,
        span.response == ParticipationStatus::Tentative,
        span.response == ParticipationStatus::Declined,
    ]
}

fn key(span: &SpanRow) -> Key {
    (span.event, span.start)
}

fn count(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

/// Categories of all accounts by name, those that read alike once.
#[derive(Default)]
struct Categories {
    facets: Vec<CategoryFacet>,
    /// The place of each in `facets`.
    places: BTreeMap<CategoryId, usize>,
}

impl Categories {
    fn load(read: &Read<'_>) -> Result<Self, StoreError> {
        let mut named: BTreeMap<String, (CategoryFacet, Vec<CategoryId>)> = BTreeMap::new();
        for category in read.categories()? {
            let color = category.color;
            let known = named.entry(fold(&category.name)).or_insert_with(|| {
                let facet = CategoryFacet {
                    name: category.name,
                    color: UNKNOWN.to_owned(),
                    count: 0,
                };
                (facet, Vec::new())
            });
            known.1.push(category.id);
            if let Some(color) = color.filter(|_| known.0.color == UNKNOWN) {
                known.0.color = color;
            }
        }
        let mut categories = Self::default();
        for (place, (facet, ids)) in named.into_values().enumerate() {
            categories.facets.push(facet);
            let places = ids.into_iter().map(|id| (id, place));
            categories.places.extend(places);
        }
        Ok(categories)
    }

    /// Which of them the events of a range carry.
    fn carried(
        &self,
        read: &Read<'_>,
        (from, until): Span,
    ) -> Result<BTreeMap<EventId, BTreeSet<usize>>, StoreError> {
        let mut carried: BTreeMap<EventId, BTreeSet<usize>> = BTreeMap::new();
        read.visit_event_categories(from, until, |event, category| {
            if let Some(place) = self.places.get(&category) {
                carried.entry(event).or_default().insert(*place);
            }
        })?;
        Ok(carried)
    }
}

/// How many of `all` touch each of the days.
fn touching_days(asked: &Asked, all: impl Iterator<Item = WhenView>) -> Vec<i32> {
    let days = asked.days();
    let mut counts = vec![0; days.len()];
    let number = |day: i32| usize::try_from(day.clamp(days.start, days.end) - days.start);
    for when in all {
        let touched = number(when.day).ok().zip(number(when.day + when.days).ok());
        let touched = touched.and_then(|(first, after)| counts.get_mut(first..after));
        for count in touched.into_iter().flatten() {
            *count += 1;
        }
    }
    counts
}

/// How many minutes of each of the days lie within one of `spans`.
fn minutes_of_days(asked: &Asked, mut spans: Vec<Span>) -> Vec<i32> {
    spans.sort_unstable();
    let starts: Vec<DateTime<Utc>> = asked
        .first
        .iter_days()
        .take_while(|day: &NaiveDate| *day <= asked.after)
        .map(|day| start_of_day(day, asked.zone))
        .collect();
    let mut seconds = vec![0; asked.days().len()];
    let mut add = |(start, end): Span| {
        // The day before the first one that begins later.
        let first = starts
            .partition_point(|day| *day <= start)
            .saturating_sub(1);
        let days = starts.windows(2).zip(&mut seconds).skip(first);
        for (day, seconds) in days {
            let [begin, after] = *day else { break };
            if begin >= end {
                break;
            }
            *seconds += (end.min(after) - start.max(begin)).num_seconds().max(0);
        }
    };
    let mut spans = spans.into_iter();
    if let Some(mut whole) = spans.next() {
        for span in spans {
            if span.0 <= whole.1 {
                whole.1 = whole.1.max(span.1);
            } else {
                add(std::mem::replace(&mut whole, span));
            }
        }
        add(whole);
    }
    seconds
        .into_iter()
        .map(|seconds| i32::try_from(seconds / 60).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests;
