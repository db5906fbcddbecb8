push-menu = Eingang von Änderungen…
push-title = Eingang von Änderungen bei { $email }
push-at-once = Änderungen kommen sofort an
push-relay = Verbunden mit { $host }.
push-no-relay = Es ist kein Relay eingerichtet, darum werden die Kalender alle 5 Minuten abgefragt. Mit einem Relay kommen Änderungen sofort an.
push-not-connected = Nicht mit { $host } verbunden. Bis es antwortet, werden die Kalender alle 5 Minuten abgefragt.
push-problem-unreachable = Das Relay ist nicht erreichbar.
push-problem-not-a-relay = Was unter dieser Adresse antwortet, ist kein Relay.
push-problem-busy = Das Relay ist überlastet.
push-problem-unknown = Das Relay kennt diesen Computer nicht mehr.
push-problem-not-admitted = Dieses Relay lässt nur herein, wer sein Zulassungstoken vorweist.
push-problem-replaced = Ein anderes Dayline mit einer Kopie dieser Daten ist verbunden.
push-until = Änderungen kommen sofort an, bis { $moment }, dann wird verlängert
push-told = Letzte Meldung { $ago }
push-told-after =
    { $seconds ->
        [0] Letzte Meldung { $ago }, angekommen in unter einer Sekunde
        [one] Letzte Meldung { $ago }, angekommen nach { $seconds } Sekunde
       *[other] Letzte Meldung { $ago }, angekommen nach { $seconds } Sekunden
    }
push-never-told = Noch keine Meldung
