import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '../calendar/layout/months';
import type { SearchItem } from '../ipc/client';
import { CLOCK, sampleAccounts, timed } from '../ipc/fake-data';
import { searchIn } from '../ipc/fake-reports';
import { groupsOf, isOver } from './groups';

/** Hits on these days, in the order of how well they fit. */
function hits(...days: number[]): SearchItem[] {
  const all = days.map((day, nth) => ({
    ...timed('ms/Calendar', 'Review', 0, '9:00', '10:00', { id: `hit-${nth}` }),
    day,
  }));
  return searchIn(all, sampleAccounts(), 'review', 500).items;
}

const check = (...days: number[]): string[] =>
  groupsOf(hits(...days), CLOCK).map(
    ({ key, items }) => `${key}: ${items.map((item) => item.occurrenceId?.slice(4)).join(' ')}`,
  );

test('what comes is before what was, and what was is by months, then by years', () => {
  expect(
    check(
      dayOf(2024, 3, 1),
      CLOCK.day - 1,
      CLOCK.day + 8,
      dayOf(2026, 10, 30),
      CLOCK.day + 1,
      CLOCK.day + 7,
      dayOf(2025, 11, 1),
      dayOf(2025, 10, 31),
      dayOf(2024, 8, 1),
    ),
  ).toEqual([
    'next: 4 5',
    'later: 2',
    'this-month: 1',
    '2026-10: 3',
    '2025-11: 6',
    '2025: 7',
    '2024: 0 8',
  ]);
});

test('what is on is next, and what ended a minute ago is over', () => {
  const [on] = hits(CLOCK.day);
  if (on === undefined) throw new Error('no hit');
  const at = (endMinute: number, allDay = false): boolean =>
    isOver({ ...on, endMinute, allDay }, CLOCK);
  expect(at(CLOCK.minute + 1)).toBe(false);
  expect(at(CLOCK.minute)).toBe(true);
  expect(at(1440, true)).toBe(false);
  expect(isOver({ ...on, day: CLOCK.day - 1, days: 2, endMinute: 1440 }, CLOCK)).toBe(false);
});

test('every hit is in one group, groups are in order of time, and within one the best fit leads', () => {
  const days = fc.array(fc.integer({ min: CLOCK.day - 4000, max: CLOCK.day + 4000 }));
  fc.assert(
    fc.property(days, (some) => {
      const items = hits(...some);
      const groups = groupsOf(items, CLOCK);
      expect(groups.flatMap((group) => group.items).length).toBe(items.length);
      for (const { items: found } of groups) {
        const places = found.map((item) => items.indexOf(item));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }
      const past = groups.filter(({ period }) => period.kind === 'month' || period.kind === 'year');
      past.slice(1).forEach((group, nth) => {
        const before = past[nth]?.items.map((item) => item.day) ?? [];
        expect(Math.max(...group.items.map((item) => item.day))).toBeLessThan(Math.min(...before));
      });
    }),
  );
});
