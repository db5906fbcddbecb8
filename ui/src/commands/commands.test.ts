import { describe, expect, test } from 'vitest';
import { chordOf, isSingleKey, keysOf, type Press } from './chords';
import {
  chordsOf,
  COMMANDS,
  commandFor,
  conflictsOf,
  dayOfChord,
  savedViewOfChord,
} from './commands';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const plain = { keys: {}, singleKeys: true };

describe('chordOf', () => {
  test.each([
    [press('t'), 't'],
    [press('T'), 't'],
    [press('W', { shiftKey: true }), 'shift+w'],
    [press('?', { shiftKey: true }), '?'],
    [press('+', { shiftKey: true }), '+'],
    [press('k', { ctrlKey: true }), 'mod+k'],
    [press('1', { altKey: true, code: 'Digit1' }), 'alt+1'],
    [press('¡', { altKey: true, code: 'Digit1' }), 'alt+1'],
    [press('!', { altKey: true, shiftKey: true, code: 'Digit1' }), 'alt+shift+1'],
    [press('ف', { code: 'KeyT' }), 't'],
    [press('é', { code: 'Digit2' }), 'é'],
    [press(' '), 'space'],
    [press('Shift', { shiftKey: true }), null],
    [press('k', { metaKey: true }), null],
  ])('%o', (pressed, chord) => expect(chordOf(pressed, false)).toBe(chord));

  test('on a Mac, Mod is Command', () => {
    expect(chordOf(press('k', { metaKey: true }), true)).toBe('mod+k');
    expect(chordOf(press('k', { ctrlKey: true }), true)).toBeNull();
  });
});

test('no two commands come with the same key', () => {
  for (const command of COMMANDS) {
    for (const chord of chordsOf(command, {})) {
      expect([command, conflictsOf(command, chord, {})]).toEqual([command, []]);
    }
  }
});

describe('commandFor', () => {
  test.each([
    ['t', 'today'],
    ['2', 'view-week'],
    ['mod+,', 'settings'],
    ['mod+q', null],
  ])('%s is %s', (chord, command) => expect(commandFor(chord, plain)).toBe(command));

  test('single keys can be switched off; modifiers and Esc stay', () => {
    const off = { keys: {}, singleKeys: false };
    expect(commandFor('t', off)).toBeNull();
    expect(commandFor('shift+w', off)).toBeNull();
    expect(commandFor('mod+k', off)).toBe('palette');
    expect(commandFor('escape', off)).toBe('back');
  });

  test('a key of one’s own takes the place of the others', () => {
    const own = { keys: { today: 'h', sync: '' }, singleKeys: true };
    expect(commandFor('h', own)).toBe('today');
    expect(commandFor('t', own)).toBeNull();
    expect(commandFor('mod+r', own)).toBeNull();
    expect(conflictsOf('help', 'h', own.keys)).toEqual(['today']);
  });
});

test('Alt and a digit is a day, with Shift a saved view', () => {
  expect(dayOfChord('alt+3')).toBe(2);
  expect(dayOfChord('alt+shift+3')).toBeNull();
  expect(savedViewOfChord('alt+shift+3')).toBe('3');
});

test('chords are shown as keys', () => {
  expect(keysOf('mod+shift+k', false)).toEqual(['Ctrl', 'Shift', 'K']);
  expect(keysOf('mod++', true)).toEqual(['⌘', '+']);
  expect(keysOf('escape', false)).toEqual(['Esc']);
  expect(isSingleKey('shift+w')).toBe(true);
});
