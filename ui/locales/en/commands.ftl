commands-today = Go to today
commands-next = Next days
commands-previous = Previous days
commands-go-to = Go to a date…
commands-view-day = Day
commands-view-week = Week
commands-view-month = Month
commands-view-agenda = Agenda
commands-view-year = Year
commands-view-work-week = Work week
commands-view-days = Several days
commands-zoom-in = Taller hours
commands-zoom-out = Shorter hours
commands-zone = Show another time zone…
commands-next-event = Next event
commands-previous-event = Previous event
commands-join = Join the meeting that is on or next
commands-search = Search events…
commands-filter = Filter events
commands-clear-filter = Clear the filter
commands-palette = All commands…
commands-sync = Sync now
commands-sidebar = Show or hide the sidebar
commands-settings = Settings…
commands-health = Health of syncing…
commands-print = Print…
commands-help = Keyboard shortcuts…
commands-back = Back one step

## Groups of commands, as headings.

commands-group-move = Go
commands-group-views = Views
commands-group-events = Events
commands-group-find = Find
commands-group-window = Dayline
