series-every-second = { $n ->
    [one] كل ثانية
    [two] كل ثانيتين
    [few] كل { $n } ثوانٍ
   *[other] كل { $n } ثانية
}
series-every-minute = { $n ->
    [one] كل دقيقة
    [two] كل دقيقتين
    [few] كل { $n } دقائق
   *[other] كل { $n } دقيقة
}
series-every-hour = { $n ->
    [one] كل ساعة
    [two] كل ساعتين
    [few] كل { $n } ساعات
   *[other] كل { $n } ساعة
}
series-every-day = { $n ->
    [one] كل يوم
    [two] كل يومين
    [few] كل { $n } أيام
   *[other] كل { $n } يومًا
}
series-every-week = { $n ->
    [one] كل أسبوع
    [two] كل أسبوعين
    [few] كل { $n } أسابيع
   *[other] كل { $n } أسبوعًا
}
series-every-month = { $n ->
    [one] كل شهر
    [two] كل شهرين
    [few] كل { $n } أشهر
   *[other] كل { $n } شهرًا
}
series-every-year = { $n ->
    [one] كل سنة
    [two] كل سنتين
    [few] كل { $n } سنوات
   *[other] كل { $n } سنة
}
# From Monday to Friday.
series-workdays = من الاثنين إلى الجمعة
# $days is one of the messages below, or several of them in a list.
series-on = { $every } { $days }
series-weekdays = يوم { $days }
# Days of the month: "day 15", "days 1 and 15".
series-dates = { $n ->
    [one] في اليوم { $dates }
   *[other] في الأيام { $dates }
}
series-last-date = في اليوم الأخير
# "27 March".
series-date-in-year = في { $date }
# "the second Tuesday", "the last weekday".
series-ranked = { $rank ->
    [first] { $day } الأول
    [second] { $day } الثاني
    [third] { $day } الثالث
    [fourth] { $day } الرابع
    [fifth] { $day } الخامس
    [last] { $day } الأخير
    [second-last] { $day } قبل الأخير
    [third-last] { $day } الثالث من الآخر
   *[each] كل { $day }
}
# The days that series-ranked counts.
series-day = اليوم
series-workday = يوم العمل
series-weekend-day = يوم العطلة
# "the last Sunday of March and October".
series-in-months = { $days } من { $months }
series-until = { $sentence } حتى { $date }
series-times = { $n ->
    [one] { $sentence }، مرة واحدة
    [two] { $sentence }، مرتين
    [few] { $sentence }، { $n } مرات
   *[other] { $sentence }، { $n } مرة
}
