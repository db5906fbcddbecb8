//! Accounts and their calendars.

use serde::{Deserialize, Serialize};

use super::{ErrorCode, Remedy};

/// Whether people can sign in to a provider with this build.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ProviderSetup {
    /// Which provider.
    pub provider: ProviderKind,
    /// In which of its clouds.
    pub cloud: CloudView,
    /// True if a client id is built in or set.
    pub configured: bool,
}

/// A provider of calendars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// Microsoft 365 and Outlook.com, through Microsoft Graph.
    Microsoft,
    /// Google Calendar.
    Google,
}

/// One of Microsoft's clouds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum CloudView {
    /// The one that nearly everybody is in.
    Global,
    /// US Government, GCC High.
    UsGovHigh,
    /// US Government, Department of Defense.
    UsGovDod,
    /// China, operated by 21Vianet.
    China,
}

/// How an account is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// The last round worked.
    Ready,
    /// A round runs.
    Syncing,
    /// The provider cannot be reached; what was synced is shown.
    Offline,
    /// The user has to sign in again; what was synced is shown.
    NeedsSignIn,
    /// The last round failed for another reason; `problem` says which.
    Failing,
}

/// One signed-in identity and its calendars.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Our id.
    pub id: String,
    /// Which provider.
    pub provider: ProviderKind,
    /// The address that names the account.
    pub email: String,
    /// The person's name, where the provider tells it.
    pub display_name: Option<String>,
    /// How it is doing.
    pub state: AccountState,
    /// What is wrong, in words; `None` when nothing is.
    pub problem: Option<String>,
    /// The same as a code; `None` when nothing is wrong.
    pub problem_code: Option<ErrorCode>,
    /// The one thing that helps; `None` when nothing is wrong.
    pub remedy: Option<Remedy>,
    /// The cloud it lives in; `global` for everybody but some of Microsoft's customers.
    pub cloud: CloudView,
    /// End of the last round that worked for every connected calendar, RFC 3339 in UTC.
    pub last_synced_at: Option<String>,
    /// Its calendars in the provider's order, the primary one first.
    pub calendars: Vec<CalendarView>,
}

/// One calendar.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarView {
    /// Our id.
    pub id: String,
    /// Its account's id.
    pub account_id: String,
    /// Its name at the provider.
    pub name: String,
    /// `#rrggbb` as the provider gives it; views keep only its hue.
    pub color: String,
    /// The account's main calendar.
    pub is_primary: bool,
    /// Synced to this computer.
    pub is_connected: bool,
    /// Shown in views.
    pub is_visible: bool,
    /// False if the user may only read it.
    pub can_edit: bool,
    /// Who it belongs to, when not the account's own.
    pub owner: Option<String>,
    /// The owner's address, when not the account's own.
    pub delegate_email: Option<String>,
    /// The provider's word for the user's rights.
    pub access_role: String,
    /// Whether its provider can tell of changes by itself.
    pub can_push: bool,
    /// End of the last round that worked, RFC 3339 in UTC.
    pub last_synced_at: Option<String>,
    /// Why the last round failed, in words.
    pub problem: Option<String>,
}
