/**
 * Walking the grid of hours with the arrows. Pure: takes what was pressed and where the focus is,
 * answers what to do.
 */

/** The two rows of the grid. */
export type Row = 'all-day' | 'hours';

/** The cell that holds the one tab stop; `day` is the index of its column. */
export interface Cell {
  row: Row;
  day: number;
}

/** What an arrow key does in the grid. */
export type GridMove =
  | { kind: 'cell'; cell: Cell }
  | { kind: 'period'; by: 1 | -1; cell: Cell }
  | { kind: 'enter' }
  | { kind: 'scroll' }
  | null;

/**
 * The move of a key pressed on a cell of a grid with `columns` days, read from left to right or
 * from right to left: Left goes where it points.
 *
 * Left and Right leave the period at its edges; Up leaves the hours only when they are scrolled to
 * the top, and scrolls otherwise.
 */
export function moveInGrid(
  key: string,
  cell: Cell,
  columns: number,
  hoursAtTop: boolean,
  rightToLeft = false,
): GridMove {
  const last = columns - 1;
  switch (rightToLeft ? mirrored(key) : key) {
    case 'ArrowLeft':
      return cell.day > 0
        ? { kind: 'cell', cell: { ...cell, day: cell.day - 1 } }
        : { kind: 'period', by: -1, cell: { ...cell, day: last } };
    case 'ArrowRight':
      return cell.day < last
        ? { kind: 'cell', cell: { ...cell, day: cell.day + 1 } }
        : { kind: 'period', by: 1, cell: { ...cell, day: 0 } };
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
      return { kind: 'cell', cell: { ...cell, day: last } };
    case 'PageUp':
      return { kind: 'period', by: -1, cell };
    case 'PageDown':
      return { kind: 'period', by: 1, cell };
    case 'Enter':
      return { kind: 'enter' };
    default:
      return null;
  }
}

/** The key that means the same where lines run from right to left. */
export function mirrored(key: string): string {
  if (key === 'ArrowLeft') return 'ArrowRight';
  return key === 'ArrowRight' ? 'ArrowLeft' : key;
}
