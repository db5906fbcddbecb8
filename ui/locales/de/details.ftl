details-loading = Termin wird gelesen
details-failed = Dieser Termin konnte nicht gelesen werden.
details-join-teams = Teams-Besprechung beitreten
details-join-with = Mit { $name } beitreten
details-other-ways = Weitere Links in diesem Termin
details-copy = Link kopieren
details-copied = Link kopiert
details-copy-failed = Der Link konnte nicht kopiert werden.
details-meeting-id = Besprechungs-ID
details-passcode = Passcode { $code }
details-passcode-alone = Passcode
details-dial-in = Einwahl
details-conference-id = ID { $id }
details-place = Ort
details-calendar = Kalender
details-all-day-on = { $day } · ganztägig
details-all-day-from = { $first } – { $last } · ganztägig
details-on = { $day } · { $times }
details-over-days = { $first }, { $start } – { $last }, { $end }
details-own-zone =
    { $day ->
        [after] { $start } am Folgetag in { $zone }
        [before] { $start } am Vortag in { $zone }
       *[same] { $start } in { $zone }
    }
details-own-end =
    { $day ->
        [after] Ende { $end } am Folgetag in { $zone }
        [before] Ende { $end } am Vortag in { $zone }
       *[same] Ende { $end } in { $zone }
    }
details-unnamed-zone = Die Zeitzone ist nicht angegeben; die Zeiten werden wie in UTC angezeigt.
details-unknown-zone = Die Zeitzone „{ $zone }“ ist unbekannt; die Zeiten werden wie in UTC angezeigt.
details-high = Hohe Wichtigkeit
details-low = Niedrige Wichtigkeit
details-cancelled = Abgesagt
details-mine-accepted = Zugesagt
details-mine-tentative = Mit Vorbehalt zugesagt
details-mine-declined = Abgelehnt
details-mine-open = Noch nicht beantwortet
details-kind-focus-time = Fokuszeit
details-kind-out-of-office = Abwesend
details-kind-working-location = Arbeitsort
details-kind-birthday = Geburtstag
details-kind-from-gmail = Aus Gmail
details-sensitivity-personal = Persönlich
details-sensitivity-private = Privat
details-sensitivity-confidential = Vertraulich
details-show-as-free = Als frei angezeigt
details-show-as-tentative = Als mit Vorbehalt angezeigt
details-show-as-oof = Abwesend
details-show-as-working-elsewhere = An einem anderen Ort tätig
details-places = Orte
details-open-place = { $name } auf { $host } öffnen
details-organizer = Organisiert von
details-reminders = Erinnerung
details-default = Standard des Kalenders: { $list }
details-default-none = Standard des Kalenders: keine
details-attached = Anhänge
details-open-attachment = Öffnen
details-open-attachment-named = { $name } öffnen
details-something-attached = Dieser Termin hat einen Anhang.
details-on-page = Auf der Seite des Termins ansehen
details-guests =
    { $n ->
        [one] +{ $n } Gast
       *[other] +{ $n } Gäste
    }
details-answered = Beantwortet: { $when }
details-show-all = Alles anzeigen
details-show-less = Weniger anzeigen
details-people = Personen
details-optional = optional
details-room = Raum
details-notes = Notizen
details-more = { $n } weitere anzeigen
details-open-outlook = In Outlook öffnen
details-open-google = In Google Kalender öffnen
details-comment = „{ $comment }“

## How many people answered what; the parts stand beside each other.

details-accepted = { $n } zugesagt
details-tentative = { $n } mit Vorbehalt
details-declined = { $n } abgelehnt
details-open = { $n } ohne Antwort
