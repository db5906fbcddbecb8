/**
 * Keys as text: `g`, `?`, `mod+k`, `shift+w`, `alt+1`. Pure.
 *
 * Mod is Command on macOS and Control elsewhere. A sign that needs Shift on some keyboards (`?`,
 * `+`, `/`) is named as itself and without it, since which key makes it differs from one to
 * another.
 */
import { keys } from '../words/keys';

/** The part of a KeyboardEvent that matters. */
export interface Press {
  key: string;
  /** The key's place on the board, for digits with Alt, which types other signs on a Mac. */
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The chord of a key press, or `null` if it is a modifier alone or stands for none. */
export function chordOf(press: Press, mac: boolean): string | null {
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  const key = keyOf(press);
  if (other || key === null) return null;
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && !/\d/.test(key);
  const parts = [
    mod ? 'mod' : '',
    press.altKey ? 'alt' : '',
    press.shiftKey && !isSign ? 'shift' : '',
    key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

const MODIFIERS = new Set(['control', 'meta', 'alt', 'shift', 'altgraph', 'dead', 'unidentified']);

function keyOf({ key, code, altKey }: Press): string | null {
  const digit = altKey ? /^Digit(\d)$/.exec(code ?? '') : null;
  if (digit !== null) return digit[1] ?? null;
  // On a board of another script the letter is known by its place.
  const letter = key.length === 1 && key > '~' ? /^Key([A-Z])$/.exec(code ?? '') : null;
  const name = (letter?.[1] ?? key).toLowerCase();
  if (name === '' || MODIFIERS.has(name)) return null;
  return name === ' ' ? 'space' : name;
}

/** Whether a chord is a single key, which acts only where nobody types. */
export function isSingleKey(chord: string): boolean {
  return !/^(mod|alt)\+/.test(chord);
}

/** How keys are called that do not show their own name. */
function namesOn(mac: boolean): Record<string, string> {
  const modifiers = mac
    ? { mod: '⌘', alt: '⌥', shift: '⇧' }
    : { mod: keys.control, alt: keys.alt, shift: keys.shift };
  return {
    ...modifiers,
    escape: keys.escape,
    arrowleft: '←',
    arrowright: '→',
    arrowup: '↑',
    arrowdown: '↓',
    pageup: keys.pageUp,
    pagedown: keys.pageDown,
    home: keys.home,
    end: keys.end,
    enter: keys.enter,
    space: keys.space,
  };
}

/** A chord as keys to show, such as `Ctrl` and `K`. */
export function keysOf(chord: string, mac: boolean): string[] {
  const names = namesOn(mac);
  return split(chord).map(
    (part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : capital(part)),
  );
}

/** The parts of a chord; the last one may be a plus. */
function split(chord: string): string[] {
  const parts = chord.endsWith('+') ? [...chord.slice(0, -1).split('+'), '+'] : chord.split('+');
  return parts.filter((part) => part !== '');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
