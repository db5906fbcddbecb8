/** Whether the toolbar has room for every view side by side. Pure. */

/** Widths in pixels, as they are shown. */
export interface ToolbarWidths {
  /** The whole toolbar; 0 while nobody knows. */
  toolbar: number;
  /** The buttons before the title. */
  start: number;
  /** The views side by side; 0 while nobody knows. */
  views: number;
  /** The buttons after the views. */
  end: number;
}

/** What a usual title takes: "28 September – 4 October 2026". */
const TITLE = 248;
/** Go to a date, the gaps, and the padding at both ends. */
const BETWEEN = 28 + 4 * 8 + 4 + 2 * 12;

/**
 * Of the room and not of the title at hand: going from week to week must not make the views come
 * and go. Words may be of any length, so no width of a window says whether they fit.
 */
export function hasRoomForViews({ toolbar, start, views, end }: ToolbarWidths): boolean {
  if (toolbar === 0 || views === 0) return true;
  return toolbar >= start + TITLE + BETWEEN + views + end;
}
