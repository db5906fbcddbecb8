/** Situations of the month and the year. */
import type { FakeOptions } from '../src/ipc/fake';
import { allDay, CLOCK, sampleOccurrences, timed } from '../src/ipc/fake-data';
import type { OccurrenceView } from '../src/ipc/client';

const WEEK = 7;
const CALENDARS = ['ms/Calendar', 'ms/Platform team', 'ms/Grace Hopper', 'go/Personal'];
const TITLES = ['Design review', 'Hiring sync', '1:1 Grace', 'Roadmap', 'Client A weekly'];
/** 1 November 2026, from Monday the 16th. */
const FIRST = -15;
const MONTH = 30;

/** Weeks like the sample's, each with something else left out, and what lasts longer. */
function months(): OccurrenceView[] {
  const week = sampleOccurrences();
  const others = [-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((by) =>
    week
      .filter((one, index) => one.recurring || (index * 7 + by * 5 + 70) % 3 === 0)
      .map((one) => ({ ...one, id: `${one.id}/${by}`, day: one.day + by * WEEK })),
  );
  return [
    ...week,
    ...others,
    allDay('go/Family', 'Autumn holidays', -14, 5, { showAs: 'oof' }),
    allDay('ms/Calendar', 'On call', 10, 7),
    allDay('go/Personal', 'Skiing', 35, 9, { response: 'tentative' }),
  ];
}

/** So many events in November, as many on every day of it. */
function november(count: number): OccurrenceView[] {
  return Array.from({ length: count }, (_, index) => {
    const day = FIRST + (index % MONTH);
    const calendar = CALENDARS[index % CALENDARS.length] ?? '';
    const title = `${TITLES[index % TITLES.length] ?? ''} ${index}`;
    if (index % 97 === 0) return allDay(calendar, title, day, 1 + (index % 4), { id: `h${index}` });
    const start = 420 + ((index * 37) % 660);
    return {
      ...timed(calendar, title, day, '0:00', '0:00', {
        id: `h${index}`,
        importance: index % 11 === 0 ? 'high' : 'normal',
        response: (['accepted', 'tentative', 'not_responded'] as const)[index % 3] ?? 'accepted',
        joinService: index % 2 === 0 ? 'Microsoft Teams' : null,
        teams: index % 2 === 0,
        categories: index % 4 === 0 ? [{ name: 'Client A', color: '#13a10e' }] : [],
      }),
      startMinute: start,
      endMinute: start + 30 + (index % 3) * 15,
    };
  });
}

const inMonth = { view: 'month' };
const inYear = { view: 'year' };
const unreadable = {
  code: 'disk' as const,
  message: 'The disk is full. Nothing was lost; free some space and try again.',
};

export const monthScenes: Record<string, FakeOptions> = {
  month: { occurrences: months(), preferences: inMonth },
  'month-compact': {
    occurrences: months(),
    preferences: { ...inMonth, density: 'compact', showWeekends: false, showWeekNumbers: true },
  },
  'month-heavy': { occurrences: november(2000), preferences: { view: 'day', day: CLOCK.day } },
  'month-loading': { preferences: inMonth, silent: ['range'] },
  year: { occurrences: months(), preferences: { ...inYear, showWeekNumbers: true } },
  'year-edge': {
    occurrences: months(),
    preferences: inYear,
    synced: { fromDay: CLOCK.day - 250, toDay: CLOCK.day + 20 },
  },
  'year-loading': { preferences: inYear, silent: ['density'] },
  'year-unreadable': { preferences: inYear, failing: { density: unreadable } },
};
