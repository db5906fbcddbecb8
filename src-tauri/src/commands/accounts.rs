//! Accounts and calendars: signing in and out, and which of them are synced and shown.

use dayline_engine::view::{AccountView, CalendarView, CloudView, ProviderKind};
use dayline_engine::{Engine, Error, Issuer, SignInAs, SyncRequest, WayBack};
use secrecy::SecretString;
use tauri::State;

use super::Answer;
use crate::state::Shell;

/// All accounts with their calendars, in the order they were added.
#[tauri::command]
#[specta::specta]
pub async fn accounts(shell: State<'_, Shell>) -> Answer<Vec<AccountView>> {
    Ok(shell.engine().await?.accounts()?)
}

/// Opens the browser for a sign-in and answers the attempt's id; `signInFinished` tells its end.
#[tauri::command]
#[specta::specta]
pub async fn start_sign_in(
    shell: State<'_, Shell>,
    provider: ProviderKind,
    cloud: CloudView,
) -> Answer<String> {
    if shell.shows_sample().await {
        return Err(Error::Invalid("leave the sample data first, then sign in".to_owned()).into());
    }
    let issuer = issuer(provider, cloud)?;
    begin(&shell.engine().await?, issuer.into(), provider).await
}

/// The same for an account that is known, with what its provider wants to know beside.
#[tauri::command]
#[specta::specta]
pub async fn sign_in_again(shell: State<'_, Shell>, account_id: String) -> Answer<String> {
    let engine = shell.engine().await?;
    let accounts = engine.accounts()?;
    let account = accounts
        .into_iter()
        .find(|account| account.id == account_id)
        .ok_or(Error::NotFound("account"))?;
    begin(&engine, SignInAs::Account(account.id), account.provider).await
}

/// The address at which an administrator allows Dayline in an account's organisation.
#[tauri::command]
#[specta::specta]
pub async fn admin_consent_link(shell: State<'_, Shell>, account_id: String) -> Answer<String> {
    let engine = shell.engine().await?;
    Ok(engine.admin_consent_link(&account_id)?.into())
}

/// The same for somebody who has no account here yet.
#[tauri::command]
#[specta::specta]
pub async fn consent_link(
    shell: State<'_, Shell>,
    provider: ProviderKind,
    cloud: CloudView,
) -> Answer<String> {
    let engine = shell.engine().await?;
    let link = engine.consent_link(issuer(provider, cloud)?, None)?;
    Ok(link.into())
}

/// Reads the main calendar of a colleague from now on.
#[tauri::command]
#[specta::specta]
pub async fn add_shared_mailbox(
    shell: State<'_, Shell>,
    account_id: String,
    owner: String,
) -> Answer<CalendarView> {
    let engine = shell.engine().await?;
    Ok(engine.add_shared_mailbox(&account_id, &owner).await?)
}

/// Reads a colleague's calendar no longer.
#[tauri::command]
#[specta::specta]
pub async fn remove_shared_mailbox(
    shell: State<'_, Shell>,
    account_id: String,
    owner: String,
) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine.remove_shared_mailbox(&account_id, &owner).await?)
}

/// Gives a sign-in up; an answer that still comes is refused.
#[tauri::command]
#[specta::specta]
pub async fn cancel_sign_in(shell: State<'_, Shell>, attempt: String) -> Answer<()> {
    Ok(shell.engine().await?.cancel_sign_in(&attempt)?)
}

/// Sets the OAuth client for a provider, as registered by the user.
#[tauri::command]
#[specta::specta]
pub async fn set_client(
    shell: State<'_, Shell>,
    provider: ProviderKind,
    cloud: CloudView,
    client_id: String,
    client_secret: Option<String>,
) -> Answer<()> {
    let secret = client_secret.map(SecretString::from);
    let engine = shell.engine().await?;
    Ok(engine
        .set_client(issuer(provider, cloud)?, &client_id, secret)
        .await?)
}

/// Removes an account with everything that was synced for it from this computer.
#[tauri::command]
#[specta::specta]
pub async fn remove_account(shell: State<'_, Shell>, account_id: String) -> Answer<()> {
    Ok(shell.engine().await?.remove_account(&account_id).await?)
}

/// Syncs a calendar to this computer, or no longer.
#[tauri::command]
#[specta::specta]
pub async fn set_calendar_connected(
    shell: State<'_, Shell>,
    calendar_id: String,
    connected: bool,
) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine
        .set_calendar_connected(&calendar_id, connected)
        .await?)
}

/// Shows some calendars and hides others, all of them or none.
#[tauri::command]
#[specta::specta]
pub async fn set_calendars_visible(
    shell: State<'_, Shell>,
    show: Vec<String>,
    hide: Vec<String>,
) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine.set_calendars_visible(&show, &hide).await?)
}

/// Starts a sync of one account, or of all; how it goes is told as events.
#[tauri::command]
#[specta::specta]
pub async fn sync_now(shell: State<'_, Shell>, account_id: Option<String>) -> Answer<()> {
    let request = match account_id {
        Some(account) => SyncRequest::on_demand_of(&account)?,
        None => SyncRequest::on_demand(),
    };
    shell.sync_now(request).await
}

fn issuer(provider: ProviderKind, cloud: CloudView) -> Result<Issuer, Error> {
    Issuer::find(provider.into(), cloud.into())
        .ok_or_else(|| Error::Invalid("this provider has no such cloud".to_owned()))
}

async fn begin(engine: &Engine, who: SignInAs, provider: ProviderKind) -> Answer<String> {
    let way = match provider {
        ProviderKind::Microsoft => WayBack::DeepLink,
        // Google takes no custom scheme for desktop clients.
        ProviderKind::Google => WayBack::Loopback,
    };
    let started = engine.start_sign_in(who, way).await?;
    if let Err(error) = engine.open_browser(&started).await {
        engine.cancel_sign_in(&started.attempt)?;
        return Err(error.into());
    }
    Ok(started.attempt)
}
