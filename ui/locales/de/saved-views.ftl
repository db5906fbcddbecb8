saved-views-title = Diese Ansicht speichern
saved-views-name = Name
saved-views-save = Speichern
saved-views-replaces = Eine Ansicht mit diesem Namen gibt es schon. Ihr Filter wird ersetzt.
saved-views-shortcut = Alt Umschalt { $digit } zeigt sie.
saved-views-no-shortcut = Alle neun Tastenkürzel sind vergeben; sie bekommt keines.
