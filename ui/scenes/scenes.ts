/** The situations that the tests in Chromium look at. */
import type { AccountState, AccountView } from '../src/ipc/client';
import { allDay, sampleAccounts, sampleOccurrences, timed } from '../src/ipc/fake-data';
import type { FakeOptions } from '../src/ipc/fake';

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
    keyringProblem: 'The keyring of this computer is locked. Unlock it, then start Dayline again.',
  },
  heavy: { occurrences: nextWeekOf(500) },
  // Every height and width that a chip with Join can have.
  joins: { occurrences: joins() },
  crowded: { occurrences: [...sampleOccurrences(), ...crowd, ...manyAllDay] },
};

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
