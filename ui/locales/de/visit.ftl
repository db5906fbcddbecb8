visit-label = { $months } wird geladen
visit-going = { $months } wird geladen…
visit-retry = Wiederholen
visit-offline = Offline. Zu sehen sind wiederkehrende Termine; andere Termine dieser Tage kommen, sobald { $who } erreichbar ist.
visit-failed = { $message } Zu sehen sind wiederkehrende Termine; andere Termine dieser Tage fehlen.
visit-failed-account = { $account }: { $message } Zu sehen sind wiederkehrende Termine; andere Termine dieser Tage fehlen.
