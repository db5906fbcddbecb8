import { expect, test } from 'vitest';
import type { ReminderView } from '../ipc/client';
import { timeText } from '../shared/time';
import { remindersText } from './reminders';

const text = timeText('en-GB');
const popup = (minutes: number): ReminderView => ({ method: 'popup', minutes });
const email = (minutes: number): ReminderView => ({ method: 'email', minutes });

test.each([
  [0, 'at the start'],
  [1, '1 minute before'],
  [15, '15 minutes before'],
  [60, '1 hour before'],
  [90, '1 hour 30 minutes before'],
  [1440, '1 day before'],
  [1500, '1 day 1 hour before'],
  [10080, '1 week before'],
  [40320, '4 weeks before'],
  [-5, '5 minutes after the start'],
])('%i minutes before a start are “%s”', (minutes, expected) => {
  expect(remindersText([popup(minutes)], false, text)).toBe(expected);
});

test.each([
  [0, 'on the day at 0:00'],
  [-540, 'on the day at 9:00'],
  [900, 'the day before at 9:00'],
  [1440, '1 day before'],
  [2340, '2 days before at 9:00'],
  [10080, '1 week before'],
  [-1980, '1 day later at 9:00'],
])('%i minutes before an all-day event are “%s”', (minutes, expected) => {
  expect(
    remindersText([popup(minutes)], true, text)
      .replace('at 09', 'at 9')
      .replace('00:00', '0:00'),
  ).toBe(expected);
});

test('several are a list, mails say so, and none is nothing', () => {
  expect(remindersText([popup(15), email(1440)], false, text)).toBe(
    '15 minutes before, by mail 1 day before',
  );
  expect(remindersText([], false, text)).toBe('');
});
