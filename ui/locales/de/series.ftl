series-every-second = { $n ->
    [one] Jede Sekunde
   *[other] Alle { $n } Sekunden
}
series-every-minute = { $n ->
    [one] Jede Minute
   *[other] Alle { $n } Minuten
}
series-every-hour = { $n ->
    [one] Jede Stunde
   *[other] Alle { $n } Stunden
}
series-every-day = { $n ->
    [one] Jeden Tag
   *[other] Alle { $n } Tage
}
series-every-week = { $n ->
    [one] Jede Woche
   *[other] Alle { $n } Wochen
}
series-every-month = { $n ->
    [one] Jeden Monat
   *[other] Alle { $n } Monate
}
series-every-year = { $n ->
    [one] Jedes Jahr
   *[other] Alle { $n } Jahre
}
# From Monday to Friday.
series-workdays = Montags bis freitags
# $days is one of the messages below, or several of them in a list.
series-on = { $every } { $days }
series-weekdays = am { $days }
# Days of the month: "day 15", "days 1 and 15".
series-dates = { $n ->
    [one] am Tag { $dates }
   *[other] an den Tagen { $dates }
}
series-last-date = am letzten Tag
# "27 March".
series-date-in-year = am { $date }
# "the second Tuesday", "the last weekday".
series-ranked = { $rank ->
    [first] am ersten { $day }
    [second] am zweiten { $day }
    [third] am dritten { $day }
    [fourth] am vierten { $day }
    [fifth] am fünften { $day }
    [last] am letzten { $day }
    [second-last] am vorletzten { $day }
    [third-last] am drittletzten { $day }
   *[each] an jedem { $day }
}
# The days that series-ranked counts.
series-day = Tag
series-workday = Wochentag (Mo–Fr)
series-weekend-day = Wochenendtag
# "the last Sunday of March and October".
series-in-months = { $days } im { $months }
series-until = { $sentence } bis { $date }
series-times = { $n ->
    [one] { $sentence }, einmal
   *[other] { $sentence }, { $n }-mal
}
