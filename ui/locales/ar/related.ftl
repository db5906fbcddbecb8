related-also-in = أيضًا في
related-open-copy = فتحه في { $calendar }، { $account }
related-in-calendars = في { $list }
related-series = السلسلة
related-thread = المحادثة نفسها
related-both = السلسلة والمحادثة
related-others =
    { $n ->
        [zero] لا أحداث أخرى
        [one] حدث آخر
        [two] حدثان آخران
        [few] { $n } أحداث أخرى
        [many] { $n } حدثًا آخر
       *[other] { $n } حدث آخر
    }
related-none = لا ينتمي إليه أي حدث آخر.
related-current = هذا الحدث
related-more =
    { $n ->
        [one] عرض حدث آخر
        [two] عرض حدثين آخرين
        [few] عرض { $n } أحداث أخرى
        [many] عرض { $n } حدثًا آخر
       *[other] عرض { $n } حدث آخر
    }
related-reading = جارٍ القراءة…
related-others-failed = تعذرت قراءة الأحداث الأخرى.
related-history = السجل
related-changes =
    { $n ->
        [zero] لا تغييرات
        [one] تغيير واحد
        [two] تغييران
        [few] { $n } تغييرات
        [many] { $n } تغييرًا
       *[other] { $n } تغيير
    }
related-unchanged = لم يتغير شيء منذ أن عرفه Dayline.
related-new = جديد
related-history-failed = تعذرت قراءة التغييرات.
related-copy-meeting-id = نسخ معرّف الاجتماع
related-copy-passcode = نسخ رمز المرور
related-copy-dial-in = نسخ رقم الهاتف
related-copy-conference-id = نسخ معرّف الاتصال الهاتفي
related-copied = تم النسخ
related-copy-failed = تعذر النسخ.
