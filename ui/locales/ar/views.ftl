views-day = يوم
views-work-week = أسبوع العمل
views-week = أسبوع
views-days = أيام
views-month = شهر
views-agenda = جدول الأعمال
views-year = سنة
views-n-days =
    { $n ->
        [zero] لا أيام
        [one] يوم واحد
        [two] يومان
        [few] { $n } أيام
        [many] { $n } يومًا
       *[other] { $n } يوم
    }
views-choose = طريقة العرض
views-label = { $view }، { $title }
views-previous =
    { $view ->
        [day] اليوم السابق
        [days] الأيام السابقة
        [month] الشهر السابق
        [agenda] الشهر السابق
        [year] السنة السابقة
       *[other] الأسبوع السابق
    }
views-next =
    { $view ->
        [day] اليوم التالي
        [days] الأيام التالية
        [month] الشهر التالي
        [agenda] الشهر التالي
        [year] السنة التالية
       *[other] الأسبوع التالي
    }
views-toolbar = الأيام المعروضة
views-search = بحث
views-settings = الإعدادات
views-more = المزيد
views-commands = الأوامر
views-health = الحالة
views-print = طباعة
