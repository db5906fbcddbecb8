status-label = حالة المزامنة
status-up-to-date = محدَّث
status-up-to-date-since = محدَّث · { $ago }
status-syncing = تجري المزامنة…
status-syncing-events =
    { $n ->
        [one] تجري المزامنة… حدث واحد حتى الآن
        [two] تجري المزامنة… حدثان حتى الآن
        [few] تجري المزامنة… { $n } أحداث حتى الآن
        [many] تجري المزامنة… { $n } حدثًا حتى الآن
       *[other] تجري المزامنة… { $n } حدث حتى الآن
    }
status-offline = غير متصل
status-offline-since = غير متصل، آخر مزامنة: { $ago }
status-failing = تعذرت مزامنة { $email }
status-needs-sign-in = يحتاج { $email } إلى تسجيل الدخول من جديد
status-needs-you = يحتاج { $email } إلى انتباهك
status-waiting = بانتظار المزامنة الأولى
status-empty = لا حساب بعد
status-zone = الأوقات بتوقيت { $zone }
