/** What is printed on the keys of a chord, in the language that is spoken. */
import { keysOf } from '../commands/chords';

export function keyNames(chord: string, mac: boolean): string[] {
  return keysOf(chord, mac);
}

/** The same inside of a sentence: "Ctrl+K". */
export function keysText(chord: string, mac: boolean): string {
  return keyNames(chord, mac).join(mac ? '' : '+');
}
