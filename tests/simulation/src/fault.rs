//! What can go wrong, by class.

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// A class of fault. It is counted when it takes effect, not when it is planned.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault {
            $($(#[$doc])* $name,)*
        }

        impl Fault {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word by which reports name it.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

faults! {
    /// The connection breaks off; the request may have arrived.
    Reset = "reset",
    /// The answer ends in the middle.
    Truncation = "truncation",
    /// The answer takes up to half a minute.
    Delay = "delay",
    /// There is no answer within half a minute.
    Timeout = "timeout",
    /// Other calendars' answers overtake this one.
    Reorder = "reorder",
    /// Nothing can be reached during one sync.
    Unplugged = "unplugged",
    /// A page comes twice.
    DuplicatePage = "duplicate_page",
    /// A page without items comes before the page.
    EmptyPage = "empty_page",
    /// A page says first what was said of an item before, then what is true.
    OldWordFirst = "old_word_first",
    /// A full listing says that there is nothing, once.
    EmptyListing = "empty_listing",
    /// A page leads to another host.
    ForeignLink = "foreign_link",
    /// The access token is refused.
    Unauthorized = "401",
    /// Graph denies access.
    GraphForbidden = "403_graph",
    /// Google's 403 that means "slower": `rateLimitExceeded`.
    GoogleRateLimit = "403_rate_limit",
    /// Likewise `userRateLimitExceeded`.
    GoogleUserRateLimit = "403_user_rate_limit",
    /// Likewise `quotaExceeded`.
    GoogleQuota = "403_quota",
    /// Google denies access.
    GoogleForbidden = "403_google",
    /// Graph does not know a cursor: `SyncStateNotFound`.
    GraphGone = "410_graph_not_found",
    /// Graph wants a full listing: `resyncRequired`, with where to begin.
    GraphResync = "410_graph_resync",
    /// Graph does not take a cursor: `SyncStateInvalid`, in the lower-case spelling.
    GraphInvalid = "410_graph_invalid",
    /// Google does not know a token: `fullSyncRequired`.
    GoogleGone = "410_google_full",
    /// Likewise `updatedMinTooLongAgo`.
    GoogleTooLongAgo = "410_google_too_long_ago",
    /// Every cursor that was ever handed out is unknown from now on.
    CursorsExpire = "410_all_cursors",
    /// A precondition failed.
    Precondition = "412",
    /// Too many requests; wait some seconds.
    ThrottledSeconds = "429_seconds",
    /// Too many requests; wait until a date.
    ThrottledDate = "429_date",
    /// Too many requests; the time to wait makes no sense.
    ThrottledAbsurd = "429_absurd",
    /// Too many requests; nothing is said about waiting.
    ThrottledSilent = "429_absent",
    /// Unavailable; wait some seconds.
    BusySeconds = "503_seconds",
    /// Unavailable; wait until a date.
    BusyDate = "503_date",
    /// Unavailable; the time to wait makes no sense.
    BusyAbsurd = "503_absurd",
    /// Unavailable; nothing is said about waiting.
    BusySilent = "503_absent",
    /// Servers fail one request after the other, in every way.
    Storm = "5xx_storm",
    /// A proxy answers with a page.
    Html = "html",
    /// A network sends everybody to its own sign-in.
    Captive = "captive_portal",
    /// Somebody else's certificate.
    Untrusted = "untrusted_certificate",
    /// Success, and nothing in it.
    Empty200 = "empty_200",
    /// Success, and no JSON.
    Garbage = "garbage_json",
    /// Members that no document names, at every place.
    NewMembers = "schema_drift_members",
    /// The list has another name.
    RenamedList = "schema_drift_list",
    /// Access tokens end at once.
    TokenExpiry = "token_expiry",
    /// A refresh gives another refresh token.
    TokenRotation = "token_rotation",
    /// Refresh tokens are worth nothing any more.
    TokenRevocation = "token_revocation",
    /// The keyring is locked.
    KeyringLocked = "keyring_locked",
    /// The keyring is locked and looks empty.
    KeyringLooksEmpty = "keyring_looks_empty",
    /// There is no keyring.
    KeyringGone = "keyring_gone",
    /// The clock of the computer jumps ahead.
    ClockForward = "clock_forward",
    /// The clock of the computer jumps back.
    ClockBack = "clock_back",
    /// The computer sleeps for a week.
    Sleep = "sleep_week",
    /// The window of a round is too old and is drawn anew.
    Reanchor = "window_reanchor",
    /// Another version of the zone database placed everything.
    ZoneDatabase = "zone_database",
    /// The disk is full from some write on, until the sync has ended.
    DiskFull = "disk_full",
    /// The process dies at an await.
    CrashAtAwait = "crash_at_await",
    /// The process dies before a write.
    CrashAtWrite = "crash_at_write",
    /// Two processes want the lease at once.
    LeaseContest = "lease_contest",
    /// The holder of the lease stands still, loses it and wakes.
    LeaseLost = "lease_lost",
    /// A calendar is added.
    CalendarAdded = "calendar_added",
    /// A calendar is removed.
    CalendarRemoved = "calendar_removed",
    /// A calendar is renamed.
    CalendarRenamed = "calendar_renamed",
    /// A colleague shares a calendar.
    ShareGiven = "share_given",
    /// A colleague takes a share back.
    ShareWithdrawn = "share_withdrawn",
    /// An item that nobody can read.
    UnreadableItem = "unreadable_item",
    /// A vendor's notification never arrives, and the vendor does not know.
    NotificationLost = "notification_lost",
    /// A vendor's notification comes minutes later.
    NotificationLate = "notification_late",
    /// A vendor's notification comes twice.
    NotificationDoubled = "notification_doubled",
    /// Graph says that it left out notifications.
    NotificationsMissed = "notifications_missed",
    /// Graph ends a subscription and says so.
    SubscriptionRemoved = "subscription_removed",
    /// Graph wants a subscription to be authorised again.
    SubscriptionReauthorize = "subscription_reauthorize",
    /// A vendor ends a subscription and says nothing.
    SubscriptionForgotten = "subscription_forgotten",
    /// A subscription runs out before anybody renewed it.
    SubscriptionExpired = "subscription_expired",
    /// The relay is dead: nobody gets in, and whoever was in is thrown out.
    RelayRefuses = "relay_refuses",
    /// The relay takes everything and says nothing.
    RelayHangs = "relay_hangs",
    /// The relay hangs up, with a reason or without.
    RelayCuts = "relay_cuts",
    /// Something else answers at the relay's address.
    RelayNonsense = "relay_nonsense",
    /// The relay takes notifications, answers that they arrived, and tells nobody.
    RelaySilent = "relay_silent",
    /// The relay knows nobody any more.
    RelayRevokes = "relay_revokes",
    /// The relay forgets how far it had counted.
    RelayNewEpoch = "relay_new_epoch",
    /// Hints are lost between the relay and the device.
    HintGap = "hint_gap",
    /// A hint of a channel that nobody has.
    HintUnknownChannel = "hint_unknown_channel",
    /// A hint of a channel of ours, where nothing is new.
    HintForNothing = "hint_for_nothing",
    /// A hint that a subscription is gone, which lives.
    HintFalseRemoval = "hint_false_removal",
    /// Hundreds of hints within seconds.
    HintStorm = "hint_storm",
    /// A frame that the protocol does not have, or that makes no sense.
    FrameAbsurd = "frame_absurd",
}
