palette-title = الأوامر
palette-list = أوامر وتقويمات وتواريخ وأحداث
palette-placeholder = أمر أو تقويم أو حدث أو تاريخ مثل «الجمعة القادمة»
palette-nothing = لا شيء باسم «{ $text }».
palette-nothing-help = جرّب كلمة من أمر أو حدث، أو تاريخًا.
palette-found =
    { $n ->
        [zero] لا مدخلات
        [one] مدخل واحد
        [two] مدخلان
        [few] { $n } مدخلات
        [many] { $n } مدخلًا
       *[other] { $n } مدخل
    }
palette-run = تنفيذ

palette-recent = استُخدم مؤخرًا
palette-date = التاريخ
palette-saved = طرق العرض المحفوظة
palette-calendars = التقويمات
palette-settings = الإعدادات
palette-accounts = الحسابات
palette-events = أحداث عُثر عليها

palette-go-to-day = الانتقال إليه
palette-show = إظهار { $name }
palette-hide = إخفاء { $name }
palette-only = إظهار { $name } فقط
palette-others = إظهار التقويمات الأخرى مجددًا
palette-page = الإعدادات: { $name }
palette-sync = مزامنة { $account }
palette-choose = اختيار تقويمات { $account }
