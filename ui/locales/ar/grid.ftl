grid-all-day = طوال اليوم
grid-more =
    { $n ->
        [one] حدث آخر
        [two] حدثان آخران
       *[other] { $n } أخرى
    }
grid-more-between =
    { $n ->
        [one] حدث آخر، من { $start } إلى { $end }
        [two] حدثان آخران، من { $start } إلى { $end }
       *[other] { $n } أخرى، من { $start } إلى { $end }
    }
grid-fewer = عرض أقل
grid-cell =
    { $events ->
        [0] { $day }، لا أحداث
        [one] { $day }، حدث واحد
        [two] { $day }، حدثان
        [few] { $day }، { $events } أحداث
        [many] { $day }، { $events } حدثًا
       *[other] { $day }، { $events } حدث
    }
grid-all-day-cell =
    { $events ->
        [0] { $day }، طوال اليوم، لا أحداث
        [one] { $day }، طوال اليوم، حدث واحد
        [two] { $day }، طوال اليوم، حدثان
        [few] { $day }، طوال اليوم، { $events } أحداث
        [many] { $day }، طوال اليوم، { $events } حدثًا
       *[other] { $day }، طوال اليوم، { $events } حدث
    }
grid-loading = جارٍ قراءة الأيام
grid-week-number = أ{ $n }
grid-empty =
    { $view ->
        [day] لا شيء في هذا اليوم.
        [month] لا شيء في هذا الشهر.
        [agenda] لا شيء في هذا الشهر.
        [year] لا شيء في هذه السنة.
        [days] لا شيء في هذه الأيام.
       *[other] لا شيء في هذا الأسبوع.
    }
grid-filtered-out =
    { $n ->
        [one] أخفت عوامل التصفية الحدث الوحيد هنا.
        [two] أخفت عوامل التصفية الحدثين الموجودين هنا.
        [few] أخفت عوامل التصفية الأحداث كلها هنا، وهي { $n } أحداث.
        [many] أخفت عوامل التصفية الأحداث كلها هنا، وهي { $n } حدثًا.
       *[other] أخفت عوامل التصفية الأحداث كلها هنا، وهي { $n } حدث.
    }
grid-all-off = جميع التقاويم متوقفة. عند تشغيل أحدها تظهر أحداثه.
grid-first-sync = تظهر الأحداث أثناء مزامنتها.
grid-beyond = يقع جزء من هذه الأيام خارج الفترة المتزامنة، وقد تضم أكثر مما هو معروض.
grid-failed = تعذرت قراءة هذه الأيام.
