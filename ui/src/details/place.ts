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
 * The top left corner for a panel of `panel` size beside `anchor`: to its right, else to its
 * left, else in the middle of what is free; never outside of `view`.
 */
export function placeBeside(anchor: Box, panel: Size, view: Size): { left: number; top: number } {
  const right = anchor.right + GAP;
  const left = anchor.left - GAP - panel.width;
  const fitsRight = right + panel.width + GAP <= view.width;
  const fitsLeft = left >= GAP;
  const middle = Math.max(GAP, (view.width - panel.width) / 2);
  return {
    left: fitsRight ? right : fitsLeft ? left : middle,
    top: Math.max(GAP, Math.min(anchor.top, view.height - panel.height - GAP)),
  };
}
