# Read out for a day: "14 March, 5 events".
year-day =
    { $events ->
        [0] { $day }, no events
        [one] { $day }, { $events } event
       *[other] { $day }, { $events } events
    }
year-day-not-synced = { $day }, not synced
# On the name of a month: shows that month by itself.
year-open-month = Open { $month }
year-week = Week { $n }
# Before the shades, from none to most.
year-legend = Events on a day
year-none = none
year-from = { $from }–{ $to }
year-at-least = { $from } or more
# Beside the shades: days of which nobody knows.
year-not-synced = not synced
year-loading = Counting the events of this year
year-failed = The events of this year could not be counted.
