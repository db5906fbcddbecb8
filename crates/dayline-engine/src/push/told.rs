//! Of which calendars a subscription tells.

use dayline_model::CalendarId;
use dayline_store::{CalendarRow, PushRow, PushState, StoreError};

use crate::Engine;

impl Engine {
    /// The calendars of which a channel tells; `None` if it is no channel of ours.
    pub(super) fn calendars_of_channel(
        &self,
        channel: &str,
    ) -> Result<Option<(PushRow, Vec<CalendarId>)>, StoreError> {
        let (rows, calendars) = self
            .store()
            .read(|read| Ok((read.push_subscriptions()?, read.calendars()?)))?;
        let Some(row) = rows.into_iter().find(|row| row.channel == channel) else {
            return Ok(None);
        };
        let told = calendars.iter().filter(|calendar| tells_of(&row, calendar));
        let told = told.map(|calendar| calendar.id).collect();
        Ok(Some((row, told)))
    }

    /// Every calendar of which some subscription tells.
    pub(super) fn pushed_calendars(&self) -> Result<Vec<CalendarId>, StoreError> {
        let (mut rows, calendars) = self
            .store()
            .read(|read| Ok((read.push_subscriptions()?, read.calendars()?)))?;
        rows.retain(|row| row.state == PushState::Active);
        let is_told = |calendar: &&CalendarRow| rows.iter().any(|row| tells_of(row, calendar));
        let told = calendars.iter().filter(is_told);
        Ok(told.map(|calendar| calendar.id).collect())
    }
}

/// Whether a subscription, once it lives, tells of a calendar. One to a whole mailbox tells
/// nothing of what somebody shared into it.
fn tells_of(row: &PushRow, calendar: &CalendarRow) -> bool {
    calendar.is_connected
        && calendar.calendar.can_push
        && calendar.account == row.account
        && row.calendar.is_none_or(|only| only == calendar.id)
}
