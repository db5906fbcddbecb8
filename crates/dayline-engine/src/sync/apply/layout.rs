//! Laying out what changed: the occurrences that views read, in the transaction that changed it.

use dayline_model::{EventId, EventKind, ProviderEventId};
use dayline_store::{NewOccurrence, StoreError};

use super::Apply;
use crate::sync::projection::{self, Layout, shown_span};

/// The zone database that occurrences are laid out by.
pub(in crate::sync) fn tzdb() -> &'static str {
    chrono_tz::IANA_TZDB_VERSION
}

impl Apply<'_> {
    /// Lays out the occurrences of everything that changed so far.
    pub(in crate::sync) fn lay_out(&mut self) -> Result<(), StoreError> {
        for (id, known) in std::mem::take(&mut self.singles) {
            let event = match known {
                Some(known) => Some(known),
                None => self.write.find_event(self.target.calendar, &id)?,
            };
            let Some(event) = event.filter(|event| event.kind == EventKind::Single) else {
                continue;
            };
            let occurrences = projection::single(&event, self.target.provider);
            if self.new.contains(&id) {
                self.write
                    .insert_occurrences(self.target.calendar, &occurrences, tzdb())?;
                self.applied.touch(projection::span(&event.when));
            } else {
                self.put_occurrences(event.id, &occurrences)?;
            }
        }
        for id in std::mem::take(&mut self.series) {
            self.lay_out_series(&id)?;
        }
        Ok(())
    }

    fn lay_out_series(&mut self, id: &ProviderEventId) -> Result<(), StoreError> {
        let calendar = self.target.calendar;
        let exceptions = self.write.exceptions(calendar, id)?;
        if let Some(master) = self.write.find_event(calendar, id)?
            && matches!(master.kind, EventKind::SeriesMaster { .. })
        {
            let instances = self.write.instances(calendar, id)?;
            let visited = match self.visited.take() {
                Some(visited) => visited,
                None => self.write.visited_spans(calendar)?,
            };
            let layout = Layout {
                window: shown_span(self.target.window),
                visited: &visited,
            };
            let occurrences = projection::series(
                &master,
                &exceptions,
                &instances,
                self.target.provider,
                layout,
            );
            self.visited = Some(visited);
            self.put_occurrences(master.id, &occurrences)?;
        }
        for exception in &exceptions {
            let occurrences = projection::single(exception, self.target.provider);
            self.put_occurrences(exception.id, &occurrences)?;
        }
        Ok(())
    }

    fn put_occurrences(
        &mut self,
        event: EventId,
        occurrences: &[NewOccurrence],
    ) -> Result<(), StoreError> {
        if self
            .write
            .put_occurrences(self.target.calendar, event, occurrences, tzdb())?
        {
            self.touch_event(event)?;
        }
        Ok(())
    }

    pub(super) fn touch_event(&mut self, event: EventId) -> Result<(), StoreError> {
        if let Some(span) = self.write.occurrence_span(event)? {
            self.applied.touch(span);
        }
        Ok(())
    }
}
