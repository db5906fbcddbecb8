# Over the column of week numbers, for screen readers.
month-week = Week
month-open-week = Open week { $n }
# On the date of a day: shows that day by itself. $day is as "Friday 20 November".
month-open-day = Open { $day }
# Read out for the button "+3 more" of a day.
month-more-on = +{ $n } more on { $day }
# In the list of a day that has none.
month-no-events = Nothing on this day.
# At the end of a long list.
month-next = Show { $n } more
