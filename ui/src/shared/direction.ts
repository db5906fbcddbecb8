/** Which way lines run in the window. */
import { mirrored } from '../calendar/interact/keyboard';

export function isRightToLeft(): boolean {
  return document.documentElement.dir === 'rtl';
}

/** The key that means the same where lines run the other way. */
export function mirroredHere(key: string): string {
  return isRightToLeft() ? mirrored(key) : key;
}
