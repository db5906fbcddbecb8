/**
 * Everything that keys and the palette can do, with the keys that stand for it. Pure: what a
 * command does is in the desk (state/desk.svelte.ts), its words in words/commands.ts.
 */
import { isSingleKey } from './chords';

/** How commands are grouped in the list of keys. */
export type CommandGroup = 'move' | 'views' | 'events' | 'find' | 'window';

const table = {
  today: ['move', 't'],
  next: ['move', 'j'],
  previous: ['move', 'k'],
  'go-to': ['move', 'g'],
  'view-day': ['views', 'd', '1'],
  'view-week': ['views', 'w', '2'],
  'view-month': ['views', 'm', '3'],
  'view-agenda': ['views', 'a', '4'],
  'view-year': ['views', 'y', '5'],
  'view-work-week': ['views', 'shift+w'],
  'view-days': ['views', 'x'],
  'zoom-in': ['views', '+', '='],
  'zoom-out': ['views', '-'],
  zone: ['views', 'z'],
  'next-event': ['events', 'n'],
  'previous-event': ['events', 'b'],
  join: ['events', 'mod+j'],
  changes: ['events', 'u'],
  search: ['find', '/'],
  filter: ['find', 'f'],
  'clear-filter': ['find', 'shift+f'],
  palette: ['find', 'mod+k'],
  sync: ['window', 'mod+r'],
  sidebar: ['window', 'mod+b'],
  settings: ['window', 'mod+,'],
  health: ['window'],
  print: ['window', 'mod+p'],
  help: ['window', '?'],
  back: ['window', 'escape'],
} as const satisfies Record<string, readonly [CommandGroup, ...string[]]>;

export type CommandId = keyof typeof table;

export const COMMANDS = Object.keys(table) as CommandId[];

export function groupOf(command: CommandId): CommandGroup {
  return table[command][0];
}

/** The keys of a command: the user's own, else those it comes with. */
export function chordsOf(command: CommandId, own: Readonly<Record<string, string>>): string[] {
  const mine = own[command];
  if (mine !== undefined) return mine === '' ? [] : [mine];
  return table[command].slice(1);
}

/** What a chord stands for. */
export function commandFor(
  chord: string,
  { keys, singleKeys }: { keys: Readonly<Record<string, string>>; singleKeys: boolean },
): CommandId | null {
  const found = COMMANDS.find((command) => chordsOf(command, keys).includes(chord)) ?? null;
  if (found === null || found === 'back') return found;
  return singleKeys || !isSingleKey(chord) ? found : null;
}

/** Other commands that have the chord already. */
export function conflictsOf(
  command: CommandId,
  chord: string,
  own: Readonly<Record<string, string>>,
): CommandId[] {
  return COMMANDS.filter((other) => other !== command && chordsOf(other, own).includes(chord));
}

/** The nth day shown, of Alt and a digit; else `null`. */
export function dayOfChord(chord: string): number | null {
  const digit = /^alt\+([1-9])$/.exec(chord)?.[1];
  return digit === undefined ? null : Number(digit) - 1;
}

/** The digit of a saved view, of Alt, Shift and a digit; else `null`. */
export function savedViewOfChord(chord: string): string | null {
  return /^alt\+shift\+([1-9])$/.exec(chord)?.[1] ?? null;
}
