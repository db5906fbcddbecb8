import { expect, test } from 'vitest';
import { CLOCK, MONDAY } from '../ipc/fake-data';
import type { ThreadItem } from '../ipc/client';
import { timeText } from '../shared/time';
import { isOff, kindOfOthers, noteOfItem, othersOf, whenOfItem } from './related';

const text = timeText('en-GB');

function item(more: Partial<ThreadItem> = {}): ThreadItem {
  return {
    occurrenceId: 'o',
    title: 'Sprint planning',
    when: { day: MONDAY + 4, days: 1, startMinute: 690, endMinute: 750, allDay: false },
    calendarId: 'c',
    calendar: 'Platform team',
    color: '#0a9396',
    series: true,
    current: false,
    status: 'confirmed',
    response: 'accepted',
    ...more,
  };
}

test('the others are counted with those that are not listed, without the event itself', () => {
  expect(othersOf({ items: [item(), item({ current: true })], more: 12 })).toBe(13);
  expect(othersOf({ items: [item({ current: true })], more: 0 })).toBe(0);
});

test.each([
  [[item()], false, 'Series'],
  [[], true, 'Series'],
  [[item({ series: false })], false, 'Same conversation'],
  [[item(), item({ series: false })], false, 'Series and conversation'],
  [[item({ series: false })], true, 'Series and conversation'],
])('what they are is said in a word', (items, recurring, expected) => {
  expect(kindOfOthers({ items, more: 0 }, recurring)).toBe(expected);
});

test.each([
  [{}, 'Friday 20 November · 11:30 – 12:30'],
  [{ allDay: true }, 'Friday 20 November'],
  [{ day: MONDAY + 60 }, 'Friday 15 January 2027 · 11:30 – 12:30'],
  [{ days: 2 }, 'Friday 20 November · 11:30'],
])('%o is “%s”', (when, expected) => {
  const base = item();
  const said = whenOfItem({ ...base, when: { ...base.when, ...when } }, text, CLOCK);
  expect(said.replaceAll(',', '')).toBe(expected);
});

test('a title is said where it is another, and what does not take place says so', () => {
  expect(noteOfItem(item(), 'Sprint planning')).toBe('');
  expect(noteOfItem(item({ title: 'Retro', status: 'cancelled' }), 'Sprint planning')).toBe(
    'Retro, cancelled',
  );
  expect(noteOfItem(item({ title: ' ', response: 'declined' }), 'Sprint planning')).toBe(
    'No title, declined',
  );
  expect(noteOfItem(item({ current: true }), 'Sprint planning')).toBe('this one');
  expect(isOff(item({ status: 'cancelled' }))).toBe(true);
  expect(isOff(item({ response: 'declined' }))).toBe(true);
  expect(isOff(item())).toBe(false);
});
