settings-title = الإعدادات
settings-search = البحث في الإعدادات
settings-pages = صفحات الإعدادات
settings-page-accounts = الحسابات
settings-page-calendars = التقاويم
settings-page-appearance = المظهر العام
settings-page-time = الوقت
settings-page-shortcuts = الاختصارات
settings-page-join = الانضمام
settings-page-push = الدفع الفوري
settings-page-privacy = الخصوصية
settings-page-advanced = متقدم
settings-found =
    { $n ->
        [0] لم يُعثر على شيء
        [one] عُثر على إعداد واحد
        [two] عُثر على إعدادين
        [few] عُثر على { $n } إعدادات
       *[other] عُثر على { $n } إعدادًا
    }
settings-found-none = لا إعداد بهذه الكلمات. جرّب كلمة أخرى أو تصفّح الصفحات.
settings-clear-search = مسح البحث
settings-as-system = كالنظام
settings-theme-light = فاتح
settings-theme-dark = داكن
settings-theme-contrast = تباين عالٍ
settings-density-compact = مضغوط
settings-density-comfortable = مريح
settings-clock-12 = 12 ساعة
settings-clock-24 = 24 ساعة
settings-percent = { $n }٪
settings-pixels =
    { $n ->
        [few] { $n } بكسلات
       *[other] { $n } بكسل
    }
settings-smaller = أصغر
settings-larger = أكبر
settings-work-from = البداية
settings-work-to = النهاية
settings-work-to-word = إلى
settings-add-zone = إضافة منطقة زمنية
settings-remove-zone = إزالة { $zone }
settings-travel = السفر إلى منطقة أخرى…
settings-own-zone = { $zone }، كما على هذا الجهاز
settings-sample-accounts = تُضاف الحسابات بعد مغادرة البيانات التجريبية.
settings-no-accounts = لا حساب بعد.
settings-choose = اختيار التقاويم…
settings-remove = إزالة…
settings-calendar = التقويم
settings-synced = مُزامَن
settings-shown = ظاهر
settings-sync-of = مزامنة { $name }
settings-show-of = إظهار { $name }
settings-patterns = الأنماط المستخدمة
settings-no-patterns = لا شيء بعد. تُكتشف روابط الخدمات المعتادة من دون أنماط.
settings-patterns-failed = تعذرت قراءة الأنماط
settings-pattern-add = إضافة نمط
settings-pattern-name = الاسم
settings-pattern-name-hint = اسم الخدمة بجانب زر الانضمام.
settings-pattern-expression = النمط
settings-pattern-expression-hint = تعبير نمطي يطابق الرابط كله.
settings-pattern-keep = إضافة
settings-pattern-taken = يوجد نمط بهذا الاسم بالفعل.
settings-pattern-trying = جارٍ البحث عن روابط…
settings-pattern-found =
    { $count ->
        [0] لا يجد رابطًا في { $lookedAt } من الأحداث المفحوصة.
        [one] يجد رابطًا في حدث واحد من أصل { $lookedAt }.
        [two] يجد روابط في حدثين من أصل { $lookedAt }.
        [few] يجد روابط في { $count } أحداث من أصل { $lookedAt }.
       *[other] يجد روابط في { $count } حدثًا من أصل { $lookedAt }.
    }
settings-pattern-first = الروابط الأولى
settings-pattern-known = معروف بالفعل باسم { $service }
settings-pattern-remove = إزالة { $name }
settings-pattern-removed = أُزيل { $name }.
settings-pattern-added = أُضيف { $name }.
settings-undo = تراجع
settings-relay-address = العنوان
settings-relay-remove = عدم استخدام أي مُرحِّل
settings-push-unknown = كيفية وصول التغييرات غير معروفة بعد.
settings-push-none = لا تقويم قيد المزامنة.
settings-push-of = تغييرات { $name } فورًا
settings-privacy-calendars = تُحفظ تقاويمك على هذا الجهاز. يتصل Dayline بالمزودين الذين سجلت الدخول إليهم، ولا يتصل بأحد غيرهم بشأنك.
settings-privacy-passwords = تسجل الدخول عبر متصفحك. لا يرى Dayline كلمة مرورك أبدًا، ويحفظ مفاتيحه في حلقة مفاتيح النظام.
settings-privacy-relay = المُرحِّل، إن ضبطته، لا يعلم إلا أن تقويمًا تغيّر. لا يعرف عنوانًا ولا شخصًا ولا وقتًا، ولا يحتفظ بشيء.
settings-privacy-telemetry = لا قياس عن بُعد: لا شيء يحصي ما تفعله، ولا يُرسل تقرير من تلقاء نفسه.
settings-export = كتابة الملف
settings-exporting = جارٍ كتابة الملف…
settings-exported = كُتب إلى:
settings-export-without = يضم إصدارات وأعدادًا وحالات ورموز أخطاء. لا عنوان فيه ولا شخص ولا بريد ولا رابط ولا كلمة مرور، ولا يُرسل إلى أي مكان.
settings-client-set = مضبوط
settings-client-missing = غير مضبوط
settings-client-change = تغيير…
settings-client-enter = إدخال…
settings-sample-enter = استكشاف
settings-sample-leave = مغادرة البيانات التجريبية

settings-of-accounts = حساباتك
settings-of-accounts-hint = الحسابات التي تظهر تقاويمها على هذا الجهاز.
settings-of-accounts-also = تسجيل دخول خروج مايكروسوفت جوجل بريد إضافة إزالة
settings-of-calendars = التقاويم حسب الحساب
settings-of-calendars-hint = التقاويم المُزامَنة تُحفظ على هذا الجهاز، والظاهرة تُعرض في طرق العرض.
settings-of-calendars-also = لون إخفاء إظهار مزامنة قائمة
settings-of-merge-copies = إظهار الاجتماع الموجود في تقويمين مرة واحدة
settings-of-merge-copies-hint = تُذكر المواضع الأخرى في تفاصيله.
settings-of-merge-copies-also = نسخ مكرر مرتين دمج
settings-of-declined = إظهار الأحداث المرفوضة
settings-of-declined-hint = تظهر مشطوبة.
settings-of-declined-also = رفض لا رد إخفاء
settings-of-theme = المظهر
settings-of-theme-also = داكن فاتح ليلي لون تباين وضع
settings-of-text-size = حجم النص
settings-of-text-size-hint = تكبر الصفوف والأزرار معه.
settings-of-text-size-also = تكبير تصغير خط نسبة
settings-of-density = الكثافة
settings-of-density-also = مضغوط مريح مسافات صفوف
settings-of-hour-height = ارتفاع الساعة
settings-of-hour-height-hint = في طرق العرض ذات الساعات؛ وتغيّره أيضًا مفاتيح الزائد والناقص.
settings-of-hour-height-also = تكبير ساعة صف شبكة
settings-of-language = اللغة
settings-of-language-hint = تُحمَّل النافذة من جديد.
settings-of-language-also = إنجليزية ألمانية عربية ترجمة english deutsch
settings-of-filters = إظهار شريط التصفية
settings-of-filters-also = تصفية إخفاء أهمية فئة
settings-of-days = عدد الأيام في عرض «أيام»
settings-of-days-also = عدد أعمدة مخصص
settings-of-clock = الساعة
settings-of-clock-also = 12 24 صباحًا مساءً تنسيق الوقت
settings-of-first-day = أول يوم في الأسبوع
settings-of-first-day-also = الاثنين الأحد السبت بداية
settings-of-weekends = إظهار عطلة نهاية الأسبوع
settings-of-weekends-also = السبت الأحد الجمعة إخفاء
settings-of-week-numbers = إظهار أرقام الأسابيع
settings-of-week-numbers-also = أسبوع رقم iso
settings-of-work-days = أيام العمل
settings-of-work-days-hint = يعرضها «أسبوع العمل».
settings-of-work-days-also = مكتب دوام
settings-of-work-hours = ساعات العمل
settings-of-work-hours-hint = تُظلَّل الساعات خارجها.
settings-of-work-hours-also = مكتب دوام بداية نهاية
settings-of-other-zones = مناطق زمنية أخرى
settings-of-other-zones-hint = تظهر ساعاتها بجانب ساعاتك، بحد أقصى منطقتين.
settings-of-other-zones-also = منطقة زمنية عمود ثان ساعة عالمية
settings-of-travel-zone = المنطقة الزمنية للأيام المعروضة
settings-of-travel-zone-hint = أثناء السفر تكون الأيام والأوقات بتوقيت مكان آخر.
settings-of-travel-zone-also = سفر منطقة زمنية مكان
settings-of-single-keys = تفعيل المفاتيح المفردة
settings-of-single-keys-hint = مثل T لليوم. أما المفاتيح مع Ctrl أو Alt أو ⌘ فتعمل دائمًا.
settings-of-single-keys-also = اختصارات حروف لوحة المفاتيح تعطيل
settings-of-keys = مفاتيح الأوامر
settings-of-keys-hint = اضغط «تغيير»، ثم المفاتيح.
settings-of-keys-also = لوحة المفاتيح اختصارات تخصيص
settings-of-join-patterns = روابط اجتماعاتك الخاصة
settings-of-join-patterns-hint = يعرف Dayline الخدمات المعتادة. ويعثر النمط على روابط خدمة أخرى، كخدمة شركتك.
settings-of-join-patterns-also = انضمام تعبير نمطي regex teams zoom meet jitsi فيديو
settings-of-relay = المُرحِّل
settings-of-relay-hint = عنوان مُرحِّل يُبلِّغ بأن شيئًا تغيّر دون أن يذكر ما هو. إن كان فارغًا تُسأل التقاويم كل 5 دقائق.
settings-of-relay-also = دفع خادم عنوان فوري push relay
settings-of-push-calendars = التغييرات فورًا، حسب التقويم
settings-of-push-calendars-also = دفع فوري استعلام اشتراك push
settings-of-leaves = ما يغادر هذا الجهاز
settings-of-leaves-also = خصوصية تتبع بيانات إرسال سحابة
settings-of-diagnostics = التشخيص
settings-of-diagnostics-hint = ملف يمكن تسليمه عندما لا يعمل شيء.
settings-of-diagnostics-also = تقرير تصدير سجل دعم
settings-of-client-ids = معرّفات العميل
settings-of-client-ids-hint = كيفية تسجيل Dayline لدى المزود.
settings-of-client-ids-also = oauth تسجيل azure entra google تطبيق
settings-of-sample = بيانات تجريبية
settings-of-sample-hint = أسبوع متخيَّل للاستكشاف. وتبقى حساباتك كما هي.
settings-of-sample-also = عرض مثال تجربة
settings-of-version = الإصدار
settings-of-version-also = حول رقم
