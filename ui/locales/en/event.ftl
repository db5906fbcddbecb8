event-all-day = all day
# A span of times or of days, read out.
event-to = { $start } to { $end }
event-high = high importance
event-low = low importance
event-cancelled = cancelled
event-tentative = tentative
event-free = shown as free
# The event has ended.
event-past = over

## When it is, read out.

event-all-day-on = { $day }, all day
event-all-day-from = { $first } to { $last }, all day
event-on = { $day }, { $start } to { $end }
event-over-days = { $first }, { $start } to { $last }, { $end }

event-join-title = Join { $title }
event-service-teams = Teams

## What a person answered, in the middle of a line.

event-answer-organizer = organizer
event-answer-accepted = accepted
event-answer-tentative = tentative
event-answer-declined = declined
event-answer-open = not answered
