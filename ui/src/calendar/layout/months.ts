/**
 * Calendar arithmetic on day numbers (days since 1970-01-01), and the mini month.
 *
 * Days here are civil days without a zone: Rust has already placed everything in the zone shown.
 */

const MS_PER_DAY = 86_400_000;

/** A month of the civil calendar; `month` is 1 to 12. */
export interface Month {
  year: number;
  month: number;
}

/** The UTC midnight that stands for a day, for Intl formatters with `timeZone: 'UTC'`. */
export function dateOfDay(day: number): Date {
  return new Date(day * MS_PER_DAY);
}

/** The day number of a civil date; `month` is 1 to 12. */
export function dayOf(year: number, month: number, date: number): number {
  return Math.round(Date.UTC(year, month - 1, date) / MS_PER_DAY);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The first day of the week that holds `day`; `firstDayOfWeek` is 0 = Sunday … 6 = Saturday. */
export function startOfWeek(day: number, firstDayOfWeek: number): number {
  return day - ((weekday(day) - firstDayOfWeek + 7) % 7);
}

/** The month that holds `day`. */
export function monthOf(day: number): Month {
  const date = dateOfDay(day);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
}

/** `month` moved by `by` months. */
export function addMonths({ year, month }: Month, by: number): Month {
  const index = year * 12 + (month - 1) + by;
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
}

/** Whether two months are the same. */
export function sameMonth(a: Month, b: Month): boolean {
  return a.year === b.year && a.month === b.month;
}

/** Six whole weeks that contain the month, as rows of seven day numbers. Always six rows: the height is known. */
export function weeksOfMonth({ year, month }: Month, firstDayOfWeek: number): number[][] {
  const first = startOfWeek(dayOf(year, month, 1), firstDayOfWeek);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => first + week * 7 + day),
  );
}
