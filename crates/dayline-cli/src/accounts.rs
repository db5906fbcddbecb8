//! Accounts.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use dayline_engine::view::{AccountState, AccountView, SignInOutcome};
use dayline_engine::{Engine, EngineEvent, Error, ProviderKind, WayBack};
use secrecy::SecretString;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::arguments::{Accounts, AddAccount, Provider};
use crate::output::Output;

pub(crate) async fn run(
    engine: Engine,
    command: Accounts,
    output: &Output,
) -> anyhow::Result<bool> {
    match command {
        Accounts::Add(options) => add(&engine, &options, output).await,
        Accounts::List => {
            output.give(&engine.accounts()?, |accounts| {
                if accounts.is_empty() {
                    "No accounts yet. Add one with `dayline accounts add microsoft` or `google`."
                        .to_owned()
                } else {
                    accounts.iter().map(line).collect()
                }
            })?;
            Ok(true)
        }
        Accounts::Remove { account } => {
            let accounts = engine.accounts()?;
            let found = accounts
                .iter()
                .find(|candidate| {
                    candidate.id == account || candidate.email.eq_ignore_ascii_case(&account)
                })
                .ok_or(Error::NotFound("account"))?;
            engine.remove_account(&found.id).await?;
            output.give(found, |account| format!("Removed {}.", account.email))?;
            Ok(true)
        }
    }
}

pub(crate) async fn open_url(engine: &Engine, url: &str, output: &Output) -> anyhow::Result<bool> {
    let account = engine.open_deep_link(url).await?;
    report(engine, &account.to_string(), output)
}

async fn add(engine: &Engine, options: &AddAccount, output: &Output) -> anyhow::Result<bool> {
    let provider = match options.provider {
        Provider::Microsoft => ProviderKind::Microsoft,
        Provider::Google => ProviderKind::Google,
    };
    if let Some(id) = &options.client_id {
        let secret = options
            .client_secret_file
            .as_deref()
            .map(read_secret)
            .transpose()?;
        engine.set_client(provider, id, secret).await?;
    }
    let events = engine.subscribe();
    let started = engine
        .start_sign_in(provider, WayBack::Loopback, None)
        .await?;
    if options.no_browser {
        let address = serde_json::json!({ "authorize_url": started.authorize_url.as_str() });
        output.give(&address, |_| {
            format!(
                "Open this address in a browser to sign in:\n{}",
                started.authorize_url
            )
        })?;
    } else {
        engine.open_browser(&started).await?;
    }
    let outcome = outcome_of(events, &started.attempt).await?;
    if let Some(error) = outcome.error {
        return Err(Error::Elsewhere(Box::new(error)).into());
    }
    report(
        engine,
        &outcome
            .account_id
            .context("the sign-in ended without an account")?,
        output,
    )
}

fn read_secret(file: &Path) -> anyhow::Result<SecretString> {
    let text = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text
    } else {
        std::fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?
    };
    Ok(SecretString::from(text))
}

async fn outcome_of(
    mut events: Receiver<EngineEvent>,
    attempt: &str,
) -> anyhow::Result<SignInOutcome> {
    loop {
        match events.recv().await {
            Ok(EngineEvent::SignInFinished(outcome)) if outcome.attempt == attempt => {
                return Ok(outcome);
            }
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => anyhow::bail!("the sign-in was given up"),
        }
    }
}

fn report(engine: &Engine, id: &str, output: &Output) -> anyhow::Result<bool> {
    let accounts = engine.accounts()?;
    let account = accounts
        .iter()
        .find(|account| account.id == id)
        .ok_or(Error::NotFound("account"))?;
    output.give(account, |account| {
        format!(
            "Signed in as {}. {} of {} calendars will be synced; see `dayline calendars list`, then run `dayline sync`.",
            account.email,
            account.calendars.iter().filter(|calendar| calendar.is_connected).count(),
            account.calendars.len(),
        )
    })?;
    Ok(true)
}

/// How an account is doing, in words.
pub(crate) fn state_words(state: AccountState) -> &'static str {
    match state {
        AccountState::Ready => "up to date",
        AccountState::Syncing => "syncing",
        AccountState::Offline => "offline",
        AccountState::NeedsSignIn => "needs sign-in",
        AccountState::Failing => "failing",
    }
}

fn line(account: &AccountView) -> String {
    let state = state_words(account.state);
    let synced = account.last_synced_at.as_deref().unwrap_or("never");
    let problem = account
        .problem
        .as_deref()
        .map(|text| format!("  {text}"))
        .unwrap_or_default();
    format!(
        "{:>3}  {}  {state}, synced {synced}{problem}\n",
        account.id, account.email
    )
}
