/** Where the details stand: beside the event, inside the window. Pure. */

/** A rectangle in the window. */
export interface Box {
  left: number;
  right: number;
  top: number;
}

/** A size. */
export interface Size {
  width: number;
  height: number;
}

const GAP = 8;

/**
 * The top left corner for a panel of `panel` size beside `anchor`: on the `first` side of it, else
 * on the other; where it fits on neither, at that edge of the window from which it covers least of
 * the event. Never outside of `view`.
 */
export function placeBeside(
  anchor: Box,
  panel: Size,
  view: Size,
  first: 'left' | 'right' = 'right',
): { left: number; top: number } {
  const edge = Math.max(GAP, view.width - panel.width - GAP);
  const right = { at: anchor.right + GAP, edge, room: view.width - anchor.right };
  const left = { at: anchor.left - GAP - panel.width, edge: GAP, room: anchor.left };
  const sides = first === 'right' ? [right, left] : [left, right];
  const fitting = sides.find(({ room }) => room >= panel.width + 2 * GAP);
  const roomier = right.room === left.room ? sides[0] : right.room > left.room ? right : left;
  return {
    left: Math.max(GAP, Math.min(fitting?.at ?? roomier?.edge ?? GAP, edge)),
    top: Math.max(GAP, Math.min(anchor.top, view.height - panel.height - GAP)),
  };
}
