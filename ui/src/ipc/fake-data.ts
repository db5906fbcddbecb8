/**
 * A believable week for tests and for `vite dev`: two accounts around Friday, 20 November 2026,
 * 10:38 in Berlin.
 */
import { dayOf } from '../calendar/layout/months';
import type {
  AccountView,
  AttendeeView,
  CalendarView,
  CategoryView,
  ClockView,
  CopyDetails,
  CopyView,
  DetailsView,
  EventKindView,
  OccurrenceView,
  PlaceView,
  PushReport,
  ResponseView,
} from './client';

export const ZONE = 'Europe/Berlin';
export const NOW = Date.parse('2026-11-20T09:38:00Z');
export const CLOCK: ClockView = { day: dayOf(2026, 11, 20), minute: 10 * 60 + 38 };
/** Monday of that week. */
export const MONDAY = dayOf(2026, 11, 16);

const SYNCED = '2026-11-20T09:36:00Z';

const CLIENT_A: CategoryView = { name: 'Client A', color: '#13a10e' };
const TRAVEL: CategoryView = { name: 'Travel', color: '#ca5010' };
const PEOPLE: CategoryView = { name: 'People', color: '#8764b8' };
export const CATEGORIES = [CLIENT_A, TRAVEL, PEOPLE];

function calendar(
  accountId: string,
  name: string,
  color: string,
  more: Partial<CalendarView> = {},
): CalendarView {
  return {
    id: `${accountId}/${name}`,
    accountId,
    name,
    color,
    isPrimary: false,
    isConnected: true,
    isVisible: true,
    canEdit: true,
    owner: null,
    delegateEmail: null,
    accessRole: 'owner',
    canPush: true,
    lastSyncedAt: SYNCED,
    problem: null,
    ...more,
  };
}

/** The two accounts of the sample week. */
export function sampleAccounts(): AccountView[] {
  return [
    {
      id: 'ms',
      provider: 'microsoft',
      email: 'ada@contoso.com',
      displayName: 'Ada Lovelace',
      state: 'ready',
      problem: null,
      problemCode: null,
      remedy: null,
      cloud: 'global',
      lastSyncedAt: SYNCED,
      calendars: [
        calendar('ms', 'Calendar', '#4a6fdc', { isPrimary: true }),
        calendar('ms', 'Platform team', '#0a9396'),
        calendar('ms', 'Grace Hopper', '#a259b5', { canEdit: false, owner: 'Grace Hopper' }),
      ],
    },
    {
      id: 'go',
      provider: 'google',
      email: 'ada.l@gmail.com',
      displayName: null,
      state: 'ready',
      problem: null,
      problemCode: null,
      remedy: null,
      cloud: 'global',
      lastSyncedAt: SYNCED,
      calendars: [
        calendar('go', 'Personal', '#16a765', { isPrimary: true }),
        calendar('go', 'Family', '#d06b4a'),
        calendar('go', 'Holidays', '#b99a2b', { canEdit: false, isVisible: false }),
      ],
    },
  ];
}

/** Without a relay every calendar is polled. */
export function polling(accounts: readonly AccountView[]): PushReport {
  return {
    relayUrl: null,
    connected: null,
    problemCode: null,
    problem: null,
    calendars: accounts.flatMap((account) =>
      account.calendars
        .filter((one) => one.isConnected)
        .map((one) => ({
          id: one.id,
          name: one.name,
          account: account.email,
          active: false,
          expiresAt: null,
          lastNotificationAt: null,
          lagSecs: null,
          reason: 'no_relay',
          why: 'no relay is set; polled every 5 minutes',
        })),
    ),
  };
}

/** With a relay, the own calendars are told of and the holidays are not. */
export function pushing(accounts: readonly AccountView[]): PushReport {
  const report = polling(accounts);
  return {
    relayUrl: 'https://relay.example.org',
    connected: true,
    problemCode: null,
    problem: null,
    calendars: report.calendars.map((one) =>
      one.name === 'Holidays' || one.name === 'Grace Hopper'
        ? {
            ...one,
            reason: 'unable',
            why: 'its provider does not tell of changes; polled every 5 minutes',
          }
        : {
            ...one,
            active: true,
            expiresAt: '2026-11-26T08:00:00Z',
            lastNotificationAt: SYNCED,
            lagSecs: 1,
            reason: null,
            why: null,
          },
    ),
  };
}

/** Where an administrator allows Dayline. */
export const ADMIN_LINK =
  'https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=example';

/** The main calendar of a colleague. */
export function sharedCalendar(accountId: string, owner: string): CalendarView {
  return calendar(accountId, owner, '#8764b8', {
    canEdit: false,
    owner,
    delegateEmail: owner,
    accessRole: 'reader',
    canPush: false,
  });
}

const COLORS: Record<string, string> = Object.fromEntries(
  sampleAccounts().flatMap((account) => account.calendars.map((one) => [one.id, one.color])),
);

/** "10:30" as minutes. */
function minutes(time: string): number {
  const [hours, rest] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (rest ?? 0);
}

let next = 0;

/** A timed occurrence; `day` counts from Monday. */
export function timed(
  calendarId: string,
  title: string,
  day: number,
  start: string,
  end: string,
  more: Partial<OccurrenceView> = {},
): OccurrenceView {
  next += 1;
  return {
    id: `occurrence-${next}`,
    calendarId,
    title,
    day: MONDAY + day,
    days: 1,
    startMinute: minutes(start),
    endMinute: minutes(end),
    allDay: false,
    startUtc: null,
    endUtc: null,
    color: COLORS[calendarId] ?? '#808080',
    importance: 'normal',
    status: 'confirmed',
    response: 'accepted',
    showAs: 'busy',
    categories: [],
    recurring: false,
    teams: false,
    joinService: null,
    location: null,
    copies: [],
    zoneMark: null,
    ...more,
  };
}

/** An all-day occurrence. */
export function allDay(
  calendarId: string,
  title: string,
  day: number,
  days: number,
  more: Partial<OccurrenceView> = {},
): OccurrenceView {
  const base = timed(calendarId, title, day, '0:00', '24:00');
  return { ...base, days, allDay: true, response: 'none', ...more };
}

const TEAMS = { teams: true, joinService: 'Microsoft Teams', location: 'Microsoft Teams Meeting' };
const MEET = { joinService: 'Google Meet' };

/** The occurrences of the sample week and a few around it. */
export function sampleOccurrences(): OccurrenceView[] {
  next = 0;
  const standUps = [0, 1, 2, 3, 4].map((day) =>
    timed('ms/Calendar', 'Stand-up', day, '9:00', '9:30', { ...TEAMS, recurring: true }),
  );
  return [
    allDay('ms/Platform team', 'Release freeze', 0, 3),
    allDay('ms/Calendar', 'Conference, Lisbon', 3, 2, { categories: [TRAVEL], showAs: 'oof' }),
    allDay('go/Family', 'Grandma visits', 5, 2, { showAs: 'free' }),
    allDay('go/Personal', 'Mia’s birthday', 3, 1, { showAs: 'free' }),
    ...standUps,
    timed('ms/Platform team', 'Quarterly planning', 0, '10:00', '11:30', {
      categories: [CLIENT_A],
      importance: 'high',
      location: 'Room 4A',
    }),
    timed('go/Personal', 'Dentist', 0, '14:00', '15:00', {
      location: 'Main St 12',
      response: 'none',
    }),
    timed('ms/Calendar', 'Budget for next year', 1, '10:30', '11:30', {
      importance: 'high',
      ...TEAMS,
    }),
    timed('ms/Platform team', 'Design crit', 1, '11:00', '12:00', {
      ...TEAMS,
      response: 'tentative',
    }),
    timed('ms/Calendar', 'Architecture round', 1, '15:00', '16:30', {
      ...TEAMS,
      recurring: true,
      categories: [PEOPLE],
    }),
    timed('ms/Grace Hopper', 'Grace: office hours', 2, '10:00', '11:00', {
      showAs: 'free',
      response: 'none',
    }),
    timed('ms/Calendar', 'Client A weekly', 2, '13:00', '14:00', {
      ...TEAMS,
      categories: [CLIENT_A],
    }),
    timed('ms/Calendar', 'Old roadmap review', 2, '15:00', '15:30', {
      status: 'cancelled',
      ...TEAMS,
    }),
    timed('go/Family', 'School play', 2, '17:30', '18:30', { response: 'none' }),
    timed('ms/Calendar', 'Travel to Lisbon', 3, '9:30', '12:00', {
      showAs: 'free',
      categories: [TRAVEL],
      location: 'BER T1',
    }),
    timed('ms/Grace Hopper', '1:1 Linus', 3, '13:00', '13:45', { response: 'none', ...TEAMS }),
    timed('ms/Platform team', 'Demo day', 3, '16:00', '17:00', { ...TEAMS, response: 'declined' }),
    timed('ms/Calendar', 'Design review', 4, '10:00', '11:00', { ...TEAMS }),
    timed('ms/Platform team', 'Sprint planning', 4, '11:30', '12:30', {
      ...TEAMS,
      importance: 'high',
      recurring: true,
      categories: [CLIENT_A],
    }),
    timed('ms/Calendar', 'Hiring sync', 4, '14:00', '15:00', { ...TEAMS, categories: [PEOPLE] }),
    timed('go/Personal', 'Call the bank', 4, '14:30', '15:30', { response: 'tentative' }),
    timed('ms/Calendar', 'Contract call, Contoso and Fabrikam', 4, '16:00', '17:00', {
      ...TEAMS,
      response: 'not_responded',
      categories: [TRAVEL],
    }),
    timed('ms/Calendar', 'Tidy the inbox', 4, '17:30', '18:00', {
      importance: 'low',
      response: 'none',
    }),
    timed('go/Family', 'Football', 5, '10:00', '11:30', { location: 'Field 3', response: 'none' }),
    timed('go/Personal', 'Call with Noor', 5, '15:00', '15:30', { ...MEET }),
    timed('go/Family', 'Lunch with Mia', 6, '12:00', '14:00', {
      location: 'Café Nord',
      response: 'none',
    }),
    timed('go/Personal', 'Night train', 6, '21:30', '6:40', { days: 2, response: 'none' }),
  ];
}

function attendee(
  name: string,
  response: ResponseView,
  more: Partial<AttendeeView> = {},
): AttendeeView {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@contoso.com`;
  return {
    person: { name, email },
    response,
    optional: false,
    resource: false,
    organizer: false,
    comment: null,
    additionalGuests: 0,
    answered: null,
    ...more,
  };
}

function kindOf(occurrence: OccurrenceView): EventKindView {
  if (occurrence.title.endsWith('birthday')) return 'birthday';
  return occurrence.showAs === 'oof' ? 'out_of_office' : 'default';
}

function placesOf(occurrence: OccurrenceView): PlaceView[] {
  const { location } = occurrence;
  if (location === null) return [];
  const online = { name: location, address: null, email: null, host: 'teams.microsoft.com' };
  const room: PlaceView = {
    name: 'Room 4A',
    address: 'Friedrichstraße 68, 10117 Berlin',
    email: 'room-4a@contoso.com',
    host: null,
  };
  if (!occurrence.teams) return [{ name: location, address: null, email: null, host: null }];
  return occurrence.title === 'Sprint planning' ? [room, online] : [online];
}

function copyOf(copy: CopyView, accounts: AccountView[]): CopyDetails {
  const account = accounts.find((one) =>
    one.calendars.some((calendar) => calendar.id === copy.calendarId),
  );
  const owner = account?.calendars.find((one) => one.id === copy.calendarId);
  return {
    occurrenceId: copy.id,
    calendarId: copy.calendarId,
    calendarName: owner?.name ?? '',
    accountEmail: account?.email ?? '',
    provider: account?.provider ?? 'microsoft',
    color: copy.color,
  };
}

/** Everything about one occurrence of the sample week. */
export function sampleDetails(occurrence: OccurrenceView, accounts: AccountView[]): DetailsView {
  const account = accounts.find((one) =>
    one.calendars.some((calendar) => calendar.id === occurrence.calendarId),
  );
  const owner = account?.calendars.find((one) => one.id === occurrence.calendarId);
  const meeting = occurrence.teams;
  const invited = meeting || occurrence.joinService !== null;
  return {
    occurrence,
    calendarName: owner?.name ?? '',
    accountEmail: account?.email ?? '',
    provider: account?.provider ?? 'microsoft',
    ownZone:
      occurrence.title === 'Sprint planning'
        ? { name: 'Europe/London', start: '10:30', daysLater: 0 }
        : null,
    ownEnd: null,
    kind: kindOf(occurrence),
    sensitivity: occurrence.title === 'Dentist' ? 'private' : 'normal',
    series: occurrence.recurring
      ? {
          unit: 'week',
          ...(occurrence.title === 'Stand-up'
            ? { interval: 1, on: { kind: 'workdays' } }
            : { interval: 2, on: { kind: 'weekdays', weekdays: [5] } }),
          months: [],
          untilDay: null,
          count: null,
        }
      : null,
    join: meeting
      ? [{ service: 'Microsoft Teams', host: 'teams.microsoft.com' }]
      : invited
        ? [{ service: 'Google Meet', host: 'meet.google.com' }]
        : [],
    meetingId: meeting ? '227 921 734 315' : null,
    passcode: meeting ? 'Wi6P69' : null,
    dialIn: meeting ? '+49 69 1234 5678' : null,
    conferenceId: meeting ? '766 918 553#' : null,
    places: placesOf(occurrence),
    reminders: meeting
      ? {
          own: [
            { method: 'popup', minutes: 15 },
            { method: 'email', minutes: 1440 },
          ],
          fromCalendar: null,
        }
      : { own: [], fromCalendar: [{ method: 'popup', minutes: occurrence.allDay ? 900 : 10 }] },
    hasAttachments: meeting,
    attachments: meeting
      ? [
          {
            name: 'Sprint goals.docx',
            mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
            size: 24_700,
            host: 'contoso.sharepoint.com',
          },
          {
            name: 'Whiteboard, last week.png',
            mediaType: 'image/png',
            size: 1_500_000,
            host: null,
          },
        ]
      : [],
    organizer: invited ? { name: 'Linus Torvald', email: 'linus.t@contoso.com' } : null,
    attendees: invited
      ? [
          attendee('Linus T.', 'organizer', { organizer: true }),
          attendee('Grace Hopper', 'accepted', {
            additionalGuests: 2,
            answered: { day: MONDAY + 1, minute: 9 * 60 + 12 },
          }),
          attendee('Margaret H.', 'tentative', {
            optional: true,
            comment: 'I may be ten minutes late.',
            answered: { day: MONDAY + 2, minute: 17 * 60 + 40 },
          }),
          attendee('Barbara Liskov', 'declined'),
          attendee('Radia Perlman', 'not_responded'),
          attendee('Room 4A', 'accepted', { resource: true }),
        ]
      : [],
    descriptionHtml: invited
      ? '<p>Goals for the next two weeks. Please add your topics to <a href="https://example.com/board">the board</a> before Thursday.</p>'
      : null,
    hasPage: true,
    copies: occurrence.copies.map((copy) => copyOf(copy, accounts)),
  };
}
