time-just-now = gerade eben
time-minutes-ago = vor { $n } Min.
time-hours-ago = vor { $n } Std.
time-range = { $start } – { $end }
time-on-day = { $day }, { $minute }
