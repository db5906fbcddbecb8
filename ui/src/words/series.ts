import { list, said, t } from './t';

/** How a series repeats, as a sentence. */
export const series = said(() => ({
  every: {
    second: (n: number): string => t('series-every-second', { n }),
    minute: (n: number): string => t('series-every-minute', { n }),
    hour: (n: number): string => t('series-every-hour', { n }),
    day: (n: number): string => t('series-every-day', { n }),
    week: (n: number): string => t('series-every-week', { n }),
    month: (n: number): string => t('series-every-month', { n }),
    year: (n: number): string => t('series-every-year', { n }),
  },
  workdays: t('series-workdays'),
  on: (every: string, days: string): string => t('series-on', { every, days }),
  weekdays: (days: readonly string[]): string => t('series-weekdays', { days: list(days) }),
  dates: (dates: readonly string[]): string =>
    t('series-dates', { dates: list(dates), n: dates.length }),
  lastDate: t('series-last-date'),
  dateInYear: (date: string): string => t('series-date-in-year', { date }),
  /** `rank` is `first` to `fifth`, `last`, `second-last`, `third-last` or `each`. */
  ranked: (rank: string, day: string): string => t('series-ranked', { rank, day }),
  day: t('series-day'),
  workday: t('series-workday'),
  weekendDay: t('series-weekend-day'),
  list,
  inMonths: (days: string, months: readonly string[]): string =>
    t('series-in-months', { days, months: list(months) }),
  until: (sentence: string, date: string): string => t('series-until', { sentence, date }),
  times: (sentence: string, n: number): string => t('series-times', { sentence, n }),
}));
