agenda-label = جدول الأعمال
agenda-all-day = طوال اليوم
agenda-from = من { $start }
agenda-until = حتى { $end }
agenda-day-of = اليوم { $n } من { $all }
agenda-now = الآن
agenda-events =
    { $n ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $n } أحداث
        [many] { $n } حدثًا
       *[other] { $n } حدث
    }

agenda-nothing-today = لا شيء اليوم
agenda-nothing-on = لا شيء في { $day }
agenda-nothing-between = لا شيء من { $from } إلى { $to }

agenda-no-match-today = لا نتائج اليوم
agenda-no-match-on = لا نتائج في { $day }
agenda-no-match-between = لا نتائج من { $from } إلى { $to }

agenda-loading-before = جارٍ قراءة الأيام السابقة…
agenda-loading-after = جارٍ قراءة الأيام اللاحقة…
agenda-failed-before = تعذّرت قراءة الأيام السابقة.
agenda-failed-after = تعذّرت قراءة الأيام اللاحقة.
agenda-further-before = البحث في أيام أسبق
agenda-further-after = البحث في أيام لاحقة
