import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginAt, choices, endAt, week, withDay } from './hours';

const minute = fc.integer({ min: 0, max: 1440 });

test('work ends after it begins, whichever is changed', () => {
  fc.assert(
    fc.property(minute, minute, minute, (workFrom, workTo, to) => {
      for (const hours of [beginAt({ workFrom, workTo }, to), endAt({ workFrom, workTo }, to)]) {
        expect(hours.workFrom).toBeLessThan(hours.workTo);
        expect(hours.workFrom).toBeGreaterThanOrEqual(0);
        expect(hours.workTo).toBeLessThanOrEqual(1440);
      }
    }),
  );
});

test('what is chosen is chosen', () => {
  expect(beginAt({ workFrom: 540, workTo: 1020 }, 600)).toEqual({ workFrom: 600, workTo: 1020 });
  expect(endAt({ workFrom: 540, workTo: 1020 }, 480)).toEqual({ workFrom: 450, workTo: 480 });
});

test('half hours are offered, and an odd one that is set', () => {
  expect(choices(0, 60, 45)).toEqual([0, 30, 45, 60]);
  expect(choices(0, 60, 30)).toEqual([0, 30, 60]);
});

test('one working day is left', () => {
  expect(withDay([1, 2], 1, false)).toEqual([2]);
  expect(withDay([2], 2, false)).toEqual([2]);
  expect(withDay([2], 0, true)).toEqual([0, 2]);
  expect(week(6)).toEqual([6, 0, 1, 2, 3, 4, 5]);
});
