series-every-second = { $n ->
    [one] Every second
   *[other] Every { $n } seconds
}
series-every-minute = { $n ->
    [one] Every minute
   *[other] Every { $n } minutes
}
series-every-hour = { $n ->
    [one] Every hour
   *[other] Every { $n } hours
}
series-every-day = { $n ->
    [one] Every day
   *[other] Every { $n } days
}
series-every-week = { $n ->
    [one] Every week
   *[other] Every { $n } weeks
}
series-every-month = { $n ->
    [one] Every month
   *[other] Every { $n } months
}
series-every-year = { $n ->
    [one] Every year
   *[other] Every { $n } years
}
# From Monday to Friday.
series-workdays = Every weekday
# $days is one of the messages below, or several of them in a list.
series-on = { $every } on { $days }
series-weekdays = { $days }
# Days of the month: "day 15", "days 1 and 15".
series-dates = { $n ->
    [one] day { $dates }
   *[other] days { $dates }
}
series-last-date = the last day
# "27 March".
series-date-in-year = { $date }
# "the second Tuesday", "the last weekday".
series-ranked = { $rank ->
    [first] the first { $day }
    [second] the second { $day }
    [third] the third { $day }
    [fourth] the fourth { $day }
    [fifth] the fifth { $day }
    [last] the last { $day }
    [second-last] the second to last { $day }
    [third-last] the third to last { $day }
   *[each] every { $day }
}
# The days that series-ranked counts.
series-day = day
series-workday = weekday
series-weekend-day = weekend day
# "the last Sunday of March and October".
series-in-months = { $days } of { $months }
series-until = { $sentence } until { $date }
series-times = { $n ->
    [one] { $sentence }, once
   *[other] { $sentence }, { $n } times
}
