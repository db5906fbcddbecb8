failed-title = Dayline konnte nicht starten
