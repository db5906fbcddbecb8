import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barsOf, greatest, roundMost, share, stacksOf } from './bars';

const SIZE = { width: 300, height: 48, gap: 2 };
const value = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: null });
const values = fc.array(value, { minLength: 1, maxLength: 60 });

describe('bars', () => {
  test('stay within the picture, in order, and do not touch', () => {
    fc.assert(
      fc.property(values, (all) => {
        const bars = barsOf(all, SIZE, roundMost(all.map((one) => one ?? 0)));
        for (const bar of bars) {
          expect(bar.x).toBeGreaterThanOrEqual(0);
          expect(bar.x + bar.width).toBeLessThanOrEqual(SIZE.width + 1e-9);
          expect(bar.y).toBeGreaterThanOrEqual(0);
          expect(bar.y + bar.height).toBeCloseTo(SIZE.height);
        }
        bars.slice(1).forEach((bar, index) => {
          const before = bars[index];
          expect(bar.x).toBeGreaterThan((before?.x ?? 0) + (before?.width ?? 0));
        });
      }),
    );
  });

  test('stand for the values that are there, the greater the taller', () => {
    fc.assert(
      fc.property(values, (all) => {
        const bars = barsOf(all, SIZE, roundMost(all.map((one) => one ?? 0)));
        expect(bars.map(({ index }) => index)).toEqual(
          all.flatMap((one, index) => (one !== null && one > 0 ? [index] : [])),
        );
        for (const a of bars) {
          for (const b of bars) {
            if ((all[a.index] ?? 0) > (all[b.index] ?? 0)) {
              expect(a.height).toBeGreaterThanOrEqual(b.height);
            }
          }
        }
      }),
    );
  });

  test('that are small are still seen', () => {
    const [bar] = barsOf([1, 100_000], SIZE, 100_000);
    expect(bar?.height).toBe(2);
  });
});

test('stacks are as tall as their whole, and parts as their share', () => {
  const day = fc.record({
    whole: fc.integer({ min: 0, max: 500 }),
    part: fc.integer({ min: 0, max: 600 }),
  });
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 40 }), (days) => {
      const most = roundMost(days.map((one) => one.whole));
      const wholes = barsOf(
        days.map((one) => one.whole),
        SIZE,
        most,
      );
      const stacks = stacksOf(days, SIZE, most);
      expect(stacks.map(({ index }) => index)).toEqual(wholes.map(({ index }) => index));
      stacks.forEach(({ part, rest }, at) => {
        const tall = (part?.height ?? 0) + (rest?.height ?? 0);
        expect(tall).toBeCloseTo(wholes[at]?.height ?? 0);
        expect(rest?.y ?? part?.y).toBeCloseTo(wholes[at]?.y ?? 0);
      });
    }),
  );
});

test.each([
  [[0], 1],
  [[3], 3],
  [[5], 5],
  [[51], 60],
  [[130], 150],
  [[1000], 1000],
  [[310, 12], 400],
  [[9.5], 10],
])('%j is drawn up to %i', (all, most) => expect(roundMost(all)).toBe(most));

test('the greatest is the first of equals, and none where nothing is', () => {
  expect(greatest([1, 3, null, 3])).toBe(1);
  expect(greatest([0, null])).toBeNull();
  expect([share(5, 10), share(0, 10), share(1, 100_000), share(3, 0)]).toEqual([50, 0, 1, 0]);
});
