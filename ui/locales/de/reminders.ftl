reminders-by-mail = per E-Mail { $when }
reminders-at-start = zu Beginn
reminders-before = { $span } vorher
reminders-after-start = { $span } nach Beginn

## Of all-day events.

reminders-on-day = am selben Tag um { $time }
reminders-days-before =
    { $n ->
        [1] am Vortag um { $time }
        [one] { $n } Tag vorher um { $time }
       *[other] { $n } Tage vorher um { $time }
    }
reminders-days-later =
    { $n ->
        [one] { $n } Tag später um { $time }
       *[other] { $n } Tage später um { $time }
    }

## Parts of a span; as they stand before "before" and "after".

reminders-weeks =
    { $n ->
        [one] { $n } Woche
       *[other] { $n } Wochen
    }
reminders-days =
    { $n ->
        [one] { $n } Tag
       *[other] { $n } Tage
    }
reminders-hours =
    { $n ->
        [one] { $n } Stunde
       *[other] { $n } Stunden
    }
reminders-minutes =
    { $n ->
        [one] { $n } Minute
       *[other] { $n } Minuten
    }
