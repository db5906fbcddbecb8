import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeLanes, type Span } from './lanes';

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
