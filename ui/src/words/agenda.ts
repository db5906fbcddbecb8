import { said, t } from './t';

export const agenda = said(() => ({
  label: t('agenda-label'),
  allDay: t('agenda-all-day'),
  from: (start: string): string => t('agenda-from', { start }),
  until: (end: string): string => t('agenda-until', { end }),
  dayOf: (n: number, all: number): string => t('agenda-day-of', { n, all }),
  now: t('agenda-now'),
  events: (n: number): string => t('agenda-events', { n }),
  nothing: {
    today: t('agenda-nothing-today'),
    on: (day: string): string => t('agenda-nothing-on', { day }),
    between: (from: string, to: string): string => t('agenda-nothing-between', { from, to }),
  },
  noMatch: {
    today: t('agenda-no-match-today'),
    on: (day: string): string => t('agenda-no-match-on', { day }),
    between: (from: string, to: string): string => t('agenda-no-match-between', { from, to }),
  },
  loading: { before: t('agenda-loading-before'), after: t('agenda-loading-after') },
  failed: { before: t('agenda-failed-before'), after: t('agenda-failed-after') },
  further: { before: t('agenda-further-before'), after: t('agenda-further-after') },
}));
