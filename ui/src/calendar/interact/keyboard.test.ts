import { describe, expect, test } from 'vitest';
import { commandOf, moveInGrid, neighbour, type Press } from './keyboard';

function press(key: string, more: Partial<Press> = {}): Press {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

describe('commandOf', () => {
  test.each([
    ['t', 'today'],
    ['T', 'today'],
    ['j', 'next-week'],
    ['k', 'previous-week'],
    ['n', 'next-event'],
    ['b', 'previous-event'],
    ['?', 'help'],
    ['Escape', 'back'],
    ['x', null],
  ])('%s alone means %s', (key, command) => {
    expect(commandOf(press(key), false)).toBe(command);
  });

  test('the modifier is Control, and Command on macOS', () => {
    expect(commandOf(press('j', { ctrlKey: true }), false)).toBe('join');
    expect(commandOf(press('r', { metaKey: true }), true)).toBe('sync');
    expect(commandOf(press('j', { metaKey: true }), false)).toBeNull();
    expect(commandOf(press('j', { ctrlKey: true }), true)).toBeNull();
  });

  test('single keys mean nothing with a modifier, and Alt is left to the system', () => {
    expect(commandOf(press('t', { ctrlKey: true }), false)).toBeNull();
    expect(commandOf(press('t', { altKey: true }), false)).toBeNull();
  });
});

describe('moveInGrid', () => {
  const hours = { row: 'hours', day: 3 } as const;

  test('the arrows walk the days and leave the week at its edges', () => {
    expect(moveInGrid('ArrowRight', hours, true)).toEqual({
      kind: 'cell',
      cell: { row: 'hours', day: 4 },
    });
    expect(moveInGrid('ArrowRight', { ...hours, day: 6 }, true)).toEqual({
      kind: 'week',
      by: 1,
      cell: { row: 'hours', day: 0 },
    });
    expect(moveInGrid('ArrowLeft', { ...hours, day: 0 }, true)).toEqual({
      kind: 'week',
      by: -1,
      cell: { row: 'hours', day: 6 },
    });
  });

  test('Up scrolls the hours first and then goes to the all-day row', () => {
    expect(moveInGrid('ArrowUp', hours, false)).toEqual({ kind: 'scroll' });
    expect(moveInGrid('ArrowUp', hours, true)).toEqual({
      kind: 'cell',
      cell: { row: 'all-day', day: 3 },
    });
    expect(moveInGrid('ArrowUp', { row: 'all-day', day: 3 }, true)).toBeNull();
    expect(moveInGrid('ArrowDown', { row: 'all-day', day: 3 }, true)).toEqual({
      kind: 'cell',
      cell: hours,
    });
  });

  test('Home and End go to the ends, Page keys change the week and keep the day', () => {
    expect(moveInGrid('Home', hours, true)).toEqual({ kind: 'cell', cell: { ...hours, day: 0 } });
    expect(moveInGrid('End', hours, true)).toEqual({ kind: 'cell', cell: { ...hours, day: 6 } });
    expect(moveInGrid('PageDown', hours, true)).toEqual({ kind: 'week', by: 1, cell: hours });
    expect(moveInGrid('PageUp', hours, true)).toEqual({ kind: 'week', by: -1, cell: hours });
  });
});

describe('neighbour', () => {
  test.each([
    [null, 1, 'a'],
    [null, -1, 'c'],
    ['a', 1, 'b'],
    ['c', 1, null],
    ['a', -1, null],
    ['gone', 1, 'a'],
  ] as const)('from %s by %i: %s', (current, by, expected) => {
    expect(neighbour(['a', 'b', 'c'], current, by)).toBe(expected);
  });
});
