import { expect, test } from 'vitest';
import type { AccountView } from '../ipc/client';
import { sampleAccounts } from '../ipc/fake-data';
import { noteOf, type Shown } from './note';

const empty: Shown = {
  events: 0,
  hiddenByFilter: 0,
  beyondSynced: false,
  view: 'week',
};
const one: Shown = { ...empty, events: 1 };

function withCalendars(isVisible: boolean): AccountView[] {
  return sampleAccounts().map((account) => ({
    ...account,
    calendars: account.calendars.map((calendar) => ({ ...calendar, isVisible })),
  }));
}

test('a week with events needs no note', () => {
  expect(noteOf(one, sampleAccounts(), 'none')).toBeNull();
});

test('an empty week, a filtered one and one outside of what is synced say what they are', () => {
  expect(noteOf(empty, sampleAccounts(), 'none')).toBe('Nothing in this week.');
  expect(noteOf({ ...empty, hiddenByFilter: 3 }, sampleAccounts(), 'none')).toContain(
    'All 3 events',
  );
  expect(noteOf({ ...one, beyondSynced: true }, sampleAccounts(), 'ended')).toContain(
    'outside of what is synced',
  );
});

test('while days are fetched nothing is said of what they hold', () => {
  for (const phase of ['none', 'settling', 'asking'] as const) {
    expect(noteOf({ ...empty, beyondSynced: true }, sampleAccounts(), phase)).toBeNull();
  }
});

test('switched-off calendars explain an empty week first', () => {
  expect(noteOf({ ...empty, beyondSynced: true }, withCalendars(false), 'ended')).toContain(
    'switched off',
  );
});

test('before the first sync has ended, events are announced', () => {
  const syncing = sampleAccounts().map((account) => ({
    ...account,
    state: 'syncing' as const,
    lastSyncedAt: null,
  }));
  expect(noteOf(empty, syncing, 'none')).toBe('Your events arrive as they sync.');
});
