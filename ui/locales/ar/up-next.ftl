up-next-label = الآن والتالي
up-next-until = حتى { $time }
up-next-next = التالي
up-next-dismiss = عدم ذكر { $title } هنا بعد الآن
up-next-at = { $time }، { $wait }
up-next-in-minutes =
    { $minutes ->
        [one] بعد دقيقة واحدة
        [two] بعد دقيقتين
        [few] بعد { $minutes } دقائق
        [many] بعد { $minutes } دقيقة
       *[other] بعد { $minutes } دقيقة
    }
up-next-in-hours =
    { $hours ->
        [one] بعد ساعة واحدة
        [two] بعد ساعتين
        [few] بعد { $hours } ساعات
        [many] بعد { $hours } ساعة
       *[other] بعد { $hours } ساعة
    }
up-next-in-hours-and-minutes = بعد { $hours } س و{ $minutes } د
up-next-nothing = لا اجتماع يمكن الانضمام إليه خلال الساعات الـ 24 القادمة.
up-next-no-link = ليس للاجتماع التالي رابط للانضمام.
