sidebar-label = Kalender
sidebar-accounts = Konten und Kalender
sidebar-add = Konto hinzufügen
sidebar-menu = Optionen für { $email }
sidebar-choose = Kalender auswählen…
sidebar-remove = Konto entfernen…
sidebar-remove-title = { $email } entfernen?
sidebar-remove-body = Die Kalender des Kontos verschwinden von diesem Computer. Beim Anbieter ändert sich nichts, und das Konto lässt sich jederzeit wieder hinzufügen.
sidebar-remove-confirm = Konto entfernen
sidebar-sign-in-again = Erneut anmelden
sidebar-sign-in-title = Bei { $email } anmelden
sidebar-copy-admin-link = Link für die Administration kopieren
sidebar-use-another = Anderes Konto verwenden
sidebar-check-registration = Registrierung prüfen
sidebar-sync-now = Jetzt synchronisieren
sidebar-cloud-gcc-high = GCC High
sidebar-cloud-dod = DoD
sidebar-cloud-china = 21Vianet
sidebar-synced = Synchronisiert: { $ago }
sidebar-not-synced = Noch nicht synchronisiert
sidebar-owner = Freigegeben von { $name }
sidebar-read-only = { $name }, schreibgeschützt
sidebar-storing = { $name } wird synchronisiert
sidebar-storing-events =
    { $n ->
        [one] { $name } wird synchronisiert: { $n } Termin
       *[other] { $name } wird synchronisiert: { $n } Termine
    }
sidebar-state-ready = Aktuell
sidebar-state-syncing = Wird synchronisiert
sidebar-state-offline = Offline
sidebar-state-needs-sign-in = Anmeldung nötig
sidebar-state-failing = Synchronisierung fehlgeschlagen
sidebar-problem-offline = Der Anbieter ist nicht erreichbar. Angezeigt wird der zuletzt synchronisierte Stand.
sidebar-problem-needs-sign-in = Zum Aktualisieren erneut anmelden. Angezeigt wird der zuletzt synchronisierte Stand.
sidebar-problem-failing = Die letzte Synchronisierung ist fehlgeschlagen. Angezeigt wird der zuletzt synchronisierte Stand.
sidebar-none = Von diesem Konto wird kein Kalender synchronisiert.
