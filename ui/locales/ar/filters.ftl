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
