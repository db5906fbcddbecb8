/** Days and months as the month and the year view name them, beside shared/time.ts. */
import { dateOfDay } from './layout/months';

export interface DayNames {
  /** "14 March". */
  dayAndMonth(day: number): string;
  /** "1 Mar": the first of a month among bare dates. */
  dayInMonths(day: number): string;
  /** "March". */
  month(day: number): string;
  /** "Friday". */
  weekday(day: number): string;
}

const built = new Map<string, DayNames>();

/** The names of a locale; formatters are costly and are built once. */
export function dayNames(locale: string | undefined): DayNames {
  const known = built.get(locale ?? '');
  if (known !== undefined) return known;
  // Of the grids, whatever the locale is used to: a month here is a month there.
  const format = (options: Intl.DateTimeFormatOptions): ((day: number) => string) => {
    const of = new Intl.DateTimeFormat(locale, {
      timeZone: 'UTC',
      calendar: 'gregory',
      ...options,
    });
    return (day) => of.format(dateOfDay(day));
  };
  const names = {
    dayAndMonth: format({ day: 'numeric', month: 'long' }),
    dayInMonths: format({ day: 'numeric', month: 'short' }),
    month: format({ month: 'long' }),
    weekday: format({ weekday: 'long' }),
  };
  built.set(locale ?? '', names);
  return names;
}
