//! One calendar under our lease: what rounds, questions and visits share.

use chrono::{DateTime, Utc};
use dayline_providers::{Cursor, ProviderError, RangePage, SyncWindow};
use dayline_store::{AccountRow, CalendarRow, Generation, RoundState, StoreError, Write};

use super::apply::{Applied, Ledger, Target};
use super::caller::Caller;
use crate::{Engine, EngineEvent, Error};

/// The most pages of one listing of a range.
const MOST_RANGE_PAGES: usize = 1_000;

/// How far the listing of a range has come.
pub(super) struct RangePages {
    window: SyncWindow,
    next: Option<Cursor>,
    pages: usize,
    is_done: bool,
}

impl RangePages {
    pub(super) fn new(window: SyncWindow) -> Self {
        Self {
            window,
            next: None,
            pages: 0,
            is_done: false,
        }
    }

    /// Whether the page that was given last is the last one.
    pub(super) fn is_done(&self) -> bool {
        self.is_done
    }
}

/// A calendar that is written to.
pub(super) struct CalendarSync<'a> {
    pub engine: &'a Engine,
    pub caller: &'a Caller<'a>,
    pub account: &'a AccountRow,
    pub calendar: &'a CalendarRow,
    pub generation: Generation,
    /// What was written so far.
    pub applied: Applied,
}

impl CalendarSync<'_> {
    /// Where its round stands.
    pub(super) fn state(&self) -> Result<RoundState, Error> {
        self.engine
            .store()
            .read(|read| read.find_round(self.calendar.id))?
            .ok_or(Error::NotFound("calendar"))
    }

    /// What is written to.
    pub(super) fn target(
        &self,
        window: (DateTime<Utc>, DateTime<Utc>),
        generation: i64,
        ledger: Ledger,
    ) -> Target {
        Target {
            account: self.account.id,
            calendar: self.calendar.id,
            provider: self.account.provider,
            generation,
            ledger,
            window,
            now: self.engine.now(),
        }
    }

    /// The next page of what takes place in a range; `None` after the last one.
    pub(super) async fn next_range_page(
        &self,
        pages: &mut RangePages,
    ) -> Result<Option<RangePage>, Error> {
        if pages.is_done {
            return Ok(None);
        }
        if pages.pages == MOST_RANGE_PAGES {
            let what = "its pages never end";
            return Err(ProviderError::Unusable { what }.into());
        }
        let (calendar, window, next) = (&self.calendar.calendar.id, pages.window, &pages.next);
        let mut page = self
            .caller
            .call(|provider, token| async move {
                provider
                    .fetch_range(&token, calendar, window, next.as_ref())
                    .await
            })
            .await?;
        pages.pages += 1;
        pages.next = page.next.take();
        pages.is_done = pages.next.is_none();
        Ok(Some(page))
    }

    /// Writes under our lease, and only while the calendar is still connected.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, Error> {
        let result = self.engine.store().write_held(self.generation, |write| {
            match write.find_calendar(self.calendar.id)? {
                Some(row) if row.is_connected => work(write).map(Some),
                _ => Ok(None),
            }
        })?;
        result.ok_or(Error::NotFound("calendar"))
    }

    /// Counts what was written, and tells which days may look different.
    pub(super) fn note(&mut self, applied: &Applied) {
        self.applied.add(applied);
        if let Some((from, until)) = applied.touched {
            // A day more at either end, for readers in other zones.
            self.engine.tell(EngineEvent::EventsChanged {
                from_day: crate::view::day_number(from.date_naive()) - 1,
                to_day: crate::view::day_number(until.date_naive()) + 1,
            });
        }
    }
}
