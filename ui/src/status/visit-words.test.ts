import { expect, test } from 'vitest';
import type { VisitProblem } from '../ipc/client';
import { sampleAccounts } from '../ipc/fake-data';
import { visitWords } from './visit-words';

const google: VisitProblem = {
  account: 'ada.l@gmail.com',
  code: 'offline',
  message: 'The calendar service cannot be reached.',
};
const microsoft: VisitProblem = { ...google, account: 'ada@contoso.com' };
const signedOut: VisitProblem = { ...microsoft, code: 'needs_sign_in', message: 'Sign in again.' };

const check = (...problems: VisitProblem[]): string => visitWords(problems, sampleAccounts());

test('who is offline is named by provider, each once', () => {
  expect(check(google)).toBe(
    'Offline. Showing what repeats; other events of these days come when Google can be reached.',
  );
  expect(check(microsoft, google, google)).toBe(
    'Offline. Showing what repeats; other events of these days come when Microsoft and Google can be reached.',
  );
});

test('another problem comes before being offline, with its account', () => {
  expect(check(google, signedOut)).toBe(
    'ada@contoso.com: Sign in again. Showing what repeats; other events of these days are missing.',
  );
});

test('a failure without an account is said as it is', () => {
  expect(check({ account: '', code: 'disk', message: 'The disk is full.' })).toBe(
    'The disk is full. Showing what repeats; other events of these days are missing.',
  );
});
