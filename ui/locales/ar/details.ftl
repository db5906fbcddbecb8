details-loading = جارٍ قراءة الحدث
details-failed = تعذرت قراءة هذا الحدث.
details-join-teams = الانضمام إلى اجتماع Teams
details-join-with = الانضمام عبر { $name }
details-other-ways = روابط أخرى في هذا الحدث
details-copy = نسخ الرابط
details-copied = نُسخ الرابط
details-copy-failed = تعذر نسخ الرابط.
details-meeting-id = معرّف الاجتماع
details-passcode = رمز المرور { $code }
details-passcode-alone = رمز المرور
details-dial-in = الاتصال هاتفيًا
details-conference-id = المعرّف { $id }
details-place = المكان
details-calendar = التقويم
details-all-day-on = { $day } · طوال اليوم
details-all-day-from = { $first } – { $last } · طوال اليوم
details-on = { $day } · { $times }
details-over-days = { $first }، { $start } – { $last }، { $end }
details-own-zone =
    { $day ->
        [after] { $start } في اليوم التالي بتوقيت { $zone }
        [before] { $start } في اليوم السابق بتوقيت { $zone }
       *[same] { $start } بتوقيت { $zone }
    }
details-own-end =
    { $day ->
        [after] ينتهي { $end } في اليوم التالي بتوقيت { $zone }
        [before] ينتهي { $end } في اليوم السابق بتوقيت { $zone }
       *[same] ينتهي { $end } بتوقيت { $zone }
    }
details-unnamed-zone = منطقته الزمنية غير محددة؛ تُعرض الأوقات كأنها بتوقيت UTC.
details-unknown-zone = منطقته الزمنية «{ $zone }» غير معروفة؛ تُعرض الأوقات كأنها بتوقيت UTC.
details-high = أهمية عالية
details-low = أهمية منخفضة
details-cancelled = ملغى
details-mine-accepted = تم قبول الدعوة
details-mine-tentative = الحضور غير مؤكد
details-mine-declined = تم رفض الدعوة
details-mine-open = لم يتم الرد بعد
details-kind-focus-time = وقت التركيز
details-kind-out-of-office = خارج المكتب
details-kind-working-location = مكان العمل
details-kind-birthday = عيد ميلاد
details-kind-from-gmail = من Gmail
details-sensitivity-personal = شخصي
details-sensitivity-private = خاص
details-sensitivity-confidential = سري
details-show-as-free = يظهر كمتاح
details-show-as-tentative = يظهر كغير مؤكد
details-show-as-oof = خارج المكتب
details-show-as-working-elsewhere = العمل في مكان آخر
details-places = الأماكن
details-open-place = فتح { $name } على { $host }
details-organizer = المنظِّم
details-reminders = التذكير
details-default = إعداد التقويم الافتراضي: { $list }
details-default-none = إعداد التقويم الافتراضي: بلا تذكير
details-attached = المرفقات
details-open-attachment = فتح
details-open-attachment-named = فتح { $name }
details-something-attached = لهذا الحدث مرفق.
details-on-page = عرضه في صفحة الحدث
details-guests =
    { $n ->
        [one] + ضيف واحد
        [two] + ضيفان
        [few] + { $n } ضيوف
        [many] + { $n } ضيفًا
       *[other] + { $n } ضيف
    }
details-answered = تاريخ الرد: { $when }
details-show-all = عرض الكل
details-show-less = عرض أقل
details-people = الأشخاص
details-optional = اختياري
details-room = قاعة
details-notes = الملاحظات
details-more =
    { $n ->
        [one] عرض شخص آخر
        [two] عرض شخصين آخرين
        [few] عرض { $n } آخرين
        [many] عرض { $n } آخرين
       *[other] عرض { $n } آخرين
    }
details-open-outlook = فتح في Outlook
details-open-google = فتح في تقويم Google
details-comment = «{ $comment }»

## How many people answered what; the parts stand beside each other.

details-accepted = القبول: { $n }
details-tentative = غير مؤكد: { $n }
details-declined = الرفض: { $n }
details-open = بلا رد: { $n }
