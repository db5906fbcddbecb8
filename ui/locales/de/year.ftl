year-day =
    { $events ->
        [0] { $day }, keine Termine
        [one] { $day }, { $events } Termin
       *[other] { $day }, { $events } Termine
    }
year-day-not-synced = { $day }, nicht synchronisiert
year-open-month = { $month } öffnen
year-week = Woche { $n }
year-legend = Termine am Tag
year-none = keine
year-from = { $from }–{ $to }
year-at-least = { $from } und mehr
year-not-synced = nicht synchronisiert
year-loading = Die Termine dieses Jahres werden gezählt
year-failed = Die Termine dieses Jahres konnten nicht gezählt werden.
