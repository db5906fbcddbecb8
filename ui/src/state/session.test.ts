import { describe, expect, test, vi } from 'vitest';
import type { AccountView } from '../ipc/client';
import { fakeClient, type FakeOptions } from '../ipc/fake';
import { sampleAccounts } from '../ipc/fake-data';
import { Session } from './session.svelte';

async function started(options: FakeOptions = {}) {
  const client = fakeClient(options);
  const session = new Session(client);
  session.start();
  await vi.waitFor(() => expect(session.phase).not.toBe('loading'));
  return { client, session };
}

const visible = (session: Session, id: string) => session.calendars.get(id)?.isVisible;

describe('Session', () => {
  test('without an account it is the first run, with one the week, with sample data the week', async () => {
    expect((await started({ accounts: [] })).session.phase).toBe('first-run');
    expect((await started()).session.phase).toBe('week');
    expect((await started({ accounts: [], sample: true })).session.phase).toBe('week');
  });

  test('a start that fails says why and can be tried again', async () => {
    const failing = {
      bootstrap: { code: 'database_newer', message: 'Made by a newer Dayline.' },
    } as const;
    const { client, session } = await started({ failing });
    expect(session.phase).toBe('failed');
    expect(session.failure?.message).toBe('Made by a newer Dayline.');
    client.fail('bootstrap', null);
    await session.boot();
    expect(session.phase).toBe('week');
  });

  test('the start does not wait for what stands beside the days; one failing leaves the other', async () => {
    const { client, session } = await started({ keyringProblem: 'The keyring is locked.' });
    expect(session.phase).toBe('week');
    expect(client.calls.map((call) => call.command)).not.toContain('keyringProblem');
    expect(session.keyringProblem).toBeNull();
    client.fail('pushReport', { code: 'disk', message: 'The disk is full.' });
    await session.askBeside();
    expect(session.keyringProblem).toBe('The keyring is locked.');
    expect(session.push).toBeNull();
    expect(session.notice?.message).toBe('The disk is full.');
  });

  test('a keyring that was unlocked is asked again, and what waited for it is synced', async () => {
    const options: FakeOptions = { keyringProblem: 'The keyring is locked.' };
    const { client, session } = await started(options);
    const synced = () => client.calls.filter((call) => call.command === 'syncNow').length;
    await session.askBeside();
    await session.retryKeyring();
    expect([session.keyringProblem, synced()]).toEqual(['The keyring is locked.', 0]);
    options.keyringProblem = null;
    await session.retryKeyring();
    expect([session.keyringProblem, synced()]).toEqual([null, 1]);
  });

  test('what was asked beside other data is not taken for an answer about these', async () => {
    const client = fakeClient({ keyringProblem: 'The keyring is locked.' });
    const session = new Session(client);
    await session.boot();
    await session.askBeside();
    let unlock: (problem: string | null) => void = () => {};
    const dialog = new Promise<string | null>((resolve) => (unlock = resolve));
    vi.spyOn(client, 'keyringProblem').mockReturnValueOnce(dialog).mockResolvedValue(null);
    const late = session.askBeside();
    await session.lookAround();
    expect([session.keyringProblem, session.push]).toEqual([null, null]);
    await session.askBeside();
    unlock('The keyring is locked.');
    await late;
    expect(session.keyringProblem).toBeNull();
    expect(session.push).not.toBeNull();
  });

  test('accounts that were asked before sample data was entered do not come into it', async () => {
    const { client, session } = await started({ accounts: [] });
    let answer: (accounts: AccountView[]) => void = () => {};
    const old = new Promise<AccountView[]>((resolve) => (answer = resolve));
    vi.spyOn(client, 'accounts').mockReturnValueOnce(old);
    const late = session.reload();
    await session.lookAround();
    const { accounts } = session;
    expect(accounts.length).toBeGreaterThan(0);
    answer([]);
    await late;
    expect(session.accounts).toBe(accounts);
  });

  test('sample data is entered and left', async () => {
    const { session } = await started({ accounts: [] });
    await session.lookAround();
    expect(session.phase).toBe('week');
    expect(session.bootstrap?.sample).toBe(true);
    await session.leaveSample();
    expect(session.phase).toBe('first-run');
  });

  test('a switch moves at once, and back when the engine refuses', async () => {
    const { client, session } = await started();
    const done = session.setVisible('ms/Calendar', false);
    expect(visible(session, 'ms/Calendar')).toBe(false);
    await done;
    expect(visible(session, 'ms/Calendar')).toBe(false);

    client.fail('setCalendarsVisible', {
      code: 'disk',
      remedy: 'try_again',
      message: 'The disk is full.',
    });
    await session.setVisible('ms/Calendar', true);
    expect(visible(session, 'ms/Calendar')).toBe(false);
    expect(session.notice?.message).toBe('The disk is full.');

    client.fail('setCalendarsVisible', null);
    session.notice?.retry?.();
    await vi.waitFor(() =>
      expect(client.calls.filter((call) => call.command === 'setCalendarsVisible')).toHaveLength(3),
    );
    expect(session.notice).toBeNull();
    expect(visible(session, 'ms/Calendar')).toBe(true);
  });

  test('a switch goes back also where nothing answers, and when another try fails', async () => {
    const { client, session } = await started();
    const failure = { code: 'internal', message: 'It broke.', remedy: 'try_again' } as const;
    client.fail('setCalendarsVisible', failure);
    client.fail('accounts', failure);
    await session.setVisible('ms/Calendar', false);
    expect(visible(session, 'ms/Calendar')).toBe(true);
    session.notice?.retry?.();
    await vi.waitFor(() => expect(session.notice).not.toBeNull());
    expect(visible(session, 'ms/Calendar')).toBe(true);
  });

  test('accounts are asked again when they changed', async () => {
    const { client, session } = await started();
    client.setAccounts(sampleAccounts().slice(0, 1));
    client.tell('accountsChanged', {});
    await vi.waitFor(() => expect(session.accounts).toHaveLength(1));
  });

  test('changes in a row are asked for once more after the answer that is on its way', async () => {
    const { client, session } = await started();
    const asked = () => client.calls.filter((call) => call.command === 'accounts').length;
    const before = asked();
    for (let change = 0; change < 20; change += 1) client.tell('accountsChanged', {});
    client.setAccounts(sampleAccounts().slice(0, 1));
    await vi.waitFor(() => expect(session.accounts).toHaveLength(1));
    expect(asked() - before).toBe(2);
  });

  test('calendars are shown and hidden in one step, which goes back as one', async () => {
    const { client, session } = await started();
    const failure = { code: 'disk', message: 'The disk is full.', remedy: 'try_again' } as const;
    const shown = () => ['ms/Calendar', 'go/Holidays'].map((id) => visible(session, id));
    const before = shown();
    client.fail('setCalendarsVisible', failure);
    const done = session.showAndHide(['go/Holidays'], ['ms/Calendar']);
    expect(shown()).toEqual([false, true]);
    await done;
    expect(shown()).toEqual(before);
    expect(before).toEqual([true, false]);
  });

  test('removing the last account leads back to the first run', async () => {
    const { session } = await started({ accounts: sampleAccounts().slice(0, 1) });
    await session.removeAccount('ms');
    expect(session.phase).toBe('first-run');
  });

  test('progress is kept while a round runs', async () => {
    const { client, session } = await started();
    const progress = { accountId: 'ms', calendarId: 'ms/Calendar', stored: 40 };
    client.tell('syncProgress', { ...progress, finished: false });
    expect(session.progress.get('ms/Calendar')?.stored).toBe(40);
    client.tell('syncProgress', { ...progress, finished: true });
    expect(session.progress.size).toBe(0);
  });
});
