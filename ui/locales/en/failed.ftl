failed-title = Dayline could not start
