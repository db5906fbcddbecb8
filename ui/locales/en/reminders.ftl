# $when is one of the messages below.
reminders-by-mail = by mail { $when }
reminders-at-start = at the start
# $span is one or more of the units at the end: "1 day 2 hours".
reminders-before = { $span } before
reminders-after-start = { $span } after the start

## Of all-day events.

reminders-on-day = on the day at { $time }
reminders-days-before =
    { $n ->
        [1] the day before at { $time }
        [one] { $n } day before at { $time }
       *[other] { $n } days before at { $time }
    }
reminders-days-later =
    { $n ->
        [one] { $n } day later at { $time }
       *[other] { $n } days later at { $time }
    }

## Parts of a span; as they stand before "before" and "after".

reminders-weeks =
    { $n ->
        [one] { $n } week
       *[other] { $n } weeks
    }
reminders-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
reminders-hours =
    { $n ->
        [one] { $n } hour
       *[other] { $n } hours
    }
reminders-minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }
