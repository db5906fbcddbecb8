//! One calendar's round, from wherever it stands to its end.

use chrono::{DateTime, DurationRound, Months, TimeDelta, Utc};
use dayline_model::{CalendarId, ProviderEventId, ProviderKind};
use dayline_providers::{
    Change, Cursor, Next, Page, PageRequest, PageSize, ProviderError, SyncWindow,
};
use dayline_store::{
    AccountRow, CalendarRow, FollowUp, FollowUpKind, Generation, Round, RoundState, StoreError,
    SyncRun, Write,
};

use super::CalendarReport;
use super::apply::{Applied, Apply, Target, load_known};
use super::caller::Caller;
use super::plan::{PageContext, PagePlan, Removal, plan_page};
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
/// An answer may raise new questions, but not for ever.
const MOST_PASSES: u32 = 4;
/// The most pages without any change that a listing may give in a row.
const MOST_EMPTY_PAGES: u32 = 100;
/// Google lists everything ahead; this is later than any calendar goes.
const END_OF_TIME: i64 = 7_258_118_400;

/// One calendar's round.
pub(super) struct CalendarRound<'a> {
    engine: &'a Engine,
    caller: &'a Caller<'a>,
    account: &'a AccountRow,
    calendar: &'a CalendarRow,
    generation: Generation,
    applied: Applied,
    pages: u32,
    empty_pages: u32,
    bytes: u64,
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
            engine,
            caller,
            account,
            calendar,
            generation,
            applied: Applied::default(),
            pages: 0,
            empty_pages: 0,
            bytes: 0,
            was_full: false,
        }
    }

    /// Runs the round to its end, and keeps how it went.
    pub(super) async fn run(mut self, full: bool) -> (CalendarReport, Option<Error>) {
        let started = self.engine.now();
        let calls = self.caller.calls();
        let error = self.advance(full).await.err();
        let now = self.engine.now();
        let calls = self.caller.calls() - calls;
        let outcome = error.as_ref().map_or("ok", outcome_word);
        let run = SyncRun {
            full: self.was_full,
            started_at: started,
            duration: now - started,
            pages: self.pages,
            calls,
            bytes: self.bytes,
            added: self.applied.added,
            updated: self.applied.updated,
            removed: self.applied.removed,
            outcome,
        };
        let problem = error
            .as_ref()
            .map(|error| crate::error::sentence(&error.to_string()));
        let kept = self.write(|write| {
            match &problem {
                None => write.set_calendar_synced(self.calendar.id, now)?,
                Some(problem) => write.set_calendar_error(self.calendar.id, Some(problem))?,
            }
            write.insert_sync_run(self.calendar.id, &run)
        });
        self.tell_progress(true);
        tracing::info!(
            calendar = self.calendar.id.0,
            outcome,
            calls,
            pages = self.pages,
            added = self.applied.added,
            updated = self.applied.updated,
            removed = self.applied.removed,
            "round"
        );
        let report = CalendarReport {
            account: self.account.email.clone(),
            calendar: self.calendar.calendar.name.clone(),
            full: self.was_full,
            added: self.applied.added,
            updated: self.applied.updated,
            removed: self.applied.removed,
            calls,
            problem,
        };
        (report, error.or(kept.err()))
    }

    async fn advance(&mut self, full: bool) -> Result<(), Error> {
        if full {
            self.write(|write| write.forget_round(self.calendar.id))?;
        }
        let mut restarts = 0;
        loop {
            match self.list().await {
                Ok(Step::Again) => {}
                Ok(Step::Listed) => break,
                Err(Error::Provider(ProviderError::CursorGone)) if restarts < MOST_RESTARTS => {
                    restarts += 1;
                    tracing::info!(calendar = self.calendar.id.0, "the cursor is gone");
                    self.write(|write| write.forget_round(self.calendar.id))?;
                }
                Err(error) => return Err(error),
            }
        }
        self.answer_questions().await
    }

    /// Fetches and applies one page.
    async fn list(&mut self) -> Result<Step, Error> {
        let state = self.state()?;
        let Some((round, window, request)) = self.next_request(&state)? else {
            return Ok(Step::Again);
        };
        self.was_full |= round != Round::Delta;
        let calendar = &self.calendar.calendar.id;
        let page = self
            .caller
            .call(|provider, token| {
                let request = request.clone();
                async move {
                    provider
                        .fetch_page(&token, calendar, &request, PageSize::Usual)
                        .await
                }
            })
            .await
            .map_err(|error| without_foreign_cursor(error, &request))?;
        if is_endless(&request, &page, &mut self.empty_pages) {
            // What it stands on now leads nowhere; the next sync begins from the beginning.
            self.write(|write| write.forget_round(self.calendar.id))?;
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
        let fresh = window_at(self.account.provider, self.engine.now());
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
            (_, None, Some(token), Some(window)) if !is_old(window, self.engine.now()) => {
                (Round::Delta, window, PageRequest::Delta(cursor(token)))
            }
            _ => {
                let window = (fresh.from, fresh.until);
                self.write(|write| write.begin_full_round(self.calendar.id, Round::Full, window))?;
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
        let target = self.target(window, generation);
        let context = PageContext {
            provider: self.account.provider,
            round,
            window: (window.from, window.until),
        };
        let calendar = self.calendar.id;
        let (applied, step) = self.write(|write| {
            let known = load_known(write, calendar, &page.changes)?;
            let plan = plan_page(context, page.changes, &known);
            let mut apply = Apply::new(write, target);
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
                        write.begin_full_round(calendar, Round::Confirm, context.window)?;
                        Step::Again
                    }
                },
            };
            Ok((apply.finish()?, step))
        })?;
        self.note(&applied);
        Ok(step)
    }

    /// Answers what pages left open, and what answers leave open in turn.
    async fn answer_questions(&mut self) -> Result<(), Error> {
        for _ in 0..MOST_PASSES {
            let questions = self
                .engine
                .store()
                .read(|read| read.follow_ups(self.calendar.id))?;
            if questions.is_empty() {
                return Ok(());
            }
            let mut refused = None;
            for question in questions {
                match self.answer(&question).await {
                    // One event that its provider will not tell of does not hold up the others.
                    Err(error) if is_of_one_event(&error) => refused = refused.or(Some(error)),
                    answered => answered?,
                }
            }
            if let Some(error) = refused {
                return Err(error);
            }
        }
        Ok(())
    }

    async fn answer(&mut self, question: &FollowUp) -> Result<(), Error> {
        let state = self.state()?;
        let Some((from, until)) = state.window else {
            return Ok(());
        };
        let window = SyncWindow { from, until };
        let target = self.target(window, state.generation);
        let applied = match question.kind {
            FollowUpKind::Event => {
                let change = self.fetch_event(&question.event).await?;
                self.apply_answer(target, question, change.map(|change| vec![change]))?
            }
            FollowUpKind::Instances => {
                let changes = self.fetch_instances(&question.event, window).await?;
                self.apply_answer(target, question, changes)?
            }
        };
        self.note(&applied);
        Ok(())
    }

    async fn fetch_event(&self, event: &ProviderEventId) -> Result<Option<Change>, Error> {
        let calendar = &self.calendar.calendar.id;
        self.caller
            .call(|provider, token| async move { provider.fetch_event(&token, calendar, event).await })
            .await
    }

    async fn fetch_instances(
        &self,
        series: &ProviderEventId,
        window: SyncWindow,
    ) -> Result<Option<Vec<Change>>, Error> {
        let calendar = &self.calendar.calendar.id;
        self.caller
            .call(|provider, token| async move {
                provider
                    .fetch_instances(&token, calendar, series, window)
                    .await
            })
            .await
    }

    fn apply_answer(
        &self,
        target: Target,
        question: &FollowUp,
        answer: Option<Vec<Change>>,
    ) -> Result<Applied, Error> {
        let context = PageContext {
            provider: target.provider,
            round: Round::Delta,
            window: target.window,
        };
        self.write(|write| {
            // Before the answer is applied, for it may ask the same again about something newer.
            write.remove_follow_up(target.calendar, question)?;
            let mut apply = Apply::new(write, target);
            match answer {
                None => apply.remove(&question.event)?,
                Some(changes) => {
                    let known = load_known(write, target.calendar, &changes)?;
                    let plan = plan_page(context, changes, &known);
                    match question.kind {
                        FollowUpKind::Event => apply.page(&plan)?,
                        FollowUpKind::Instances => {
                            apply.instances(&question.event, &without_question(plan, question))?;
                        }
                    }
                }
            }
            apply.finish()
        })
    }

    fn state(&self) -> Result<RoundState, Error> {
        self.engine
            .store()
            .read(|read| read.find_round(self.calendar.id))?
            .ok_or(Error::NotFound("calendar"))
    }

    fn target(&self, window: SyncWindow, generation: i64) -> Target {
        Target {
            account: self.account.id,
            calendar: self.calendar.id,
            provider: self.account.provider,
            generation,
            window: (window.from, window.until),
            now: self.engine.now(),
        }
    }

    /// Writes under our lease, and only while the calendar is still connected.
    fn write<T>(&self, work: impl FnOnce(&Write<'_>) -> Result<T, StoreError>) -> Result<T, Error> {
        let calendar: CalendarId = self.calendar.id;
        let result = self.engine.store().write_held(self.generation, |write| {
            match write.find_calendar(calendar)? {
                Some(row) if row.is_connected => work(write).map(Some),
                _ => Ok(None),
            }
        })?;
        result.ok_or(Error::NotFound("calendar"))
    }

    fn note(&mut self, applied: &Applied) {
        self.applied.add(applied);
        if let Some((from, until)) = applied.touched {
            // A day more at either end, for readers in other zones.
            self.engine.tell(EngineEvent::EventsChanged {
                from_day: crate::view::day_number(from.date_naive()) - 1,
                to_day: crate::view::day_number(until.date_naive()) + 1,
            });
        }
        self.tell_progress(false);
    }

    fn tell_progress(&self, finished: bool) {
        if !self.was_full {
            return;
        }
        let stored = self.applied.added + self.applied.updated;
        self.engine.tell(EngineEvent::Progress(SyncProgress {
            account_id: self.account.id.to_string(),
            calendar_id: self.calendar.id.to_string(),
            stored: i32::try_from(stored).unwrap_or(i32::MAX),
            finished,
        }));
    }
}

/// Whether a provider's refusal is about the event that was asked for, rather than about asking.
fn is_of_one_event(error: &Error) -> bool {
    matches!(
        error,
        Error::Provider(
            ProviderError::Forbidden { .. }
                | ProviderError::Rejected { .. }
                | ProviderError::Unusable { .. }
                | ProviderError::Server { .. }
        )
    )
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

/// A listing of instances may carry its own master; that must not ask for the listing again.
fn without_question(mut plan: PagePlan, question: &FollowUp) -> PagePlan {
    plan.follow_ups.remove(question);
    plan
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
                    window,
                    now,
                };
                let mut apply = Apply::new(write, target);
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
