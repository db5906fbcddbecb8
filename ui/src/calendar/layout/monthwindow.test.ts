import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf } from './months';
import { firstOfMonth } from './periods';
import {
  firstDayOf,
  intoView,
  mainMonth,
  monthTop,
  originAround,
  OVERSCAN,
  reaches,
  rowHeightIn,
  topOf,
  TRACK_WEEKS,
  weekAt,
  weekOf,
  weeksAround,
  weeksAsked,
  weeksFilled,
  weeksKept,
} from './monthwindow';

const day = fc.integer({ min: -200_000, max: 200_000 });
const firstDay = fc.integer({ min: 0, max: 6 });
const rowHeight = fc.integer({ min: 84, max: 400 });
const visible = fc.double({ min: 0.5, max: 12, noNaN: true });

describe('weeks', () => {
  test('a day is in its week, and a week has seven', () => {
    fc.assert(
      fc.property(day, firstDay, (one, first) => {
        const from = firstDayOf(weekOf(one, first), first);
        expect(one - from).toBeGreaterThanOrEqual(0);
        expect(one - from).toBeLessThan(7);
        expect(weekOf(from + 7, first)).toBe(weekOf(one, first) + 1);
      }),
    );
  });

  test('six fit, unless they would be too low to read', () => {
    expect(rowHeightIn(654)).toBe(109);
    expect(rowHeightIn(300)).toBe(84);
    expect(rowHeightIn(0)).toBe(84);
  });
});

describe('the track', () => {
  test('scrolling to a week shows that week, whatever the height', () => {
    fc.assert(
      fc.property(day, firstDay, rowHeight, (one, first, height) => {
        const week = weekOf(one, first);
        const track = { origin: originAround(week), rowHeight: height };
        const top = topOf(week, track);
        expect(weekAt(top, track)).toBe(week);
        expect(Math.floor(weekAt(top + height - 1, track))).toBe(week);
        expect(top).toBeGreaterThan(0);
        expect(top).toBeLessThan(TRACK_WEEKS * height);
        expect(reaches(week, track.origin)).toBe(true);
      }),
    );
  });

  test('its ends are not reached', () => {
    const origin = originAround(3000);
    expect(reaches(origin + 10, origin)).toBe(false);
    expect(reaches(origin + TRACK_WEEKS - 10, origin)).toBe(false);
  });
});

describe('the window', () => {
  const at = fc.double({ min: -5000, max: 5000, noNaN: true });

  test('holds what is in view and some weeks on either side, always as many', () => {
    fc.assert(
      fc.property(at, visible, (top, tall) => {
        const { first, count } = weeksAround(top, tall);
        expect(first).toBeLessThanOrEqual(Math.floor(top) - OVERSCAN);
        expect(first + count).toBeGreaterThanOrEqual(Math.floor(top + tall) + OVERSCAN);
        expect(count).toBe(weeksAround(0, tall).count);
      }),
    );
  });

  test('has the events of all that is in view, and of more than that', () => {
    fc.assert(
      fc.property(at, visible, (top, tall) => {
        const { first, count } = weeksFilled(top, tall);
        const all = weeksAround(top, tall);
        expect(first).toBeLessThan(Math.floor(top));
        expect(first + count).toBeGreaterThan(Math.ceil(top + tall));
        expect(first).toBeGreaterThanOrEqual(all.first);
        expect(first + count).toBeLessThanOrEqual(all.first + all.count);
      }),
    );
  });

  test('is known before it is shown, and does not ask with every week', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 5000 }), visible, (top, tall) => {
        const shown = weeksAround(top, tall);
        const asked = weeksAsked(shown);
        expect(asked.first).toBeLessThan(shown.first);
        expect(asked.first + asked.count).toBeGreaterThan(shown.first + shown.count);
        const steps = [0, 1, 2, 3].map((by) => weeksAsked(weeksAround(top + by, tall)).first);
        expect(new Set(steps).size).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('keeps what has the focus, in order', () => {
    expect(weeksKept({ first: 5, count: 3 }, [2, null, 6, 11])).toEqual([2, 5, 6, 7, 11]);
  });
});

describe('the month', () => {
  test('that one looks at has the most days, and of two the earlier', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, days) => {
        const counts = new Map<number, number>();
        for (let one = from; one < from + days; one += 1) {
          const month = firstOfMonth(one);
          counts.set(month, (counts.get(month) ?? 0) + 1);
        }
        const most = Math.max(...counts.values());
        const [best] = [...counts].filter(([, has]) => has === most).map(([month]) => month);
        expect(mainMonth(from, days)).toBe(best);
      }),
    );
  });

  test('begins at the top, fills most of the view and shows the day', () => {
    fc.assert(
      fc.property(day, firstDay, fc.integer({ min: 1, max: 9 }), (one, first, tall) => {
        const top = monthTop(one, tall, first);
        const week = weekOf(one, first);
        expect(top).toBeLessThanOrEqual(week);
        expect(week).toBeLessThan(top + tall);
        if (tall >= 6) expect(top).toBe(weekOf(firstOfMonth(one), first));
      }),
    );
    const november = dayOf(2026, 11, 1);
    expect(mainMonth(firstDayOf(monthTop(november + 20, 6, 1), 1), 42)).toBe(november);
  });

  test('a week comes into view by the shortest way', () => {
    expect(intoView(10, 8.5, 6)).toBe(8.5);
    expect(intoView(7, 8.5, 6)).toBe(7);
    expect(intoView(14, 8.5, 6)).toBe(9);
    expect(intoView(14, 8.5, 0.5)).toBe(14);
  });
});
