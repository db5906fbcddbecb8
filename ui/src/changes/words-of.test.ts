import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MONDAY } from '../ipc/fake-data';
import type { ChangeView, WhenView } from '../ipc/client';
import { timeText } from '../shared/time';
import { changeText, kindOf, KINDS, whenText } from './words-of';

const text = timeText('en-GB');

const change = (more: Partial<ChangeView>): ChangeView => ({
  id: '1',
  changedAt: '2026-11-20T09:30:00Z',
  changedClock: { day: MONDAY + 4, minute: 630 },
  isNew: true,
  title: 'Sprint planning',
  stood: '',
  stoodWhen: null,
  occurrenceId: 'one',
  calendarId: 'ms/Calendar',
  calendar: 'Calendar',
  color: '#4a6fdc',
  account: 'ada@contoso.com',
  field: 'time',
  before: null,
  after: null,
  beforeWhen: null,
  afterWhen: null,
  person: null,
  words: '',
  ...more,
});

const when = (day: number, start: number, end: number, more: Partial<WhenView> = {}): WhenView => ({
  day: MONDAY + day,
  days: 1,
  startMinute: start,
  endMinute: end,
  allDay: false,
  ...more,
});
const said = (more: Partial<ChangeView>): string => changeText(change(more), text);

describe('a change of time', () => {
  test.each([
    [
      'within a day',
      when(4, 600, 660),
      when(4, 690, 750),
      'Moved from 10:00 – 11:00 to 11:30 – 12:30',
    ],
    [
      'to another day',
      when(3, 600, 660),
      when(4, 600, 660),
      'Moved from Thursday 19 November, 10:00 – 11:00 to Friday 20 November, 10:00 – 11:00',
    ],
    [
      'that ends later',
      when(4, 600, 660),
      when(4, 600, 690),
      'Longer: now ends at 11:30 instead of 11:00',
    ],
    [
      'that ends earlier',
      when(4, 600, 660),
      when(4, 600, 630),
      'Shorter: now ends at 10:30 instead of 11:00',
    ],
    [
      'to a whole day',
      when(4, 600, 660),
      when(4, 0, 1440, { allDay: true }),
      'Moved from Friday 20 November, 10:00 – 11:00 to Friday 20 November, all day',
    ],
    ['of what was nowhere', null, when(4, 600, 660), 'Now Friday 20 November, 10:00 – 11:00'],
    ['that is not understood', null, null, 'The time changed'],
    ['that is none in this zone', when(4, 600, 660), when(4, 600, 660), 'The time changed'],
  ])('%s', (_, beforeWhen, afterWhen, expected) => {
    expect(said({ beforeWhen, afterWhen })).toBe(expected);
  });
});

test('days and nights are told whole', () => {
  expect(whenText(when(3, 0, 1440, { days: 2, allDay: true }), text)).toBe(
    'Thursday 19 November to Friday 20 November, all day',
  );
  expect(whenText(when(6, 1290, 400, { days: 2 }), text)).toBe(
    'Sunday 22 November, 21:30, to Monday 23 November, 6:40',
  );
});

test.each([
  [{ field: 'recurrence', before: null, after: 'weekly' }, 'Became a series'],
  [{ field: 'recurrence', before: 'weekly', after: null }, 'No longer repeats'],
  [{ field: 'recurrence', before: 'weekly', after: 'daily' }, 'Repeats differently'],
  [{ field: 'status', before: 'confirmed', after: 'cancelled' }, 'Cancelled'],
  [{ field: 'status', before: 'confirmed', after: 'deleted' }, 'Deleted'],
  [{ field: 'status', before: 'confirmed', after: 'tentative' }, 'No longer certain'],
  [{ field: 'status', before: 'cancelled', after: 'confirmed' }, 'Takes place after all'],
  [{ field: 'status', before: 'tentative', after: 'confirmed' }, 'Confirmed'],
  [
    { field: 'title', before: 'Sync', after: 'Design  sync' },
    'Renamed from “Sync” to “Design sync”',
  ],
  [{ field: 'title', before: 'Sync', after: '' }, 'No longer has a title; was “Sync”'],
  [{ field: 'title', before: null, after: 'Sync' }, 'Now called “Sync”'],
  [
    { field: 'location', before: 'Room 2', after: 'Room 4A' },
    'Place changed from “Room 2” to “Room 4A”',
  ],
  [{ field: 'location', before: 'Room 2', after: null }, 'Place removed: “Room 2”'],
  [{ field: 'description', before: 'x', after: 'y' }, 'The description changed'],
  [{ field: 'importance', before: 'normal', after: 'high' }, 'Now of high importance'],
  [{ field: 'response', before: 'not_responded', after: 'declined' }, 'You declined'],
  [{ field: 'response', before: 'accepted', after: 'not_responded' }, 'Your answer was taken back'],
  [{ field: 'link', before: null, after: 'teams' }, 'A link to join was added'],
] satisfies [Partial<ChangeView>, string][])('%o', (more, expected) => {
  expect(said(more)).toBe(expected);
});

describe('a guest', () => {
  const grace = 'grace@contoso.com';
  test.each([
    [
      `tentative ${grace}`,
      `accepted ${grace}`,
      'Grace Hopper accepted, after answering tentatively',
    ],
    [`none ${grace}`, `declined ${grace}`, 'Grace Hopper declined'],
    [`accepted ${grace}`, `none ${grace}`, 'Grace Hopper took back the answer'],
    [null, `none ${grace}`, 'Grace Hopper was invited'],
    [null, `accepted ${grace}`, 'Grace Hopper was invited and accepted'],
    [`accepted ${grace}`, null, 'Grace Hopper is no longer invited'],
  ])('%s to %s', (before, after, expected) => {
    expect(said({ field: 'attendee', before, after, person: 'Grace Hopper' })).toBe(expected);
  });

  test('without a name is told by address, and without either in general', () => {
    expect(said({ field: 'attendee', after: `accepted ${grace}` })).toBe(
      `${grace} was invited and accepted`,
    );
    expect(said({ field: 'attendee' })).toBe('The guests changed');
  });
});

test('a text of somebody else’s is cut and keeps its direction to itself', () => {
  const long = said({ field: 'title', before: 'A', after: 'b'.repeat(10_000) });
  expect(long).toBe(`Renamed from “A” to “${'b'.repeat(80)}…”`);
  expect(said({ field: 'location', after: 'قاعة' })).toBe('Place added: “\u2068قاعة\u2069”');
});

test('whatever the ledger holds gives a short sentence and a kind', () => {
  const side = fc.option(fc.oneof(fc.string({ maxLength: 400 }), fc.constant('accepted x@y')), {
    nil: null,
  });
  const fields: ChangeView['field'][] = [
    'time',
    'recurrence',
    'status',
    'title',
    'location',
    'description',
    'importance',
    'response',
    'attendee',
    'link',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...fields), side, side, side, (field, before, after, person) => {
      const one = change({ field, before, after, person });
      const sentence = changeText(one, text);
      expect(sentence.trim()).not.toBe('');
      expect(sentence.length).toBeLessThan(400);
      expect(KINDS).toContain(kindOf(one));
    }),
  );
});
