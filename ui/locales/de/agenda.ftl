agenda-label = Agenda
agenda-all-day = ganztägig
agenda-from = ab { $start }
agenda-until = bis { $end }
agenda-day-of = Tag { $n } von { $all }
agenda-now = jetzt
agenda-events =
    { $n ->
        [one] { $n } Termin
       *[other] { $n } Termine
    }

agenda-nothing-today = Heute nichts
agenda-nothing-on = Nichts am { $day }
agenda-nothing-between = Nichts vom { $from } bis { $to }

agenda-no-match-today = Heute nichts Passendes
agenda-no-match-on = Nichts Passendes am { $day }
agenda-no-match-between = Nichts Passendes vom { $from } bis { $to }

agenda-loading-before = Frühere Tage werden gelesen …
agenda-loading-after = Spätere Tage werden gelesen …
agenda-failed-before = Frühere Tage konnten nicht gelesen werden.
agenda-failed-after = Spätere Tage konnten nicht gelesen werden.
agenda-further-before = Weiter zurück suchen
agenda-further-after = Weiter nach vorn suchen
