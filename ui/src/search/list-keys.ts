/** What keys do in a list whose focus stays in the field over it. Pure. */

/** How far Page Up and Page Down go. */
const PAGE = 8;

/** Where a key goes from `at`, which is -1 while nothing is chosen; `null` for other keys. */
export function moveInList(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return at <= 0 ? count - 1 : at - 1;
    case 'PageDown':
      return Math.min(at + PAGE, count - 1);
    case 'PageUp':
      return Math.max(at - PAGE, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
