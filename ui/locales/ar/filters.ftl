filters-label = عوامل التصفية
filters-high = عالية
filters-normal = عادية
filters-low = منخفضة
filters-importance = الأهمية
filters-category = الفئة
filters-teams = Teams فقط
filters-hidden =
    { $n ->
        [0] لم تُخفِ عوامل التصفية شيئًا
        [one] أخفت عوامل التصفية حدثًا واحدًا
        [two] أخفت عوامل التصفية حدثين
        [few] أخفت عوامل التصفية { $n } أحداث
        [many] أخفت عوامل التصفية { $n } حدثًا
       *[other] أخفت عوامل التصفية { $n } حدث
    }
filters-clear = مسح
filters-link = برابط
filters-unanswered = بلا رد
filters-field = تصفية
# The keys of the filter language are the same in every language.
filters-placeholder = تصفية: importance:high category:"عميل" next:14d
filters-offers = ما يمكن أن يلي
filters-use-instead = استخدام { $text }
filters-save = حفظ العرض
# What cannot be read of a filter; its keys and their values are the same in every language.
filters-mistake-too-long = لا يُقرأ عامل تصفية بهذا الطول.
filters-mistake-minus-at-end = لا شيء بعد علامة الطرح.
filters-mistake-minus-apart = توضع علامة الطرح قبل ما تستبعده مباشرةً. وهي بين علامتي اقتباس كلمة.
filters-mistake-minus-twice = تكفي علامة طرح واحدة.
filters-mistake-no-key = لا شيء قبل النقطتين.
filters-mistake-unknown-key = لا يوجد مفتاح «{ $word }».
filters-mistake-unknown-importance = لا توجد أهمية «{ $word }».
filters-mistake-unknown-provider = لا يوجد مزوّد «{ $word }».
filters-mistake-unknown-answer = لا يوجد رد «{ $word }».
filters-mistake-unknown-status = لا توجد حالة «{ $word }».
filters-mistake-unknown-show = لا توجد إتاحة «{ $word }».
filters-mistake-unknown-has = لا يعرف «has:» القيمة «{ $word }».
filters-mistake-unknown-is = لا يعرف «is:» القيمة «{ $word }».
filters-mistake-empty-quotes = لا شيء بين علامتي الاقتباس.
filters-mistake-no-word = تنقص كلمة هنا.
filters-mistake-no-value = قيمة «{ $word }» ناقصة.
filters-mistake-nothing-after-comma = تنقص قيمة بعد الفاصلة.
filters-mistake-after-quote = تأتي بعد علامة الاقتباس الختامية مسافة أو فاصلة.
filters-mistake-quote-inside = توضع علامة الاقتباس في بداية القيمة، وتُكتب داخلها \".
filters-mistake-quote-open = علامة الاقتباس هذه غير مغلقة.
filters-mistake-no-letter = لا يوجد حرف للبحث عنه.
filters-mistake-no-such-day = «{ $word }» ليس يومًا في التقويم. اكتبه مثل 2026-11-20.
filters-mistake-unknown-day = لا يوجد يوم «{ $word }».
filters-mistake-no-days = هذا ليس يومًا على الإطلاق.
filters-mistake-too-far = لا يصل التقويم إلى هذا البعد.
filters-mistake-no-span = «{ $word }» ليس عدد أيام أو أسابيع أو أشهر، مثل 14d أو 2w أو 3m.
