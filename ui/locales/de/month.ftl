month-week = Woche
month-open-week = Woche { $n } öffnen
month-open-day = { $day } öffnen
month-more-on = +{ $n } weitere am { $day }
month-no-events = Keine Termine an diesem Tag.
month-next =
    { $n ->
        [one] { $n } weiteren anzeigen
       *[other] { $n } weitere anzeigen
    }
