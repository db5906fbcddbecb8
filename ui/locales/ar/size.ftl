size-bytes =
    { $n ->
        [one] بايت واحد
        [two] بايتان
        [few] { $n } بايتات
        [many] { $n } بايتًا
       *[other] { $n } بايت
    }
size-kilobytes = { $n } ك.ب
size-megabytes = { $n } م.ب
size-gigabytes = { $n } غ.ب
size-over-gigabytes = أكثر من { $n } غ.ب
