go-to-title = Go to a date
go-to-label = Date
go-to-hint = Such as 14.6.2019, 2019-06-14, 14 June, tomorrow, next Friday, in 3 weeks
go-to-unknown = This is not a date that Dayline understands.
go-to-go = Go

## All that people write for a unit behind a number, as in "+3 weeks": short forms, singular, plural.
## In small letters, with spaces between. What English has here is understood in every language.

go-to-day-forms = d day days
go-to-week-forms = w week weeks
go-to-month-forms = m month months
go-to-year-forms = y year years

## What people put before a weekday or a unit, or behind it, in all its forms: "next friday", "in 2 weeks",
## "2 weeks ago", "in a week", "on friday". In small letters, with spaces between. What English has here is
## understood in every language.

go-to-next-forms = next coming following
go-to-last-forms = last past previous
go-to-this-forms = this
go-to-ahead-forms = in within
go-to-ago-forms = ago back
go-to-one-forms = a an one
go-to-filler-forms = on the of
