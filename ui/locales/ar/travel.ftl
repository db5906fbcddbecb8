travel-title = عرض الأيام بمنطقة زمنية أخرى
travel-lead = تُعرض الأيام والأوقات كما تشير إليها الساعات هناك، وتبقى الأحداث في مواعيدها.
travel-search = البحث عن مكان
travel-found =
    { $n ->
        [0] لا مكان بهذا الاسم
        [one] مكان واحد
        [two] مكانان
        [few] { $n } أماكن
       *[other] { $n } مكانًا
    }
travel-more =
    { $n ->
        [one] مكان آخر: تابع الكتابة
       *[other] { $n } أماكن أخرى: تابع الكتابة
    }
travel-none = لا مكان بهذا الاسم. جرّب مدينة كبيرة قريبة.
travel-recent = الأخيرة
travel-now-in = المعروض بتوقيت { $place }
travel-back = العودة إلى { $place }
travel-own = منطقتك
travel-ahead = متقدم { $hours } س
travel-behind = متأخر { $hours } س
travel-same = الوقت نفسه
travel-tomorrow = { $time } غدًا
travel-yesterday = { $time } أمس
