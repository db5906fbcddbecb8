visit-label = جارٍ جلب { $months }
visit-going = جارٍ جلب { $months }…
visit-retry = إعادة المحاولة
visit-offline = غير متصل. المعروض هو الأحداث المتكررة؛ وتظهر بقية أحداث هذه الأيام عند إمكان الوصول إلى { $who }.
visit-failed = { $message } المعروض هو الأحداث المتكررة؛ وبقية أحداث هذه الأيام ناقصة.
visit-failed-account = { $account }: { $message } المعروض هو الأحداث المتكررة؛ وبقية أحداث هذه الأيام ناقصة.
