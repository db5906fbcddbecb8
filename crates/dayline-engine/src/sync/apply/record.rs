//! What goes into the ledger while rows are written.
//!
//! Only what was known before the round: nothing that a first listing brings is news. Where a
//! series' occurrence is moved or deleted, the line is about the occurrence.

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::recurrence::{Window, expand};
use dayline_model::{
    Event, EventKind, OriginalStart, ProviderEventId, ProviderKind, Status, When, ZonedTime,
};
use dayline_store::{
    ChangedField, Derived, EventCore, EventRow, InstanceRow, NewChange, StoreError,
};

use super::{Apply, Ledger};
use crate::sync::ledger::{DELETED, differences, series_of, span_text, status_word, stood};
use crate::sync::projection::span;

impl Apply<'_> {
    /// How an event was before `event` takes its place; `None` if that is nobody's news.
    pub(super) fn before(
        &self,
        known: Option<&EventCore>,
        event: &Event,
        mark: i64,
    ) -> Result<Option<EventRow>, StoreError> {
        match known {
            Some(known) if known.fingerprint != mark && self.was_known(known) => {
                self.write.load_event(known.id)
            }
            Some(_) => Ok(None),
            None => self.occurrence_before(event),
        }
    }

    /// Whether an event was there before the round.
    fn was_known(&self, event: &EventCore) -> bool {
        let is_news = match self.target.ledger {
            Ledger::Changes => true,
            Ledger::Listing => event.first_generation < self.target.generation,
            Ledger::Silent => false,
        };
        is_news && !self.new.contains(&event.provider_id)
    }

    /// The plain occurrence that an exception takes the place of, as if it were an event.
    fn occurrence_before(&self, event: &Event) -> Result<Option<EventRow>, StoreError> {
        let EventKind::Exception {
            series,
            original_start,
        } = &event.kind
        else {
            return Ok(None);
        };
        let calendar = self.target.calendar;
        let Some(master) = self.write.find_event(calendar, series)? else {
            return Ok(None);
        };
        if !matches!(master.kind, EventKind::SeriesMaster { .. }) || !self.was_known(&master) {
            return Ok(None);
        }
        let stood = match (
            self.write.find_instance(calendar, &event.id)?,
            original_start,
        ) {
            (Some(instance), _) => occurrence_at(&master.when, instance.start),
            // The window may have grown over it: Graph told of all occurrences that it has.
            (None, _)
                if self.target.ledger == Ledger::Listing
                    && self.target.provider == ProviderKind::Microsoft =>
            {
                return Ok(None);
            }
            (None, Some(original)) => occurrence_at(&master.when, original.instant()),
            (None, None) => return Ok(None),
        };
        let row = self.write.load_event(master.id)?;
        Ok(row.map(|mut row| {
            row.core.when = stood;
            row.core.kind = event.kind.clone();
            row
        }))
    }

    pub(super) fn record(
        &self,
        before: &EventRow,
        event: &Event,
        derived: &Derived,
    ) -> Result<(), StoreError> {
        let stood = stood(&before.core.when);
        for difference in differences(before, event, derived) {
            let line = NewChange {
                event: &event.id,
                series: series_of(&event.kind),
                title: &before.title,
                stood: &stood,
                field: difference.field,
                before: difference.before.as_deref(),
                after: difference.after.as_deref(),
            };
            self.write
                .insert_change(self.target.calendar, &line, self.target.now)?;
        }
        Ok(())
    }

    /// Records that an event is gone. What was cancelled before is no news.
    pub(super) fn record_deleted(&self, event: &EventCore) -> Result<(), StoreError> {
        if event.status == Status::Cancelled || !self.was_known(event) {
            return Ok(());
        }
        if let EventKind::Exception {
            series,
            original_start,
        } = &event.kind
        {
            let start = original_start.as_ref().map(OriginalStart::instant);
            // The pattern changed, and took its exceptions along: that is a line of its own.
            if let (Some(start), Some(master)) =
                (start, self.write.find_event(self.target.calendar, series)?)
                && !still_generates(&master, start)
            {
                return Ok(());
            }
        }
        let Some(row) = self.write.load_event(event.id)? else {
            return Ok(());
        };
        let stood = stood(&event.when);
        self.record_status(
            &event.provider_id,
            series_of(&event.kind),
            &row.title,
            &stood,
            event.status,
        )
    }

    /// Records that a plain occurrence of a series is gone, unless its series no longer repeats
    /// then.
    pub(super) fn record_deleted_instance(&self, instance: &InstanceRow) -> Result<(), StoreError> {
        let calendar = self.target.calendar;
        let Some(master) = self.write.find_event(calendar, &instance.series)? else {
            return Ok(());
        };
        if !self.was_known(&master) || !still_generates(&master, instance.start) {
            return Ok(());
        }
        let Some(row) = self.write.load_event(master.id)? else {
            return Ok(());
        };
        let all_day = instance.all_day || matches!(master.when, When::AllDay { .. });
        let stood = span_text((instance.start, instance.end), all_day);
        self.record_status(
            &instance.id,
            Some(&instance.series),
            &row.title,
            &stood,
            master.status,
        )
    }

    fn record_status(
        &self,
        event: &ProviderEventId,
        series: Option<&ProviderEventId>,
        title: &str,
        stood: &str,
        before: Status,
    ) -> Result<(), StoreError> {
        let line = NewChange {
            event,
            series,
            title,
            stood,
            field: ChangedField::Status,
            before: Some(status_word(before)),
            after: Some(DELETED),
        };
        self.write
            .insert_change(self.target.calendar, &line, self.target.now)
    }
}

/// An occurrence of a series that starts at `start`, as long as the first one.
fn occurrence_at(first: &When, start: DateTime<Utc>) -> When {
    let (from, until) = span(first);
    match first {
        When::AllDay { .. } => When::AllDay {
            start: start.date_naive(),
            end: (start + (until - from)).date_naive(),
        },
        When::Timed {
            start: own_start,
            end: own_end,
        } => When::Timed {
            start: ZonedTime::at(start, own_start.zone.clone()),
            end: ZonedTime::at(start + (until - from), own_end.zone.clone()),
        },
    }
}

/// Whether a series repeats at `start` by its rule. One without a rule that we can read may.
fn still_generates(master: &EventCore, start: DateTime<Utc>) -> bool {
    let EventKind::SeriesMaster { recurrence } = &master.kind else {
        return false;
    };
    if recurrence.is_empty() {
        return true;
    }
    let window = Window {
        from: start,
        until: start + TimeDelta::seconds(1),
    };
    // A day's occurrences at most touch one instant; more would be a rule of seconds.
    expand(&master.when, recurrence, window, 1_000).is_ok_and(|expansion| {
        expansion
            .occurrences
            .iter()
            .any(|when| span(when).0 == start)
    })
}
