/**
 * How many rows of words a chip holds, from its height alone.
 *
 * Every row is as tall as a title's line, so that a chip cut off after its last whole row never
 * shows part of one. Pure and on integers; measuring chips in the DOM would cost a layout each.
 */

/** The height of a row of words. */
export const ROW = 16;
/** A row where Join must fit below it in a low chip. */
export const LOW_ROW = 14;
/** Borders above and below, and the pixel between a chip and the next. */
export const FRAME = 3;
/** From the top of Join's visible part to the bottom of its chip. */
export const JOIN = 23;

const MOST_TITLE = 3;
const PADDING = 3;
/** How far Join's visible part stands from the bottom in a low chip. */
const LOW_JOIN = 21;

/** What is known of a chip besides its height. */
export interface Chip {
  /** About half a day wide or less. */
  narrow: boolean;
  /** It has a Join button. */
  joinable: boolean;
  /** It has an importance mark or categories. */
  marked: boolean;
}

/** How a chip's words stand. */
export interface Rows {
  /** Rows that are shown; what would follow is hidden whole. */
  rows: number;
  /** The most of them that the title may take. */
  title: number;
  /** The height of each. */
  row: number;
  /** The free pixels above the first. */
  top: number;
  /** Where Join stands: beside the words, or below the title. */
  join: 'beside' | 'below';
}

/** The rows of a chip that is `pixels` tall. */
export function rowsOf(pixels: number, { narrow, joinable, marked }: Chip): Rows {
  const inside = Math.floor(pixels) - FRAME;
  const rows = Math.max(1, Math.floor(inside / ROW));
  const top = Math.max(0, Math.min(PADDING, Math.floor((inside - rows * ROW) / 2)));
  const plain = { rows, row: ROW, top, join: 'beside' } as const;
  // Time and place keep a row; in a narrow chip only the marks do, which stand there.
  const kept = rows > 1 && (marked || !narrow) ? 1 : 0;
  if (!joinable) return { ...plain, title: Math.min(MOST_TITLE, rows - kept) };

  const above = Math.floor((Math.floor(pixels) - JOIN - 1 - top) / ROW);
  if (above >= 1) {
    // Beside Join there is room for words in a wide chip and for marks in a narrow one.
    const shown = narrow ? Math.min(above, rows) : rows;
    const title = Math.min(MOST_TITLE, above, narrow ? shown : rows - kept);
    return { ...plain, title, rows: shown, join: 'below' };
  }
  if (narrow && pixels >= 1 + LOW_ROW + LOW_JOIN) {
    return { rows: 1, title: 1, row: LOW_ROW, top: 0, join: 'below' };
  }
  return { ...plain, title: 1 };
}
