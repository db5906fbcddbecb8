details-loading = Reading the event
details-failed = This event could not be read.
details-join-teams = Join Teams meeting
details-join-with = Join with { $name }
details-other-ways = Other links in this event
details-copy = Copy link
details-copied = Link copied
details-copy-failed = The link could not be copied.
details-meeting-id = Meeting ID
details-passcode = Passcode { $code }
details-passcode-alone = Passcode
details-dial-in = Dial in
details-conference-id = ID { $id }
details-place = Place
details-calendar = Calendar
details-all-day-on = { $day } · all day
details-all-day-from = { $first } – { $last } · all day
# $times is as in time-range: "11:30 – 12:30".
details-on = { $day } · { $times }
details-over-days = { $first }, { $start } – { $last }, { $end }
# The times in the zone that the event was made in; $start may be a span of times. $day tells
# whether they fall on another date there.
details-own-zone =
    { $day ->
        [after] { $start } the day after in { $zone }
        [before] { $start } the day before in { $zone }
       *[same] { $start } in { $zone }
    }
details-own-end =
    { $day ->
        [after] Ends { $end } the day after in { $zone }
        [before] Ends { $end } the day before in { $zone }
       *[same] Ends { $end } in { $zone }
    }
details-unnamed-zone = Its zone is not named; times are shown as if in UTC.
details-unknown-zone = Its zone “{ $zone }” is unknown; times are shown as if in UTC.
details-high = High importance
details-low = Low importance
details-cancelled = Cancelled
details-mine-accepted = You accepted
details-mine-tentative = You may come
details-mine-declined = You declined
details-mine-open = You have not answered
details-kind-focus-time = Focus time
details-kind-out-of-office = Out of office
details-kind-working-location = Working location
details-kind-birthday = Birthday
details-kind-from-gmail = From Gmail
details-sensitivity-personal = Personal
details-sensitivity-private = Private
details-sensitivity-confidential = Confidential
details-show-as-free = Shown as free
details-show-as-tentative = Shown as tentative
details-show-as-oof = Out of office
details-show-as-working-elsewhere = Working elsewhere
details-places = Places
details-open-place = Open { $name } on { $host }
details-organizer = Organizer
details-reminders = Reminders
# $list is the reminders of the calendar, as in reminders.ftl.
details-default = Calendar’s default: { $list }
details-default-none = Calendar’s default: none
details-attached = Attached
details-open-attachment = Open
details-open-attachment-named = Open { $name }
details-something-attached = Something is attached to this event.
details-on-page = See it on the event’s page
# Guests that a person brings along.
details-guests =
    { $n ->
        [one] +{ $n } guest
       *[other] +{ $n } guests
    }
details-answered = Answered { $when }
details-show-all = Show all
details-show-less = Show less
details-people = People
details-optional = optional
details-room = room
details-notes = Notes
details-more = Show { $n } more
details-open-outlook = Open in Outlook
details-open-google = Open in Google Calendar
details-comment = “{ $comment }”

## How many people answered what; the parts stand beside each other.

details-accepted = { $n } accepted
details-tentative = { $n } tentative
details-declined = { $n } declined
details-open = { $n } not answered
