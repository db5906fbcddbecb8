import { describe, expect, test, vi } from 'vitest';
import { fakeClient } from '../ipc/fake';
import { SignIn, known, somebody } from './sign-in.svelte';
import { sampleAccounts } from '../ipc/fake-data';

const DENIED = {
  code: 'sign_in_denied',
  remedy: 'try_again',
  message: 'You said no.',
  retryAfterMs: null,
} as const;
const ended = (attempt: string, accountId: string | null, error: typeof DENIED | null = null) => ({
  attempt,
  accountId,
  error,
  adminConsentLink: null,
});
const MICROSOFT = somebody('microsoft');
const GOOGLE = somebody('google');

function started(options: Parameters<typeof fakeClient>[0] = {}) {
  const client = fakeClient(options);
  const signIn = new SignIn(client);
  const accounts: string[] = [];
  signIn.onaccount = (id) => accounts.push(id);
  signIn.listen();
  return { client, signIn, accounts };
}

describe('SignIn', () => {
  test('waits for the browser and tells of the account', async () => {
    const { client, signIn, accounts } = started();
    await signIn.start(MICROSOFT, true);
    expect(signIn.phase).toEqual({ kind: 'waiting', target: MICROSOFT, attempt: 'attempt-1' });
    client.tell('signInFinished', ended('attempt-1', 'ms'));
    expect(signIn.phase.kind).toBe('idle');
    expect(accounts).toEqual(['ms']);
  });

  test('an end that comes before the start has answered counts', async () => {
    const { client, signIn, accounts } = started();
    const start = signIn.start(GOOGLE, true);
    client.tell('signInFinished', ended('attempt-1', 'go'));
    await start;
    expect(accounts).toEqual(['go']);
  });

  test('a refusal is said in words, and trying again starts a new attempt', async () => {
    const { client, signIn } = started();
    await signIn.start(GOOGLE, true);
    client.tell('signInFinished', ended('attempt-1', null, DENIED));
    expect(signIn.phase).toMatchObject({ kind: 'failed', target: GOOGLE, adminLink: null });
    await signIn.start(GOOGLE, true);
    expect(signIn.phase).toMatchObject({ kind: 'waiting', attempt: 'attempt-2' });
  });

  test('the end of an attempt that was given up changes nothing', async () => {
    const { client, signIn, accounts } = started();
    await signIn.start(GOOGLE, true);
    await signIn.cancel();
    expect(client.calls.at(-1)).toEqual({ command: 'cancelSignIn', args: ['attempt-1'] });
    client.tell('signInFinished', ended('attempt-1', 'go'));
    expect(signIn.phase.kind).toBe('idle');
    expect(accounts).toEqual([]);
  });

  test('a provider without a client id asks for one, and goes on with it', async () => {
    const { client, signIn } = started({ configured: false });
    await signIn.start(GOOGLE, false);
    expect(signIn.phase.kind).toBe('setup');
    await signIn.setUp(GOOGLE, 'id', 'secret');
    expect(client.calls.map((call) => call.command)).toEqual(['setClient', 'startSignIn']);
    expect(signIn.phase.kind).toBe('waiting');
  });

  test('a client id that is refused stays in the form, with the reason', async () => {
    const { client, signIn } = started({ configured: false });
    client.fail('setClient', { code: 'invalid', message: 'That is not a client ID.' });
    await signIn.start(GOOGLE, false);
    await signIn.setUp(GOOGLE, 'x', null);
    await vi.waitFor(() =>
      expect(signIn.phase).toMatchObject({ kind: 'setup', failure: { code: 'invalid' } }),
    );
  });

  test('an account that is known signs in again as itself', async () => {
    const { client, signIn, accounts } = started();
    const [account] = sampleAccounts();
    if (account === undefined) throw new Error('no account');
    await signIn.start(known(account), true);
    expect(client.calls.at(-1)).toEqual({ command: 'signInAgain', args: ['ms'] });
    client.tell('signInFinished', ended('attempt-1', 'ms'));
    expect(accounts).toEqual(['ms']);
  });

  test('a cloud is asked for by its name, and an administrator gets the link that came', async () => {
    const { client, signIn } = started();
    const target = somebody('microsoft', 'us-gov-high');
    await signIn.start(target, true);
    expect(client.calls.at(-1)).toEqual({
      command: 'startSignIn',
      args: ['microsoft', 'us-gov-high'],
    });
    const error = { ...DENIED, code: 'needs_admin', remedy: 'ask_admin' } as const;
    const adminConsentLink = 'https://login.microsoftonline.us/x';
    client.tell('signInFinished', { ...ended('attempt-1', null), error, adminConsentLink });
    expect(signIn.phase).toMatchObject({ kind: 'failed', target, adminLink: adminConsentLink });
  });
});
