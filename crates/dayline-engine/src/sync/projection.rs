//! Which occurrences an event shows. Pure.
//!
//! Graph expands its series and we keep what it lists; Google's series are expanded here. Either
//! way an exception stands in for its occurrence.

use std::collections::BTreeSet;

use chrono::{DateTime, Months, NaiveTime, TimeDelta, Utc};
use dayline_model::recurrence::{Window, expand, is_incessant};
use dayline_model::{Event, EventKind, OriginalStart, ProviderKind, Status, When};
use dayline_store::{EventCore, InstanceRow, NewOccurrence, VisitedSpan};

use crate::engine::Span;

/// How far from the window's start occurrences are laid out. A provider that lists without end
/// is expanded this far.
const SHOWN: Months = Months::new(36);
/// The most occurrences that one series lays out in a span: five years of days, half a year of
/// hours.
const MOST_OCCURRENCES: usize = 5_000;
/// A series that repeats more often than that is laid out around today alone: from here on, this
/// long, counted from the window's start a year ago.
const NEAR_FROM: Months = Months::new(11);
const NEAR_LENGTH: Months = Months::new(4);

/// The part of a round's window in which occurrences are laid out.
pub(crate) fn shown_span(window: (DateTime<Utc>, DateTime<Utc>)) -> (DateTime<Utc>, DateTime<Utc>) {
    let end = window
        .0
        .checked_add_months(SHOWN)
        .unwrap_or(DateTime::<Utc>::MAX_UTC);
    (window.0, window.1.min(end))
}

/// The days for which occurrences are laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout<'a> {
    /// The window, as far as it is shown.
    pub window: Span,
    /// Months outside of it that somebody went to.
    pub visited: &'a [VisitedSpan],
}

impl Layout<'_> {
    /// The parts of a month that the window does not have.
    fn outside(&self, month: &VisitedSpan) -> impl Iterator<Item = Span> + use<> {
        let before = (month.from, month.until.min(self.window.0));
        let after = (month.from.max(self.window.1), month.until);
        [before, after]
            .into_iter()
            .filter(|(from, until)| from < until)
    }
}

/// Start and end; dates count as if in UTC.
pub(super) fn span(when: &When) -> (DateTime<Utc>, DateTime<Utc>) {
    match when {
        When::AllDay { start, end } => (
            start.and_time(NaiveTime::MIN).and_utc(),
            end.and_time(NaiveTime::MIN).and_utc(),
        ),
        When::Timed { start, end } => (start.utc(), end.utc()),
    }
}

fn is_all_day(when: &When) -> bool {
    matches!(when, When::AllDay { .. })
}

/// The occurrence of an event that is no master.
pub(super) fn single(event: &EventCore, provider: ProviderKind) -> Vec<NewOccurrence> {
    // For Google a cancelled exception is an occurrence that was deleted; for Graph a cancelled
    // event is still on the calendar, struck through, until somebody removes it.
    if event.status == Status::Cancelled && provider == ProviderKind::Google {
        return Vec::new();
    }
    let (start, end) = span(&event.when);
    vec![NewOccurrence {
        event: event.id,
        instance_id: event.provider_id.0.clone(),
        all_day: is_all_day(&event.when),
        start,
        end,
    }]
}

/// The occurrences that a master shows beside its exceptions, one an instance id.
pub(super) fn series(
    master: &EventCore,
    exceptions: &[EventCore],
    instances: &[InstanceRow],
    provider: ProviderKind,
    layout: Layout<'_>,
) -> Vec<NewOccurrence> {
    let replaced = Replaced::by(exceptions);
    let shown = match provider {
        ProviderKind::Microsoft => listed(master, instances, layout),
        ProviderKind::Google => {
            let months = layout
                .visited
                .iter()
                .flat_map(|month| layout.outside(month));
            std::iter::once(layout.window)
                .chain(months)
                .flat_map(|span| ruled(master, span))
                .collect()
        }
    };
    let mut seen = BTreeSet::new();
    shown
        .into_iter()
        .filter(|occurrence| !replaced.covers(&occurrence.instance_id, occurrence.start))
        .filter(|occurrence| seen.insert(occurrence.instance_id.clone()))
        .collect()
}

/// What Graph lists. In a month that it has not listed since the series changed, its rule answers.
fn listed(master: &EventCore, instances: &[InstanceRow], layout: Layout<'_>) -> Vec<NewOccurrence> {
    let mut shown: Vec<NewOccurrence> = instances
        .iter()
        .map(|instance| occurrence_at(master, instance))
        .collect();
    let starts: BTreeSet<DateTime<Utc>> = shown.iter().map(|shown| shown.start).collect();
    let has_rule =
        matches!(&master.kind, EventKind::SeriesMaster { recurrence } if !recurrence.is_empty());
    let unlisted = |month: &&VisitedSpan| {
        month.fetched_at.is_none() && starts.range(month.from..month.until).next().is_none()
    };
    for month in layout.visited.iter().filter(unlisted).filter(|_| has_rule) {
        for span in layout.outside(month) {
            // What reaches in from the window or another month may be among what was listed there.
            let is_listed = |occurrence: &NewOccurrence| {
                let in_window =
                    occurrence.start < layout.window.1 && occurrence.end > layout.window.0;
                in_window || starts.contains(&occurrence.start)
            };
            shown.extend(
                ruled(master, span)
                    .into_iter()
                    .filter(|occurrence| !is_listed(occurrence)),
            );
        }
    }
    shown
}

/// What the rule of a series gives in a span.
fn ruled(master: &EventCore, span_of_days: Span) -> Vec<NewOccurrence> {
    expanded(master, span_of_days)
        .into_iter()
        .map(|when| {
            let (start, end) = span(&when);
            let all_day = is_all_day(&when);
            let form = if all_day { "%Y%m%d" } else { "%Y%m%dT%H%M%SZ" };
            NewOccurrence {
                event: master.id,
                instance_id: format!("{}_{}", master.provider_id.as_str(), start.format(form)),
                all_day,
                start,
                end,
            }
        })
        .collect()
}

/// An occurrence that Graph lists. Its delta does not say of an occurrence whether it is all-day:
/// that it has from its master.
fn occurrence_at(master: &EventCore, instance: &InstanceRow) -> NewOccurrence {
    let all_day = instance.all_day || is_all_day(&master.when);
    let (start, end) = if all_day {
        let midnight = |time: DateTime<Utc>| time.date_naive().and_time(NaiveTime::MIN).and_utc();
        let start = midnight(instance.start);
        let least = start + TimeDelta::days(1);
        (start, midnight(instance.end).max(least))
    } else {
        (instance.start, instance.end)
    };
    NewOccurrence {
        event: master.id,
        instance_id: instance.id.0.clone(),
        all_day,
        start,
        end,
    }
}

fn expanded(master: &EventCore, shown: (DateTime<Utc>, DateTime<Utc>)) -> Vec<When> {
    let EventKind::SeriesMaster { recurrence } = &master.kind else {
        return Vec::new();
    };
    if master.status == Status::Cancelled {
        return Vec::new();
    }
    let near = near(shown);
    let spans = [shown, near];
    for (from, until) in spans.into_iter().filter(|_| !is_incessant(recurrence)) {
        match expand(
            &master.when,
            recurrence,
            Window { from, until },
            MOST_OCCURRENCES,
        ) {
            Ok(expansion) if expansion.truncated => {}
            Ok(expansion) => return expansion.occurrences,
            Err(error) => {
                tracing::debug!(event = master.id.0, %error, "a series cannot be expanded");
            }
        }
        if near == shown {
            break;
        }
    }
    // Its first occurrence is certain; the rest nobody can tell, or nobody could read.
    tracing::info!(event = master.id.0, "of a series only the start is shown");
    vec![master.when.clone()]
}

/// Whether a series has no occurrence in a span, as far as its rule can be read.
pub(super) fn never_repeats_in(master: &Event, days: Span) -> bool {
    let EventKind::SeriesMaster { recurrence } = &master.kind else {
        return false;
    };
    let window = Window {
        from: days.0,
        until: days.1,
    };
    !recurrence.is_empty()
        && expand(&master.when, recurrence, window, 1)
            .is_ok_and(|expansion| expansion.occurrences.is_empty())
}

/// The part of a long span that lies around today.
fn near(shown: Span) -> Span {
    let from = shown.0.checked_add_months(NEAR_FROM);
    let until = from.and_then(|from| from.checked_add_months(NEAR_LENGTH));
    match (from, until) {
        (Some(from), Some(until)) if until < shown.1 => (from, until),
        _ => shown,
    }
}

/// Which occurrences exceptions stand in for.
struct Replaced {
    ids: BTreeSet<String>,
    starts: BTreeSet<DateTime<Utc>>,
}

impl Replaced {
    fn by(exceptions: &[EventCore]) -> Self {
        let starts = exceptions
            .iter()
            .filter_map(|exception| match &exception.kind {
                EventKind::Exception { original_start, .. } => original_start.as_ref(),
                EventKind::Single | EventKind::SeriesMaster { .. } => None,
            })
            .map(OriginalStart::instant);
        Self {
            ids: exceptions
                .iter()
                .map(|exception| exception.provider_id.0.clone())
                .collect(),
            starts: starts.collect(),
        }
    }

    fn covers(&self, id: &str, start: DateTime<Utc>) -> bool {
        self.ids.contains(id) || self.starts.contains(&start)
    }
}

#[cfg(test)]
mod tests;
