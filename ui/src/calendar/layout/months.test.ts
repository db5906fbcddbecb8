import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, dateOfDay, dayOf, monthOf, startOfWeek, weekday, weeksOfMonth } from './months';

const day = fc.integer({ min: -200_000, max: 200_000 });
const first = fc.integer({ min: 0, max: 6 });

describe('days', () => {
  test.each([
    [1970, 1, 1, 0, 4],
    [1969, 12, 31, -1, 3],
    [2026, 11, 20, 20_777, 5],
    [2000, 2, 29, 11_016, 2],
  ])('%i-%i-%i is day %i and weekday %i', (year, month, date, number, name) => {
    expect(dayOf(year, month, date)).toBe(number);
    expect(weekday(number)).toBe(name);
    expect(dateOfDay(number).getUTCDate()).toBe(date);
  });

  test('a week starts on its first day, at most six days before', () => {
    fc.assert(
      fc.property(day, first, (at, firstDay) => {
        const start = startOfWeek(at, firstDay);
        expect(weekday(start)).toBe(firstDay);
        expect(at - start).toBeGreaterThanOrEqual(0);
        expect(at - start).toBeLessThan(7);
      }),
    );
  });
});

describe('months', () => {
  test('six weeks hold the whole month, without a gap', () => {
    fc.assert(
      fc.property(day, first, (at, firstDay) => {
        const month = monthOf(at);
        const days = weeksOfMonth(month, firstDay).flat();
        expect(days).toHaveLength(42);
        expect(days.every((one, index) => index === 0 || one === (days[index - 1] ?? 0) + 1)).toBe(
          true,
        );
        expect(days).toContain(at);
        expect(weekday(days[0] ?? 0)).toBe(firstDay);
      }),
    );
  });

  test('moving by months crosses years both ways', () => {
    expect(addMonths({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
    expect(addMonths({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
    expect(addMonths({ year: 2026, month: 5 }, -17)).toEqual({ year: 2024, month: 12 });
  });
});
