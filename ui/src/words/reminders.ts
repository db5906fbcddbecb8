import { said, t } from './t';

/** `span` is of days, hours and minutes, or of weeks; `time` is on the day that is named. */
export const reminders = said(() => ({
  byMail: (when: string): string => t('reminders-by-mail', { when }),
  atStart: t('reminders-at-start'),
  before: (span: string): string => t('reminders-before', { span }),
  afterStart: (span: string): string => t('reminders-after-start', { span }),
  onDay: (time: string): string => t('reminders-on-day', { time }),
  daysBefore: (n: number, time: string): string => t('reminders-days-before', { n, time }),
  daysLater: (n: number, time: string): string => t('reminders-days-later', { n, time }),
  weeks: (n: number): string => t('reminders-weeks', { n }),
  days: (n: number): string => t('reminders-days', { n }),
  hours: (n: number): string => t('reminders-hours', { n }),
  minutes: (n: number): string => t('reminders-minutes', { n }),
}));
