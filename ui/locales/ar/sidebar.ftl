sidebar-label = التقاويم
sidebar-accounts = الحسابات والتقاويم
sidebar-add = إضافة حساب
sidebar-menu = خيارات { $email }
sidebar-choose = اختيار التقاويم…
sidebar-remove = إزالة الحساب…
sidebar-remove-title = هل تريد إزالة { $email }؟
sidebar-remove-body = تختفي تقاويم هذا الحساب من هذا الحاسوب. لا يتغير شيء لدى مزوّد الخدمة، ويمكن إضافة الحساب من جديد.
sidebar-remove-confirm = إزالة الحساب
sidebar-sign-in-again = تسجيل الدخول من جديد
sidebar-sign-in-title = تسجيل الدخول إلى { $email }
sidebar-copy-admin-link = نسخ الرابط لإرساله إلى المسؤول
sidebar-use-another = استخدام حساب آخر
sidebar-check-registration = التحقق من التسجيل
sidebar-sync-now = المزامنة الآن
sidebar-cloud-gcc-high = GCC High
sidebar-cloud-dod = DoD
sidebar-cloud-china = 21Vianet
sidebar-synced = آخر مزامنة: { $ago }
sidebar-not-synced = لم تتم المزامنة بعد
sidebar-owner = مشارَك من { $name }
sidebar-read-only = { $name }، للقراءة فقط
sidebar-storing = تجري مزامنة { $name }
sidebar-storing-events =
    { $n ->
        [one] تجري مزامنة { $name }: حدث واحد
        [two] تجري مزامنة { $name }: حدثان
        [few] تجري مزامنة { $name }: { $n } أحداث
        [many] تجري مزامنة { $name }: { $n } حدثًا
       *[other] تجري مزامنة { $name }: { $n } حدث
    }
sidebar-state-ready = محدَّث
sidebar-state-syncing = تجري المزامنة
sidebar-state-offline = غير متصل
sidebar-state-needs-sign-in = يلزم تسجيل الدخول
sidebar-state-failing = فشلت المزامنة
sidebar-problem-offline = تعذر الوصول إلى مزوّد الخدمة. المعروض هو ما تمت مزامنته.
sidebar-problem-needs-sign-in = للتحديث يلزم تسجيل الدخول من جديد. المعروض هو ما تمت مزامنته.
sidebar-problem-failing = فشلت المزامنة الأخيرة. المعروض هو ما تمت مزامنته.
sidebar-none = لا تجري مزامنة أي تقويم من هذا الحساب.
