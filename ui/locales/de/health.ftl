health-title = Zustand
health-loading = Der Bericht wird gelesen…
health-failed = Der Bericht kann nicht angezeigt werden
health-empty = Noch gibt es nichts zu berichten
health-empty-hint = Sobald ein Konto hinzugefügt ist, steht hier, wie die Synchronisierung läuft.
health-lead = Die letzten { $n } Tage, { $from } bis { $to }
health-accounts = Konten
health-last-success = Zuletzt gelungen
health-never = noch nie
health-success-rate = Gelungene Durchgänge
health-rate = { $percent } von { $rounds }
health-no-rounds = noch keine
health-calls = Anfragen
health-changes = Änderungen
health-durations = Dauer eines Durchgangs
health-durations-of = Meist { $median }, langsame { $slow }
health-millis = { $n } ms
health-seconds = { $n } s
health-failed-days =
    { $n ->
        [one] An { $n } Tag sind Durchgänge fehlgeschlagen.
       *[other] An { $n } Tagen sind Durchgänge fehlgeschlagen.
    }
health-failed-on = Durchgänge sind fehlgeschlagen am { $days }.
health-calls-by-day = Anfragen nach Tag
health-changes-by-day = Änderungen nach Tag
health-durations-by-day = Übliche Dauer nach Tag
health-chart-total = { $total } insgesamt, am meisten am { $day }: { $most }
health-chart-longest = Am längsten am { $day }: { $most }
health-chart-nothing = Nichts in diesen Tagen
health-as-table = Als Tabelle zeigen
health-as-table-of = Als Tabelle zeigen: { $chart }
health-as-chart = Als Diagramm zeigen
health-as-chart-of = Als Diagramm zeigen: { $chart }
health-day = Tag
health-number = Anzahl
health-duration = Dauer
health-push = Eingang von Änderungen
health-push-calendar = Kalender
health-push-state = Zustand
health-push-until = Bis
health-push-last = Letzte Meldung
health-push-lag = Verzögerung
health-push-on = Sofort
health-none-given = –
health-teams = Teams-Besprechungen
health-teams-share =
    { $meetings ->
        [0] Keine Besprechungen in diesen Tagen.
        [one] { $percent } von { $meetings } Besprechung fand in Teams statt.
       *[other] { $percent } von { $meetings } Besprechungen fanden in Teams statt.
    }
health-teams-by-day = Besprechungen nach Tag
health-on-teams = In Teams
health-other-meetings = Andere
health-calendars = Termine nach Kalender
health-events =
    { $n ->
        [one] { $n } Termin
       *[other] { $n } Termine
    }
health-events-teams = { $events }, davon { $teams } in Teams
health-no-calendars = Kein Kalender wird synchronisiert.
health-calendar-problem = Der letzte Durchgang ist fehlgeschlagen.
health-help = Funktioniert etwas nicht?
health-why-off = Ausgeschaltet; alle 5 Minuten abgefragt
health-why-unable = Der Anbieter meldet keine Änderungen; alle 5 Minuten abgefragt
health-why-no-relay = Kein Relay eingerichtet; alle 5 Minuten abgefragt
health-why-refused = Der Anbieter lehnt es ab, Änderungen zu melden; alle 5 Minuten abgefragt
health-why-elsewhere = Ein anderer Computer oder eine frühere Installation hört von den Änderungen; alle 5 Minuten abgefragt
health-why-short-lived = Der Anbieter würde nur minutenlang melden, oder die Uhr dieses Computers geht vor; alle 5 Minuten abgefragt
health-why-ended = Der Anbieter hat es beendet; es wird neu eingerichtet
health-why-failed = Das Einrichten ist fehlgeschlagen; bis dahin alle 5 Minuten abgefragt
health-why-starting = Wird eingerichtet; bis dahin alle 5 Minuten abgefragt
