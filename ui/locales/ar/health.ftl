health-title = الحالة
health-loading = جارٍ قراءة التقرير…
health-failed = تعذر عرض التقرير
health-empty = لا شيء للإبلاغ عنه بعد
health-empty-hint = عند إضافة حساب يظهر هنا كيف تسير المزامنة.
health-lead = آخر { $n } يومًا، من { $from } إلى { $to }
health-accounts = الحسابات
health-last-success = آخر نجاح
health-never = ليس بعد
health-success-rate = الجولات الناجحة
health-rate = { $percent } من { $rounds }
health-no-rounds = لا شيء بعد
health-calls = الطلبات
health-changes = التغييرات
health-durations = مدة الجولة
health-durations-of = { $median } عادةً، و{ $slow } للبطيئة
health-millis = { $n } م.ث
health-seconds = { $n } ث
health-failed-days =
    { $n ->
        [one] أخفقت جولات في يوم واحد.
        [two] أخفقت جولات في يومين.
        [few] أخفقت جولات في { $n } أيام.
       *[other] أخفقت جولات في { $n } يومًا.
    }
health-failed-on = أخفقت جولات يوم { $days }.
health-calls-by-day = الطلبات حسب اليوم
health-changes-by-day = التغييرات حسب اليوم
health-durations-by-day = المدة المعتادة حسب اليوم
health-chart-total = المجموع { $total }، والأكثر يوم { $day }: { $most }
health-chart-longest = الأطول يوم { $day }: { $most }
health-chart-nothing = لا شيء في هذه الأيام
health-as-table = عرض كجدول
health-as-table-of = عرض كجدول: { $chart }
health-as-chart = عرض كرسم
health-as-chart-of = عرض كرسم: { $chart }
health-day = اليوم
health-number = العدد
health-duration = المدة
health-push = كيفية وصول التغييرات
health-push-calendar = التقويم
health-push-state = الحالة
health-push-until = حتى
health-push-last = آخر إبلاغ
health-push-lag = التأخير
health-push-on = فورًا
health-none-given = –
health-teams = اجتماعات Teams
health-teams-share =
    { $meetings ->
        [0] لا اجتماعات في هذه الأيام.
        [one] { $percent } من اجتماع واحد عُقد على Teams.
        [two] { $percent } من اجتماعين عُقدت على Teams.
        [few] { $percent } من { $meetings } اجتماعات عُقدت على Teams.
       *[other] { $percent } من { $meetings } اجتماعًا عُقدت على Teams.
    }
health-teams-by-day = الاجتماعات حسب اليوم
health-on-teams = على Teams
health-other-meetings = أخرى
health-calendars = الأحداث حسب التقويم
health-events =
    { $n ->
        [one] حدث واحد
        [two] حدثان
        [few] { $n } أحداث
       *[other] { $n } حدثًا
    }
health-events-teams = { $events }، منها { $teams } على Teams
health-no-calendars = لا تقويم قيد المزامنة.
health-calendar-problem = فشلت جولته الأخيرة.
health-help = هل هناك ما لا يعمل؟
health-why-off = معطل؛ يُسأل كل 5 دقائق
health-why-unable = لا يبلّغ المزود عن التغييرات؛ يُسأل كل 5 دقائق
health-why-no-relay = لا مُرحِّل مضبوط؛ يُسأل كل 5 دقائق
health-why-refused = يرفض المزود الإبلاغ عن التغييرات؛ يُسأل كل 5 دقائق
health-why-elsewhere = جهاز آخر أو تثبيت سابق يتلقى تغييراته؛ يُسأل كل 5 دقائق
health-why-short-lived = يبلّغ المزود لدقائق فقط، أو ساعة هذا الجهاز متقدمة؛ يُسأل كل 5 دقائق
health-why-ended = أنهاه المزود؛ ويجري إعداده من جديد
health-why-failed = تعذر إعداده؛ يُسأل كل 5 دقائق حتى يُعدّ
health-why-starting = قيد الإعداد؛ يُسأل كل 5 دقائق حتى ذلك الحين
