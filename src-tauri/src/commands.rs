//! The commands of the window. They translate and decide nothing.

use dayline_engine::view::{
    AccountView, Bootstrap, CalendarView, ClockView, CloudView, DetailsView, IpcError,
    ProviderKind, RangeQuery, RangeView, VisitReport,
};
use dayline_engine::{Engine, Error, Issuer, PushReport, SignInAs, WayBack};
use secrecy::SecretString;
use tauri::State;

use crate::state::Shell;

type Answer<T> = Result<T, IpcError>;

/// Everything the window needs to paint its first picture. Where the data could not be opened
/// before, it is tried again.
#[tauri::command]
#[specta::specta]
pub async fn bootstrap(shell: State<'_, Shell>) -> Answer<Bootstrap> {
    Ok(shell.reopened().await?.bootstrap().await?)
}

/// All accounts with their calendars, in the order they were added.
#[tauri::command]
#[specta::specta]
pub async fn accounts(shell: State<'_, Shell>) -> Answer<Vec<AccountView>> {
    Ok(shell.engine().await?.accounts()?)
}

/// How each calendar's changes come to be known.
#[tauri::command]
#[specta::specta]
pub async fn push_report(shell: State<'_, Shell>) -> Answer<PushReport> {
    Ok(shell.engine().await?.push_report()?)
}

/// Now, in a zone.
#[tauri::command]
#[specta::specta]
pub async fn clock(shell: State<'_, Shell>, zone: String) -> Answer<ClockView> {
    Ok(shell.engine().await?.clock(&zone)?)
}

/// The occurrences of some days.
#[tauri::command]
#[specta::specta]
pub async fn range(shell: State<'_, Shell>, query: RangeQuery) -> Answer<RangeView> {
    Ok(shell.engine().await?.range(&query)?)
}

/// Everything about one occurrence.
#[tauri::command]
#[specta::specta]
pub async fn details(
    shell: State<'_, Shell>,
    occurrence_id: String,
    zone: String,
) -> Answer<DetailsView> {
    Ok(shell.engine().await?.details(&occurrence_id, &zone)?)
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

/// Shows or hides a calendar.
#[tauri::command]
#[specta::specta]
pub async fn set_calendar_visible(
    shell: State<'_, Shell>,
    calendar_id: String,
    visible: bool,
) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine.set_calendar_visible(&calendar_id, visible).await?)
}

/// Starts a sync; how it goes is told as events.
#[tauri::command]
#[specta::specta]
pub async fn sync_now(shell: State<'_, Shell>) -> Answer<()> {
    shell.sync_now().await
}

/// Switches to the sample data.
#[tauri::command]
#[specta::specta]
pub async fn look_around(shell: State<'_, Shell>) -> Answer<Bootstrap> {
    shell.look_around().await?;
    Ok(shell.engine().await?.bootstrap().await?)
}

/// Goes back from the sample data to the user's own.
#[tauri::command]
#[specta::specta]
pub async fn leave_sample(shell: State<'_, Shell>) -> Answer<Bootstrap> {
    shell.leave_sample().await?;
    Ok(shell.engine().await?.bootstrap().await?)
}

/// Opens a join candidate outside, through the gate.
#[tauri::command]
#[specta::specta]
pub async fn join(shell: State<'_, Shell>, occurrence_id: String, index: u32) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine.join(&occurrence_id, place(index)?).await?)
}

/// Opens an event's page at its provider.
#[tauri::command]
#[specta::specta]
pub async fn open_event_page(shell: State<'_, Shell>, occurrence_id: String) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine.open_event_page(&occurrence_id).await?)
}

/// Opens a link of an event's description, counted in document order.
#[tauri::command]
#[specta::specta]
pub async fn open_description_link(
    shell: State<'_, Shell>,
    occurrence_id: String,
    index: u32,
) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine
        .open_description_link(&occurrence_id, place(index)?)
        .await?)
}

/// Opens the link of a place, counted as in the details.
#[tauri::command]
#[specta::specta]
pub async fn open_place(shell: State<'_, Shell>, occurrence_id: String, index: u32) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine.open_place(&occurrence_id, place(index)?).await?)
}

/// Opens an attachment, counted as in the details.
#[tauri::command]
#[specta::specta]
pub async fn open_attachment(
    shell: State<'_, Shell>,
    occurrence_id: String,
    index: u32,
) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine
        .open_attachment(&occurrence_id, place(index)?)
        .await?)
}

/// A join candidate's checked link, for the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn copy_join_link(
    shell: State<'_, Shell>,
    occurrence_id: String,
    index: u32,
) -> Answer<String> {
    let engine = shell.engine().await?;
    Ok(engine.join_link(&occurrence_id, place(index)?)?.into())
}

/// Fetches days that lie outside of what is synced; `visiting` tells how far it is.
///
/// A later visit takes the place of a running one, which then answers nothing.
#[tauri::command]
#[specta::specta]
pub async fn visit_days(
    shell: State<'_, Shell>,
    from_day: i32,
    days: i32,
) -> Answer<Option<VisitReport>> {
    shell.visit(from_day, days).await
}

/// Gives a running visit up; what it fetched so far is kept.
#[tauri::command]
#[specta::specta]
pub async fn cancel_visit(shell: State<'_, Shell>) -> Answer<()> {
    shell.cancel_visit();
    Ok(())
}

/// Told once, when the first week with its events is on screen.
#[tauri::command]
#[specta::specta]
pub async fn painted(shell: State<'_, Shell>, occurrences: u32) -> Answer<()> {
    shell.note_painted(occurrences);
    Ok(())
}

fn place(index: u32) -> Result<usize, Error> {
    usize::try_from(index).map_err(|_| Error::NotFound("link"))
}
