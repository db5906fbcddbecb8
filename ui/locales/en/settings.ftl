settings-title = Settings
settings-search = Search settings
settings-pages = Pages of the settings
settings-page-accounts = Accounts
settings-page-calendars = Calendars
settings-page-appearance = Appearance
settings-page-time = Time
settings-page-shortcuts = Shortcuts
settings-page-join = Joining
settings-page-push = Push
settings-page-privacy = Privacy
settings-page-advanced = Advanced
# Under the search field.
settings-found =
    { $n ->
        [0] Nothing found
        [one] { $n } setting found
       *[other] { $n } settings found
    }
settings-found-none = No setting has these words. Try another one, or look through the pages.
settings-clear-search = Clear the search
settings-as-system = As the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-theme-contrast = High contrast
settings-density-compact = Compact
settings-density-comfortable = Comfortable
settings-clock-12 = 12 hours
settings-clock-24 = 24 hours
# Of the usual text size.
settings-percent = { $n } %
# Of the height of an hour.
settings-pixels =
    { $n ->
        [one] { $n } pixel
       *[other] { $n } pixels
    }
settings-smaller = Smaller
settings-larger = Larger
settings-work-from = Begin
settings-work-to = End
settings-work-to-word = to
settings-add-zone = Add a time zone
settings-remove-zone = Remove { $zone }
settings-travel = Travel to another zone…
settings-own-zone = { $zone }, as on this computer
settings-sample-accounts = Accounts are added after leaving the sample data.
settings-no-accounts = No account yet.
settings-choose = Choose calendars…
settings-remove = Remove…
settings-calendar = Calendar
settings-synced = Synced
settings-shown = Shown
settings-sync-of = Sync { $name }
settings-show-of = Show { $name }
settings-patterns = Patterns in use
settings-no-patterns = None yet. The links of the usual services are found without any.
settings-patterns-failed = The patterns cannot be read
settings-pattern-add = Add a pattern
settings-pattern-name = Name
settings-pattern-name-hint = How the service is called beside Join.
settings-pattern-expression = Pattern
settings-pattern-expression-hint = A regular expression that matches the whole link.
settings-pattern-keep = Add
settings-pattern-taken = There is a pattern of this name already.
settings-pattern-trying = Looking for links…
settings-pattern-found =
    { $count ->
        [0] Finds no link in the { $lookedAt } events looked at.
        [one] Finds a link in { $count } of { $lookedAt } events.
       *[other] Finds links in { $count } of { $lookedAt } events.
    }
settings-pattern-first = The first links
settings-pattern-known = Known as { $service } already
settings-pattern-remove = Remove { $name }
settings-pattern-removed = { $name } was removed.
settings-pattern-added = { $name } was added.
settings-undo = Undo
settings-relay-address = Address
settings-relay-remove = Use none
settings-push-unknown = How changes arrive is not known yet.
settings-push-none = No calendar is synced.
settings-push-of = Changes of { $name } at once
settings-privacy-calendars = Your calendars are kept on this computer. Dayline talks to the providers that you signed in to, and to nobody else about you.
settings-privacy-passwords = You sign in with your browser. Dayline never sees your password, and keeps its own keys in the system’s keyring.
settings-privacy-relay = A relay, if you set one, hears only that a calendar has changed. It learns no title, person or time, and keeps nothing.
settings-privacy-telemetry = There is no telemetry: nothing counts what you do, and no report is sent by itself.
settings-export = Write the file
settings-exporting = Writing the file…
# Followed by the path of the file.
settings-exported = Written to:
settings-export-without = It holds versions, counts, states and error codes. No title, person, address, link or password stands in it, and it is not sent anywhere.
settings-client-set = Set
settings-client-missing = Not set
settings-client-change = Change…
settings-client-enter = Enter…
settings-sample-enter = Look around
settings-sample-leave = Leave the sample data

# Each setting: its name, a hint under it, and words that people may search it by.
settings-of-accounts = Your accounts
settings-of-accounts-hint = Whose calendars this computer shows.
settings-of-accounts-also = sign in out login microsoft google outlook gmail email add remove
settings-of-calendars = Calendars by account
settings-of-calendars-hint = Synced ones are kept on this computer; shown ones stand in the views.
settings-of-calendars-also = colour hide show visible sync connect list
settings-of-merge-copies = One meeting in two calendars shows once
settings-of-merge-copies-hint = The other places are named in its details.
settings-of-merge-copies-also = copies duplicates twice merge same double
settings-of-declined = Show declined events
settings-of-declined-hint = They are struck through.
settings-of-declined-also = refused no answer hide rejected
settings-of-theme = Theme
settings-of-theme-also = dark light night mode colour color contrast appearance black white
settings-of-text-size = Text size
settings-of-text-size-hint = Rows and buttons grow with it.
settings-of-text-size-also = zoom larger bigger smaller font percent scale
settings-of-density = Density
settings-of-density-also = compact comfortable tight spacing rows room
settings-of-hour-height = Height of an hour
settings-of-hour-height-hint = In the views with hours; plus and minus change it too.
settings-of-hour-height-also = zoom hour row tall grid scale
settings-of-language = Language
settings-of-language-hint = The window loads anew.
settings-of-language-also = english deutsch arabic german translation locale
settings-of-filters = Show the filter bar
settings-of-filters-also = filter chips hide importance category
settings-of-days = Days in the view “Days”
settings-of-days-also = number columns n days custom
settings-of-clock = Clock
settings-of-clock-also = 12 24 hour am pm time format
settings-of-first-day = First day of the week
settings-of-first-day-also = monday sunday saturday start
settings-of-weekends = Show weekends
settings-of-weekends-also = saturday sunday hide days off
settings-of-week-numbers = Show week numbers
settings-of-week-numbers-also = calendar week cw iso
settings-of-work-days = Working days
settings-of-work-days-hint = The view “Work week” shows these.
settings-of-work-days-also = business office weekdays
settings-of-work-hours = Working hours
settings-of-work-hours-hint = Hours outside of them are shaded.
settings-of-work-hours-also = business office day start end shade
settings-of-other-zones = Other time zones
settings-of-other-zones-hint = Their hours stand beside yours, for at most two.
settings-of-other-zones-also = timezone second column world clock abroad
settings-of-travel-zone = Time zone of the days shown
settings-of-travel-zone-hint = While you travel, days and times are those of another place.
settings-of-travel-zone-also = travel timezone abroad place
settings-of-single-keys = Single keys act
settings-of-single-keys-hint = Such as T for today. Keys with Ctrl, Alt or ⌘ always act.
settings-of-single-keys-also = shortcuts letters keyboard off disable
settings-of-keys = Keys of the commands
settings-of-keys-hint = Press “Change”, then the keys.
settings-of-keys-also = keyboard shortcuts remap hotkey binding
settings-of-join-patterns = Your own meeting links
settings-of-join-patterns-hint = Dayline knows the usual services. A pattern finds the links of another one, such as your company’s own.
settings-of-join-patterns-also = join regex regular expression teams zoom meet jitsi video call pattern
settings-of-relay = Relay
settings-of-relay-hint = The address of a relay that passes on that something has changed, without what. Empty: calendars are asked every 5 minutes.
settings-of-relay-also = push server url address instant notify
settings-of-push-calendars = Changes at once, by calendar
settings-of-push-calendars-also = push notify instant poll subscription
settings-of-leaves = What leaves this computer
settings-of-leaves-also = privacy telemetry tracking data sent cloud analytics
settings-of-diagnostics = Diagnostics
settings-of-diagnostics-hint = A file to hand on when something does not work.
settings-of-diagnostics-also = bundle export report log support debug
settings-of-client-ids = Client IDs
settings-of-client-ids-hint = How Dayline is registered at a provider.
settings-of-client-ids-also = oauth registration azure entra google cloud console application secret
settings-of-sample = Sample data
settings-of-sample-hint = A made-up week to look around in. Your own accounts stay as they are.
settings-of-sample-also = demo example try look around
settings-of-version = Version
settings-of-version-also = about build release number
