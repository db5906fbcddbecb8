view-list-title = Views
view-list-empty = Filters that you save are here.
view-list-save = Save the filter as a view
# How many events of the days shown a view leaves.
view-list-events =
    { $n ->
        [one] { $n } event
       *[other] { $n } events
    }
view-list-name = Name of the view
view-list-taken = Another view has this name.
view-list-shortcut = Shortcut
view-list-no-shortcut = No shortcut
# $keys such as "Alt+Shift+1", which another view has now.
view-list-shortcut-of = { $keys }, now { $view }
view-list-replace = Replace by the filter in force
view-list-remove = Remove…
view-list-remove-now = Remove “{ $name }”
view-list-keep = Keep it
