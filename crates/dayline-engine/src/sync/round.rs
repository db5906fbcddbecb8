//! One calendar's round, from wherever it stands to its end.

use chrono::{DateTime, DurationRound, Months, TimeDelta, Utc};
use dayline_model::ProviderKind;
use dayline_providers::{Cursor, Next, Page, PageRequest, PageSize, ProviderError, SyncWindow};
use dayline_store::{AccountRow, CalendarRow, Generation, Round, RoundState, StoreError, SyncRun};

use super::CalendarReport;
use super::apply::{Applied, Apply, Ledger, Target, load_known};
use super::calendar::CalendarSync;
use super::caller::Caller;
use super::plan::{PageContext, Removal, plan_page};
use crate::audit::note_round;
use crate::view::SyncProgress;
use crate::{Engine, EngineEvent, Error};

/// How far a window reaches back.
const BACK: Months = Months::new(12);
/// How far Graph's window reaches ahead; it has to end somewhere.
const AHEAD: Months = Months::new(18);
/// A window that begins further back than this is drawn anew.
const OLDEST_START: Months = Months::new(13);
/// How often a round may be told to start from the beginning.
const MOST_RESTARTS: u32 = 2;
/// The most pages without any change that a listing may give in a row.
const MOST_EMPTY_PAGES: u32 = 100;
/// Google lists everything ahead; this is later than any calendar goes.
const END_OF_TIME: i64 = 7_258_118_400;

/// One calendar's round.
pub(super) struct CalendarRound<'a> {
    sync: CalendarSync<'a>,
    pages: u32,
    empty_pages: u32,
    bytes: u64,
    size: PageSize,
    was_full: bool,
}

/// Where a listing goes on.
enum Step {
    Again,
    Listed,
}

impl<'a> CalendarRound<'a> {
    pub(super) fn new(
        engine: &'a Engine,
        caller: &'a Caller<'a>,
        account: &'a AccountRow,
        calendar: &'a CalendarRow,
        generation: Generation,
    ) -> Self {
        Self {
            sync: CalendarSync {
                engine,
                caller,
                account,
                calendar,
                generation,
                applied: Applied::default(),
            },
            pages: 0,
            empty_pages: 0,
            bytes: 0,
            size: PageSize::Usual,
            was_full: false,
        }
    }

    /// Runs the round to its end, and keeps how it went.
    pub(super) async fn run(mut self, full: bool) -> (CalendarReport, Option<Error>) {
        let started = self.sync.engine.now();
        let calls = self.sync.caller.calls();
        let error = self.advance(full).await.err();
        let now = self.sync.engine.now();
        let calls = self.sync.caller.calls() - calls;
        let outcome = error.as_ref().map_or("ok", outcome_word);
        let run = SyncRun {
            full: self.was_full,
            started_at: started,
            duration: now - started,
            pages: self.pages,
            calls,
            bytes: self.bytes,
            added: self.sync.applied.added,
            updated: self.sync.applied.updated,
            removed: self.sync.applied.removed,
            outcome,
        };
        let problem = error
            .as_ref()
            .map(|error| crate::error::sentence(&error.to_string()));
        let kept = self.sync.write(|write| {
            note_round(write, self.sync.calendar, &run, problem.as_deref(), now)?;
            match &problem {
                None => write.set_calendar_synced(self.sync.calendar.id, now)?,
                Some(problem) => write.set_calendar_error(self.sync.calendar.id, Some(problem))?,
            }
            write.insert_sync_run(self.sync.calendar.id, &run)
        });
        self.tell_progress(true);
        tracing::info!(
            calendar = self.sync.calendar.id.0,
            outcome,
            calls,
            pages = self.pages,
            added = self.sync.applied.added,
            updated = self.sync.applied.updated,
            removed = self.sync.applied.removed,
            "round"
        );
        let report = CalendarReport {
            account: self.sync.account.email.clone(),
            calendar: self.sync.calendar.calendar.name.clone(),
            full: self.was_full,
            added: self.sync.applied.added,
            updated: self.sync.applied.updated,
            removed: self.sync.applied.removed,
            calls,
            problem,
        };
        (report, error.or(kept.err()))
    }

    async fn advance(&mut self, full: bool) -> Result<(), Error> {
        if full {
            self.sync
                .write(|write| write.forget_round(self.sync.calendar.id))?;
        }
        let mut restarts = 0;
        loop {
            match self.list().await {
                Ok(Step::Again) => {}
                Ok(Step::Listed) => break,
                Err(Error::Provider(ProviderError::CursorGone)) if restarts < MOST_RESTARTS => {
                    restarts += 1;
                    tracing::info!(calendar = self.sync.calendar.id.0, "the cursor is gone");
                    self.sync
                        .write(|write| write.forget_round(self.sync.calendar.id))?;
                }
                Err(error) => return Err(error),
            }
        }
        self.sync.answer_questions().await
    }

    /// Fetches and applies one page.
    async fn list(&mut self) -> Result<Step, Error> {
        let state = self.sync.state()?;
        let Some((round, window, request)) = self.next_request(&state)? else {
            return Ok(Step::Again);
        };
        self.was_full |= round != Round::Delta;
        let (calendar, size) = (&self.sync.calendar.calendar.id, self.size);
        let page = self
            .sync
            .caller
            .call(|provider, token| {
                let request = request.clone();
                async move { provider.fetch_page(&token, calendar, &request, size).await }
            })
            .await;
        let page = match page {
            // Some event on it is huge. Smaller pages leave it to stand alone.
            Err(Error::Provider(ProviderError::TooLarge)) if size.smaller().is_some() => {
                self.size = size.smaller().unwrap_or_default();
                return Ok(Step::Again);
            }
            page => page.map_err(|error| without_foreign_cursor(error, &request))?,
        };
        self.size = PageSize::Usual;
        if is_endless(&request, &page, &mut self.empty_pages) {
            // What it stands on now leads nowhere; the next sync begins from the beginning.
            self.sync
                .write(|write| write.forget_round(self.sync.calendar.id))?;
            let what = "its pages never end";
            return Err(ProviderError::Unusable { what }.into());
        }
        self.pages += 1;
        self.bytes += u64::try_from(page.bytes).unwrap_or(u64::MAX);
        self.apply(round, window, state.generation, page)
    }

    /// What to ask for; `None` if a full round had to be begun first.
    fn next_request(
        &self,
        state: &RoundState,
    ) -> Result<Option<(Round, SyncWindow, PageRequest)>, Error> {
        let fresh = window_at(self.sync.account.provider, self.sync.engine.now());
        let window = state.window.map(|(from, until)| SyncWindow { from, until });
        let cursor = |text: &String| Cursor(text.clone());
        let next = match (state.round, &state.page_cursor, &state.sync_token, window) {
            (Some(round), Some(page), _, Some(window)) => {
                (round, window, PageRequest::Continue(cursor(page)))
            }
            (Some(Round::Full), None, _, Some(window)) => {
                (Round::Full, window, PageRequest::Full(window))
            }
            (Some(Round::Confirm), None, _, Some(window)) => {
                (Round::Confirm, window, PageRequest::Full(window))
            }
            (_, None, Some(token), Some(window)) if !is_old(window, self.sync.engine.now()) => {
                (Round::Delta, window, PageRequest::Delta(cursor(token)))
            }
            _ => {
                let window = (fresh.from, fresh.until);
                self.sync.write(|write| {
                    write.begin_full_round(self.sync.calendar.id, Round::Full, window)
                })?;
                return Ok(None);
            }
        };
        Ok(Some(next))
    }

    fn apply(
        &mut self,
        round: Round,
        window: SyncWindow,
        generation: i64,
        page: Page,
    ) -> Result<Step, Error> {
        let window = (window.from, window.until);
        let ledger = match round {
            Round::Delta => Ledger::Changes,
            Round::Full | Round::Confirm => Ledger::Listing,
        };
        let target = self.sync.target(window, generation, ledger);
        let context = PageContext {
            provider: self.sync.account.provider,
            round,
        };
        let calendar = self.sync.calendar.id;
        let (applied, step) = self.sync.write(|write| {
            write.learn_categories(target.account, &page.categories)?;
            let known = load_known(write, calendar, &page.changes)?;
            let plan = plan_page(context, page.changes, &known);
            let mut apply = Apply::new(write, self.sync.engine.pattern_cache(), target);
            apply.page(&plan)?;
            let step = match &page.next {
                Next::Page(cursor) => {
                    write.put_page_cursor(calendar, round, &cursor.0)?;
                    Step::Again
                }
                Next::Done(cursor) if round == Round::Delta => {
                    write.finish_round(calendar, &cursor.0)?;
                    Step::Listed
                }
                Next::Done(cursor) => match apply.end_of_listing(round)? {
                    Removal::Believe => {
                        write.finish_round(calendar, &cursor.0)?;
                        Step::Listed
                    }
                    Removal::ListAgain => {
                        tracing::warn!(
                            calendar = calendar.0,
                            "much would be removed: listing again"
                        );
                        write.begin_full_round(calendar, Round::Confirm, window)?;
                        Step::Again
                    }
                },
            };
            Ok((apply.finish()?, step))
        })?;
        self.note(&applied);
        Ok(step)
    }

    fn note(&mut self, applied: &Applied) {
        self.sync.note(applied);
        self.tell_progress(false);
    }

    fn tell_progress(&self, finished: bool) {
        if !self.was_full {
            return;
        }
        let stored = self.sync.applied.added + self.sync.applied.updated;
        self.sync.engine.tell(EngineEvent::Progress(SyncProgress {
            account_id: self.sync.account.id.to_string(),
            calendar_id: self.sync.calendar.id.to_string(),
            stored: i32::try_from(stored).unwrap_or(i32::MAX),
            finished,
        }));
    }
}

/// A cursor that leads away from the provider will do so for ever, for instance since the provider
/// moved to another address: it is as good as gone.
fn without_foreign_cursor(error: Error, request: &PageRequest) -> Error {
    match (error, request) {
        (
            Error::Provider(ProviderError::ForeignLink),
            PageRequest::Delta(_) | PageRequest::Continue(_),
        ) => ProviderError::CursorGone.into(),
        (error, _) => error,
    }
}

/// Whether a listing leads back to the page that it has just given, or gives nothing for too long.
fn is_endless(request: &PageRequest, page: &Page, empty_pages: &mut u32) -> bool {
    let Next::Page(next) = &page.next else {
        return false;
    };
    *empty_pages = if page.changes.is_empty() {
        *empty_pages + 1
    } else {
        0
    };
    let is_same = match request {
        PageRequest::Continue(cursor) | PageRequest::Delta(cursor) => cursor == next,
        PageRequest::Full(_) => false,
    };
    is_same || *empty_pages > MOST_EMPTY_PAGES
}

/// The window of a full round that begins now.
fn window_at(provider: ProviderKind, now: DateTime<Utc>) -> SyncWindow {
    let today = now.duration_trunc(TimeDelta::days(1)).unwrap_or(now);
    let until = match provider {
        ProviderKind::Microsoft => today.checked_add_months(AHEAD),
        ProviderKind::Google => DateTime::from_timestamp(END_OF_TIME, 0),
    };
    SyncWindow {
        from: today.checked_sub_months(BACK).unwrap_or(today),
        until: until.unwrap_or(DateTime::<Utc>::MAX_UTC),
    }
}

/// Whether a window has to be drawn anew: it is sealed into the cursor and does not move.
fn is_old(window: SyncWindow, now: DateTime<Utc>) -> bool {
    now.checked_sub_months(OLDEST_START)
        .is_some_and(|oldest| window.from < oldest)
}

fn outcome_word(error: &Error) -> &'static str {
    match error {
        Error::Provider(error) => error.code(),
        Error::Auth(error) => error.code(),
        Error::Store(StoreError::LeaseLost) => "lease_lost",
        Error::Store(_) => "store",
        _ => "other",
    }
}

impl Engine {
    /// Lays occurrences out anew that another zone database placed.
    pub(crate) fn rebuild_stale_occurrences(&self) -> Result<(), Error> {
        if !self
            .store()
            .read(|read| read.has_stale_occurrences(super::apply::tzdb()))?
        {
            return Ok(());
        }
        tracing::info!(tzdb = super::apply::tzdb(), "the zone database changed");
        let now = self.now();
        self.store().write(|write| {
            let accounts = write.accounts()?;
            for calendar in write.calendars()? {
                let Some(account) = accounts
                    .iter()
                    .find(|account| account.id == calendar.account)
                else {
                    continue;
                };
                let Some(state) = write.find_round(calendar.id)? else {
                    continue;
                };
                let Some(window) = state.window else { continue };
                let target = Target {
                    account: account.id,
                    calendar: calendar.id,
                    provider: account.provider,
                    generation: state.generation,
                    ledger: Ledger::Silent,
                    window,
                    now,
                };
                let mut apply = Apply::new(write, self.pattern_cache(), target);
                apply.everything()?;
                apply.finish()?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_drawn_anew_after_a_month() {
        let now = DateTime::from_timestamp(1_763_633_000, 0).unwrap();
        let window = window_at(ProviderKind::Microsoft, now);
        assert!(!is_old(window, now));
        assert!(!is_old(window, now + TimeDelta::days(27)));
        assert!(is_old(window, now + TimeDelta::days(32)));
    }

    #[test]
    fn googles_series_are_laid_out_for_two_years_ahead() {
        let now = DateTime::from_timestamp(1_763_633_000, 0).unwrap();
        let window = window_at(ProviderKind::Google, now);
        let (_, end) = crate::sync::projection::shown_span((window.from, window.until));
        assert_eq!(
            end.date_naive(),
            now.date_naive()
                .checked_add_months(Months::new(24))
                .unwrap()
        );
    }
}
