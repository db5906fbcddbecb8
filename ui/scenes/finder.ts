/** Situations of the agenda, the search and the palette. */
import type { OccurrenceView, SavedView } from '../src/ipc/client';
import type { FakeOptions } from '../src/ipc/fake';
import { allDay, sampleAccounts, sampleOccurrences, timed } from '../src/ipc/fake-data';

const WEEK = 7;
const preferences = { view: 'agenda' };

/** The sample week, some of it in other weeks, and a holiday of two weeks without anything. */
function weeks(): OccurrenceView[] {
  const week = sampleOccurrences();
  const others = [-9, -8, -7, -6, -5, -4, -2, -1, 1, 2, 3, 4, 7, 8, 9, 10].flatMap((by) =>
    week
      .filter((one, index) => one.recurring || (index * 7 + by * 5 + 100) % 3 === 0)
      .map((one) => ({ ...one, id: `${one.id}/${by}`, day: one.day + by * WEEK })),
  );
  return [...week, ...others];
}

/** 400 events in a day, some of them with titles without end. */
function crowded(): OccurrenceView[] {
  const many = Array.from({ length: 400 }, (_, nth) =>
    timed(
      'ms/Calendar',
      nth % 40 === 7 ? `Endless ${'title '.repeat(1600)}` : `Call ${nth}`,
      4,
      '0:00',
      '0:00',
      {
        id: `call-${String(nth).padStart(3, '0')}`,
        startMinute: nth * 3,
        endMinute: nth * 3 + 30,
        location: nth % 3 === 0 ? `Room ${nth}` : null,
      },
    ),
  );
  const strange = ['', 'اجتماع مراجعة الميزانية السنوية', '👩‍👩‍👧‍👦🏳️‍🌈 party'].map((title, nth) =>
    timed('go/Personal', title, 5, '9:00', '9:45', {
      id: `strange-${nth}`,
      location: title,
      categories: [{ name: title, color: '#13a10e' }],
    }),
  );
  return [...many, ...strange, allDay('go/Family', 'Festival', 2, 5)];
}

/** So many events, the same number on every day of two years. */
function years(count: number): OccurrenceView[] {
  const DAYS = 730;
  return Array.from({ length: count }, (_, nth) => {
    const start = 480 + ((nth * 37) % 600);
    return timed('ms/Calendar', `Meeting ${nth}`, (nth % DAYS) - DAYS / 2, '0:00', '0:00', {
      id: `heavy-${nth}`,
      startMinute: start,
      endMinute: start + 30,
      teams: nth % 3 === 0,
      joinService: nth % 3 === 0 ? 'Microsoft Teams' : null,
    });
  });
}

const savedViews: SavedView[] = [
  { name: 'High this week', filter: 'importance:high next:7d', shortcut: '1' },
  { name: 'Client A', filter: 'category:"Client A"', shortcut: null },
];

export const finderScenes: Record<string, FakeOptions> = {
  agenda: { preferences, occurrences: weeks() },
  'agenda-compact': { preferences: { ...preferences, density: 'compact' }, occurrences: weeks() },
  'agenda-crowded': { preferences, occurrences: crowded() },
  'agenda-heavy': { preferences, occurrences: years(10_000) },
  'agenda-empty': { preferences, occurrences: [] },
  'agenda-loading': { preferences, silent: ['range'] },
  'agenda-unreadable': {
    preferences,
    failing: { range: { code: 'disk', message: 'The disk cannot be read.' } },
  },
  find: { occurrences: weeks(), savedViews },
  'find-failing': {
    failing: {
      search: { code: 'disk', message: 'The disk is full. Free some space and try again.' },
    },
  },
  'find-many': {
    accounts: sampleAccounts().map((account) => ({
      ...account,
      calendars: account.calendars.flatMap((calendar) =>
        Array.from({ length: 50 }, (_, nth) => ({
          ...calendar,
          id: `${calendar.id}/${nth}`,
          name: `${calendar.name} of team ${nth}`,
        })),
      ),
    })),
    occurrences: [],
  },
};
