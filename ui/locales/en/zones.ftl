zones-here = Here
zones-change = { $before } → { $after }
zones-travelling = Times in { $zone }
zones-back = Back to my zone
