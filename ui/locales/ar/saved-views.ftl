saved-views-title = حفظ طريقة العرض هذه
saved-views-name = الاسم
saved-views-save = حفظ
saved-views-replaces = توجد طريقة عرض بهذا الاسم. سيُستبدل مرشِّحها.
saved-views-shortcut = سيعرضها Alt Shift { $digit }.
saved-views-no-shortcut = الاختصارات التسعة كلها مستخدمة، فلن تحصل على اختصار.
