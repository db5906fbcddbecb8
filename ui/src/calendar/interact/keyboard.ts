/**
 * What keys mean: the single-key commands, and walking the grid with the arrows.
 *
 * Pure: takes what was pressed and where the focus is, answers what to do.
 */

/** A command that a key stands for. */
export type Command =
  | 'today'
  | 'next-week'
  | 'previous-week'
  | 'next-event'
  | 'previous-event'
  | 'go-to'
  | 'sync'
  | 'join'
  | 'sidebar'
  | 'help'
  | 'back';

/** The part of a KeyboardEvent that matters. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const plain: Readonly<Record<string, Command>> = {
  t: 'today',
  j: 'next-week',
  k: 'previous-week',
  n: 'next-event',
  b: 'previous-event',
  g: 'go-to',
  '?': 'help',
  escape: 'back',
};

const withMod: Readonly<Record<string, Command>> = { r: 'sync', j: 'join', b: 'sidebar' };

/** The command of a key press, or `null`. Mod is Command on macOS and Control elsewhere. */
export function commandOf(press: Press, mac: boolean): Command | null {
  if (press.altKey) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (other) return null;
  const table = mod ? withMod : plain;
  return table[press.key.toLowerCase()] ?? null;
}

/** The two rows of the week grid. */
export type Row = 'all-day' | 'hours';

/** The cell that holds the one tab stop; `day` is 0 to 6. */
export interface Cell {
  row: Row;
  day: number;
}

/** What an arrow key does in the grid. */
export type GridMove =
  | { kind: 'cell'; cell: Cell }
  | { kind: 'week'; by: 1 | -1; cell: Cell }
  | { kind: 'enter' }
  | { kind: 'scroll' }
  | null;

/**
 * The move of a key pressed on a cell.
 *
 * Left and Right leave the week at its edges; Up leaves the hours only when they are scrolled to
 * the top, and scrolls otherwise.
 */
export function moveInGrid(key: string, cell: Cell, hoursAtTop: boolean): GridMove {
  switch (key) {
    case 'ArrowLeft':
      return cell.day > 0
        ? { kind: 'cell', cell: { ...cell, day: cell.day - 1 } }
        : { kind: 'week', by: -1, cell: { ...cell, day: 6 } };
    case 'ArrowRight':
      return cell.day < 6
        ? { kind: 'cell', cell: { ...cell, day: cell.day + 1 } }
        : { kind: 'week', by: 1, cell: { ...cell, day: 0 } };
    case 'ArrowUp':
      if (cell.row === 'all-day') return null;
      return hoursAtTop ? { kind: 'cell', cell: { ...cell, row: 'all-day' } } : { kind: 'scroll' };
    case 'ArrowDown':
      return cell.row === 'all-day'
        ? { kind: 'cell', cell: { ...cell, row: 'hours' } }
        : { kind: 'scroll' };
    case 'Home':
      return { kind: 'cell', cell: { ...cell, day: 0 } };
    case 'End':
      return { kind: 'cell', cell: { ...cell, day: 6 } };
    case 'PageUp':
      return { kind: 'week', by: -1, cell };
    case 'PageDown':
      return { kind: 'week', by: 1, cell };
    case 'Enter':
      return { kind: 'enter' };
    default:
      return null;
  }
}

/** The id after (`by` = 1) or before (-1) `current` in `ids`; the first or last one if there is no current. */
export function neighbour(
  ids: readonly string[],
  current: string | null,
  by: 1 | -1,
): string | null {
  const at = current === null ? -1 : ids.indexOf(current);
  if (at === -1) return (by === 1 ? ids[0] : ids[ids.length - 1]) ?? null;
  return ids[at + by] ?? null;
}
