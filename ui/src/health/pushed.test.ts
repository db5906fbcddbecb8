import { expect, test } from 'vitest';
import { polling, pushing, sampleAccounts } from '../ipc/fake-data';
import { timeText } from '../shared/time';
import { canTell, isWanted, stateText } from './pushed';

const text = timeText('en-GB');
const [first] = polling(sampleAccounts()).calendars;
const because = (why: string | null) => ({
  ...(first ?? { id: '', name: '', account: '', expiresAt: null }),
  active: false,
  expiresAt: null,
  lastNotificationAt: null,
  lagSecs: null,
  why,
});

test.each([
  ['turned off; polled every 5 minutes', 'Switched off; asked every 5 minutes'],
  ['no relay is set; polled every 5 minutes', 'No relay is set; asked every 5 minutes'],
  [
    'being set up; polled every 5 minutes until then',
    'Being set up; asked every 5 minutes until then',
  ],
  ['something that nobody knew', 'something that nobody knew'],
  [null, 'Asked every 5 minutes'],
])('%s', (why, expected) => expect(stateText(because(why), text, 'UTC')).toBe(expected));

test('what tells says until when', () => {
  const told = pushing(sampleAccounts()).calendars.find((one) => one.active);
  expect(told && stateText(told, text, 'UTC')).toMatch(/^Changes arrive at once, until 26 Nov/);
});

test('only what was switched off is not wanted, and only what can tell can be wanted', () => {
  expect(isWanted(because('turned off; polled'))).toBe(false);
  expect(isWanted(because('no relay is set'))).toBe(true);
  expect(canTell(because('its provider does not tell of changes'))).toBe(false);
  expect(canTell(because('turned off; polled'))).toBe(true);
});
