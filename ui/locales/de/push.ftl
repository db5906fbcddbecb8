push-menu = Eingang von Änderungen…
push-title = Eingang von Änderungen bei { $email }
push-at-once = Änderungen kommen sofort an
push-relay = Verbunden mit { $host }.
push-no-relay = Es ist kein Relay eingerichtet, darum werden die Kalender alle 5 Minuten abgefragt. Mit einem Relay kommen Änderungen sofort an.
push-not-connected = Nicht mit { $host } verbunden. Bis es antwortet, werden die Kalender alle 5 Minuten abgefragt.
push-until = Änderungen kommen sofort an, bis { $moment }, dann wird verlängert
push-told = Letzte Meldung { $ago }
push-told-after =
    { $seconds ->
        [0] Letzte Meldung { $ago }, angekommen in unter einer Sekunde
        [one] Letzte Meldung { $ago }, angekommen nach { $seconds } Sekunde
       *[other] Letzte Meldung { $ago }, angekommen nach { $seconds } Sekunden
    }
push-never-told = Noch keine Meldung
