view-list-title = Ansichten
view-list-empty = Gespeicherte Filter stehen hier.
view-list-save = Filter als Ansicht speichern
view-list-events =
    { $n ->
        [one] { $n } Termin
       *[other] { $n } Termine
    }
view-list-name = Name der Ansicht
view-list-taken = Eine andere Ansicht heißt so.
view-list-shortcut = Tastenkürzel
view-list-no-shortcut = Kein Tastenkürzel
view-list-shortcut-of = { $keys }, jetzt { $view }
view-list-replace = Durch den aktuellen Filter ersetzen
view-list-remove = Entfernen…
view-list-remove-now = „{ $name }“ entfernen
view-list-keep = Behalten
