event-all-day = ganztägig
event-to = { $start } bis { $end }
event-high = hohe Wichtigkeit
event-low = niedrige Wichtigkeit
event-cancelled = abgesagt
event-tentative = mit Vorbehalt
event-free = als frei angezeigt
event-past = vorbei

## When it is, read out.

event-all-day-on = { $day }, ganztägig
event-all-day-from = { $first } bis { $last }, ganztägig
event-on = { $day }, { $start } bis { $end }
event-over-days = { $first }, { $start } bis { $last }, { $end }

event-join-title = { $title } beitreten
event-service-teams = Teams

## What a person answered, in the middle of a line.

event-answer-organizer = organisiert
event-answer-accepted = zugesagt
event-answer-tentative = mit Vorbehalt
event-answer-declined = abgelehnt
event-answer-open = keine Antwort
