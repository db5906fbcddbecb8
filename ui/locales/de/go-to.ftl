go-to-title = Gehe zu Datum
go-to-label = Datum
go-to-hint = Zum Beispiel 14.6.2019, 2019-06-14, 14. Juni, morgen, nächsten Freitag, in 3 Wochen
go-to-unknown = Dieses Datum versteht Dayline nicht.
go-to-go = Los

## All that people write for a unit behind a number, as in "+3 weeks": short forms, singular, plural.
## In small letters, with spaces between. What English has here is understood in every language.

go-to-day-forms = t tag tage tagen
go-to-week-forms = w woche wochen
go-to-month-forms = m monat monate monaten
go-to-year-forms = j jahr jahre jahren

## What people put before a weekday or a unit, or behind it, in all its forms: "next friday", "in 2 weeks",
## "2 weeks ago", "in a week", "on friday". In small letters, with spaces between. What English has here is
## understood in every language.

go-to-next-forms = nächste nächsten nächster nächstes nächstem kommende kommenden kommender kommendes kommendem
go-to-last-forms = letzte letzten letzter letztes letztem vorige voriger vorigen voriges vergangene vergangenen
go-to-this-forms = diese diesen dieser dieses diesem
go-to-ahead-forms = in
go-to-ago-forms = vor
go-to-one-forms = ein eine einen einem einer
go-to-filler-forms = am an den der dem im des
