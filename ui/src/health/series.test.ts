import { expect, test } from 'vitest';
import { MONDAY, sampleAccounts } from '../ipc/fake-data';
import { sampleHealth } from '../ipc/fake-reports';
import { timeText } from '../shared/time';
import { failedText, longestText, numbersOf, teamsText, totalText } from './series';

const text = timeText('en-GB');
const numbers = numbersOf('en-GB');
const days = [
  { day: MONDAY, value: 12 },
  { day: MONDAY + 1, value: null },
  { day: MONDAY + 2, value: 1300 },
];

test('a chart is told in a sentence', () => {
  expect(totalText(days, text, numbers.count)).toBe(
    '1,312 in all, most on Wednesday 18 November: 1,300',
  );
  expect(longestText(days, text, numbers.duration)).toBe('Longest on Wednesday 18 November: 1.3 s');
  expect(totalText([{ day: MONDAY, value: 0 }], text, numbers.count)).toBe('Nothing in these days');
});

test('the share of Teams is told of all meetings, and of none', () => {
  const day = (meetings: number, teams: number) => ({ day: MONDAY, meetings, teams });
  expect(teamsText([day(3, 2), day(1, 1)], numbers.percent)).toBe(
    '75% of 4 meetings were on Teams.',
  );
  expect(teamsText([day(0, 0)], numbers.percent)).toBe('No meetings in these days.');
});

test('a part that is nearly all is not written as all', () => {
  expect(numbers.percent(0.99999)).toBe('99.9%');
  expect(numbers.percent(1)).toBe('100%');
  expect(numbers.duration(240)).toBe('240 ms');
});

test('few days with failures are named, and many are counted', () => {
  const [first, second] = sampleHealth(sampleAccounts()).accounts;
  if (first === undefined || second === undefined) throw new Error('no accounts');
  expect(failedText(first, text)).toBe('Rounds failed on Sunday 8 November.');
  expect(failedText(second, text)).toBeNull();
  const often = { ...first, days: first.days.map((one) => ({ ...one, failed: 1 })) };
  expect(failedText(often, text)).toBe('On 30 days rounds failed.');
});
