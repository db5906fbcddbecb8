import { said, t } from './t';

export const month = said(() => ({
  week: t('month-week'),
  openWeek: (n: number): string => t('month-open-week', { n }),
  openDay: (day: string): string => t('month-open-day', { day }),
  moreOn: (n: number, day: string): string => t('month-more-on', { n, day }),
  noEvents: t('month-no-events'),
  next: (n: number): string => t('month-next', { n }),
}));
