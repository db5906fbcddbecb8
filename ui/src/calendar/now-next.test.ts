import { describe, expect, test } from 'vitest';
import type { ClockView, OccurrenceView } from '../ipc/client';
import { allDay, MONDAY, timed } from '../ipc/fake-data';
import { nowAndNext } from './now-next';

const at = (hour: number, minute: number): ClockView => ({
  day: MONDAY,
  minute: hour * 60 + minute,
});

function check(occurrences: OccurrenceView[], clock: ClockView): string {
  const found = nowAndNext(occurrences, clock);
  if (found === null) return 'nothing';
  const lead = found.lead.map((one) => one.title).join(' and ');
  return `${found.leadIs} ${lead}${found.next === null ? '' : `, then ${found.next.title}`}`;
}

const review = timed('c', 'Review', 0, '10:00', '11:00');
const planning = timed('c', 'Planning', 0, '11:30', '12:30');

describe('nowAndNext', () => {
  test('the running one leads until ten minutes before the next start', () => {
    expect(check([review, planning], at(10, 30))).toBe('now Review, then Planning');
    expect(check([review, planning], at(11, 10))).toBe('next Planning');
  });

  test('a meeting leaves at its end and enters at its start', () => {
    expect(check([review], at(9, 59))).toBe('next Review');
    expect(check([review], at(10, 0))).toBe('now Review');
    expect(check([review], at(11, 0))).toBe('nothing');
  });

  test('from ten minutes before, the next one leads and what still runs then competes', () => {
    const long = timed('c', 'Workshop', 0, '10:00', '12:00');
    expect(check([long, planning], at(11, 19))).toBe('now Workshop, then Planning');
    expect(check([long, planning], at(11, 20))).toBe('next Planning and Workshop');
  });

  test('of two that run, the one that started last is named first', () => {
    const long = timed('c', 'Workshop', 0, '9:00', '12:00');
    expect(check([long, review], at(10, 5))).toBe('now Review and Workshop');
  });

  test('two that start together are both named', () => {
    const other = timed('c', 'Interview', 0, '10:00', '10:30');
    expect(check([review, other], at(9, 0))).toBe('next Review and Interview');
  });

  test.each([
    ['declined', { response: 'declined' }],
    ['cancelled', { status: 'cancelled' }],
    ['free without a link', { showAs: 'free' }],
  ] as const)('%s is no candidate', (_, more) => {
    expect(check([{ ...review, ...more }], at(10, 5))).toBe('nothing');
  });

  test('free with a link is one, all-day never', () => {
    expect(check([{ ...review, showAs: 'free', joinService: 'Zoom' }], at(10, 5))).toBe(
      'now Review',
    );
    expect(check([allDay('c', 'Holiday', 0, 1)], at(10, 5))).toBe('nothing');
  });

  test('what starts in more than 24 hours is not next', () => {
    const tomorrow = timed('c', 'Tomorrow', 1, '10:01', '11:00');
    expect(check([tomorrow], at(10, 0))).toBe('nothing');
    expect(check([tomorrow], at(10, 1))).toBe('next Tomorrow');
  });
});
