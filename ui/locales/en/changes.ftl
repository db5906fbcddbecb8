changes-title = Since you looked
# The list's name on buttons that open it.
changes-entry =
    { $n ->
        [0] Since you looked
        [one] Since you looked, { $n } new
       *[other] Since you looked, { $n } new
    }
changes-lead =
    { $n ->
        [0] Nothing new since you looked.
        [one] { $n } change that you have not seen
       *[other] { $n } changes that you have not seen
    }
changes-mark = Mark all as seen
changes-marked = All are marked as seen.
changes-new = New
changes-empty = Nothing has changed yet
changes-empty-hint = When somebody moves, cancels or answers a meeting, it stands here.
changes-none-of-kind = Nothing of this kind has changed.
changes-show-all = Show all
changes-failed = The list cannot be shown
changes-loading = Reading the list…
changes-today = Today
changes-yesterday = Yesterday
changes-more = Older changes are not listed.
changes-filter = Kinds of changes
changes-kind-all = All
changes-kind-time = Time
changes-kind-state = Cancelled or not
changes-kind-answers = Answers and guests
changes-kind-title = Title
changes-kind-place = Place
changes-kind-other = Other
# "Time 4": a kind with how many there are.
changes-kind-count = { $kind } { $n }
changes-gone = No longer in the calendar

# One moment or span of time: "Friday, 20 November, 10:00 – 11:00".
changes-when-timed = { $day }, { $times }
changes-when-all-day = { $day }, all day
changes-when-days = { $from } to { $to }, all day
changes-when-over-days = { $from }, { $start }, to { $to }, { $end }

changes-time = The time changed
changes-time-moved = Moved from { $before } to { $after }
changes-time-added = Now { $after }
changes-time-ends-later = Longer: now ends at { $end } instead of { $before }
changes-time-ends-earlier = Shorter: now ends at { $end } instead of { $before }
changes-recurrence = Repeats differently
changes-recurrence-added = Became a series
changes-recurrence-removed = No longer repeats
changes-cancelled = Cancelled
changes-deleted = Deleted
changes-uncertain = No longer certain
changes-restored = Takes place after all
changes-confirmed = Confirmed
changes-renamed = Renamed from “{ $before }” to “{ $after }”
changes-named = Now called “{ $after }”
changes-unnamed = No longer has a title; was “{ $before }”
changes-title-changed = The title changed
changes-place-moved = Place changed from “{ $before }” to “{ $after }”
changes-place-added = Place added: “{ $after }”
changes-place-removed = Place removed: “{ $before }”
changes-place-changed = The place changed
changes-description = The description changed
changes-description-added = A description was added
changes-description-removed = The description was removed
changes-importance =
    { $importance ->
        [high] Now of high importance
        [low] Now of low importance
       *[normal] Now of normal importance
    }
changes-answer =
    { $answer ->
        [accepted] You accepted
        [tentative] You answered tentatively
        [declined] You declined
        [organizer] You organise it now
       *[none] Your answer was taken back
    }
changes-guest =
    { $answer ->
        [accepted] { $person } accepted
        [tentative] { $person } may come
        [declined] { $person } declined
        [organizer] { $person } organises it now
       *[none] { $person } has not answered yet
    }
changes-guest-before =
    { $answer ->
        [accepted] { $person } accepted, after { $before }
        [tentative] { $person } may come, after { $before }
        [declined] { $person } declined, after { $before }
        [organizer] { $person } organises it now
       *[none] { $person } took back the answer
    }
# What somebody had answered before: "declined, after accepting".
changes-before =
    { $answer ->
        [accepted] accepting
        [tentative] answering tentatively
        [declined] declining
       *[other] another answer
    }
changes-guest-invited = { $person } was invited
changes-guest-invited-answered =
    { $answer ->
        [accepted] { $person } was invited and accepted
        [tentative] { $person } was invited and may come
        [declined] { $person } was invited and declined
       *[none] { $person } was invited
    }
changes-guest-removed = { $person } is no longer invited
changes-guests = The guests changed
changes-link = The link to join changed
changes-link-added = A link to join was added
changes-link-removed = The link to join was removed
