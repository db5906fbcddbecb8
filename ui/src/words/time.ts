import { said, t } from './t';

export const time = said(() => ({
  justNow: t('time-just-now'),
  minutesAgo: (n: number): string => t('time-minutes-ago', { n }),
  hoursAgo: (n: number): string => t('time-hours-ago', { n }),
  range: (start: string, end: string): string => t('time-range', { start, end }),
  onDay: (day: string, minute: string): string => t('time-on-day', { day, minute }),
}));
