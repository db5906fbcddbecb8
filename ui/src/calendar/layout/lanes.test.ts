import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inColumns, placeLanes, type Span } from './lanes';

const FROM = 100;
const DAYS = 7;
const spans = fc
  .array(
    fc.record({ day: fc.integer({ min: 90, max: 112 }), days: fc.integer({ min: 1, max: 15 }) }),
  )
  .map((list) => list.map((span, index): Span => ({ id: String(index), ...span })));

const inside = (span: Span): boolean => span.day < FROM + DAYS && span.day + span.days > FROM;

describe('placeLanes', () => {
  test('no two spans meet in a lane', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const { placed } = placeLanes(given, FROM, DAYS);
        for (const [index, a] of placed.entries()) {
          for (const b of placed.slice(index + 1)) {
            if (a.lane !== b.lane) continue;
            expect(a.day + a.days <= b.day || b.day + b.days <= a.day).toBe(true);
          }
        }
      }),
    );
  });

  test('every span of the period is placed, or counted on each of its days', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 5 }), (given, most) => {
        const { placed, lanes, hidden } = placeLanes(given, FROM, DAYS, most);
        expect(lanes).toBeLessThanOrEqual(most);
        for (let day = FROM; day < FROM + DAYS; day += 1) {
          const on = (span: { day: number; days: number }): boolean =>
            span.day <= day && day < span.day + span.days;
          const shown = placed.filter(on).length;
          expect(shown + (hidden[day - FROM] ?? 0)).toBe(given.filter(on).length);
        }
      }),
    );
  });

  test('spans outside of the period are left out, and the rest is cut to it', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const { placed } = placeLanes(given, FROM, DAYS);
        expect(placed.map((span) => span.id).sort()).toEqual(
          given
            .filter(inside)
            .map((span) => span.id)
            .sort(),
        );
        for (const span of placed) {
          expect(span.day).toBeGreaterThanOrEqual(FROM);
          expect(span.day + span.days).toBeLessThanOrEqual(FROM + DAYS);
        }
      }),
    );
  });

  test('a span that began before and goes on after says so', () => {
    const [span] = placeLanes([{ id: 'long', day: 90, days: 40 }], FROM, DAYS).placed;
    expect(span).toEqual({
      id: 'long',
      day: FROM,
      days: 7,
      lane: 0,
      cutBefore: true,
      cutAfter: true,
    });
  });
});

describe('inColumns', () => {
  const workWeek = [100, 101, 102, 103, 104, 107, 108];

  test.each([
    [
      { day: 99, days: 3 },
      { day: 0, days: 2, cutBefore: true, cutAfter: false },
    ],
    [
      { day: 104, days: 2 },
      { day: 4, days: 1, cutBefore: false, cutAfter: true },
    ],
    [
      { day: 104, days: 4 },
      { day: 4, days: 2, cutBefore: false, cutAfter: false },
    ],
    [
      { day: 106, days: 2 },
      { day: 5, days: 1, cutBefore: true, cutAfter: false },
    ],
  ])('%o stands at %o', (span, expected) => {
    expect(inColumns([{ id: 'a', ...span }], workWeek)).toEqual([{ id: 'a', ...expected }]);
  });

  test('what lies in days left out is left out', () => {
    expect(inColumns([{ id: 'a', day: 105, days: 2 }], workWeek)).toEqual([]);
  });

  test('in days without gaps it is the span within them', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const days = Array.from({ length: DAYS }, (_, index) => FROM + index);
        const placed = inColumns(given, days);
        expect(placed.map((one) => one.id)).toEqual(given.filter(inside).map((one) => one.id));
      }),
    );
  });
});
