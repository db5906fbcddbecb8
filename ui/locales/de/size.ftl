size-bytes = { $n } Byte
size-kilobytes = { $n } KB
size-megabytes = { $n } MB
size-gigabytes = { $n } GB
size-over-gigabytes = über { $n } GB
