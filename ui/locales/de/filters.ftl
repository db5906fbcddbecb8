filters-label = Filter
filters-high = Hoch
filters-normal = Normal
filters-low = Niedrig
filters-importance = Wichtigkeit
filters-category = Kategorie
filters-teams = Nur Teams
filters-hidden = { $n } durch Filter ausgeblendet
filters-clear = Zurücksetzen
filters-link = Mit Link
filters-unanswered = Unbeantwortet
filters-field = Filter
# The keys of the filter language are the same in every language.
filters-placeholder = Filter: importance:high category:"Kunde A" next:14d
filters-offers = Mögliche Fortsetzungen
filters-use-instead = { $text } verwenden
filters-save = Ansicht speichern
