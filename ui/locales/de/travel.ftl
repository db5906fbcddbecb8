travel-title = Tage in einer anderen Zeitzone zeigen
travel-lead = Tage und Zeiten erscheinen, wie die Uhren dort gehen. Termine bleiben, wann sie sind.
travel-search = Nach einem Ort suchen
travel-found =
    { $n ->
        [0] Kein solcher Ort
        [one] { $n } Ort
       *[other] { $n } Orte
    }
travel-more = { $n } weitere: weitertippen
travel-none = Kein Ort heißt so. Eine große Stadt in der Nähe hilft vielleicht.
travel-recent = Zuletzt
travel-now-in = Angezeigt in der Zeit von { $place }
travel-back = Zurück zu { $place }
travel-own = die eigene
travel-ahead = { $hours } Std. voraus
travel-behind = { $hours } Std. zurück
travel-same = gleiche Zeit
travel-tomorrow = { $time } morgen
travel-yesterday = { $time } gestern
