import { describe, expect, test } from 'vitest';
import { allDay, timed } from '../ipc/fake-data';
import { timeText } from '../shared/time';
import {
  calendarsOf,
  colorsOf,
  lookOf,
  markedStart,
  nameOf,
  titleOf,
  whereOf,
  whenOf,
} from './look';

const text = timeText('en-GB');
const meeting = timed('c', 'Sprint planning', 4, '11:30', '12:30');

describe('lookOf', () => {
  test.each([
    [{}, 'busy'],
    [{ showAs: 'free' }, 'free'],
    [{ response: 'tentative' }, 'tentative'],
    [{ status: 'tentative' }, 'tentative'],
    [{ response: 'not_responded' }, 'unanswered'],
    [{ response: 'not_responded', showAs: 'tentative' }, 'unanswered'],
    [{ response: 'declined', showAs: 'free' }, 'declined'],
    [{ status: 'cancelled', response: 'declined' }, 'cancelled'],
  ] as const)('%o looks %s', (more, look) => {
    expect(lookOf({ ...meeting, ...more })).toBe(look);
  });
});

describe('nameOf', () => {
  test('says title, day, time, calendar, state, importance and categories', () => {
    const full = {
      ...meeting,
      importance: 'high',
      response: 'tentative',
      categories: [{ name: 'Client A', color: '#00ff00' }],
    } as const;
    expect(
      nameOf({ ...full, categories: [...full.categories] }, text, 'Platform team', false),
    ).toBe(
      'Sprint planning, Friday 20 November, 11:30 to 12:30, Platform team, tentative, high importance, Client A',
    );
  });

  test('says that a past event is over and that a free one is free', () => {
    const name = nameOf({ ...meeting, showAs: 'free', response: 'none' }, text, 'Work', true);
    expect(name).toBe(
      'Sprint planning, Friday 20 November, 11:30 to 12:30, Work, shown as free, over',
    );
  });

  test('names the days of an all-day event and both ends of one over midnight', () => {
    expect(nameOf(allDay('c', 'Freeze', 0, 3), text, 'Work', false)).toBe(
      'Freeze, Monday 16 November to Wednesday 18 November, all day, Work',
    );
    const night = timed('c', 'Night train', 6, '21:30', '6:40', { days: 2 });
    expect(nameOf(night, text, 'Mine', false)).toBe(
      'Night train, Sunday 22 November, 21:30 to Monday 23 November, 6:40, Mine, accepted',
    );
  });
});

test('an event without a title is called so', () => {
  expect(titleOf({ ...meeting, title: '  ' })).toBe('No title');
});

test('the way to join wins over the place, and nothing known shows nothing', () => {
  expect(whereOf({ ...meeting, joinService: 'Microsoft Teams', location: 'Room' })).toBe('Teams');
  expect(whereOf({ ...meeting, location: 'Room' })).toBe('Room');
  expect(whereOf(meeting)).toBe('');
});

describe('a meeting that stands in several calendars', () => {
  const copy = (calendarId: string, color: string) => ({ id: calendarId, calendarId, color });
  const twice = { ...meeting, copies: [copy('go/Personal', '#16a765'), copy('x', '#16A765')] };
  const names: Record<string, string> = { 'go/Personal': 'Personal', x: 'Work' };
  const name = (id: string) => names[id] ?? '';

  test('has the colour of each, its own first, at most three and each once', () => {
    const many = ['#111111', '#222222', meeting.color, '#333333'].map((color) =>
      copy(color, color),
    );
    expect(colorsOf({ ...meeting, copies: many })).toEqual([meeting.color, '#111111', '#222222']);
    expect(colorsOf(meeting)).toEqual([meeting.color]);
    expect(colorsOf(twice)).toEqual([meeting.color, '#16a765']);
  });

  test('names them all', () => {
    expect(calendarsOf(twice, 'Calendar', name)).toBe('in Calendar, Personal, and Work');
    expect(nameOf(twice, text, calendarsOf(twice, 'Calendar', name), false)).toContain(
      ', in Calendar, Personal, and Work, ',
    );
  });

  test('names one that is called the same once, and one that is unknown not at all', () => {
    const same = { copies: [copy('go/Personal', '#16a765'), copy('gone', '#16a765')] };
    expect(calendarsOf(same, 'Personal', name)).toBe('Personal');
    expect(calendarsOf(meeting, 'Calendar', name)).toBe('Calendar');
  });
});

test('in an hour that comes twice the start says which', () => {
  const night = timed('c', 'Backup', 6, '2:30', '3:30', { zoneMark: 'CEST' });
  expect(markedStart(night, '2:30')).toBe('2:30 CEST');
  expect(whenOf(night, text)).toMatch(/, 0?2:30 CEST to 0?3:30$/);
  expect(markedStart(meeting, '11:30')).toBe('11:30');
});
