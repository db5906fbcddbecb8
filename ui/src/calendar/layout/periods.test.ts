import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VIEWS, type ViewKind } from '../../state/preferences';
import { dayOf } from './months';
import { columnsOf, markedIn, periodOf, stepped, weekNumber, type Shape } from './periods';

const shape: Shape = { firstDayOfWeek: 1, workDays: [1, 2, 3, 4, 5], showWeekends: true, days: 3 };
const FRIDAY = dayOf(2026, 11, 20);

describe('columnsOf', () => {
  test.each<[ViewKind, Partial<Shape>, number, number, number]>([
    ['day', {}, 0, 1, 0],
    ['work-week', {}, -4, 5, 0],
    ['work-week', { workDays: [] }, -4, 7, 2],
    ['work-week', { workDays: [0, 1, 2, 3, 4], firstDayOfWeek: 0 }, -5, 5, -1],
    ['week', {}, -4, 7, 2],
    ['week', { firstDayOfWeek: 0 }, -5, 7, 1],
    ['week', { showWeekends: false, firstDayOfWeek: 0 }, -4, 5, 0],
    ['days', {}, 0, 3, 2],
  ])('%s with %o', (view, more, first, many, last) => {
    const columns = columnsOf(view, FRIDAY, { ...shape, ...more });
    expect([columns[0], columns.length, columns.at(-1)]).toEqual([
      FRIDAY + first,
      many,
      FRIDAY + last,
    ]);
  });
});

test.each<[ViewKind, number, number]>([
  ['day', 0, 1],
  ['work-week', -4, 5],
  ['week', -4, 7],
  ['days', 0, 3],
  ['month', 0, 1],
  ['agenda', 0, 1],
  ['year', 0, 1],
])('beside the view %s, several days are marked only if it is one of days', (view, from, days) => {
  expect(markedIn(view, FRIDAY, shape)).toEqual({ fromDay: FRIDAY + from, days });
});

const aShape = fc.record({
  firstDayOfWeek: fc.integer({ min: 0, max: 6 }),
  workDays: fc.uniqueArray(fc.integer({ min: 0, max: 6 })),
  showWeekends: fc.boolean(),
  days: fc.integer({ min: 2, max: 14 }),
});
const aDay = fc.integer({ min: -40_000, max: 60_000 });
const aView = fc.constantFrom(...VIEWS);

test('columns come in order, within a week or the days asked for', () => {
  fc.assert(
    fc.property(aView, aDay, aShape, (view, day, some) => {
      const columns = columnsOf(view, day, some);
      expect(columns.length).toBeGreaterThan(0);
      expect([...columns].sort((a, b) => a - b)).toEqual(columns);
    }),
  );
});

test('the next period begins right after this one, and back again is where one was', () => {
  const endless = fc.constantFrom<ViewKind>('day', 'days', 'month', 'agenda', 'year');
  fc.assert(
    fc.property(endless, aDay, aShape, (view, day, some) => {
      const period = periodOf(view, day, some);
      const next = periodOf(view, stepped(view, day, 1, some), some);
      expect(next.fromDay).toBe(period.fromDay + period.days);
      const again = periodOf(view, stepped(view, stepped(view, day, 1, some), -1, some), some);
      expect(again.fromDay).toBe(period.fromDay);
    }),
  );
});

test.each([
  [dayOf(2026, 1, 1), 1],
  [dayOf(2026, 11, 20), 47],
  [dayOf(2026, 12, 31), 53],
  [dayOf(2027, 1, 3), 53],
  [dayOf(2027, 1, 4), 1],
  [dayOf(2023, 1, 1), 52],
])('week of day %i is %i', (day, number) => expect(weekNumber(day)).toBe(number));
