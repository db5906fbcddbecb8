//! The serialisable types that window and terminal share.
//!
//! A view never holds a token, a path or raw provider data, and never asks its reader for
//! zone arithmetic: days are counted since 1970-01-01 and minutes since midnight, both in the
//! zone that the reader asked for.

mod days;
mod details;
mod filter;
mod series;

use serde::{Deserialize, Serialize};

pub use self::days::*;
pub use self::details::*;
pub use self::filter::*;
pub use self::series::*;

/// Everything the window needs to paint its first picture.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Bootstrap {
    /// Version of this build.
    pub version: String,
    /// The system's zone, an IANA name; the zone that views are asked in.
    pub zone: String,
    /// First day of the week, 0 = Sunday … 6 = Saturday, from the system's locale.
    pub first_day_of_week: i32,
    /// True while sample data is shown.
    pub sample: bool,
    /// Why accounts cannot be signed in or refreshed now, in words; `None` when all is well.
    pub keyring_problem: Option<String>,
    /// Which providers have a client id, so that sign-in can start; of each its usual cloud first.
    pub providers: Vec<ProviderSetup>,
    /// Accounts in the order they were added.
    pub accounts: Vec<AccountView>,
    /// What the window stored with [`set_preferences`](crate::Engine::set_preferences); `None`:
    /// nothing yet.
    pub preferences: Option<String>,
    /// The user's saved views, in their order.
    pub saved_views: Vec<SavedView>,
}

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

/// Importance of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ImportanceView {
    /// Low.
    Low,
    /// Normal, also where the provider knows no importance.
    Normal,
    /// High.
    High,
}

/// The own answer to an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ResponseView {
    /// Nobody asked.
    None,
    /// The user organises it.
    Organizer,
    /// Accepted.
    Accepted,
    /// Perhaps.
    Tentative,
    /// Declined.
    Declined,
    /// Asked, not answered.
    NotResponded,
}

/// The state of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StatusView {
    /// It takes place.
    Confirmed,
    /// Not certain.
    Tentative,
    /// Called off.
    Cancelled,
}

/// What an event does to the user's availability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ShowAsView {
    /// Free.
    Free,
    /// Tentative.
    Tentative,
    /// Busy.
    Busy,
    /// Out of office.
    Oof,
    /// Working elsewhere.
    WorkingElsewhere,
}

/// Which days to show, in which zone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RangeQuery {
    /// First day, counted since 1970-01-01.
    pub from_day: i32,
    /// How many days, 1 to 400.
    pub days: i32,
    /// IANA name of the zone to show.
    pub zone: String,
    /// What to leave over, in the filter language; empty: everything.
    pub filter: String,
    /// One meeting in several calendars comes once, with its `copies`.
    pub merge_copies: bool,
}

/// The occurrences of some days.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RangeView {
    /// As asked.
    pub from_day: i32,
    /// As asked.
    pub days: i32,
    /// Where now is in the asked zone.
    pub clock: ClockView,
    /// By start, then longest first; all-day ones first within their first day.
    pub occurrences: Vec<OccurrenceView>,
    /// True if part of the days lies outside of what is synced.
    pub beyond_synced: bool,
    /// Where the clock is changed within the days, in their order.
    pub clock_changes: Vec<ClockChange>,
}

/// Now, in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ClockView {
    /// Today, counted since 1970-01-01.
    pub day: i32,
    /// Minutes since midnight.
    pub minute: i32,
}

/// A category on an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CategoryView {
    /// Its name.
    pub name: String,
    /// `#rrggbb`; grey if the account's list does not know it.
    pub color: String,
}

/// One occurrence, placed in the asked zone.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OccurrenceView {
    /// Stable while the occurrence exists; the key for details and join.
    pub id: String,
    /// Its calendar.
    pub calendar_id: String,
    /// Title; empty if it has none.
    pub title: String,
    /// First day, counted since 1970-01-01.
    pub day: i32,
    /// How many days it touches, at least 1.
    pub days: i32,
    /// Minutes since midnight of `day`; 0 for all-day.
    pub start_minute: i32,
    /// Minutes since midnight of the last day, 1 to 1440 (0 only if start and end coincide at midnight); 1440 for all-day.
    pub end_minute: i32,
    /// An all-day event: days without a zone.
    pub all_day: bool,
    /// Start, RFC 3339 in UTC; `None` for all-day.
    pub start_utc: Option<String>,
    /// End (exclusive), RFC 3339 in UTC; `None` for all-day.
    pub end_utc: Option<String>,
    /// `#rrggbb`: the event's own colour, else its calendar's.
    pub color: String,
    /// Importance.
    pub importance: ImportanceView,
    /// State.
    pub status: StatusView,
    /// Own answer.
    pub response: ResponseView,
    /// Availability.
    pub show_as: ShowAsView,
    /// Categories.
    pub categories: Vec<CategoryView>,
    /// Part of a series.
    pub recurring: bool,
    /// A Microsoft Teams meeting.
    pub teams: bool,
    /// The service that Join opens, such as "Microsoft Teams"; `None` without a link.
    pub join_service: Option<String>,
    /// Place, as one line.
    pub location: Option<String>,
    /// The other places of a meeting that comes once; empty unless asked for.
    pub copies: Vec<CopyView>,
    /// The zone's short name, where the start lies in an hour that comes twice.
    pub zone_mark: Option<String>,
}

/// What went wrong, told apart by what it asks of the reader; see [`ErrorCode::remedy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The provider cannot be reached.
    Offline,
    /// The network wants somebody to sign in to it first, or stands between us and the provider.
    NetworkLogin,
    /// The user has to sign in again.
    NeedsSignIn,
    /// The user has to sign in again and prove more than the last time.
    NeedsVerification,
    /// The user has to allow Dayline once more.
    NeedsConsent,
    /// The user signed in, but left out a permission.
    ScopesMissing,
    /// An administrator of the user's organisation has to allow Dayline.
    NeedsAdmin,
    /// The account cannot be used here: another organisation's, another cloud's, or unknown.
    WrongAccount,
    /// The account is locked or disabled, or its password has expired.
    AccountBlocked,
    /// The provider does not accept how Dayline is registered there.
    Misconfigured,
    /// The account has no right to it, or not any more.
    NoAccess,
    /// The user said no, or closed the browser.
    SignInDenied,
    /// The sign-in took longer than 15 minutes or was replaced.
    SignInExpired,
    /// The answer to a sign-in did not belong to one.
    SignInInvalid,
    /// The provider refused the sign-in or answered something unreadable.
    SignInFailed,
    /// No client id for this provider yet.
    NotConfigured,
    /// The operating system's keyring is missing or locked.
    Keyring,
    /// The provider asks to wait.
    Throttled,
    /// The provider answered something that cannot be used.
    ProviderAnswer,
    /// The database is damaged.
    DatabaseDamaged,
    /// The database is from a newer version.
    DatabaseNewer,
    /// The disk is full or cannot be written.
    Disk,
    /// What was asked for does not exist any more.
    NotFound,
    /// A link that must not be opened.
    LinkRefused,
    /// The caller's input makes no sense.
    Invalid,
    /// A fault of Dayline's.
    Internal,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [Self; 26] = [
        Self::Offline,
        Self::NetworkLogin,
        Self::NeedsSignIn,
        Self::NeedsVerification,
        Self::NeedsConsent,
        Self::ScopesMissing,
        Self::NeedsAdmin,
        Self::WrongAccount,
        Self::AccountBlocked,
        Self::Misconfigured,
        Self::NoAccess,
        Self::SignInDenied,
        Self::SignInExpired,
        Self::SignInInvalid,
        Self::SignInFailed,
        Self::NotConfigured,
        Self::Keyring,
        Self::Throttled,
        Self::ProviderAnswer,
        Self::DatabaseDamaged,
        Self::DatabaseNewer,
        Self::Disk,
        Self::NotFound,
        Self::LinkRefused,
        Self::Invalid,
        Self::Internal,
    ];

    /// The word by which databases and JSON name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::NetworkLogin => "network_login",
            Self::NeedsSignIn => "needs_sign_in",
            Self::NeedsVerification => "needs_verification",
            Self::NeedsConsent => "needs_consent",
            Self::ScopesMissing => "scopes_missing",
            Self::NeedsAdmin => "needs_admin",
            Self::WrongAccount => "wrong_account",
            Self::AccountBlocked => "account_blocked",
            Self::Misconfigured => "misconfigured",
            Self::NoAccess => "no_access",
            Self::SignInDenied => "sign_in_denied",
            Self::SignInExpired => "sign_in_expired",
            Self::SignInInvalid => "sign_in_invalid",
            Self::SignInFailed => "sign_in_failed",
            Self::NotConfigured => "not_configured",
            Self::Keyring => "keyring",
            Self::Throttled => "throttled",
            Self::ProviderAnswer => "provider_answer",
            Self::DatabaseDamaged => "database_damaged",
            Self::DatabaseNewer => "database_newer",
            Self::Disk => "disk",
            Self::NotFound => "not_found",
            Self::LinkRefused => "link_refused",
            Self::Invalid => "invalid",
            Self::Internal => "internal",
        }
    }

    /// The code of a [`word`](Self::word); `None` for one that no version wrote.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.word() == word)
    }

    /// The one action that helps.
    pub fn remedy(self) -> Remedy {
        match self {
            Self::NeedsSignIn
            | Self::NeedsVerification
            | Self::NeedsConsent
            | Self::ScopesMissing
            | Self::AccountBlocked => Remedy::SignIn,
            Self::NeedsAdmin => Remedy::AskAdmin,
            Self::WrongAccount => Remedy::ChooseAccount,
            Self::Misconfigured | Self::NotConfigured => Remedy::CheckRegistration,
            Self::Throttled => Remedy::Wait,
            Self::Offline
            | Self::NetworkLogin
            | Self::SignInDenied
            | Self::SignInExpired
            | Self::SignInInvalid
            | Self::SignInFailed
            | Self::Keyring
            | Self::ProviderAnswer
            | Self::Disk
            | Self::Internal => Remedy::TryAgain,
            Self::NoAccess
            | Self::DatabaseDamaged
            | Self::DatabaseNewer
            | Self::NotFound
            | Self::LinkRefused
            | Self::Invalid => Remedy::Nothing,
        }
    }
}

/// What can be done about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Sign the account in again.
    SignIn,
    /// Send an administrator the address at which they allow Dayline.
    AskAdmin,
    /// Sign in with another account.
    ChooseAccount,
    /// Look at how Dayline is registered at the provider.
    CheckRegistration,
    /// Do the same again.
    TryAgain,
    /// Nothing: Dayline tries again by itself.
    Wait,
    /// Nothing here.
    Nothing,
}

/// A failure as it crosses to the window.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct IpcError {
    /// What went wrong.
    pub code: ErrorCode,
    /// The one thing that helps.
    pub remedy: Remedy,
    /// What happened, in the user's words.
    pub message: String,
    /// When to try again, where that is known.
    pub retry_after_ms: Option<i32>,
}

/// How a sign-in ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SignInOutcome {
    /// Which attempt.
    pub attempt: String,
    /// The account, if it worked.
    pub account_id: Option<String>,
    /// What went wrong, if it did not.
    pub error: Option<IpcError>,
    /// Where an administrator allows Dayline, if that is what it needs.
    pub admin_consent_link: Option<String>,
}

/// How far a calendar's first full round is.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SyncProgress {
    /// Which account.
    pub account_id: String,
    /// Which calendar.
    pub calendar_id: String,
    /// Events stored so far in this round.
    pub stored: i32,
    /// True when the round is over.
    pub finished: bool,
}

/// How far fetching days outside of what is synced is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VisitProgress {
    /// First day asked for, counted since 1970-01-01.
    pub from_day: i32,
    /// How many days were asked for.
    pub days: i32,
    /// How many calendars are done.
    pub done: i32,
    /// How many calendars have to be asked.
    pub total: i32,
}

/// How fetching days outside of what is synced ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VisitReport {
    /// True if a provider was asked and answered.
    pub fetched: bool,
    /// Accounts whose events could not be fetched; theirs are shown as far as they repeat.
    pub problems: Vec<VisitProblem>,
}

/// Why an account's events of some days could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VisitProblem {
    /// The account's address.
    pub account: String,
    /// What it asks of the reader.
    pub code: ErrorCode,
    /// What is wrong, in words.
    pub message: String,
}
