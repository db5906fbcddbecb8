status-label = Sync status
status-up-to-date = Up to date
# $ago is as in time.ftl: "2 min ago".
status-up-to-date-since = Up to date · { $ago }
status-syncing = Syncing…
status-syncing-events =
    { $n ->
        [one] Syncing… { $n } event so far
       *[other] Syncing… { $n } events so far
    }
status-offline = Offline
status-offline-since = Offline, showing what was synced { $ago }
status-failing = { $email } could not be synced
status-needs-sign-in = { $email } needs you to sign in again
status-needs-you = { $email } needs your attention
status-waiting = Waiting for the first sync
status-empty = No account yet
status-zone = Times in { $zone }
