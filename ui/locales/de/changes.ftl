changes-title = Seit dem letzten Blick
changes-entry =
    { $n ->
        [0] Seit dem letzten Blick
        [one] Seit dem letzten Blick, { $n } neu
       *[other] Seit dem letzten Blick, { $n } neu
    }
changes-lead =
    { $n ->
        [0] Nichts Neues seit dem letzten Blick.
        [one] { $n } noch nicht gesehene Änderung
       *[other] { $n } noch nicht gesehene Änderungen
    }
changes-mark = Alle als gesehen markieren
changes-marked = Alle sind als gesehen markiert.
changes-new = Neu
changes-empty = Noch hat sich nichts geändert
changes-empty-hint = Wenn jemand einen Termin verschiebt, absagt oder beantwortet, steht es hier.
changes-none-of-kind = Von dieser Art hat sich nichts geändert.
changes-show-all = Alle zeigen
changes-failed = Die Liste kann nicht angezeigt werden
changes-loading = Die Liste wird gelesen…
changes-today = Heute
changes-yesterday = Gestern
changes-more = Ältere Änderungen werden nicht aufgeführt.
changes-filter = Arten von Änderungen
changes-kind-all = Alle
changes-kind-time = Zeit
changes-kind-state = Abgesagt oder nicht
changes-kind-answers = Antworten und Gäste
changes-kind-title = Titel
changes-kind-place = Ort
changes-kind-other = Anderes
changes-kind-count = { $kind } { $n }
changes-gone = Nicht mehr im Kalender

changes-when-timed = { $day }, { $times }
changes-when-all-day = { $day }, ganztägig
changes-when-days = { $from } bis { $to }, ganztägig
changes-when-over-days = { $from }, { $start }, bis { $to }, { $end }

changes-time = Die Zeit hat sich geändert
changes-time-moved = Verschoben von { $before } auf { $after }
changes-time-added = Jetzt { $after }
changes-time-ends-later = Länger: endet jetzt um { $end } statt um { $before }
changes-time-ends-earlier = Kürzer: endet jetzt um { $end } statt um { $before }
changes-recurrence = Wiederholt sich anders
changes-recurrence-added = Ist jetzt eine Serie
changes-recurrence-removed = Wiederholt sich nicht mehr
changes-cancelled = Abgesagt
changes-deleted = Gelöscht
changes-uncertain = Nicht mehr sicher
changes-restored = Findet doch statt
changes-confirmed = Bestätigt
changes-renamed = Umbenannt von „{ $before }“ in „{ $after }“
changes-named = Heißt jetzt „{ $after }“
changes-unnamed = Hat keinen Titel mehr; hieß „{ $before }“
changes-title-changed = Der Titel hat sich geändert
changes-place-moved = Ort geändert von „{ $before }“ in „{ $after }“
changes-place-added = Ort hinzugefügt: „{ $after }“
changes-place-removed = Ort entfernt: „{ $before }“
changes-place-changed = Der Ort hat sich geändert
changes-description = Die Beschreibung hat sich geändert
changes-description-added = Eine Beschreibung kam hinzu
changes-description-removed = Die Beschreibung wurde entfernt
changes-importance =
    { $importance ->
        [high] Jetzt von hoher Wichtigkeit
        [low] Jetzt von niedriger Wichtigkeit
       *[normal] Jetzt von normaler Wichtigkeit
    }
changes-answer =
    { $answer ->
        [accepted] Eigene Antwort: zugesagt
        [tentative] Eigene Antwort: mit Vorbehalt
        [declined] Eigene Antwort: abgesagt
        [organizer] Jetzt selbst organisiert
       *[none] Eigene Antwort zurückgenommen
    }
changes-guest =
    { $answer ->
        [accepted] { $person } hat zugesagt
        [tentative] { $person } kommt vielleicht
        [declined] { $person } hat abgesagt
        [organizer] { $person } organisiert es jetzt
       *[none] { $person } hat noch nicht geantwortet
    }
changes-guest-before =
    { $answer ->
        [accepted] { $person } hat zugesagt, nach { $before }
        [tentative] { $person } kommt vielleicht, nach { $before }
        [declined] { $person } hat abgesagt, nach { $before }
        [organizer] { $person } organisiert es jetzt
       *[none] { $person } hat die Antwort zurückgenommen
    }
changes-before =
    { $answer ->
        [accepted] einer Zusage
        [tentative] einer Zusage mit Vorbehalt
        [declined] einer Absage
       *[other] einer anderen Antwort
    }
changes-guest-invited = { $person } wurde eingeladen
changes-guest-invited-answered =
    { $answer ->
        [accepted] { $person } wurde eingeladen und hat zugesagt
        [tentative] { $person } wurde eingeladen und kommt vielleicht
        [declined] { $person } wurde eingeladen und hat abgesagt
       *[none] { $person } wurde eingeladen
    }
changes-guest-removed = { $person } ist nicht mehr eingeladen
changes-guests = Die Gäste haben sich geändert
changes-link = Der Link zum Beitreten hat sich geändert
changes-link-added = Ein Link zum Beitreten kam hinzu
changes-link-removed = Der Link zum Beitreten wurde entfernt
