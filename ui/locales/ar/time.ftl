time-just-now = الآن
time-minutes-ago =
    { $n ->
        [one] قبل دقيقة
        [two] قبل دقيقتين
        [few] قبل { $n } دقائق
        [many] قبل { $n } دقيقة
       *[other] قبل { $n } دقيقة
    }
time-hours-ago =
    { $n ->
        [one] قبل ساعة
        [two] قبل ساعتين
        [few] قبل { $n } ساعات
        [many] قبل { $n } ساعة
       *[other] قبل { $n } ساعة
    }
# It begins with a mark from right to left (U+200F), which tells which way it runs inside of
# another sentence. Not in braces: what stands there is set apart.
time-range = ‏{ $start } – { $end }
time-on-day = ‏{ $day }، { $minute }
