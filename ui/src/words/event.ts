import type { ResponseView } from '../ipc/client';
import { said, t } from './t';

const answers: Readonly<Record<ResponseView, string>> = said(() => ({
  none: '',
  organizer: t('event-answer-organizer'),
  accepted: t('event-answer-accepted'),
  tentative: t('event-answer-tentative'),
  declined: t('event-answer-declined'),
  not_responded: t('event-answer-open'),
}));

/** In the middle of a sentence, as after the name of a person. */
export const answer = (response: ResponseView): string => answers[response];

export const event = said(() => ({
  allDay: t('event-all-day'),
  to: (start: string, end: string): string => t('event-to', { start, end }),
  high: t('event-high'),
  low: t('event-low'),
  cancelled: t('event-cancelled'),
  tentative: t('event-tentative'),
  free: t('event-free'),
  past: t('event-past'),
  allDayOn: (day: string): string => t('event-all-day-on', { day }),
  allDayFrom: (first: string, last: string): string => t('event-all-day-from', { first, last }),
  on: (day: string, start: string, end: string): string => t('event-on', { day, start, end }),
  overDays: (first: string, start: string, last: string, end: string): string =>
    t('event-over-days', { first, start, last, end }),
  joinTitle: (title: string): string => t('event-join-title', { title }),
  service: (name: string): string => (name === 'Microsoft Teams' ? t('event-service-teams') : name),
}));
