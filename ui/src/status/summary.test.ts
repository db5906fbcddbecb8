import { expect, test } from 'vitest';
import type { AccountState } from '../ipc/client';
import { sampleAccounts } from '../ipc/fake-data';
import { summarise } from './summary';

function check(first: AccountState, second: AccountState): string {
  const accounts = sampleAccounts().map((account, index) => ({
    ...account,
    state: index === 0 ? first : second,
  }));
  return summarise(accounts).state;
}

test.each([
  ['ready', 'ready', 'ready'],
  ['ready', 'offline', 'offline'],
  ['offline', 'failing', 'failing'],
  ['failing', 'needs_sign_in', 'needs_sign_in'],
  ['needs_sign_in', 'syncing', 'syncing'],
] as const)('%s and %s together are %s', (first, second, state) => {
  expect(check(first, second)).toBe(state);
  expect(check(second, first)).toBe(state);
});

test('without an account there is nothing to say', () => {
  expect(summarise([]).state).toBe('empty');
});

test('everything is as fresh as the account that synced longest ago, or not known', () => {
  const [first, second] = sampleAccounts();
  if (first === undefined || second === undefined) throw new Error('the sample has two accounts');
  const older = { ...second, lastSyncedAt: '2026-11-19T00:00:00Z' };
  expect(summarise([first, older]).syncedAt).toBe('2026-11-19T00:00:00Z');
  expect(summarise([first, { ...second, lastSyncedAt: null }]).syncedAt).toBeNull();
});
