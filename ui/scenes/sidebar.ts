/** The sidebar with groups, saved views and many calendars, and meetings in several calendars. */
import type { AccountView, OccurrenceView, SavedView } from '../src/ipc/client';
import type { FakeOptions } from '../src/ipc/fake';
import { pushing, sampleAccounts, sampleOccurrences, timed } from '../src/ipc/fake-data';
import { sampleChanges } from '../src/ipc/fake-reports';

const VIEWS: SavedView[] = [
  { name: 'High this week', filter: 'importance:high', shortcut: '1' },
  { name: 'Client A', filter: 'category:"Client A"', shortcut: '2' },
  { name: 'Not answered', filter: 'answer:none', shortcut: null },
];

const TEAMS = { teams: true, joinService: 'Microsoft Teams', location: 'Microsoft Teams Meeting' };

/** The sample week, in which some meetings stand in several calendars. */
function shared(): OccurrenceView[] {
  const copies: Record<string, OccurrenceView['copies']> = {
    'Sprint planning': [
      { id: 'copy-1', calendarId: 'go/Personal', color: '#16a765' },
      { id: 'copy-2', calendarId: 'go/Family', color: '#d06b4a' },
    ],
    'Quarterly planning': [{ id: 'copy-3', calendarId: 'go/Personal', color: '#16a765' }],
    'Conference, Lisbon': [{ id: 'copy-4', calendarId: 'go/Family', color: '#d06b4a' }],
    'Hiring sync': [{ id: 'copy-5', calendarId: 'go/Personal', color: '#16a765' }],
  };
  const week = sampleOccurrences().map((one) => ({ ...one, copies: copies[one.title] ?? [] }));
  const planning = (weeks: number) =>
    timed('ms/Platform team', 'Sprint planning', 4 + 14 * weeks, '11:30', '12:30', {
      ...TEAMS,
      id: `planning-${weeks}`,
      recurring: true,
      status: weeks === -1 ? 'cancelled' : 'confirmed',
    });
  // Where a copy opens; the fake merges nothing, so they stand out of sight.
  const away = timed('go/Personal', 'Sprint planning', 700, '11:30', '12:30', {
    ...TEAMS,
    id: 'copy-1',
    copies: [
      {
        id: week.find((one) => one.title === 'Sprint planning')?.id ?? '',
        calendarId: 'ms/Platform team',
        color: '#0a9396',
      },
    ],
  });
  const night = timed('ms/Calendar', 'Backup', 5, '2:30', '3:45', { zoneMark: 'CEST' });
  const all = [...week, ...[-2, -1, 1, 2, 3].map(planning), away, night];
  return all.sort((a, b) => a.day - b.day);
}

/** 300 calendars in one account. */
function many(): AccountView[] {
  const [first, second] = sampleAccounts();
  const calendar = first?.calendars[1];
  if (first === undefined || second === undefined || calendar === undefined) return [];
  const colors = ['#4a6fdc', '#0a9396', '#a259b5', '#16a765', '#d06b4a', '#b99a2b'];
  const rooms = Array.from({ length: 297 }, (_, index) => ({
    ...calendar,
    id: `room-${index}`,
    name:
      index === 40
        ? 'Board room with a name that is far too long for the sidebar'
        : `Room ${index + 1}`,
    color: colors[index % colors.length] ?? '#808080',
    isVisible: index % 5 === 0,
    owner: index % 11 === 3 ? 'Facilities' : null,
  }));
  return [{ ...first, calendars: [...first.calendars, ...rooms] }, second];
}

export const sidebarScenes: Record<string, FakeOptions> = {
  arranged: {
    push: pushing(sampleAccounts()),
    savedViews: VIEWS,
    changes: sampleChanges(sampleOccurrences(), sampleAccounts()),
    preferences: {
      groups: [
        { name: 'Team', calendarIds: ['ms/Platform team', 'go/Family'] },
        { name: 'Later', calendarIds: [] },
      ],
      calendarOrder: ['ms/Grace Hopper', 'ms/Calendar', 'go/Personal', 'go/Holidays'],
      filter: 'importance:high',
    },
  },
  'many-calendars': { accounts: many() },
  copies: { occurrences: shared() },
};
