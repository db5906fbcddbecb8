/** What a menu of the sidebar offers, and where it stands. Pure. */

export interface MenuItem {
  label: string;
  /** Without one it leads to `items`. */
  onselect?: () => void;
  /** What stands behind it, on a page of its own. */
  items?: readonly MenuItem[];
  /** Of a choice or a switch: whether it is on. */
  checked?: boolean;
  /** A switch by itself, not one choice of many. */
  isSwitch?: boolean;
  disabled?: boolean;
  danger?: boolean;
}

export interface Edges {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Size {
  width: number;
  height: number;
}

const GAP = 4;

/**
 * The top left corner of a menu that belongs to `anchor`: under it, with the starts or the ends
 * flush, else over it; never outside of the window, and at its top where it is taller than that.
 */
export function placeMenu(
  anchor: Edges,
  menu: Size,
  view: Size,
  flush: 'left' | 'right',
): { left: number; top: number } {
  const wished = flush === 'left' ? anchor.left : anchor.right - menu.width;
  const under = anchor.bottom + GAP;
  const over = anchor.top - GAP - menu.height;
  const fitsUnder = under + menu.height + GAP <= view.height;
  return {
    left: within(wished, menu.width, view.width),
    top: within(fitsUnder || over < GAP ? under : over, menu.height, view.height),
  };
}

function within(wished: number, size: number, room: number): number {
  return Math.max(GAP, Math.min(wished, room - size - GAP));
}

/** The entry that the typed letters lead to, looked for from the one after `at`. */
export function typedTo(labels: readonly string[], at: number, typed: string): number | null {
  const wanted = typed.toLocaleLowerCase();
  const from = typed.length > 1 ? at : at + 1;
  for (let step = 0; step < labels.length; step += 1) {
    const index = (from + step + labels.length) % labels.length;
    if (labels[index]?.toLocaleLowerCase().startsWith(wanted) === true) return index;
  }
  return null;
}
