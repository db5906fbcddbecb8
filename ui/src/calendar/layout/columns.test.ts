import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capColumns, columnsIn, overlaps, placeColumns, type Slot } from './columns';

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

describe('capColumns', () => {
  const most = fc.integer({ min: 2, max: 5 });

  test('every slot is either placed or counted, once', () => {
    fc.assert(
      fc.property(slots, smallest, most, (given, minutes, columns) => {
        const { placed, more } = capColumns(placeColumns(given, minutes), columns);
        const seen = [...placed.map((slot) => slot.id), ...more.flatMap((group) => group.ids)];
        expect(seen.sort()).toEqual(given.map((slot) => slot.id).sort());
      }),
    );
  });

  test('nothing stands in more columns than there may be, and nothing lies on another', () => {
    fc.assert(
      fc.property(slots, smallest, most, (given, minutes, columns) => {
        const { placed, more } = capColumns(placeColumns(given, minutes), columns);
        const boxes = [...placed, ...more.map((group) => ({ ...group, span: 1 }))];
        for (const [index, a] of boxes.entries()) {
          expect(a.columns).toBeLessThanOrEqual(columns);
          expect(a.span).toBeGreaterThanOrEqual(1);
          expect(a.column + a.span).toBeLessThanOrEqual(a.columns);
          for (const b of boxes.slice(index + 1)) {
            if (!overlaps(a, b)) continue;
            expect(a.columns).toBe(b.columns);
            expect(a.column + a.span <= b.column || b.column + b.span <= a.column).toBe(true);
          }
        }
      }),
    );
  });

  test('a count stands for two or more, and lasts as long as they do', () => {
    fc.assert(
      fc.property(slots, most, (given, columns) => {
        const all = placeColumns(given, 30);
        for (const group of capColumns(all, columns).more) {
          const counted = all.filter((slot) => group.ids.includes(slot.id));
          expect(counted.length).toBeGreaterThanOrEqual(2);
          expect(group.start).toBe(Math.min(...counted.map((slot) => slot.start)));
          expect(group.end).toBe(Math.max(...counted.map((slot) => slot.end)));
        }
      }),
    );
  });

  test('a day that has room for all stays as it is', () => {
    fc.assert(
      fc.property(slots, (given) => {
        const all = placeColumns(given, 30);
        const widest = Math.max(1, ...all.map((slot) => slot.columns));
        expect(capColumns(all, widest)).toEqual({ placed: all, more: [] });
      }),
    );
  });

  test('six at once in three columns are two and four more', () => {
    const six = Array.from({ length: 6 }, (_, id) => ({ id: String(id), start: 600, end: 660 }));
    const { placed, more } = capColumns(placeColumns(six, 30), 3);
    expect(placed.map((slot) => slot.column)).toEqual([0, 1]);
    expect(more).toEqual([
      { start: 600, end: 660, column: 2, columns: 3, ids: ['2', '3', '4', '5'] },
    ]);
  });
});

test('a day has room for columns of 44 pixels, and for two however narrow it is', () => {
  expect([60, 93, 132, 139, 176].map(columnsIn)).toEqual([2, 2, 3, 3, 4]);
});
