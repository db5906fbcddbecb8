import { expect, test } from 'vitest';
import { dayOf } from '../calendar/layout/months';
import type { SeriesDays, SeriesView } from '../ipc/client';
import { sentenceOf } from './series';

const every = (
  interval: number,
  unit: SeriesView['unit'],
  on: SeriesDays | null = null,
  more: Partial<SeriesView> = {},
): SeriesView => ({ unit, interval, on, months: [], untilDay: null, count: null, ...more });

const [MON, WED, FRI, TUE, SUN] = [1, 3, 5, 2, 0];
const weekdays = (...days: number[]): SeriesDays => ({ kind: 'weekdays', weekdays: days });
const dates = (...days: number[]): SeriesDays => ({ kind: 'dates', dates: days });
const ranked = (rank: number | null, weekday: number): SeriesDays => ({
  kind: 'ranked',
  days: [{ rank, weekday }],
});

test.each<[SeriesView, string]>([
  [every(1, 'day'), 'Every day'],
  [every(3, 'day', null, { count: 10 }), 'Every 3 days, 10 times'],
  [every(1, 'day', null, { count: 1 }), 'Every day, once'],
  [every(2, 'hour'), 'Every 2 hours'],
  [every(1, 'week', { kind: 'workdays' }), 'Every weekday'],
  [every(1, 'week', weekdays(FRI)), 'Every week on Friday'],
  [every(2, 'week', weekdays(FRI)), 'Every 2 weeks on Friday'],
  [every(1, 'week', weekdays(MON, WED, FRI)), 'Every week on Monday, Wednesday, and Friday'],
  [every(1, 'month', dates(27)), 'Every month on day 27'],
  [every(1, 'month', dates(1, 15)), 'Every month on days 1 and 15'],
  [every(1, 'month', { kind: 'last_date' }), 'Every month on the last day'],
  [
    every(1, 'month', ranked(2, TUE), { untilDay: dayOf(2027, 3, 3) }),
    'Every month on the second Tuesday until 3 March 2027',
  ],
  [every(3, 'month', ranked(-1, FRI)), 'Every 3 months on the last Friday'],
  [every(1, 'month', ranked(null, TUE)), 'Every month on every Tuesday'],
  [every(1, 'month', { kind: 'nth', rank: -1, of: 'workday' }), 'Every month on the last weekday'],
  [
    every(1, 'month', { kind: 'nth', rank: 1, of: 'weekend_day' }),
    'Every month on the first weekend day',
  ],
  [every(1, 'year', dates(27), { months: [3] }), 'Every year on 27 March'],
  [
    every(2, 'year', ranked(-1, SUN), { months: [3, 10] }),
    'Every 2 years on the last Sunday of March and October',
  ],
])('%j is said as %s', (series, sentence) => {
  expect(sentenceOf(series, 'en-GB')).toBe(sentence);
});
