failed-title = تعذر بدء Dayline
