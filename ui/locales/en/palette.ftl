palette-title = Commands
# Names the list, for screen readers.
palette-list = Commands, calendars, dates and events
palette-placeholder = Command, calendar, event, or a date such as “next friday”
palette-nothing = Nothing is called “{ $text }”.
palette-nothing-help = Try a word of a command or of an event, or a date.
palette-found =
    { $n ->
        [one] { $n } entry
       *[other] { $n } entries
    }
# Beside a key: what it does.
palette-run = run

## Headings.

palette-recent = Used last
palette-date = Date
palette-saved = Saved views
palette-calendars = Calendars
palette-settings = Settings
palette-accounts = Accounts
palette-events = Events found

## Entries; $name is a calendar's or a page's, $account a mail address.

# Beside a date.
palette-go-to-day = go there
palette-show = Show { $name }
palette-hide = Hide { $name }
palette-only = Show only { $name }
palette-others = Show the other calendars again
palette-page = Settings: { $name }
palette-sync = Sync { $account }
palette-choose = Choose calendars of { $account }
