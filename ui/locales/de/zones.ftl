zones-here = Hier
zones-change = { $before } → { $after }
zones-travelling = Zeiten in { $zone }
zones-back = Zurück zur eigenen Zone
