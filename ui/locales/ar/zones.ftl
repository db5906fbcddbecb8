zones-here = هنا
zones-change = { $before } ← { $after }
zones-travelling = الأوقات في { $zone }
zones-back = العودة إلى منطقتي
