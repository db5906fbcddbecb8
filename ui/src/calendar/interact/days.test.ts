import { describe, expect, test } from 'vitest';
import { dayOf } from '../layout/months';
import { isWeekend } from '../layout/periods';
import { dayAfter } from './days';

const FRIDAY = dayOf(2026, 11, 20);
const all = { firstDayOfWeek: 1 };
const noWeekend = { firstDayOfWeek: 1, shows: (day: number) => !isWeekend(day) };

describe('dayAfter', () => {
  test.each([
    ['ArrowLeft', -1],
    ['ArrowRight', 1],
    ['ArrowUp', -7],
    ['ArrowDown', 7],
    ['Home', -4],
    ['End', 2],
    ['PageUp', -31],
    ['PageDown', 30],
  ])('%s', (key, by) => expect(dayAfter(key, false, FRIDAY, all)).toBe(FRIDAY + by));

  test('with Shift a page is a year', () => {
    expect(dayAfter('PageDown', true, FRIDAY, all)).toBe(dayOf(2027, 11, 20));
    expect(dayAfter('PageUp', true, dayOf(2028, 2, 29), all)).toBe(dayOf(2027, 2, 28));
  });

  test('days that are not shown are stepped over', () => {
    expect(dayAfter('ArrowRight', false, FRIDAY, noWeekend)).toBe(FRIDAY + 3);
    expect(dayAfter('ArrowLeft', false, FRIDAY + 3, noWeekend)).toBe(FRIDAY);
    expect(dayAfter('End', false, FRIDAY, noWeekend)).toBe(FRIDAY);
    expect(dayAfter('PageDown', false, FRIDAY, noWeekend)).toBe(dayOf(2026, 12, 21));
    expect(dayAfter('Home', false, FRIDAY, { ...noWeekend, firstDayOfWeek: 0 })).toBe(FRIDAY - 4);
  });

  test('other keys lead nowhere', () => {
    expect(dayAfter('a', false, FRIDAY, all)).toBeNull();
    expect(dayAfter('Enter', false, FRIDAY, all)).toBeNull();
  });
});
