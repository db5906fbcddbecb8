views-day = Tag
views-work-week = Arbeitswoche
views-week = Woche
views-days = Tage
views-month = Monat
views-agenda = Agenda
views-year = Jahr
views-n-days =
    { $n ->
        [one] { $n } Tag
       *[other] { $n } Tage
    }
views-choose = Ansicht
views-label = { $view }, { $title }
views-previous =
    { $view ->
        [day] Voriger Tag
        [days] Vorige Tage
        [month] Voriger Monat
        [agenda] Voriger Monat
        [year] Voriges Jahr
       *[other] Vorige Woche
    }
views-next =
    { $view ->
        [day] Nächster Tag
        [days] Nächste Tage
        [month] Nächster Monat
        [agenda] Nächster Monat
        [year] Nächstes Jahr
       *[other] Nächste Woche
    }
views-toolbar = Angezeigte Tage
views-search = Suchen
views-settings = Einstellungen
views-more = Mehr
views-commands = Befehle
views-health = Zustand
views-print = Drucken
