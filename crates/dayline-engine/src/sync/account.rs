//! One account's sync: its calendars' list, then each connected calendar.

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{AccountId, Category};
use dayline_providers::ProviderError;
use dayline_store::{AccountRow, CalendarRow, Generation, StoreError, Write};

use super::apply::Applied;
use super::calendar::CalendarSync;
use super::caller::Caller;
use super::round::CalendarRound;
use super::{SyncReport, SyncRequest};
use crate::accounts::{connect_at_first, some_calendars};
use crate::audit::note_account;
use crate::error::sentence;
use crate::problem::AccountProblem;
use crate::push::Synced;
use crate::scheduler::Wake;
use crate::shared;
use crate::view::ErrorCode;
use crate::{Engine, EngineEvent, Error};

/// How often the list of calendars is read without being asked for.
const LIST_EVERY: TimeDelta = TimeDelta::hours(1);
/// How often where a provider tells of every calendar, so that nothing else has to be asked.
const LIST_EVERY_IF_TOLD: TimeDelta = TimeDelta::hours(3);

/// Syncs one account. What goes wrong is kept with the account and told in the report; only a
/// failure of our own database ends it as an error.
pub(super) async fn run(
    engine: &Engine,
    generation: Generation,
    account: AccountId,
    request: &SyncRequest,
) -> Result<SyncReport, Error> {
    let mut report = SyncReport::default();
    let Some(account) = engine.store().read(|read| read.find_account(account))? else {
        return Ok(report);
    };
    let caller = Caller::new(engine, &account, generation)?;
    let failed = sync(engine, generation, &account, &caller, request, &mut report)
        .await
        .err();
    if failed.is_some() {
        // Its next turn leaves out nothing, whatever providers tell.
        engine.unspare(account.id)?;
    }
    if let Some(error @ Error::Store(_)) = failed {
        return Err(error);
    }
    let is_known = engine
        .store()
        .read(|read| read.find_account(account.id))?
        .is_some();
    if !is_known {
        // Removed while it synced: nothing is wrong.
        return Ok(SyncReport::default());
    }
    keep_outcome(engine, generation, &account, request, failed.as_ref())?;
    if let Some(error) = failed {
        report
            .failed_accounts
            .insert(account.email.clone(), sentence(&error.to_string()));
    }
    Ok(report)
}

async fn sync(
    engine: &Engine,
    generation: Generation,
    account: &AccountRow,
    caller: &Caller<'_>,
    request: &SyncRequest,
    report: &mut SyncReport,
) -> Result<(), Error> {
    let mut listed = false;
    if request.calendar.is_none() && (request.list_calendars || is_list_due(engine, account)?) {
        list_calendars(engine, generation, account, caller).await?;
        listed = true;
    }
    let mut failed = None;
    let synced = if engine.turns().why() == Wake::POLL && request.only_due {
        Synced::Polled
    } else {
        Synced::Otherwise
    };
    for calendar in connected(engine, account.id, request)? {
        if synced == Synced::Polled
            && engine
                .store()
                .read(|read| engine.is_spared(read, calendar.id))?
        {
            continue;
        }
        let round = CalendarRound::new(engine, caller, account, &calendar, generation);
        let (part, error) = round.run(request.full).await;
        let found = part.added + part.updated + part.removed > 0;
        report.calendars.push(part);
        match error {
            None => engine.note_synced(&calendar, synced, found),
            // Disconnected or removed while it ran: nothing is wrong.
            Some(Error::NotFound(_)) => drop(report.calendars.pop()),
            // Perhaps it was removed at the provider since it was listed.
            Some(error @ Error::Provider(ProviderError::NotFound)) => {
                if !listed {
                    list_calendars(engine, generation, account, caller).await?;
                    listed = true;
                }
                let row = engine
                    .store()
                    .read(|read| read.find_calendar(calendar.id))?;
                match row {
                    Some(_) if is_of_the_share(&calendar, &error) => {}
                    Some(_) => failed = failed.or(Some(error)),
                    None => drop(report.calendars.pop()),
                }
            }
            // Nothing is wrong with the account. It is kept with the calendar.
            Some(error) if is_of_the_share(&calendar, &error) => {}
            // The next calendar would fare no better.
            Some(error) if ends_account(&error) => return Err(error),
            Some(error) => failed = failed.or(Some(error)),
        }
    }
    for calendar in connected(engine, account.id, request)? {
        let mut calendar = CalendarSync {
            engine,
            caller,
            account,
            calendar: &calendar,
            generation,
            applied: Applied::default(),
        };
        match calendar.ask_for_attachments().await {
            // Disconnected or removed meanwhile: nothing is wrong.
            Err(Error::NotFound(_)) | Ok(()) => {}
            Err(error) => return Err(error),
        }
    }
    failed.map_or(Ok(()), Err)
}

fn connected(
    engine: &Engine,
    account: AccountId,
    request: &SyncRequest,
) -> Result<Vec<CalendarRow>, Error> {
    let mut calendars = engine.store().read(|read| read.calendars())?;
    calendars.retain(|row| {
        row.account == account
            && row.is_connected
            && request.calendar.is_none_or(|wanted| wanted == row.id)
    });
    Ok(calendars)
}

/// Whether the list of calendars is read without being asked for.
fn is_list_due(engine: &Engine, account: &AccountRow) -> Result<bool, Error> {
    let now = engine.now();
    // Most often it is not, and nothing has to be read.
    if !is_older(account, LIST_EVERY, now) {
        return Ok(false);
    }
    Ok(is_older(account, LIST_EVERY_IF_TOLD, now) || !is_told_of_all(engine, account.id)?)
}

/// Whether the list was read so long ago. A time that has yet to come was written before the clock
/// was set back: long ago.
fn is_older(account: &AccountRow, age: TimeDelta, now: DateTime<Utc>) -> bool {
    account
        .calendars_listed_at
        .is_none_or(|at| now - at >= age || at > now)
}

/// Whether an account has calendars and its provider tells of each.
fn is_told_of_all(engine: &Engine, account: AccountId) -> Result<bool, Error> {
    let calendars = connected(engine, account, &SyncRequest::default())?;
    let told = engine.store().read(|read| {
        for calendar in &calendars {
            if !engine.is_heard_of(read, calendar.id)? {
                return Ok(false);
            }
        }
        Ok(true)
    })?;
    Ok(told && !calendars.is_empty())
}

async fn list_calendars(
    engine: &Engine,
    generation: Generation,
    account: &AccountRow,
    caller: &Caller<'_>,
) -> Result<(), Error> {
    let now = engine.now();
    let list = caller
        .call(|provider, token| async move { provider.fetch_calendars(&token).await })
        .await?;
    let mut calendars = some_calendars(list)?;
    calendars.extend(shared::fetch(engine, generation, account, caller).await?);
    // Colours of categories change rarely: they come with the hourly list only.
    let categories: Option<Vec<Category>> = if is_older(account, LIST_EVERY, now) {
        let fetched = caller
            .call(|provider, token| async move { provider.fetch_categories(&token).await })
            .await;
        match fetched {
            Ok(categories) => categories,
            // Some clouds and some permissions have none; events show them in grey.
            Err(Error::Provider(ProviderError::Forbidden { .. } | ProviderError::NotFound)) => None,
            Err(error) => return Err(error),
        }
    } else {
        None
    };
    let changed = engine.store().write_held(generation, |write: &Write<'_>| {
        if write.find_account(account.id)?.is_none() {
            return Ok(None);
        }
        if let Some(categories) = &categories {
            write.put_categories(account.id, categories)?;
        }
        write
            .put_calendars(account.id, &calendars, connect_at_first, now)
            .map(Some)
    })?;
    if changed.ok_or(Error::NotFound("account"))? {
        engine.tell(EngineEvent::AccountsChanged);
        engine.tell(EngineEvent::everything());
    }
    Ok(())
}

/// Whether it is the share of somebody else's calendar that fails: taken back, or one of the old
/// kind, to which Graph answers with an error of its own for ever.
///
/// # Source
/// Graph known issues, "Shared calendars": `ErrorInternalServerTransientError`.
fn is_of_the_share(calendar: &CalendarRow, error: &Error) -> bool {
    let refused = matches!(error.code(), ErrorCode::NoAccess | ErrorCode::NotFound);
    let broken = matches!(error, Error::Provider(ProviderError::Server { .. }));
    calendar.calendar.delegate_email.is_some() && (refused || broken)
}

/// Whether an error is of the account rather than of one calendar.
fn ends_account(error: &Error) -> bool {
    match error {
        Error::Store(_) | Error::Auth(_) => true,
        Error::Provider(error) => matches!(
            error,
            ProviderError::Unreachable
                | ProviderError::NetworkLogin
                | ProviderError::Timeout
                | ProviderError::Unauthorized { .. }
                | ProviderError::Throttled { .. }
        ),
        _ => false,
    }
}

fn keep_outcome(
    engine: &Engine,
    generation: Generation,
    account: &AccountRow,
    request: &SyncRequest,
    failed: Option<&Error>,
) -> Result<(), Error> {
    let now = engine.now();
    engine.take_turn(account.id, request, failed);
    let problem = failed.map(|error| error.code().word());
    let kept = engine.store().write_held(generation, |write| {
        note_account(write, account, problem, now)?;
        match failed {
            None => write.set_account_ready(account.id, request.calendar.is_none().then_some(now)),
            Some(error) => {
                let problem = AccountProblem::of(account.provider, error);
                write.set_account_problem(account.id, &problem.row())
            }
        }
    });
    match kept {
        Err(StoreError::LeaseLost) => Err(StoreError::LeaseLost.into()),
        other => Ok(other?),
    }
}
