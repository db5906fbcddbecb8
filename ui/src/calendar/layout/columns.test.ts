import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlaps, placeColumns, type Slot } from './columns';

const slots = fc
  .array(
    fc.record({
      start: fc.integer({ min: 0, max: 1439 }),
      length: fc.integer({ min: 0, max: 600 }),
    }),
  )
  .map((list) =>
    list.map(({ start, length }, index): Slot => ({
      id: String(index),
      start,
      end: Math.min(1440, start + length),
    })),
  );
const smallest = fc.constantFrom(1, 15, 30, 36);

function place(...times: [number, number][]): string[] {
  const given = times.map(([start, end], index) => ({ id: String(index), start, end }));
  return placeColumns(given, 1).map(
    (slot) => `${slot.id}: ${slot.column}+${slot.span}/${slot.columns}`,
  );
}

describe('placeColumns', () => {
  test('no two slots that overlap share a column, also where one grew over several', () => {
    fc.assert(
      fc.property(slots, smallest, (given, minutes) => {
        const placed = placeColumns(given, minutes);
        for (const [index, a] of placed.entries()) {
          for (const b of placed.slice(index + 1)) {
            if (!overlaps(a, b)) continue;
            const apart = a.column + a.span <= b.column || b.column + b.span <= a.column;
            expect(apart).toBe(true);
            expect(a.columns).toBe(b.columns);
          }
        }
      }),
    );
  });

  test('every slot is placed once, inside its columns and inside the day', () => {
    fc.assert(
      fc.property(slots, smallest, (given, minutes) => {
        const placed = placeColumns(given, minutes);
        expect(placed.map((slot) => slot.id).sort()).toEqual(given.map((slot) => slot.id).sort());
        for (const slot of placed) {
          expect(slot.span).toBeGreaterThanOrEqual(1);
          expect(slot.column + slot.span).toBeLessThanOrEqual(slot.columns);
          expect(slot.start).toBeGreaterThanOrEqual(0);
          expect(slot.end).toBeLessThanOrEqual(1440);
          expect(slot.end - slot.start).toBeGreaterThanOrEqual(minutes);
        }
      }),
    );
  });

  test('slots with different times stand the same, in whatever order they come', () => {
    fc.assert(
      fc.property(slots, (given) => {
        const distinct = given.filter(
          (slot, at) =>
            given.findIndex((other) => other.start === slot.start && other.end === slot.end) === at,
        );
        expect(placeColumns([...distinct].reverse(), 1)).toEqual(placeColumns(distinct, 1));
      }),
    );
  });

  test('slots that only touch share a column', () => {
    expect(place([540, 600], [600, 660])).toEqual(['0: 0+1/1', '1: 0+1/1']);
  });

  test('the longer of two that start together stands first', () => {
    expect(place([540, 570], [540, 660])).toEqual(['1: 0+1/2', '0: 1+1/2']);
  });

  test('a slot grows over columns that are free beside it', () => {
    expect(place([540, 720], [540, 600], [550, 600], [630, 700])).toEqual([
      '0: 0+1/3',
      '1: 1+1/3',
      '2: 2+1/3',
      '3: 1+2/3',
    ]);
  });

  test('a short slot at midnight begins earlier instead of leaving the day', () => {
    const [slot] = placeColumns([{ id: 'late', start: 1435, end: 1440 }], 30);
    expect(slot).toMatchObject({ start: 1410, end: 1440 });
  });
});
