sample-banner = Zu sehen sind Beispieldaten.
sample-leave = Eigene Konten verwenden
