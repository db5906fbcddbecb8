related-also-in = Auch in
related-open-copy = In { $calendar } öffnen, { $account }
related-in-calendars = in { $list }
related-series = Serie
related-thread = Gleiche Unterhaltung
related-both = Serie und Unterhaltung
related-others =
    { $n ->
        [one] { $n } weiterer Termin
       *[other] { $n } weitere Termine
    }
related-none = Kein anderer Termin gehört dazu.
related-current = dieser
related-more = { $n } weitere anzeigen
related-reading = Wird gelesen…
related-others-failed = Die anderen Termine konnten nicht gelesen werden.
related-history = Verlauf
related-changes =
    { $n ->
        [one] { $n } Änderung
       *[other] { $n } Änderungen
    }
related-unchanged = Seit Dayline ihn kennt, hat sich nichts geändert.
related-new = neu
related-history-failed = Die Änderungen konnten nicht gelesen werden.
related-copy-meeting-id = Besprechungs-ID kopieren
related-copy-passcode = Passcode kopieren
related-copy-dial-in = Telefonnummer kopieren
related-copy-conference-id = Einwahl-ID kopieren
related-copied = Kopiert
related-copy-failed = Kopieren war nicht möglich.
