# $months is "June 2019" or "June – July 2019".
visit-label = Fetching { $months }
visit-going = Fetching { $months }…
visit-retry = Retry
# $who is one provider, or a list of them.
visit-offline = Offline. Showing what repeats; other events of these days come when { $who } can be reached.
visit-failed = { $message } Showing what repeats; other events of these days are missing.
visit-failed-account = { $account }: { $message } Showing what repeats; other events of these days are missing.
