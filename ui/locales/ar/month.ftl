month-week = الأسبوع
month-open-week = فتح الأسبوع { $n }
month-open-day = فتح { $day }
month-more-on = +{ $n } أخرى في { $day }
month-no-events = لا أحداث في هذا اليوم.
month-next =
    { $n ->
        [one] عرض حدث واحد آخر
        [two] عرض حدثين آخرين
        [few] عرض { $n } أحداث أخرى
        [many] عرض { $n } حدثًا آخر
       *[other] عرض { $n } حدث آخر
    }
