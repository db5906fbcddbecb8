health-title = Health
health-loading = Reading the report…
health-failed = The report cannot be shown
health-empty = There is nothing to report yet
health-empty-hint = Once an account is added, it says here how synchronisation goes.
health-lead = The last { $n } days, from { $from } to { $to }
health-accounts = Accounts
health-last-success = Last success
health-never = not yet
health-success-rate = Rounds that worked
# "99.8 % of 7,200": rounds that worked.
health-rate = { $percent } of { $rounds }
health-no-rounds = none yet
health-calls = Requests
health-changes = Changes
health-durations = Duration of a round
health-durations-of = { $median } usually, { $slow } for the slow ones
health-millis = { $n } ms
health-seconds = { $n } s
health-failed-days =
    { $n ->
        [one] On { $n } day rounds failed.
       *[other] On { $n } days rounds failed.
    }
health-failed-on = Rounds failed on { $days }.
health-calls-by-day = Requests by day
health-changes-by-day = Changes by day
health-durations-by-day = Usual duration by day
health-chart-total = { $total } in all, most on { $day }: { $most }
health-chart-longest = Longest on { $day }: { $most }
health-chart-nothing = Nothing in these days
health-as-table = Show as table
health-as-table-of = Show as table: { $chart }
health-as-chart = Show as chart
health-as-chart-of = Show as chart: { $chart }
health-day = Day
health-number = Number
health-duration = Duration
health-push = How changes arrive
health-push-calendar = Calendar
health-push-state = State
health-push-until = Until
health-push-last = Last told
health-push-lag = Delay
health-push-on = At once
# In a table, where there is nothing.
health-none-given = –
health-teams = Teams meetings
health-teams-share =
    { $meetings ->
        [0] No meetings in these days.
        [one] { $percent } of { $meetings } meeting was on Teams.
       *[other] { $percent } of { $meetings } meetings were on Teams.
    }
health-teams-by-day = Meetings by day
health-on-teams = On Teams
health-other-meetings = Others
health-calendars = Events by calendar
health-events =
    { $n ->
        [one] { $n } event
       *[other] { $n } events
    }
health-events-teams = { $events }, { $teams } on Teams
health-no-calendars = No calendar is synced.
health-calendar-problem = Its last round failed.
health-help = Something does not work?
# Why a calendar’s changes do not arrive at once.
health-why-off = Switched off; asked every 5 minutes
health-why-unable = Its provider does not tell of changes; asked every 5 minutes
health-why-no-relay = No relay is set; asked every 5 minutes
health-why-refused = Its provider refuses to tell of changes; asked every 5 minutes
health-why-elsewhere = Another computer, or an earlier installation, hears of its changes; asked every 5 minutes
health-why-short-lived = Its provider would tell for minutes only, or this computer’s clock is ahead; asked every 5 minutes
health-why-ended = Its provider ended it; it is being set up anew
health-why-failed = It could not be set up; asked every 5 minutes until it is
health-why-starting = Being set up; asked every 5 minutes until then
