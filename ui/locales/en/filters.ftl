filters-label = Filters
filters-high = High
filters-normal = Normal
filters-low = Low
filters-importance = Importance
filters-category = Category
filters-teams = Teams only
filters-hidden = { $n } hidden by filters
filters-clear = Clear
filters-link = Has link
filters-unanswered = Unanswered
filters-field = Filter
# The keys of the filter language are the same in every language.
filters-placeholder = Filter: importance:high category:"Client A" next:14d
filters-offers = What may follow
filters-use-instead = Use { $text }
filters-save = Save view
