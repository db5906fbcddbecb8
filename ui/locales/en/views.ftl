views-day = Day
views-work-week = Work week
views-week = Week
views-days = Days
views-month = Month
views-agenda = Agenda
views-year = Year
views-n-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
views-choose = View
views-label = { $view }, { $title }
views-previous =
    { $view ->
        [day] Previous day
        [days] Previous days
        [month] Previous month
        [agenda] Previous month
        [year] Previous year
       *[other] Previous week
    }
views-next =
    { $view ->
        [day] Next day
        [days] Next days
        [month] Next month
        [agenda] Next month
        [year] Next year
       *[other] Next week
    }
# Names the row of buttons over the days, for screen readers.
views-toolbar = Days shown
views-search = Search
views-settings = Settings
views-more = More
views-commands = Commands
views-health = Health
views-print = Print
