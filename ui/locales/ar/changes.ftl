changes-title = منذ آخر اطلاع
changes-entry =
    { $n ->
        [0] منذ آخر اطلاع
        [one] منذ آخر اطلاع، تغيير واحد جديد
        [two] منذ آخر اطلاع، تغييران جديدان
        [few] منذ آخر اطلاع، { $n } تغييرات جديدة
        [many] منذ آخر اطلاع، { $n } تغييرًا جديدًا
       *[other] منذ آخر اطلاع، { $n } تغيير جديد
    }
changes-lead =
    { $n ->
        [0] لا جديد منذ آخر اطلاع.
        [one] تغيير واحد لم تطلع عليه
        [two] تغييران لم تطلع عليهما
        [few] { $n } تغييرات لم تطلع عليها
       *[other] { $n } تغييرًا لم تطلع عليها
    }
changes-mark = وضع علامة «تم الاطلاع» على الكل
changes-marked = وُضعت علامة «تم الاطلاع» على الكل.
changes-new = جديد
changes-empty = لم يتغير شيء بعد
changes-empty-hint = عندما ينقل أحدهم اجتماعًا أو يلغيه أو يرد عليه، يظهر ذلك هنا.
changes-none-of-kind = لم يتغير شيء من هذا النوع.
changes-show-all = إظهار الكل
changes-failed = تعذر عرض القائمة
changes-loading = جارٍ قراءة القائمة…
changes-today = اليوم
changes-yesterday = أمس
changes-more = التغييرات الأقدم غير مدرجة.
changes-filter = أنواع التغييرات
changes-kind-all = الكل
changes-kind-time = الوقت
changes-kind-state = الإلغاء والتأكيد
changes-kind-answers = الردود والضيوف
changes-kind-title = العنوان
changes-kind-place = المكان
changes-kind-other = أخرى
changes-kind-count = { $kind } { $n }
changes-gone = لم يعد في التقويم

# What begins with a value begins with a mark from right to left: inside of another sentence
# nothing else tells which way it runs.
changes-when-timed = ‏{ $day }، { $times }
changes-when-all-day = ‏{ $day }، طوال اليوم
changes-when-days = من { $from } إلى { $to }، أيام كاملة
changes-when-over-days = من { $from }، { $start }، إلى { $to }، { $end }

changes-time = تغير الوقت
changes-time-moved = نُقل من { $before } إلى { $after }
changes-time-added = أصبح { $after }
changes-time-ends-later = أطول: ينتهي الآن في { $end } بدلًا من { $before }
changes-time-ends-earlier = أقصر: ينتهي الآن في { $end } بدلًا من { $before }
changes-recurrence = تغير تكراره
changes-recurrence-added = أصبح سلسلة
changes-recurrence-removed = لم يعد يتكرر
changes-cancelled = أُلغي
changes-deleted = حُذف
changes-uncertain = لم يعد مؤكدًا
changes-restored = سيُعقد رغم ذلك
changes-confirmed = تأكد
changes-renamed = تغير الاسم من «{ $before }» إلى «{ $after }»
changes-named = أصبح اسمه «{ $after }»
changes-unnamed = لم يعد له عنوان؛ كان «{ $before }»
changes-title-changed = تغير العنوان
changes-place-moved = تغير المكان من «{ $before }» إلى «{ $after }»
changes-place-added = أُضيف مكان: «{ $after }»
changes-place-removed = أُزيل المكان: «{ $before }»
changes-place-changed = تغير المكان
changes-description = تغير الوصف
changes-description-added = أُضيف وصف
changes-description-removed = أُزيل الوصف
changes-importance =
    { $importance ->
        [high] أهميته عالية الآن
        [low] أهميته منخفضة الآن
       *[normal] أهميته عادية الآن
    }
changes-answer =
    { $answer ->
        [accepted] قبلتَ الدعوة
        [tentative] رددتَ بقبول مبدئي
        [declined] رفضتَ الدعوة
        [organizer] أنت المنظم الآن
       *[none] سُحب ردك
    }
changes-guest =
    { $answer ->
        [accepted] قبول من { $person }
        [tentative] قبول مبدئي من { $person }
        [declined] رفض من { $person }
        [organizer] المنظم الآن { $person }
       *[none] لا رد بعد من { $person }
    }
changes-guest-before =
    { $answer ->
        [accepted] قبول من { $person } بعد { $before }
        [tentative] قبول مبدئي من { $person } بعد { $before }
        [declined] رفض من { $person } بعد { $before }
        [organizer] المنظم الآن { $person }
       *[none] سُحب رد { $person }
    }
changes-before =
    { $answer ->
        [accepted] قبول
        [tentative] قبول مبدئي
        [declined] رفض
       *[other] رد آخر
    }
changes-guest-invited = دُعي { $person }
changes-guest-invited-answered =
    { $answer ->
        [accepted] دُعي { $person } وقبِل
        [tentative] دُعي { $person } وقبِل مبدئيًا
        [declined] دُعي { $person } ورفض
       *[none] دُعي { $person }
    }
changes-guest-removed = لم يعد { $person } مدعوًا
changes-guests = تغير الضيوف
changes-link = تغير رابط الانضمام
changes-link-added = أُضيف رابط انضمام
changes-link-removed = أُزيل رابط الانضمام
