import { fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import type { FakeOptions } from '../ipc/fake';
import { pushing, sampleAccounts } from '../ipc/fake-data';
import { show } from '../shared/testing/provided';
import { speak } from '../words/t';
import HealthSheet from './HealthSheet.svelte';

afterEach(() => speak('en'));

async function open(options: FakeOptions = {}) {
  const app = await show(HealthSheet, { ...options, sheet: { kind: 'health' } });
  const sheet = within(screen.getByRole('dialog', { name: 'Health' }));
  return { ...app, sheet };
}

test('tells of each account how it goes, in words and numbers', async () => {
  const { sheet } = await open();
  const account = within(await sheet.findByRole('article', { name: 'ada@contoso.com' }));
  account.getByText('Up to date');
  account.getByText('2 min ago');
  account.getByText('99.8% of 7,200');
  account.getByText('180 ms usually, 640 ms for the slow ones');
  account.getByText('Rounds failed on Sunday 8 November.');
});

test('a chart is a picture with words, and a table on demand', async () => {
  const { sheet } = await open();
  const account = within(await sheet.findByRole('article', { name: 'ada@contoso.com' }));
  account.getByRole('img', { name: /in all, most on Sunday 8 November: 309$/ });
  await fireEvent.click(account.getByRole('button', { name: 'Show as table: Requests by day' }));
  const rows = within(account.getByRole('table')).getAllByRole('row');
  expect(rows).toHaveLength(31);
  expect(rows[1]?.textContent).toContain('Thursday 22 October');
  expect(account.queryByRole('img', { name: /309$/ })).toBeNull();
  await fireEvent.click(account.getByRole('button', { name: 'Show as chart: Requests by day' }));
  account.getByRole('img', { name: /309$/ });
});

test('a problem has its one action', async () => {
  const accounts = sampleAccounts().map((account) =>
    account.id === 'go'
      ? {
          ...account,
          state: 'needs_sign_in' as const,
          problem: 'Google wants you to sign in again.',
          remedy: 'sign_in' as const,
        }
      : account,
  );
  const { sheet, desk } = await open({ accounts });
  const account = within(await sheet.findByRole('article', { name: 'ada.l@gmail.com' }));
  account.getByText('Google wants you to sign in again.');
  await fireEvent.click(account.getByRole('button', { name: 'Sign in again' }));
  expect(desk.sheet?.kind).toBe('again');
});

test('what the engine says in English is said in the language of the window', async () => {
  await speak('de');
  const problem = 'Google wants you to sign in again.';
  const accounts = sampleAccounts().map((account) => ({
    ...account,
    state: 'needs_sign_in' as const,
    problem,
    problemCode: 'needs_sign_in' as const,
    calendars: account.calendars.map((one) => ({ ...one, problem })),
  }));
  await show(HealthSheet, { accounts, sheet: { kind: 'health' } });
  const account = within(await screen.findByRole('article', { name: 'ada.l@gmail.com' }));
  account.getByText('Zum Fortfahren ist eine erneute Anmeldung nötig.');
  expect(screen.getAllByText('Der letzte Durchgang ist fehlgeschlagen.')).not.toHaveLength(0);
  expect(screen.queryByText(problem)).toBeNull();
});

test('the share of Teams, the calendars and the subscriptions are told', async () => {
  const { sheet } = await open({ push: pushing(sampleAccounts()) });
  const teams = within(await sheet.findByRole('region', { name: 'Teams meetings' }));
  expect(teams.getAllByText(/^\d+(\.\d)?% of \d+ meetings were on Teams\.$/)).not.toHaveLength(0);
  sheet.getByText('1,240 events, 410 on Teams');
  const push = within(sheet.getByRole('region', { name: 'How changes arrive' }));
  const row = push.getByRole('row', { name: /^Family/ });
  expect(row.textContent).toMatch(/At once.*26 Nov, 9:00.*2 min ago.*1 s/s);
});

test('a failure and nothing at all are said in words, with one action', async () => {
  const { sheet, client } = await open({
    failing: { healthReport: { code: 'disk', message: 'The disk cannot be read.' } },
  });
  await sheet.findByText('The disk cannot be read.');
  client.fail('healthReport', null);
  client.setAccounts([]);
  await fireEvent.click(sheet.getByRole('button', { name: 'Try again' }));
  await sheet.findByText('There is nothing to report yet');
  sheet.getByRole('button', { name: 'Write the file' });
});
