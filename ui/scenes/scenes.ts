/** The situations that the tests in Chromium look at. */
import type {
  AccountState,
  AccountView,
  AttendeeView,
  DetailsView,
  OccurrenceView,
} from '../src/ipc/client';
import {
  allDay,
  MONDAY,
  pushing,
  sampleAccounts,
  sampleOccurrences,
  timed,
} from '../src/ipc/fake-data';
import type { FakeOptions } from '../src/ipc/fake';
import { finderScenes } from './finder';
import { monthScenes } from './months';
import { sheetScenes } from './sheets';
import { sidebarScenes } from './sidebar';

function withState(state: AccountState, problem: string | null, which: number[]): AccountView[] {
  return sampleAccounts().map((account, index) =>
    which.includes(index)
      ? { ...account, state, problem, lastSyncedAt: '2026-11-19T17:04:00Z' }
      : account,
  );
}

function firstSync(): AccountView[] {
  return sampleAccounts().map((account) => ({
    ...account,
    state: 'syncing',
    lastSyncedAt: null,
    calendars: account.calendars.map((calendar) => ({ ...calendar, lastSyncedAt: null })),
  }));
}

const crowd = Array.from({ length: 6 }, (_, index) =>
  timed(
    'ms/Calendar',
    `Parallel session ${index + 1}`,
    2,
    `${10 + Math.floor(index / 4)}:${(index % 4) * 15}`,
    '13:00',
    {
      teams: true,
      joinService: 'Microsoft Teams',
      id: `crowd-${index}`,
    },
  ),
);
const manyAllDay = Array.from({ length: 7 }, (_, index) =>
  allDay('go/Family', `Festival day ${index + 1}`, index % 3, 3, { id: `all-day-${index}` }),
);

/** This week and the next are synced, and nothing else is. */
const SYNCED = { fromDay: MONDAY, toDay: MONDAY + 13 };

/** A word without end, writing from right to left, signs of many parts, marks piled on a letter. */
const LONG_TEXTS = [
  'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(98).slice(0, 4096),
  'اجتماع مراجعة الميزانية السنوية '.repeat(130).slice(0, 4096),
  '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(240).slice(0, 4095),
  `Z${'\u0300\u0301\u0302\u0303\u0489'.repeat(30)}algo `.repeat(26).slice(0, 4096),
];

export const scenes: Record<string, FakeOptions> = {
  week: {},
  sample: { sample: true },
  empty: { occurrences: [] },
  offline: {
    accounts: withState('offline', null, [0, 1]),
  },
  error: {
    accounts: withState(
      'needs_sign_in',
      'Sign in again to update. Showing what was synced yesterday, 18:04.',
      [1],
    ),
  },
  // What a problem asks for, and where an account lives.
  'ask-admin': {
    accounts: withState(
      'needs_sign_in',
      'Your organisation wants its administrator to allow Dayline. Send them the link. Showing what was synced.',
      [0],
    ).map((account, index) =>
      index === 0
        ? {
            ...account,
            problemCode: 'needs_admin' as const,
            remedy: 'ask_admin' as const,
            cloud: 'us-gov-high' as const,
          }
        : account,
    ),
  },
  remedies: { accounts: remedies() },
  push: { push: pushing(sampleAccounts()) },
  colleague: {
    failing: { addSharedMailbox: { code: 'needs_consent', message: 'Permission first.' } },
  },
  unreadable: {
    failing: {
      range: {
        code: 'disk',
        message: 'The disk is full. Nothing was lost; free some space and try again.',
      },
    },
  },
  loading: { silent: ['range'] },
  syncing: { accounts: firstSync(), occurrences: [] },
  onboarding: { accounts: [] },
  unconfigured: { accounts: [], configured: false },
  choosing: { accounts: [], ...firstSignIn() },
  keyring: {
    accounts: [],
    keyringProblem: 'The keyring is locked. Unlock it and try again.',
  },
  heavy: { occurrences: nextWeekOf(500) },
  // Every height and width that a chip with Join can have.
  joins: { occurrences: joins() },
  // One event with a word in every field, and one with far too many of them.
  everything: { details: everything() },
  endless: { occurrences: endless(), details: endlessDetails() },
  zones: {
    preferences: { otherZones: ['America/New_York', 'Asia/Kolkata'], showWeekNumbers: true },
    ahead: { 'America/New_York': -360, 'Asia/Kolkata': 270 },
  },
  travelling: { preferences: { travelZone: 'Asia/Tokyo' } },
  'clock-change': {
    clockChanges: [
      { day: MONDAY + 6, minute: 180, shiftMinutes: -60, before: 'CEST', after: 'CET' },
    ],
    preferences: { workFrom: 120, workTo: 600 },
  },
  beyond: { synced: SYNCED, silent: ['visitDays'] },
  'beyond-offline': {
    synced: SYNCED,
    accounts: withState('offline', null, [1]),
    visit: {
      fetched: true,
      problems: [
        {
          account: 'ada.l@gmail.com',
          code: 'offline',
          message: 'The calendar service cannot be reached.',
        },
      ],
    },
  },
  crowded: { occurrences: [...sampleOccurrences(), ...crowd, ...manyAllDay] },
  ...finderScenes,
  ...sidebarScenes,
  ...sheetScenes,
  ...monthScenes,
};

/** An account for each thing that helps. */
function remedies(): AccountView[] {
  const [first, ...others] = sampleAccounts();
  if (first === undefined) return others;
  return (
    [
      ['sign_in', 'needs_sign_in', 'Microsoft wants you to sign in again.', 'global'],
      ['ask_admin', 'needs_admin', 'An administrator has to allow Dayline.', 'us-gov-dod'],
      ['choose_account', 'wrong_account', 'This account belongs elsewhere.', 'china'],
      ['check_registration', 'misconfigured', 'Dayline’s registration is refused.', 'us-gov-high'],
      ['try_again', 'provider_answer', 'Microsoft’s answer makes no sense.', 'global'],
      ['wait', 'throttled', 'Microsoft asks to wait a while.', 'global'],
    ] as const
  ).map(([remedy, problemCode, problem, cloud], index) => ({
    ...first,
    id: index === 0 ? first.id : remedy,
    email: `${remedy.replace('_', '.')}@contoso.com`,
    state: remedy === 'sign_in' ? ('needs_sign_in' as const) : ('failing' as const),
    problem,
    problemCode,
    remedy,
    cloud,
    calendars: index === 0 ? first.calendars : [],
  }));
}

function firstSignIn(): FakeOptions {
  const account = sampleAccounts()[0];
  return account === undefined ? {} : { signsInAs: account };
}

function nextWeekOf(count: number) {
  return Array.from({ length: count }, (_, index) => {
    // At most three at a time, so that every one has a chip.
    const start = (index % 24) * 60;
    return {
      ...timed('ms/Calendar', `Event ${index + 1}`, 7 + (index % 7), '0:00', '0:00', {
        id: `heavy-${index}`,
      }),
      startMinute: start,
      endMinute: start + 30 + (index % 3) * 15,
    };
  });
}

function joins() {
  const meeting = { teams: true, joinService: 'Microsoft Teams', importance: 'high' } as const;
  const one = (day: number, start: number, minutes: number, beside: number) => ({
    ...timed('ms/Calendar', `Meeting of ${minutes} minutes`, day, '0:00', '0:00', {
      ...meeting,
      id: `join-${day}-${minutes}-${beside}`,
      categories: [{ name: 'Client A', color: '#13a10e' }],
    }),
    startMinute: start,
    endMinute: start + minutes,
  });
  return [15, 30, 45, 50, 60, 75, 90].flatMap((minutes, index) => {
    const start = 11 * 60 + ([0, 30, 75, 135, 195, 270, 360][index] ?? 0);
    return [one(4, start, minutes, 0), one(5, start, minutes, 0), one(5, start, minutes, 1)];
  });
}

function person(name: string, more: Partial<AttendeeView> = {}): AttendeeView {
  return {
    person: { name, email: 'someone@contoso.com' },
    response: 'accepted',
    optional: false,
    resource: false,
    organizer: false,
    comment: null,
    additionalGuests: 0,
    answered: null,
    ...more,
  };
}

function everything(): Partial<DetailsView> {
  return {
    kind: 'focus_time',
    sensitivity: 'private',
    ownZone: { name: 'Pacific/Auckland', start: '23:30', daysLater: 1 },
    ownEnd: { name: 'Customized Time Zone', end: null, daysLater: 0 },
    places: [
      {
        name: 'Room 4A',
        address: 'Friedrichstraße 68, 10117 Berlin',
        email: 'room-4a@contoso.com',
        host: null,
      },
      { name: 'Café Nord', address: null, email: null, host: 'maps.example.com' },
    ],
    organizer: { name: 'Katherine Johnson', email: 'katherine@fabrikam.com' },
    reminders: {
      own: [
        { method: 'popup', minutes: 15 },
        { method: 'email', minutes: 1440 },
      ],
      fromCalendar: [{ method: 'popup', minutes: 10 }],
    },
    hasAttachments: true,
    attachments: [
      { name: 'Plan.pdf', mediaType: 'application/pdf', size: 312, host: 'drive.example.com' },
      { name: 'Minutes.eml', mediaType: null, size: null, host: null },
    ],
    attendees: [
      person('Grace Hopper', {
        comment: 'With two from the lab.',
        additionalGuests: 2,
        answered: { day: MONDAY + 1, minute: 552 },
      }),
      person('Room 4A', { resource: true }),
    ],
  };
}

function endless(): OccurrenceView[] {
  return LONG_TEXTS.flatMap((title, index) => [
    allDay('go/Family', title, index, 2, { id: `long-day-${index}`, location: title }),
    timed('ms/Calendar', title, index, '9:00', '9:15', { id: `long-short-${index}` }),
    timed('ms/Calendar', title, index, '10:00', '11:30', {
      id: `long-${index}`,
      location: title,
      teams: true,
      joinService: 'Microsoft Teams',
      categories: [{ name: title, color: '#13a10e' }],
    }),
    timed('ms/Platform team', title, index, '10:00', '11:30', { id: `long-beside-${index}` }),
  ]);
}

function endlessDetails(): Partial<DetailsView> {
  const [word = '', ...others] = LONG_TEXTS;
  return {
    calendarName: word,
    series: {
      unit: 'year',
      interval: 12,
      on: { kind: 'ranked', days: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ rank: -2, weekday })) },
      months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      untilDay: 28_000,
      count: 1_000,
    },
    ownZone: { name: word.slice(0, 300), start: null, daysLater: 0 },
    places: LONG_TEXTS.map((name, index) => ({
      name,
      address: word,
      email: `${word.slice(0, 200)}@contoso.com`,
      host: index % 2 === 0 ? 'maps.example.com' : null,
    })),
    organizer: { name: word, email: null },
    attachments: LONG_TEXTS.map((name, index) => ({
      name,
      mediaType: null,
      size: 1_500_000,
      host: index % 2 === 0 ? 'drive.example.com' : null,
    })),
    hasAttachments: true,
    attendees: [word, ...others].map((name) => person(name, { comment: name, optional: true })),
    descriptionHtml: `<p>${word}</p>`,
  };
}
