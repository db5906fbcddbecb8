import { said, t } from './t';

export const year = said(() => ({
  day: (day: string, events: number): string => t('year-day', { day, events }),
  dayNotSynced: (day: string): string => t('year-day-not-synced', { day }),
  openMonth: (month: string): string => t('year-open-month', { month }),
  week: (n: number): string => t('year-week', { n }),
  legend: t('year-legend'),
  none: t('year-none'),
  from: (from: number, to: number): string => t('year-from', { from, to }),
  atLeast: (from: number): string => t('year-at-least', { from }),
  notSynced: t('year-not-synced'),
  loading: t('year-loading'),
  failed: t('year-failed'),
}));
