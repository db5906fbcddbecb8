//! Accounts.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use clap::ValueEnum as _;
use dayline_engine::view::{AccountState, AccountView, ErrorCode, SignInOutcome};
use dayline_engine::{Cloud, Engine, EngineEvent, Error, Issuer, ProviderKind, SignInAs, WayBack};
use secrecy::SecretString;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::arguments::{Accounts, AddAccount, CloudName, Provider};
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
        Accounts::SignIn {
            account,
            no_browser,
        } => {
            let found = find(&engine, &account)?;
            let id = sign_in(&engine, SignInAs::Account(found.id), no_browser, output).await?;
            report(&engine, &id, output)
        }
        Accounts::AdminLink { account, cloud } => {
            let link = match Provider::from_str(&account, false) {
                Ok(provider) => engine.consent_link(issuer(provider, cloud)?, None)?,
                Err(_) => engine.admin_consent_link(&find(&engine, &account)?.id)?,
            };
            let link = serde_json::json!({ "admin_consent_link": link.as_str() });
            output.give(&link, |link| {
                let link = link["admin_consent_link"].as_str().unwrap_or_default();
                format!("Send this address to your administrator:\n{link}")
            })?;
            Ok(true)
        }
        Accounts::AddShared {
            account,
            owner,
            no_browser,
        } => {
            let account = find(&engine, &account)?.id;
            let calendar = match engine.add_shared_mailbox(&account, &owner).await {
                Err(error) if error.code() == ErrorCode::NeedsConsent => {
                    let who = SignInAs::Account(account.clone());
                    sign_in(&engine, who, no_browser, output).await?;
                    engine.add_shared_mailbox(&account, &owner).await?
                }
                added => added?,
            };
            output.give(&calendar, |calendar| {
                format!("Added the calendar of {}.", calendar.name)
            })?;
            Ok(true)
        }
        Accounts::RemoveShared { account, owner } => {
            let account = find(&engine, &account)?.id;
            engine.remove_shared_mailbox(&account, &owner).await?;
            let removed = serde_json::json!({ "removed": owner });
            output.give(&removed, |_| format!("Removed the calendar of {owner}."))?;
            Ok(true)
        }
        Accounts::Remove { account } => {
            let found = find(&engine, &account)?;
            engine.remove_account(&found.id).await?;
            output.give(&found, |account| format!("Removed {}.", account.email))?;
            Ok(true)
        }
    }
}

pub(crate) async fn open_url(engine: &Engine, url: &str, output: &Output) -> anyhow::Result<bool> {
    let account = engine.open_deep_link(url).await?;
    report(engine, &account.to_string(), output)
}

async fn add(engine: &Engine, options: &AddAccount, output: &Output) -> anyhow::Result<bool> {
    let issuer = issuer(options.provider, options.cloud)?;
    if let Some(id) = &options.client_id {
        let secret = options
            .client_secret_file
            .as_deref()
            .map(read_secret)
            .transpose()?;
        engine.set_client(issuer, id, secret).await?;
    }
    let id = sign_in(engine, issuer.into(), options.no_browser, output).await?;
    report(engine, &id, output)
}

/// The account with this id or address.
pub(crate) fn find(engine: &Engine, account: &str) -> Result<AccountView, Error> {
    engine
        .accounts()?
        .into_iter()
        .find(|candidate| candidate.id == account || candidate.email.eq_ignore_ascii_case(account))
        .ok_or(Error::NotFound("account"))
}

fn issuer(provider: Provider, cloud: CloudName) -> Result<Issuer, Error> {
    let provider = match provider {
        Provider::Microsoft => ProviderKind::Microsoft,
        Provider::Google => ProviderKind::Google,
    };
    let cloud = match cloud {
        CloudName::Global => Cloud::Global,
        CloudName::UsGovHigh => Cloud::UsGovHigh,
        CloudName::UsGovDod => Cloud::UsGovDod,
        CloudName::China => Cloud::China,
    };
    Issuer::find(provider, cloud).ok_or_else(|| {
        Error::Invalid("only Microsoft has national clouds; leave --cloud out".to_owned())
    })
}

/// Signs somebody in through the browser, and gives the account's id.
async fn sign_in(
    engine: &Engine,
    who: SignInAs,
    no_browser: bool,
    output: &Output,
) -> anyhow::Result<String> {
    let events = engine.subscribe();
    let started = engine.start_sign_in(who, WayBack::Loopback).await?;
    if no_browser {
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
    if let Some(mut error) = outcome.error {
        if let Some(link) = outcome.admin_consent_link {
            error.message = format!("{} {link}", error.message);
        }
        return Err(Error::Elsewhere(Box::new(error)).into());
    }
    outcome
        .account_id
        .context("the sign-in ended without an account")
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
