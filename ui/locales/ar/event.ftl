event-all-day = طوال اليوم
event-to = { $start } إلى { $end }
event-high = أهمية عالية
event-low = أهمية منخفضة
event-cancelled = ملغى
event-tentative = غير مؤكد
event-free = يظهر كمتاح
event-past = انتهى

## When it is, read out.

event-all-day-on = { $day }، طوال اليوم
event-all-day-from = من { $first } إلى { $last }، طوال اليوم
event-on = { $day }، من { $start } إلى { $end }
event-over-days = من { $first }، { $start } إلى { $last }، { $end }

event-join-title = الانضمام إلى { $title }
event-service-teams = Teams

## What a person answered, in the middle of a line.

event-answer-organizer = تنظيم الاجتماع
event-answer-accepted = قبول
event-answer-tentative = غير مؤكد
event-answer-declined = رفض
event-answer-open = لا رد بعد
