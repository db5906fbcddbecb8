import { describe, expect, test } from 'vitest';
import { allDay, CLOCK, timed } from '../ipc/fake-data';
import { isLive, lineOf, mayJoin } from './month-chip';

const FRIDAY = 4;
const meeting = (start: string, end: string, more: object = {}) =>
  timed('ms/Calendar', 'Meeting', FRIDAY, start, end, { joinService: 'Microsoft Teams', ...more });

// It is 10:38.
test.each([
  [meeting('10:00', '11:00'), true],
  [meeting('10:48', '11:00'), true],
  [meeting('10:49', '11:00'), false],
  [meeting('9:00', '10:38'), false],
  [meeting('22:00', '11:00', { day: CLOCK.day - 1, days: 2 }), true],
  [meeting('23:00', '1:00', { days: 2 }), false],
  [allDay('ms/Calendar', 'Conference', FRIDAY, 1), false],
])('what is on, or is about to be, is live (%#)', (occurrence, live) => {
  expect(isLive(occurrence, CLOCK)).toBe(live);
});

describe('Join', () => {
  test.each([
    [meeting('11:00', '12:00'), true],
    [meeting('11:00', '12:00', { joinService: null }), false],
    [meeting('11:00', '12:00', { response: 'declined' }), false],
    [meeting('11:00', '12:00', { status: 'cancelled' }), false],
    [meeting('11:00', '12:00', { allDay: true }), false],
  ])('is offered where it is of use (%#)', (occurrence, offered) => {
    expect(mayJoin(occurrence, false)).toBe(offered);
    expect(mayJoin(occurrence, true)).toBe(false);
  });
});

test('a line holds no more letters than can be seen', () => {
  expect(lineOf('Stand-up')).toBe('Stand-up');
  expect(lineOf('x'.repeat(10_000)).length).toBeLessThan(300);
});
