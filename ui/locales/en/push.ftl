push-menu = How changes arrive…
push-title = How changes of { $email } arrive
push-at-once = Changes arrive at once
push-relay = Connected to { $host }.
push-no-relay = No relay is set, so calendars are asked every 5 minutes. With one, changes arrive at once.
push-not-connected = Not connected to { $host }. Until it answers, calendars are asked every 5 minutes.
push-problem-unreachable = The relay cannot be reached.
push-problem-not-a-relay = What answers at its address is not a relay.
push-problem-busy = The relay is busy.
push-problem-unknown = The relay does not know this computer any more.
push-problem-not-admitted = This relay lets in only those who bring its admission token.
push-problem-replaced = Another Dayline with a copy of this data is connected.
push-until = Changes arrive at once, until { $moment }, then renewed
push-told = Last told { $ago }
# $seconds is how long it took from the provider to this window.
push-told-after =
    { $seconds ->
        [0] Last told { $ago }, here within a second
        [one] Last told { $ago }, here { $seconds } second later
       *[other] Last told { $ago }, here { $seconds } seconds later
    }
push-never-told = Nothing told yet
