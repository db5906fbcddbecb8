sample-banner = المعروض بيانات نموذجية.
sample-leave = استخدام حساباتي
