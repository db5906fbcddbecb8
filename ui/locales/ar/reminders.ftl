reminders-by-mail = بالبريد الإلكتروني { $when }
reminders-at-start = عند البدء
reminders-before = قبل { $span }
reminders-after-start = بعد البدء بـ { $span }

## Of all-day events.

reminders-on-day = في اليوم نفسه عند { $time }
reminders-days-before =
    { $n ->
        [one] في اليوم السابق عند { $time }
        [two] قبل يومين عند { $time }
        [few] قبل { $n } أيام عند { $time }
        [many] قبل { $n } يومًا عند { $time }
       *[other] قبل { $n } يوم عند { $time }
    }
reminders-days-later =
    { $n ->
        [one] في اليوم التالي عند { $time }
        [two] بعد يومين عند { $time }
        [few] بعد { $n } أيام عند { $time }
        [many] بعد { $n } يومًا عند { $time }
       *[other] بعد { $n } يوم عند { $time }
    }

## Parts of a span; as they stand before "before" and "after".

reminders-weeks =
    { $n ->
        [one] أسبوع واحد
        [two] أسبوعين
        [few] { $n } أسابيع
        [many] { $n } أسبوعًا
       *[other] { $n } أسبوع
    }
reminders-days =
    { $n ->
        [one] يوم واحد
        [two] يومين
        [few] { $n } أيام
        [many] { $n } يومًا
       *[other] { $n } يوم
    }
reminders-hours =
    { $n ->
        [one] ساعة واحدة
        [two] ساعتين
        [few] { $n } ساعات
        [many] { $n } ساعة
       *[other] { $n } ساعة
    }
reminders-minutes =
    { $n ->
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $n } دقائق
        [many] { $n } دقيقة
       *[other] { $n } دقيقة
    }
