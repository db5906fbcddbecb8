search-title = Search events
# Names the list, for screen readers.
search-list = Events found
search-placeholder = Title, place, person, or words of the description
search-hint = Searches everything that is synced, also while you are offline.
search-phrases = Beginnings of words are enough. A “phrase in quotes” is found as it stands; -word leaves out.
# How the list is sorted, in one line.
search-order = By time; within a group the best match first.

## Headings over what was found.

search-next = Next
search-later = Later
search-this-month = Earlier this month

## Where the words were found, before the words around them.

search-in-title = Title
search-in-place = Place
search-in-people = People
search-in-body = Description

search-found =
    { $n ->
        [0] Nothing found
        [one] { $n } event
       *[other] { $n } events
    }
search-more =
    { $n ->
        [one] { $n } more. One more word narrows it down.
       *[other] { $n } more. One more word narrows it down.
    }
search-many = Many more. One more word narrows it down.
search-indexing =
    { $n ->
        [one] Still indexing { $n } event; it is searched then.
       *[other] Still indexing { $n } events; they are searched then.
    }
search-nothing = Nothing found for “{ $text }”.
search-nothing-help = Try fewer words, or only their beginnings. Days that are not synced are not searched.
search-word-missing = Add a word to look for, beside those to leave out.
search-failed = The search did not work.
search-slow = Searching…
# Beside keys: what they do.
search-move = move
search-open = open
