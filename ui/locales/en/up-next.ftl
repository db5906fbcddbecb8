up-next-label = Now and next
# Of the meeting that is on.
up-next-until = until { $time }
up-next-next = Next
up-next-dismiss = Do not name { $title } here any more
up-next-at = { $time }, { $wait }
up-next-in-minutes = in { $minutes } min
up-next-in-hours = in { $hours } h
up-next-in-hours-and-minutes = in { $hours } h { $minutes } min
up-next-nothing = There is no meeting to join in the next 24 hours.
up-next-no-link = The next meeting has no link to join.
