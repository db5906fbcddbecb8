year-day =
    { $events ->
        [0] { $day }، لا أحداث
        [one] { $day }، حدث واحد
        [two] { $day }، حدثان
        [few] { $day }، { $events } أحداث
        [many] { $day }، { $events } حدثًا
       *[other] { $day }، { $events } حدث
    }
year-day-not-synced = { $day }، غير متزامن
year-open-month = فتح { $month }
year-week = الأسبوع { $n }
year-legend = الأحداث في اليوم
year-none = لا شيء
year-from = { $from }–{ $to }
year-at-least = { $from } أو أكثر
year-not-synced = غير متزامن
year-loading = يجري عدّ أحداث هذه السنة
year-failed = تعذّر عدّ أحداث هذه السنة.
