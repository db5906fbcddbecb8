push-menu = كيفية وصول التغييرات…
push-title = كيفية وصول تغييرات { $email }
push-at-once = تصل التغييرات فورًا
push-relay = متصل بالخادم { $host }.
push-no-relay = لم يُحدَّد خادم ترحيل، لذا يُستعلم عن التقاويم كل 5 دقائق. مع خادم ترحيل تصل التغييرات فورًا.
push-not-connected = غير متصل بالخادم { $host }. إلى أن يستجيب يُستعلم عن التقاويم كل 5 دقائق.
push-problem-unreachable = لا يمكن الوصول إلى خادم الترحيل.
push-problem-not-a-relay = ما يستجيب على هذا العنوان ليس خادم ترحيل.
push-problem-busy = خادم الترحيل مشغول.
push-problem-unknown = لم يعد خادم الترحيل يعرف هذا الجهاز.
push-problem-not-admitted = لا يقبل خادم الترحيل هذا إلا من يقدّم رمز القبول الخاص به.
push-problem-replaced = هناك Dayline آخر متصل بنسخة من هذه البيانات.
push-until = تصل التغييرات فورًا حتى { $moment }، ثم يُجدَّد الاشتراك
push-told = آخر إشعار: { $ago }
push-told-after =
    { $seconds ->
        [0] آخر إشعار: { $ago }، وصل خلال أقل من ثانية
        [one] آخر إشعار: { $ago }، وصل بعد ثانية واحدة
        [two] آخر إشعار: { $ago }، وصل بعد ثانيتين
        [few] آخر إشعار: { $ago }، وصل بعد { $seconds } ثوانٍ
        [many] آخر إشعار: { $ago }، وصل بعد { $seconds } ثانية
       *[other] آخر إشعار: { $ago }، وصل بعد { $seconds } ثانية
    }
push-never-told = لا إشعارات بعد
