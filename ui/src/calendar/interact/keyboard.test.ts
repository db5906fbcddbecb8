import { describe, expect, test } from 'vitest';
import { moveInGrid } from './keyboard';

describe('moveInGrid', () => {
  const hours = { row: 'hours', day: 3 } as const;

  test('the arrows walk the days and leave the period at its edges', () => {
    expect(moveInGrid('ArrowRight', hours, 7, true)).toEqual({
      kind: 'cell',
      cell: { row: 'hours', day: 4 },
    });
    expect(moveInGrid('ArrowRight', { ...hours, day: 6 }, 7, true)).toEqual({
      kind: 'period',
      by: 1,
      cell: { row: 'hours', day: 0 },
    });
    expect(moveInGrid('ArrowLeft', { ...hours, day: 0 }, 7, true)).toEqual({
      kind: 'period',
      by: -1,
      cell: { row: 'hours', day: 6 },
    });
  });

  test('Up scrolls the hours first and then goes to the all-day row', () => {
    expect(moveInGrid('ArrowUp', hours, 7, false)).toEqual({ kind: 'scroll' });
    expect(moveInGrid('ArrowUp', hours, 7, true)).toEqual({
      kind: 'cell',
      cell: { row: 'all-day', day: 3 },
    });
    expect(moveInGrid('ArrowUp', { row: 'all-day', day: 3 }, 7, true)).toBeNull();
    expect(moveInGrid('ArrowDown', { row: 'all-day', day: 3 }, 7, true)).toEqual({
      kind: 'cell',
      cell: hours,
    });
  });

  test('Home and End go to the ends, Page keys change the period and keep the day', () => {
    expect(moveInGrid('Home', hours, 7, true)).toEqual({
      kind: 'cell',
      cell: { ...hours, day: 0 },
    });
    expect(moveInGrid('End', hours, 7, true)).toEqual({ kind: 'cell', cell: { ...hours, day: 6 } });
    expect(moveInGrid('PageDown', hours, 7, true)).toEqual({ kind: 'period', by: 1, cell: hours });
    expect(moveInGrid('PageUp', hours, 7, true)).toEqual({ kind: 'period', by: -1, cell: hours });
  });

  test('where lines run from right to left, Left is the next day', () => {
    const cell = { row: 'hours', day: 4 } as const;
    expect(moveInGrid('ArrowLeft', hours, 7, true, true)).toEqual({ kind: 'cell', cell });
    expect(moveInGrid('ArrowRight', { ...hours, day: 0 }, 3, true, true)).toEqual({
      kind: 'period',
      by: -1,
      cell: { row: 'hours', day: 2 },
    });
  });
});
