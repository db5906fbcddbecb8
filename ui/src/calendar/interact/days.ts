/**
 * Walking days with the keys, as in every calendar on paper: a day, a week, a month. Pure.
 */
import { startOfWeek } from '../layout/months';
import { stepped, type Shape } from '../layout/periods';

/** What decides about the days. */
export interface Days {
  firstDayOfWeek: number;
  /** Whether a day has a cell; all have without it. */
  shows?: (day: number) => boolean;
}

const WEEK = 7;
/** Months and years are stepped the same whatever the week looks like. */
const ANY: Shape = { firstDayOfWeek: 1, workDays: [], showWeekends: true, days: 1 };

/**
 * The day that a key leads to from `day`, or `null` if it leads nowhere. Left is back: callers
 * mirror keys where lines run from right to left. With Shift, a page is a year.
 */
export function dayAfter(key: string, shift: boolean, day: number, days: Days): number | null {
  const first = startOfWeek(day, days.firstDayOfWeek);
  switch (key) {
    case 'ArrowLeft':
      return nearest(day - 1, -1, days);
    case 'ArrowRight':
      return nearest(day + 1, 1, days);
    case 'ArrowUp':
      return day - WEEK;
    case 'ArrowDown':
      return day + WEEK;
    case 'Home':
      return nearest(first, 1, days);
    case 'End':
      return nearest(first + WEEK - 1, -1, days);
    case 'PageUp':
      return nearest(stepped(shift ? 'year' : 'month', day, -1, ANY), -1, days);
    case 'PageDown':
      return nearest(stepped(shift ? 'year' : 'month', day, 1, ANY), 1, days);
    default:
      return null;
  }
}

/** The day itself, or the next that has a cell; itself where none has. */
export function nearest(day: number, by: 1 | -1, { shows }: Days): number {
  if (shows === undefined) return day;
  for (let step = 0; step < WEEK; step += 1) if (shows(day + step * by)) return day + step * by;
  return day;
}
