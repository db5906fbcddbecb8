import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allDay, CLOCK, NOW, timed } from '../ipc/fake-data';
import { joinTimeOf } from './timing';

const at = (start: string, end: string, more = {}) =>
  joinTimeOf(timed('c', 'Meeting', 4, start, end, more), CLOCK, NOW);

test.each([
  ['11:30', '12:30', { kind: 'later', minutes: 52 }],
  ['10:49', '11:30', { kind: 'later', minutes: 11 }],
  ['10:48', '11:30', { kind: 'live', minutes: 10 }],
  ['10:39', '11:30', { kind: 'live', minutes: 1 }],
  ['10:38', '11:30', { kind: 'live', minutes: 0 }],
  ['10:00', '10:39', { kind: 'live', minutes: 0 }],
  ['10:00', '10:38', { kind: 'over' }],
])('at 10:38, from %s to %s is %o', (start, end, expected) => {
  expect(at(start, end)).toEqual(expected);
});

test('instants go before the clock on the wall', () => {
  const startUtc = new Date(NOW + 90 * 60_000).toISOString();
  const endUtc = new Date(NOW + 120 * 60_000).toISOString();
  expect(at('11:30', '12:00', { startUtc, endUtc })).toEqual({ kind: 'later', minutes: 90 });
});

test('days without times are on all day', () => {
  expect(joinTimeOf(allDay('c', 'Freeze', 4, 1), CLOCK, NOW)).toEqual({ kind: 'live', minutes: 0 });
  expect(joinTimeOf(allDay('c', 'Freeze', 2, 2), CLOCK, NOW)).toEqual({ kind: 'over' });
});

test('where the time is not known, nothing is said of it', () => {
  expect(joinTimeOf(timed('c', 'Meeting', 4, '11:30', '12:00'), null, NOW)).toEqual({
    kind: 'later',
    minutes: null,
  });
});

test('as time goes by it is later, then live, then over', () => {
  const order = ['later', 'live', 'over'];
  const minute = fc.integer({ min: -3000, max: 3000 });
  fc.assert(
    fc.property(minute, minute, fc.integer({ min: 0, max: 600 }), (a, b, length) => {
      const startUtc = new Date(NOW).toISOString();
      const endUtc = new Date(NOW + length * 60_000).toISOString();
      const one = timed('c', 'Meeting', 4, '10:00', '11:00', { startUtc, endUtc });
      const [first, second] = [Math.min(a, b), Math.max(a, b)].map((minutes) =>
        order.indexOf(joinTimeOf(one, CLOCK, NOW + minutes * 60_000).kind),
      );
      expect(first).toBeLessThanOrEqual(second ?? 0);
    }),
  );
});
