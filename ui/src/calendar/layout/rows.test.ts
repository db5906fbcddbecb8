import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME, JOIN, LOW_ROW, ROW, rowsOf } from './rows';

const heights = fc.integer({ min: 24, max: 1600 });
const chips = fc.record({ narrow: fc.boolean(), joinable: fc.boolean(), marked: fc.boolean() });
const wide = { narrow: false, joinable: false, marked: false };

describe('rowsOf', () => {
  test('all rows fit whole, whatever the height', () => {
    fc.assert(
      fc.property(heights, chips, (pixels, chip) => {
        const { rows, row, top } = rowsOf(pixels, chip);
        expect(top + rows * row + FRAME).toBeLessThanOrEqual(pixels);
      }),
    );
  });

  test('the title has at least one row and never more than there are', () => {
    fc.assert(
      fc.property(heights, chips, (pixels, chip) => {
        const { rows, title } = rowsOf(pixels, chip);
        expect(title).toBeGreaterThanOrEqual(1);
        expect(title).toBeLessThanOrEqual(rows);
      }),
    );
  });

  test('Join below the title never lies on it', () => {
    fc.assert(
      fc.property(heights, chips, (pixels, chip) => {
        const { title, row, top, join } = rowsOf(pixels, { ...chip, joinable: true });
        fc.pre(join === 'below' && row === ROW);
        expect(1 + top + title * row).toBeLessThanOrEqual(pixels - JOIN);
      }),
    );
  });

  test('a taller chip never shows fewer rows', () => {
    fc.assert(
      fc.property(heights, heights, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(rowsOf(high, wide).rows).toBeGreaterThanOrEqual(rowsOf(low, wide).rows);
      }),
    );
  });

  test('half an hour shows one row, three quarters and an hour two, an hour and a half four', () => {
    expect([24, 36, 48, 72].map((pixels) => rowsOf(pixels, wide).rows)).toEqual([1, 2, 2, 4]);
  });

  test('a narrow chip keeps a row for its marks', () => {
    const marked = { narrow: true, joinable: false, marked: true };
    expect(rowsOf(48, marked)).toMatchObject({ rows: 2, title: 1 });
    expect(rowsOf(48, { ...marked, marked: false })).toMatchObject({ rows: 2, title: 2 });
  });

  test('Join stands below the title of a narrow chip from three quarters of an hour on', () => {
    const joinable = { narrow: true, joinable: true, marked: false };
    expect(rowsOf(24, joinable).join).toBe('beside');
    expect(rowsOf(36, joinable)).toMatchObject({ title: 1, row: LOW_ROW, join: 'below' });
    expect(rowsOf(60, joinable)).toMatchObject({ title: 2, row: ROW, join: 'below' });
  });
});
