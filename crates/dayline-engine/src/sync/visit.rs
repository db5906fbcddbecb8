//! Fetching months outside of the window, for somebody who went there.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use dayline_model::{EventKind, ProviderEventId, ProviderKind};
use dayline_providers::{Change, SyncWindow};
use dayline_store::{AccountRow, CalendarRow, Generation, Round};

use super::Shown;
use super::apply::{Applied, Apply, Ledger, Target, load_known};
use super::calendar::{CalendarSync, RangePages};
use super::caller::Caller;
use super::plan::{PageContext, plan_page};
use crate::engine::Span;
use crate::view::{VisitProgress, VisitReport, day_number};
use crate::visit::{missing_months, problem, runs_to_fetch};
use crate::{Engine, EngineEvent, Error, Reach};

impl Engine {
    /// Visits days under the pen of `generation`.
    pub(crate) async fn visit_under(
        &self,
        generation: Generation,
        from: NaiveDate,
        until: NaiveDate,
        reach: Reach,
    ) -> Result<VisitReport, Error> {
        let mut report = VisitReport::default();
        let (accounts, calendars) = self
            .store()
            .read(|read| Ok((read.accounts()?, read.calendars()?)))?;
        let wanted: Vec<&CalendarRow> = calendars.iter().filter(|row| row.is_connected).collect();
        let mut progress = VisitProgress {
            from_day: day_number(from),
            days: day_number(until) - day_number(from),
            done: 0,
            total: i32::try_from(wanted.len()).unwrap_or(i32::MAX),
        };
        self.tell(EngineEvent::Visiting(progress.clone()));
        for account in &accounts {
            let lock_of_account = self.running().account_lock(account.id);
            let _guard = lock_of_account.lock().await;
            let _shown = Shown::new(self, account.id);
            let caller = Caller::new(self, account, generation)?;
            let of_account = wanted.iter().filter(|row| row.account == account.id);
            let mut failed = None;
            for calendar in of_account {
                let visited =
                    Visit::new(self, &caller, account, calendar, generation, (from, until))
                        .run(failed.is_none() && reach == Reach::Providers)
                        .await;
                progress.done += 1;
                self.tell(EngineEvent::Visiting(progress.clone()));
                match visited {
                    Ok(fetched) => report.fetched |= fetched,
                    // Disconnected meanwhile: nobody wants to see it.
                    Err(Error::NotFound(_)) => {}
                    Err(error @ Error::Store(_)) => return Err(error),
                    Err(error) => failed = failed.or(Some(error)),
                }
            }
            report
                .problems
                .extend(failed.map(|error| problem(&account.email, &error)));
        }
        // What was laid out and found empty looks different too: it is certain now.
        self.tell(EngineEvent::EventsChanged {
            from_day: progress.from_day,
            to_day: progress.from_day + progress.days,
        });
        Ok(report)
    }
}

/// One calendar's part of a visit.
struct Visit<'a> {
    sync: CalendarSync<'a>,
    days: (NaiveDate, NaiveDate),
}

impl<'a> Visit<'a> {
    fn new(
        engine: &'a Engine,
        caller: &'a Caller<'a>,
        account: &'a AccountRow,
        calendar: &'a CalendarRow,
        generation: Generation,
        days: (NaiveDate, NaiveDate),
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
            days,
        }
    }

    /// Lays out what repeats; then, unless the account is known to be out of reach, fetches the
    /// rest. True if the provider was asked.
    async fn run(mut self, reachable: bool) -> Result<bool, Error> {
        let now = self.sync.engine.now();
        let months = self
            .sync
            .engine
            .store()
            .read(|read| missing_months(read, self.sync.calendar, self.days, now))?;
        let Some(window) = self.sync.state()?.window.filter(|_| !months.is_empty()) else {
            return Ok(false);
        };
        let runs = runs_to_fetch(&months, self.sync.account.provider, window);
        self.lay_out(&months, &runs)?;
        if runs.is_empty() || !reachable {
            return Ok(false);
        }
        for run in &runs {
            self.fetch(*run, &months).await?;
        }
        self.sync.answer_questions().await?;
        Ok(true)
    }

    /// Lays months out by the rules of known series. One that no run touches is complete by that.
    fn lay_out(&mut self, months: &[Span], runs: &[Span]) -> Result<(), Error> {
        let target = self.target()?;
        let applied = self.sync.write(|write| {
            for month in months {
                write.visit_span(target.calendar, *month)?;
                if !runs.iter().any(|run| run.0 < month.1 && month.0 < run.1) {
                    write.set_span_fetched(target.calendar, month.0, target.now)?;
                }
            }
            let mut apply = Apply::new(write, self.sync.engine.pattern_cache(), target);
            apply.all_series()?;
            apply.finish()
        })?;
        self.sync.note(&applied);
        Ok(())
    }

    /// Fetches a run of months, page by page, and removes what is not there any more.
    async fn fetch(&mut self, run: Span, months: &[Span]) -> Result<(), Error> {
        let mut pages = RangePages::new(SyncWindow {
            from: run.0,
            until: run.1,
        });
        let mut listed = BTreeSet::new();
        while let Some(page) = self.sync.next_range_page(&mut pages).await? {
            let target = self.target()?;
            let context = PageContext {
                provider: target.provider,
                round: Round::Full,
            };
            listed.extend(page.changes.iter().filter_map(listed_id));
            let last = pages.is_done();
            let applied = self.sync.write(|write| {
                write.learn_categories(target.account, &page.categories)?;
                let known = load_known(write, target.calendar, &page.changes)?;
                let plan = plan_page(context, page.changes, &known);
                let mut apply = Apply::new(write, self.sync.engine.pattern_cache(), target);
                apply.page(&plan)?;
                if last {
                    // Rows tell where they stand only once they are laid out.
                    apply.lay_out()?;
                    let standing = write.standing_only_in(target.calendar, run)?;
                    for id in standing.iter().filter(|id| !listed.contains(*id)) {
                        let event = write.find_event(target.calendar, id)?;
                        let is_master = event.is_some_and(|event| {
                            matches!(event.kind, EventKind::SeriesMaster { .. })
                        });
                        // Graph lists occurrences, not masters.
                        if !is_master || target.provider == ProviderKind::Google {
                            apply.remove(id)?;
                        }
                    }
                    for month in months
                        .iter()
                        .filter(|month| run.0 < month.1 && month.0 < run.1)
                    {
                        write.set_span_fetched(target.calendar, month.0, target.now)?;
                    }
                    apply.all_series()?;
                }
                apply.finish()
            })?;
            self.sync.note(&applied);
        }
        Ok(())
    }

    fn target(&self) -> Result<Target, Error> {
        let state = self.sync.state()?;
        let window = state.window.ok_or(Error::NotFound("calendar"))?;
        Ok(self.sync.target(window, state.generation, Ledger::Silent))
    }
}

fn listed_id(change: &Change) -> Option<ProviderEventId> {
    match change {
        Change::Upsert(event) => Some(event.id.clone()),
        Change::Instance(instance) => Some(instance.id.clone()),
        Change::Unreadable { id, .. } => id.clone(),
        Change::Removed { .. } => None,
    }
}
