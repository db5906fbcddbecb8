saved-views-title = Save this view
saved-views-name = Name
saved-views-save = Save
saved-views-replaces = A view with this name exists. Its filter is replaced.
saved-views-shortcut = Alt Shift { $digit } will show it.
saved-views-no-shortcut = All nine shortcuts are taken; it gets none.
