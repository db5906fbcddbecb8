# Before the other calendars that hold the same meeting.
related-also-in = Also in
related-open-copy = Open it in { $calendar }, { $account }
# $list is names of calendars: "Calendar and Personal". Read out with the event.
related-in-calendars = in { $list }
related-series = Series
# Events of the same exchange of mails.
related-thread = Same conversation
related-both = Series and conversation
related-others =
    { $n ->
        [one] { $n } other event
       *[other] { $n } other events
    }
related-none = No other event belongs to it.
# Beside the event itself in the list of its series.
related-current = this one
related-more = Show { $n } more
related-reading = Reading…
related-others-failed = The other events could not be read.
related-history = History
related-changes =
    { $n ->
        [one] { $n } change
       *[other] { $n } changes
    }
related-unchanged = Nothing has changed since Dayline knows it.
related-new = new
related-history-failed = What changed could not be read.
related-copy-meeting-id = Copy the meeting ID
related-copy-passcode = Copy the passcode
related-copy-dial-in = Copy the phone number
related-copy-conference-id = Copy the ID for the phone
related-copied = Copied
related-copy-failed = It could not be copied.
