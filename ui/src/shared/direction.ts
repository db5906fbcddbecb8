/** Which way lines run in the window. */
import { mirrored } from '../calendar/interact/keyboard';

export function isRightToLeft(): boolean {
  return document.documentElement.dir === 'rtl';
}

/** The key that means the same where lines run the other way. */
export function mirroredHere(key: string): string {
  return isRightToLeft() ? mirrored(key) : key;
}

const RIGHT_TO_LEFT =
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Nko}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Whether a text is written against the window's direction, by its first letter. */
export function isAgainst(text: string): boolean {
  return /\p{L}/u.test(text) && RIGHT_TO_LEFT.test(text) !== isRightToLeft();
}
