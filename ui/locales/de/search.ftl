search-title = Termine suchen
search-list = Gefundene Termine
search-placeholder = Titel, Ort, Person oder Wörter der Beschreibung
search-hint = Durchsucht alles, was synchronisiert ist, auch ohne Verbindung.
search-phrases = Wortanfänge genügen. Eine „Wendung in Anführungszeichen“ wird so gefunden, wie sie dasteht; -Wort lässt aus.
search-order = Nach Zeit; in einer Gruppe das Passendste zuerst.

search-next = Als Nächstes
search-later = Später
search-this-month = Früher in diesem Monat

search-in-title = Titel
search-in-place = Ort
search-in-people = Personen
search-in-body = Beschreibung

search-found =
    { $n ->
        [0] Nichts gefunden
        [one] { $n } Termin
       *[other] { $n } Termine
    }
search-more =
    { $n ->
        [one] { $n } weiterer. Ein Wort mehr grenzt ein.
       *[other] { $n } weitere. Ein Wort mehr grenzt ein.
    }
search-many = Viele weitere. Ein Wort mehr grenzt ein.
search-indexing =
    { $n ->
        [one] { $n } Termin wird noch erfasst und danach durchsucht.
       *[other] { $n } Termine werden noch erfasst und danach durchsucht.
    }
search-nothing = Nichts gefunden für „{ $text }“.
search-nothing-help = Weniger Wörter helfen vielleicht, oder nur ihre Anfänge. Tage, die nicht synchronisiert sind, werden nicht durchsucht.
search-word-missing = Neben den Wörtern, die fehlen sollen, braucht es eines, das gesucht wird.
search-failed = Die Suche hat nicht funktioniert.
search-slow = Suche läuft …
search-move = bewegen
search-open = öffnen
