palette-title = Befehle
palette-list = Befehle, Kalender, Daten und Termine
palette-placeholder = Befehl, Kalender, Termin oder ein Datum wie „nächsten Freitag“
palette-nothing = Nichts heißt „{ $text }“.
palette-nothing-help = Ein Wort eines Befehls oder eines Termins hilft vielleicht, oder ein Datum.
palette-found =
    { $n ->
        [one] { $n } Eintrag
       *[other] { $n } Einträge
    }
palette-run = ausführen

palette-recent = Zuletzt benutzt
palette-date = Datum
palette-saved = Gespeicherte Ansichten
palette-calendars = Kalender
palette-settings = Einstellungen
palette-accounts = Konten
palette-events = Gefundene Termine

palette-go-to-day = dorthin
palette-show = { $name } zeigen
palette-hide = { $name } ausblenden
palette-only = Nur { $name } zeigen
palette-others = Die anderen Kalender wieder zeigen
palette-page = Einstellungen: { $name }
palette-sync = { $account } synchronisieren
palette-choose = Kalender von { $account } wählen
