agenda-label = Agenda
agenda-all-day = all day
# The time of an event that goes on after midnight, and on its last day.
agenda-from = from { $start }
agenda-until = until { $end }
# Which day of an event of several days.
agenda-day-of = day { $n } of { $all }
# Read out: the event is on.
agenda-now = now
agenda-events =
    { $n ->
        [one] { $n } event
       *[other] { $n } events
    }

## Days without events.

agenda-nothing-today = Nothing today
agenda-nothing-on = Nothing on { $day }
# The ends of a span of days: "3" and "9 March", or "March 3" and "9".
agenda-nothing-between = Nothing from { $from } to { $to }

## The same under a filter.

agenda-no-match-today = No match today
agenda-no-match-on = No match on { $day }
agenda-no-match-between = No match from { $from } to { $to }

## At the ends of the list.

agenda-loading-before = Reading earlier days…
agenda-loading-after = Reading later days…
agenda-failed-before = Earlier days could not be read.
agenda-failed-after = Later days could not be read.
agenda-further-before = Look further back
agenda-further-after = Look further ahead
