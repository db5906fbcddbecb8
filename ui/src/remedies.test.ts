import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import App from './App.svelte';
import type { AccountView, IpcError, Remedy } from './ipc/client';
import { fakeClient, type FakeOptions } from './ipc/fake';
import { ADMIN_LINK, NOW, sampleAccounts } from './ipc/fake-data';

function show(options: FakeOptions) {
  const client = fakeClient(options);
  render(App, { props: { client, now: () => NOW, locale: 'en-GB' } });
  const called = (command: string) =>
    client.calls.filter((call) => call.command === command).map((call) => call.args);
  return { client, called };
}

const troubled = (remedy: Remedy): AccountView[] =>
  sampleAccounts().map((account) =>
    account.id === 'ms'
      ? { ...account, state: 'failing', problem: 'Something is wrong.', remedy, cloud: 'china' }
      : account,
  );

/** Presses what helps beside the account. */
async function help(remedy: Remedy, label: string) {
  const app = show({ accounts: troubled(remedy) });
  const account = within(await screen.findByRole('region', { name: 'ada@contoso.com' }));
  await fireEvent.click(account.getByRole('button', { name: label }));
  return { ...app, account };
}

function clipboard(takes: boolean) {
  const writeText = vi.fn(() => (takes ? Promise.resolve() : Promise.reject(new Error('no'))));
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  document.execCommand = () => false;
  return writeText;
}

afterEach(() => void Reflect.deleteProperty(navigator, 'clipboard'));

describe('beside an account', () => {
  test('the link for an administrator goes to the clipboard, and that is said', async () => {
    const writeText = clipboard(true);
    const { called, account } = await help('ask_admin', 'Copy the link for your administrator');
    await account.findByText('Link copied');
    expect(called('adminConsentLink')).toEqual([['ms']]);
    expect(writeText).toHaveBeenCalledWith(ADMIN_LINK);
    expect(account.queryByText(ADMIN_LINK)).toBeNull();
  });

  test('a link that the clipboard refuses is shown, to be taken by hand', async () => {
    clipboard(false);
    const { account } = await help('ask_admin', 'Copy the link for your administrator');
    expect((await account.findByText(ADMIN_LINK)).classList).toContain('selectable');
    expect(account.getByText('The link could not be copied.')).toBeTruthy();
  });

  test('another account is chosen where accounts are added', async () => {
    await help('choose_account', 'Use another account');
    await screen.findByRole('dialog', { name: 'Add an account' });
  });

  test('the registration is that of the account’s own cloud', async () => {
    const { called } = await help('check_registration', 'Check the registration');
    await screen.findByText('Microsoft 365 operated by 21Vianet needs a client ID first');
    await fireEvent.input(screen.getByLabelText('Client ID'), { target: { value: 'id' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Save and sign in' }));
    await screen.findByText('Finish signing in with your browser');
    expect(called('setClient')).toEqual([['microsoft', 'china', 'id', null]]);
    expect(called('signInAgain')).toEqual([['ms']]);
  });

  test('syncing is tried again', async () => {
    const { called } = await help('try_again', 'Sync now');
    expect(called('syncNow')).toEqual([['ms']]);
  });

  test('giving up signing in again leads back to the week', async () => {
    const { called } = await help('sign_in', 'Sign in again');
    await screen.findByRole('dialog', { name: 'Sign in to ada@contoso.com' });
    await screen.findByText('Finish signing in with your browser');
    await fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(called('cancelSignIn')).toEqual([['attempt-1']]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('a sign-in', () => {
  async function waiting() {
    const app = show({ accounts: [] });
    await fireEvent.click(await screen.findByTestId('signin-microsoft'));
    await screen.findByText('Finish signing in with your browser');
    return app;
  }

  async function failed(remedy: Remedy, adminConsentLink: string | null = null) {
    const app = await waiting();
    const error: IpcError = { code: 'sign_in_failed', remedy, message: 'No.', retryAfterMs: null };
    const ended = { attempt: 'attempt-1', accountId: null, error, adminConsentLink };
    app.client.tell('signInFinished', ended);
    await screen.findByText('No.');
    return app;
  }

  test('gives the link for an administrator while it waits', async () => {
    const writeText = clipboard(true);
    const { called } = await waiting();
    await fireEvent.click(screen.getByRole('button', { name: 'Copy the link to send to them' }));
    await screen.findByText('Link copied');
    expect(called('consentLink')).toEqual([['microsoft', 'global']]);
    expect(writeText).toHaveBeenCalledWith(ADMIN_LINK);
  });

  test('is given up with Escape', async () => {
    const { called } = await waiting();
    await fireEvent.keyDown(document.body, { key: 'Escape' });
    await screen.findByTestId('signin-microsoft');
    expect(called('cancelSignIn')).toEqual([['attempt-1']]);
  });

  test('that an administrator has to allow shows and copies the link', async () => {
    const writeText = clipboard(true);
    await failed('ask_admin', ADMIN_LINK);
    expect(screen.getByText(ADMIN_LINK).classList).toContain('selectable');
    const copy = { name: 'Copy the link for your administrator' };
    await fireEvent.click(screen.getByRole('button', copy));
    await screen.findByText('Link copied');
    expect(writeText).toHaveBeenCalledWith(ADMIN_LINK);
  });

  test.each([
    ['choose_account', 'Use another account'],
    ['try_again', 'Try again'],
    ['wait', 'Try again'],
  ] as const)('that failed starts once more: %s', async (remedy, name) => {
    const { called } = await failed(remedy);
    await fireEvent.click(screen.getByRole('button', { name }));
    await screen.findByText('Finish signing in with your browser');
    expect(called('startSignIn')).toHaveLength(2);
  });

  test('whose registration is refused asks for a client ID', async () => {
    await failed('check_registration');
    await fireEvent.click(screen.getByRole('button', { name: 'Check the registration' }));
    await screen.findByLabelText('Client ID');
  });
});

test('what may only be read says so in its tooltip', async () => {
  const accounts = sampleAccounts().map((account) => ({
    ...account,
    calendars: account.calendars.map((one) =>
      one.name === 'Grace Hopper' ? { ...one, accessRole: 'reader' } : one,
    ),
  }));
  show({ accounts });
  expect((await screen.findByText('Grace Hopper')).title).toBe('Grace Hopper, read only');
  expect(screen.getByText('Platform team').title).toBe('Platform team');
});
