# Names a list for screen readers; $name is an account's address or a group.
arrange-list = Calendars of { $name }
arrange-show-only = Show only this one
arrange-show-before = Show the others again
arrange-only-shown = Only { $name } is shown
arrange-shown-before = The others are shown again
arrange-move-up = Move up
arrange-move-down = Move down
# Read out after a move.
arrange-moved = { $name }, { $at } of { $of }
arrange-moved-to = { $name } is in { $group } now
arrange-is-first = { $name } is the first already
arrange-is-last = { $name } is the last already
arrange-to-group = Move to group
# Out of a group.
arrange-back-to = Back to { $account }
arrange-stop-sync = Stop syncing
arrange-read-only = Read only
arrange-new-group = New group
arrange-new-group-menu = New group…
arrange-group-name = Name of the group
arrange-group-empty = Drag calendars here, or move them with their menu.
arrange-rename = Rename…
arrange-show-only-group = Show only this group
arrange-remove-group = Remove group
arrange-group-removed = { $name } is removed. Its calendars are under their accounts.
arrange-search = Find a calendar
arrange-search-none = No calendar is called “{ $text }”.
arrange-clear = Clear
