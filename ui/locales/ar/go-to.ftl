go-to-title = الانتقال إلى تاريخ
go-to-label = التاريخ
go-to-hint = مثل 14/6/2019 أو 2019-06-14 أو 14 يونيو أو غدًا أو الجمعة القادمة أو خلال 3 أسابيع
go-to-unknown = لم يفهم Dayline هذا التاريخ.
go-to-go = انتقال

## All that people write for a unit behind a number, as in "+3 weeks": short forms, singular, plural.
## In small letters, with spaces between. What English has here is understood in every language.

go-to-day-forms = ي يوم يوما يومين ايام أيام
go-to-week-forms = س أسبوع أسبوعا أسبوعين أسابيع اسبوع اسبوعين اسابيع
go-to-month-forms = ش شهر شهرا شهرين أشهر شهور اشهر
go-to-year-forms = ع سنة سنتين سنوات سنين عام عاما عامين أعوام

## What people put before a weekday or a unit, or behind it, in all its forms: "next friday", "in 2 weeks",
## "2 weeks ago", "in a week", "on friday". In small letters, with spaces between. What English has here is
## understood in every language.

go-to-next-forms = القادم القادمة المقبل المقبلة التالي التالية
go-to-last-forms = الماضي الماضية السابق السابقة الفائت الفائتة
go-to-this-forms = هذا هذه
go-to-ahead-forms = خلال بعد
go-to-ago-forms = قبل منذ
go-to-one-forms = واحد واحدة
go-to-filler-forms = يوم في من
