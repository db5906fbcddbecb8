grid-all-day = Ganztägig
grid-more = +{ $n } weitere
grid-more-between = +{ $n } weitere, { $start } bis { $end }
grid-fewer = Weniger anzeigen
grid-cell =
    { $events ->
        [0] { $day }, keine Termine
        [one] { $day }, { $events } Termin
       *[other] { $day }, { $events } Termine
    }
grid-all-day-cell =
    { $events ->
        [0] { $day }, ganztägig, keine Termine
        [one] { $day }, ganztägig, { $events } Termin
       *[other] { $day }, ganztägig, { $events } Termine
    }
grid-loading = Tage werden gelesen
grid-week-number = KW { $n }
grid-empty =
    { $view ->
        [day] Keine Termine an diesem Tag.
        [month] Keine Termine in diesem Monat.
        [agenda] Keine Termine in diesem Monat.
        [year] Keine Termine in diesem Jahr.
        [days] Keine Termine an diesen Tagen.
       *[other] Keine Termine in dieser Woche.
    }
grid-filtered-out =
    { $n ->
        [one] Der einzige Termin hier ist durch Filter ausgeblendet.
       *[other] Alle { $n } Termine hier sind durch Filter ausgeblendet.
    }
grid-all-off = Alle Kalender sind ausgeschaltet. Sobald einer eingeschaltet ist, sind seine Termine zu sehen.
grid-first-sync = Die Termine erscheinen, während sie synchronisiert werden.
grid-beyond = Ein Teil dieser Tage liegt außerhalb des synchronisierten Zeitraums. Es kann mehr Termine geben, als zu sehen sind.
grid-failed = Diese Tage konnten nicht gelesen werden.
