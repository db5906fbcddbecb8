/** Giving keys to commands: what may be given, what it takes from others, and back. Pure. */
import {
  chordsOf,
  COMMANDS,
  conflictsOf,
  dayOfChord,
  savedViewOfChord,
  type CommandId,
} from '../commands/commands';

/** The keys that the user gave, by command; an empty text: none. */
export type OwnKeys = Readonly<Record<string, string>>;

/** What the window or the system does with a key itself. */
export type Reserved = 'walk' | 'days' | 'views' | 'system';

const WALK = new Set([
  'enter',
  'space',
  'tab',
  'escape',
  'arrowup',
  'arrowdown',
  'arrowleft',
  'arrowright',
  'home',
  'end',
  'pageup',
  'pagedown',
  'backspace',
  'delete',
]);
const SYSTEM = new Set([
  'mod+c',
  'mod+v',
  'mod+x',
  'mod+a',
  'mod+z',
  'mod+shift+z',
  'mod+w',
  'mod+q',
  'alt+f4',
  'alt+tab',
]);

/** Why a chord cannot be given to a command; `null` if it can. */
export function reservedFor(chord: string): Reserved | null {
  if (dayOfChord(chord) !== null) return 'days';
  if (savedViewOfChord(chord) !== null) return 'views';
  if (SYSTEM.has(chord)) return 'system';
  const key = chord.endsWith('+') ? '+' : (chord.split('+').at(-1) ?? '');
  return WALK.has(key) ? 'walk' : null;
}

/** Whether a command's keys differ from those that it comes with. */
export function isOwn(own: OwnKeys, command: CommandId): boolean {
  return own[command] !== undefined;
}

/** Gives a command a key, and takes it from those that had it; they keep their others. */
export function give(own: OwnKeys, command: CommandId, chord: string): Record<string, string> {
  const given = { ...own, [command]: chord };
  return settled(taken(given, command, [chord]));
}

/** Leaves a command without a key. */
export function bare(own: OwnKeys, command: CommandId): Record<string, string> {
  return settled({ ...own, [command]: '' });
}

/** Gives a command back what it came with, and takes that from those that had it meanwhile. */
export function reset(own: OwnKeys, command: CommandId): Record<string, string> {
  const rest = Object.fromEntries(Object.entries(own).filter(([name]) => name !== command));
  return settled(taken(rest, command, chordsOf(command, rest)));
}

/** Who would lose a key if a command got back what it came with. */
export function lostByReset(own: OwnKeys, command: CommandId): CommandId[] {
  const rest = Object.fromEntries(Object.entries(own).filter(([name]) => name !== command));
  return chordsOf(command, {}).flatMap((chord) => conflictsOf(command, chord, rest));
}

function taken(
  own: Record<string, string>,
  command: CommandId,
  chords: readonly string[],
): Record<string, string> {
  const patched = { ...own };
  for (const chord of chords) {
    for (const other of conflictsOf(command, chord, patched)) {
      const left = chordsOf(other, patched).filter((one) => one !== chord);
      // Of several keys that it came with, the first that is left becomes its own.
      patched[other] = left[0] ?? '';
    }
  }
  return patched;
}

/** Without what says the same as the command came with. */
function settled(own: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(own).filter(([name, chord]) => {
      const command = COMMANDS.find((one) => one === name);
      if (command === undefined) return false;
      const usual = chordsOf(command, {});
      return !(usual.length === 1 && usual[0] === chord) && !(usual.length === 0 && chord === '');
    }),
  );
}
