sidebar-label = Calendars
sidebar-accounts = Accounts and calendars
sidebar-add = Add account
sidebar-menu = Options for { $email }
sidebar-choose = Choose calendars…
sidebar-remove = Remove account…
sidebar-remove-title = Remove { $email }?
sidebar-remove-body = Its calendars disappear from this computer. Nothing changes at the provider, and you can add the account again.
sidebar-remove-confirm = Remove account
sidebar-sign-in-again = Sign in again
sidebar-sign-in-title = Sign in to { $email }
sidebar-copy-admin-link = Copy the link for your administrator
sidebar-use-another = Use another account
sidebar-check-registration = Check the registration
sidebar-sync-now = Sync now
sidebar-cloud-gcc-high = GCC High
sidebar-cloud-dod = DoD
sidebar-cloud-china = 21Vianet
sidebar-synced = Synced { $ago }
sidebar-not-synced = Not synced yet
sidebar-owner = Shared by { $name }
sidebar-read-only = { $name }, read only
sidebar-storing = Syncing { $name }
sidebar-storing-events =
    { $n ->
        [one] Syncing { $name }: { $n } event
       *[other] Syncing { $name }: { $n } events
    }
sidebar-state-ready = Up to date
sidebar-state-syncing = Syncing
sidebar-state-offline = Offline
sidebar-state-needs-sign-in = Needs sign-in
sidebar-state-failing = Sync failed
sidebar-problem-offline = The provider cannot be reached. What was synced is shown.
sidebar-problem-needs-sign-in = Sign in again to update. What was synced is shown.
sidebar-problem-failing = The last sync failed. What was synced is shown.
sidebar-none = No calendar of this account is synced.
