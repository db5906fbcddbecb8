status-label = Stand der Synchronisierung
status-up-to-date = Aktuell
status-up-to-date-since = Aktuell · { $ago }
status-syncing = Wird synchronisiert…
status-syncing-events =
    { $n ->
        [one] Wird synchronisiert… bisher { $n } Termin
       *[other] Wird synchronisiert… bisher { $n } Termine
    }
status-offline = Offline
status-offline-since = Offline, zuletzt synchronisiert: { $ago }
status-failing = { $email } konnte nicht synchronisiert werden
status-needs-sign-in = { $email } braucht eine erneute Anmeldung
status-needs-you = { $email } braucht Aufmerksamkeit
status-waiting = Erste Synchronisierung steht bevor
status-empty = Noch kein Konto
status-zone = Zeiten in { $zone }
