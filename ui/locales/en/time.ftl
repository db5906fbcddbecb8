time-just-now = just now
time-minutes-ago = { $n } min ago
time-hours-ago = { $n } h ago
time-range = { $start } – { $end }
# A day with a time of it: "Friday, 20 November 2026, 17:04".
time-on-day = { $day }, { $minute }
