import { expect, test } from 'vitest';
import { polling, pushing, sampleAccounts } from '../ipc/fake-data';
import type { PushReason } from '../ipc/client';
import { timeText } from '../shared/time';
import { canTell, isWanted, stateText } from './pushed';

const text = timeText('en-GB');
const [first] = polling(sampleAccounts()).calendars;
const because = (reason: PushReason) => ({
  ...(first ?? { id: '', name: '', account: '', why: null }),
  active: false,
  expiresAt: null,
  lastNotificationAt: null,
  lagSecs: null,
  reason,
});

test.each<[PushReason, string]>([
  ['off', 'Switched off; asked every 5 minutes'],
  ['no_relay', 'No relay is set; asked every 5 minutes'],
  ['starting', 'Being set up; asked every 5 minutes until then'],
])('%s', (reason, expected) => expect(stateText(because(reason), text, 'UTC')).toBe(expected));

test('what tells says until when', () => {
  const told = pushing(sampleAccounts()).calendars.find((one) => one.active);
  expect(told && stateText(told, text, 'UTC')).toMatch(/^Changes arrive at once, until 26 Nov/);
});

test('only what was switched off is not wanted, and only what can tell can be wanted', () => {
  expect(isWanted(because('off'))).toBe(false);
  expect(isWanted(because('no_relay'))).toBe(true);
  expect(canTell(because('unable'))).toBe(false);
  expect(canTell(because('off'))).toBe(true);
});
