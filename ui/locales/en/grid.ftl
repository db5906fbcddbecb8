grid-all-day = All day
# On a small button under a pile of events.
grid-more = +{ $n } more
grid-more-between = +{ $n } more, { $start } to { $end }
grid-fewer = Show fewer
# Read out for a day: "Friday, 20 November, 3 events".
grid-cell =
    { $events ->
        [0] { $day }, no events
        [one] { $day }, { $events } event
       *[other] { $day }, { $events } events
    }
grid-all-day-cell =
    { $events ->
        [0] { $day }, all day, no events
        [one] { $day }, all day, { $events } event
       *[other] { $day }, all day, { $events } events
    }
grid-loading = Reading your days
grid-week-number = W{ $n }
grid-empty =
    { $view ->
        [day] Nothing on this day.
        [month] Nothing in this month.
        [agenda] Nothing in this month.
        [year] Nothing in this year.
        [days] Nothing on these days.
       *[other] Nothing in this week.
    }
grid-filtered-out =
    { $n ->
        [one] The one event here is hidden by filters.
       *[other] All { $n } events here are hidden by filters.
    }
grid-all-off = All calendars are switched off. Switch one on to see its events.
grid-first-sync = Your events arrive as they sync.
grid-beyond = Part of these days lies outside of what is synced. They may hold more than is shown.
grid-failed = These days could not be read.
