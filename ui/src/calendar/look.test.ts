import { describe, expect, test } from 'vitest';
import { allDay, timed } from '../ipc/fake-data';
import { timeText } from '../shared/time';
import { lookOf, nameOf, titleOf, whereOf } from './look';

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
  expect(whereOf({ ...meeting, joinService: 'Microsoft Teams', location: 'Room' })).toBe(
    ' · Teams',
  );
  expect(whereOf({ ...meeting, location: 'Room' })).toBe(' · Room');
  expect(whereOf(meeting)).toBe('');
});
