common-app = Dayline
common-microsoft = Microsoft
common-google = Google
common-untitled = No title
common-join = Join
common-close = Close
common-cancel = Cancel
common-back = Back
common-done = Done
common-try-again = Try again
common-dismiss = Dismiss
common-number = { $n }
# Between the parts of a list without "and".
common-comma = { ", " }
