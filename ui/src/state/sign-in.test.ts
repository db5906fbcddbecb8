import { describe, expect, test, vi } from 'vitest';
import { fakeClient } from '../ipc/fake';
import { SignIn } from './sign-in.svelte';

const DENIED = { code: 'sign_in_denied', message: 'You said no.', retryAfterMs: null } as const;

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
    await signIn.start('microsoft', true);
    expect(signIn.phase).toEqual({ kind: 'waiting', provider: 'microsoft', attempt: 'attempt-1' });
    client.tell('signInFinished', { attempt: 'attempt-1', accountId: 'ms', error: null });
    expect(signIn.phase.kind).toBe('idle');
    expect(accounts).toEqual(['ms']);
  });

  test('an end that comes before the start has answered counts', async () => {
    const { client, signIn, accounts } = started();
    const start = signIn.start('google', true);
    client.tell('signInFinished', { attempt: 'attempt-1', accountId: 'go', error: null });
    await start;
    expect(accounts).toEqual(['go']);
  });

  test('a refusal is said in words, and trying again starts a new attempt', async () => {
    const { client, signIn } = started();
    await signIn.start('google', true);
    client.tell('signInFinished', { attempt: 'attempt-1', accountId: null, error: DENIED });
    expect(signIn.phase).toMatchObject({ kind: 'failed', provider: 'google' });
    await signIn.start('google', true);
    expect(signIn.phase).toMatchObject({ kind: 'waiting', attempt: 'attempt-2' });
  });

  test('the end of an attempt that was given up changes nothing', async () => {
    const { client, signIn, accounts } = started();
    await signIn.start('google', true);
    await signIn.cancel();
    expect(client.calls.at(-1)).toEqual({ command: 'cancelSignIn', args: ['attempt-1'] });
    client.tell('signInFinished', { attempt: 'attempt-1', accountId: 'go', error: null });
    expect(signIn.phase.kind).toBe('idle');
    expect(accounts).toEqual([]);
  });

  test('a provider without a client id asks for one, and goes on with it', async () => {
    const { client, signIn } = started({ configured: false });
    await signIn.start('google', false);
    expect(signIn.phase.kind).toBe('setup');
    await signIn.setUp('google', 'id', 'secret');
    expect(client.calls.map((call) => call.command)).toEqual(['setClient', 'startSignIn']);
    expect(signIn.phase.kind).toBe('waiting');
  });

  test('a client id that is refused stays in the form, with the reason', async () => {
    const { client, signIn } = started({ configured: false });
    client.fail('setClient', { code: 'invalid', message: 'That is not a client ID.' });
    await signIn.start('google', false);
    await signIn.setUp('google', 'x', null);
    await vi.waitFor(() =>
      expect(signIn.phase).toMatchObject({ kind: 'setup', failure: { code: 'invalid' } }),
    );
  });
});
