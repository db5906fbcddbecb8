travel-title = Show days in another time zone
travel-lead = Days and times are shown as clocks there tell them. Events stay when they are.
travel-search = Search for a place
travel-found =
    { $n ->
        [0] No such place
        [one] { $n } place
       *[other] { $n } places
    }
travel-more =
    { $n ->
        [one] { $n } more: go on typing
       *[other] { $n } more: go on typing
    }
travel-none = No place has this name. Try a large city nearby.
travel-recent = Recent
travel-now-in = Shown in { $place } time
travel-back = Back to { $place }
travel-own = your own
# $hours is written as 5:30 where there are minutes.
travel-ahead = { $hours } h ahead
travel-behind = { $hours } h behind
travel-same = same time
travel-tomorrow = { $time } tomorrow
travel-yesterday = { $time } yesterday
