//! What happens in a life, as a list that can be shortened.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::fault::Fault;

/// Faults that meet requests.
const ON_THE_NETWORK: &[Fault] = &[
    Fault::Reset,
    Fault::Truncation,
    Fault::Delay,
    Fault::Timeout,
    Fault::Reorder,
    Fault::Unplugged,
    Fault::DuplicatePage,
    Fault::EmptyPage,
    // Only the first page of a listing can be this, so that most that are armed meet nothing.
    Fault::EmptyListing,
    Fault::EmptyListing,
    Fault::EmptyListing,
    Fault::OldWordFirst,
    Fault::OldWordFirst,
    Fault::ForeignLink,
    Fault::Unauthorized,
    Fault::GraphForbidden,
    Fault::GoogleRateLimit,
    Fault::GoogleUserRateLimit,
    Fault::GoogleQuota,
    Fault::GoogleForbidden,
    Fault::GraphGone,
    Fault::GraphResync,
    Fault::GraphInvalid,
    Fault::GoogleGone,
    Fault::GoogleTooLongAgo,
    Fault::Precondition,
    Fault::ThrottledSeconds,
    Fault::ThrottledDate,
    Fault::ThrottledAbsurd,
    Fault::ThrottledSilent,
    Fault::BusySeconds,
    Fault::BusyDate,
    Fault::BusyAbsurd,
    Fault::BusySilent,
    Fault::Storm,
    Fault::Html,
    Fault::Captive,
    Fault::Untrusted,
    Fault::Empty200,
    Fault::Garbage,
    Fault::NewMembers,
    Fault::RenamedList,
];

/// Faults that change something for longer.
const OF_STATE: &[Fault] = &[
    Fault::CursorsExpire,
    Fault::CursorsExpire,
    Fault::TokenExpiry,
    Fault::TokenExpiry,
    Fault::TokenRevocation,
    Fault::KeyringLocked,
    Fault::KeyringLooksEmpty,
    Fault::KeyringGone,
    Fault::ClockForward,
    Fault::ClockBack,
    Fault::Sleep,
    Fault::Reanchor,
    Fault::ZoneDatabase,
];

/// Faults between the vendors, the relay and the computer.
pub const OF_PUSH: &[Fault] = &[
    Fault::NotificationLost,
    Fault::NotificationLost,
    Fault::NotificationLate,
    Fault::NotificationDoubled,
    Fault::NotificationsMissed,
    Fault::SubscriptionRemoved,
    Fault::SubscriptionReauthorize,
    Fault::SubscriptionForgotten,
    Fault::RelayRefuses,
    Fault::RelayHangs,
    Fault::RelayCuts,
    Fault::RelayNonsense,
    Fault::RelaySilent,
    Fault::RelaySilent,
    Fault::RelayRevokes,
    Fault::RelayNewEpoch,
    Fault::RelayNewEpoch,
    Fault::HintGap,
    Fault::HintGap,
    Fault::HintUnknownChannel,
    Fault::HintForNothing,
    Fault::HintFalseRemoval,
    Fault::HintStorm,
    Fault::FrameAbsurd,
];

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// An event changes at a provider.
    Edit,
    /// The list of calendars changes there.
    EditCalendars,
    /// A colleague shares, or no longer.
    EditShares,
    /// Something unreadable gets into a calendar.
    Spoil,
    /// Providers behave in another way.
    Quirks,
    /// A fault meets a request of the next sync, after some that it spares.
    Arm(Fault, u32),
    /// A fault of the computer, or of all tokens or cursors.
    Suffer(Fault),
    /// Dayline syncs.
    Sync(Ending),
    /// Dayline runs for a while by itself.
    Run(Ending),
    /// The same, and somebody changes something at the providers meanwhile.
    Listen(Ending),
    /// Somebody looks at days beyond the window.
    Visit,
    /// Somebody disconnects a calendar, or connects it.
    Choose,
    /// The key that seals tokens is replaced.
    RotateKeys,
    /// The database is tidied up.
    Maintain,
    /// Nothing goes wrong any more: everything has to agree within three rounds.
    Settle,
}

impl Act {
    /// Whether it happens at the providers alone, or only prepares something.
    pub fn is_elsewhere(self) -> bool {
        matches!(
            self,
            Self::Edit
                | Self::EditCalendars
                | Self::EditShares
                | Self::Spoil
                | Self::Quirks
                | Self::Arm(..)
        )
    }
}

/// How a sync ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// As it should.
    Well,
    /// The process dies at an await.
    CrashAtAwait,
    /// The process dies at a write.
    CrashAtWrite,
    /// The disk fills up meanwhile.
    DiskFull,
    /// Another process wants the same.
    Contest,
    /// It stands still, and another process takes over meanwhile.
    LeaseLost,
}

/// An act and the seed of what is left to chance in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub act: Act,
    pub seed: u64,
}

/// A life before it is lived.
#[derive(Debug, Clone)]
pub struct History {
    pub seed: u64,
    /// When it begins.
    pub now: DateTime<Utc>,
    /// Whether there is a relay.
    pub has_relay: bool,
    pub steps: Vec<Step>,
}

impl History {
    /// The history of a seed.
    pub fn of(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let day = first + TimeDelta::days(rng.random_range(0..365));
        let minute = TimeDelta::minutes(rng.random_range(0..1440));
        let now = day.and_hms_opt(0, 0, 0).unwrap().and_utc() + minute;
        // Drawn apart, so that a history without a relay stays the one that it was.
        let has_relay = ChaCha8Rng::seed_from_u64(seed ^ 0x4e1a).random_ratio(1, 3);
        let mut acts = Vec::new();
        for _ in 0..rng.random_range(1..=3) {
            for _ in 0..rng.random_range(1..=3) {
                round(&mut acts, has_relay, &mut rng);
            }
            acts.push(Act::Settle);
        }
        let steps = acts.into_iter().map(|act| Step {
            act,
            seed: rng.random(),
        });
        Self {
            seed,
            now,
            has_relay,
            steps: steps.collect(),
        }
    }
}

/// Some changes, some trouble, and a sync.
fn round(acts: &mut Vec<Act>, has_relay: bool, rng: &mut ChaCha8Rng) {
    for _ in 0..rng.random_range(0..=4) {
        acts.push(match rng.random_range(0..16) {
            0 => Act::EditCalendars,
            1 => Act::EditShares,
            2 => Act::Spoil,
            3 => Act::Quirks,
            _ => Act::Edit,
        });
    }
    for _ in 0..rng.random_range(1..=3) {
        if has_relay && rng.random_ratio(3, 5) {
            acts.push(Act::Arm(*OF_PUSH.choose(rng).unwrap(), 0));
            continue;
        }
        acts.push(if rng.random_ratio(3, 4) {
            let fault = *ON_THE_NETWORK.choose(rng).unwrap();
            Act::Arm(fault, rng.random_range(0..4))
        } else {
            Act::Suffer(*OF_STATE.choose(rng).unwrap())
        });
    }
    let ending = match rng.random_range(0..12) {
        0 | 1 => Ending::CrashAtAwait,
        2 | 3 => Ending::CrashAtWrite,
        4 => Ending::DiskFull,
        5 => Ending::Contest,
        6 => Ending::LeaseLost,
        _ => Ending::Well,
    };
    acts.push(match rng.random_range(0..10) {
        0 => Act::Run(ending),
        1..9 if has_relay => Act::Listen(ending),
        _ => Act::Sync(ending),
    });
    match rng.random_range(0..20) {
        0..3 => acts.push(Act::Visit),
        3 => acts.push(Act::Choose),
        4 => acts.push(Act::RotateKeys),
        5 => acts.push(Act::Maintain),
        _ => {}
    }
}
