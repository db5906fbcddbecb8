/** Working hours and days that make sense, whichever end is changed. Pure. */
import type { Preferences } from '../state/preferences';

const HALF = 30;
const DAY = 1440;

/** Half hours to choose from, and what is set now if it is none. */
export function choices(from: number, to: number, now: number): number[] {
  const all = new Set([now]);
  for (let minute = from; minute <= to; minute += HALF) all.add(minute);
  return Array.from(all).sort((a, b) => a - b);
}

type Hours = Pick<Preferences, 'workFrom' | 'workTo'>;

/** Work begins then; an end that is not later moves along. */
export function beginAt({ workTo }: Hours, workFrom: number): Hours {
  const from = Math.min(workFrom, DAY - HALF);
  return { workFrom: from, workTo: workTo > from ? workTo : Math.min(DAY, from + HALF) };
}

/** Work ends then; a beginning that is not earlier moves along. */
export function endAt({ workFrom }: Hours, workTo: number): Hours {
  const to = Math.max(workTo, HALF);
  return { workTo: to, workFrom: workFrom < to ? workFrom : Math.max(0, to - HALF) };
}

/** Adds a day of the week or takes it away; the last one stays. */
export function withDay(workDays: readonly number[], day: number, works: boolean): number[] {
  const left = workDays.filter((one) => one !== day);
  if (!works) return left.length === 0 ? [...workDays] : left;
  return [...left, day].sort((a, b) => a - b);
}

/** The days of the week, beginning with the first. */
export function week(firstDay: number): number[] {
  return Array.from({ length: 7 }, (_, index) => (firstDay + index) % 7);
}

/** "Monday", for a day of the week. */
export function weekdayNames(locale: string | undefined): (day: number) => string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // 1970-01-04 was a Sunday.
  return (day) => format.format(Date.UTC(1970, 0, 4 + day));
}
