import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chordsOf, COMMANDS, commandFor, conflictsOf, type CommandId } from '../commands/commands';
import { bare, give, isOwn, lostByReset, reservedFor, reset, type OwnKeys } from './remap';

const keysOf = (own: OwnKeys, command: CommandId): string[] => chordsOf(command, own);

test('a key that is free is simply given', () => {
  const own = give({}, 'today', 'h');
  expect(keysOf(own, 'today')).toEqual(['h']);
  expect(isOwn(own, 'today')).toBe(true);
});

test('a key that was another’s is taken over, and the other keeps what else it has', () => {
  const own = give({}, 'today', 'w');
  expect(keysOf(own, 'today')).toEqual(['w']);
  expect(keysOf(own, 'view-week')).toEqual(['2']);
  expect(keysOf(give({}, 'today', 'j'), 'next')).toEqual([]);
});

test('the key that a command comes with is no key of one’s own', () => {
  expect(give({}, 'today', 't')).toEqual({});
  expect(give(give({}, 'today', 'h'), 'today', 't')).toEqual({});
});

test('back to what it came with, a command takes its key from whoever has it now', () => {
  const own = give(give({}, 'today', 'h'), 'help', 't');
  expect(lostByReset(own, 'today')).toEqual(['help']);
  const back = reset(own, 'today');
  expect(keysOf(back, 'today')).toEqual(['t']);
  expect(keysOf(back, 'help')).toEqual([]);
});

test.each([
  ['arrowup', 'walk'],
  ['shift+tab', 'walk'],
  ['alt+3', 'days'],
  ['alt+shift+3', 'views'],
  ['mod+c', 'system'],
  ['mod+k', null],
  ['+', null],
  ['mod++', null],
  ['f5', null],
])('%s is kept for %s', (chord, reserved) => expect(reservedFor(chord)).toBe(reserved));

describe('whatever is given, taken and given back', () => {
  const command = fc.constantFrom(...COMMANDS);
  const chord = fc.constantFrom('a', 'b', 't', 'w', '2', 'mod+k', 'mod+y', '/', 'shift+w');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('give' as const), command, chord }),
    fc.record({ kind: fc.constant('bare' as const), command, chord }),
    fc.record({ kind: fc.constant('reset' as const), command, chord }),
  );
  const after = (steps: readonly { kind: string; command: CommandId; chord: string }[]): OwnKeys =>
    steps.reduce<OwnKeys>((own, one) => {
      if (one.kind === 'give') return give(own, one.command, one.chord);
      return one.kind === 'bare' ? bare(own, one.command) : reset(own, one.command);
    }, {});

  test('no key stands for two commands', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const own = after(steps);
        for (const one of COMMANDS) {
          for (const key of chordsOf(one, own)) expect(conflictsOf(one, key, own)).toEqual([]);
        }
      }),
    );
  });

  test('the key given last acts', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), command, chord, (steps, one, key) => {
        const own = give(after(steps), one, key);
        expect(commandFor(key, { keys: own, singleKeys: true })).toBe(one);
      }),
    );
  });

  test('giving everything back ends where it began', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        // Twice: what is given back may be taken by one that is given back later.
        const all = [...COMMANDS, ...COMMANDS];
        expect(all.reduce<OwnKeys>((own, one) => reset(own, one), after(steps))).toEqual({});
      }),
    );
  });
});
