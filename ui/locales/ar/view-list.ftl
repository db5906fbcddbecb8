view-list-title = طرق العرض
view-list-empty = هنا تظهر المرشِّحات التي تحفظها.
view-list-save = حفظ المرشِّح كطريقة عرض
view-list-events =
    { $n ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $n } أحداث
        [many] { $n } حدثًا
       *[other] { $n } حدث
    }
view-list-name = اسم طريقة العرض
view-list-taken = هذا الاسم لطريقة عرض أخرى.
view-list-shortcut = الاختصار
view-list-no-shortcut = بلا اختصار
view-list-shortcut-of = { $keys }، وهو الآن لطريقة العرض { $view }
view-list-replace = استبدال المرشِّح بالحالي
view-list-remove = إزالة…
view-list-remove-now = إزالة «{ $name }»
view-list-keep = الإبقاء عليها
