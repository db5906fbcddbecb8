import { clearMocks, mockIPC } from '@tauri-apps/api/mocks';
import { afterEach, describe, expect, test } from 'vitest';
import { failureOf, IpcFailure, shellClient } from './client';

afterEach(clearMocks);

describe('shellClient', () => {
  test('passes commands and arguments on by name', async () => {
    const calls: unknown[] = [];
    mockIPC((command, payload) => {
      calls.push([command, payload]);
      return null;
    });
    const client = shellClient();
    await client.setCalendarsVisible(['c1'], ['c2']);
    await client.join('o1', 2);
    await client.setClient('google', 'global', 'id', 'secret');
    expect(calls).toEqual([
      ['set_calendars_visible', { show: ['c1'], hide: ['c2'] }],
      ['join', { occurrenceId: 'o1', index: 2 }],
      [
        'set_client',
        { provider: 'google', cloud: 'global', clientId: 'id', clientSecret: 'secret' },
      ],
    ]);
  });

  test('rejects with the words and the code that the engine gave', async () => {
    mockIPC(() => {
      throw { code: 'throttled', message: 'Google asks to wait a minute.', retryAfterMs: 60000 };
    });
    const failure = await shellClient().syncNow(null).catch(failureOf);
    expect(failure).toBeInstanceOf(IpcFailure);
    expect(failure).toMatchObject({
      code: 'throttled',
      message: 'Google asks to wait a minute.',
      retryAfterMs: 60000,
    });
  });

  test('a fault of the bridge itself becomes words too, without its text', async () => {
    mockIPC(() => {
      throw new Error('state not managed for field `engine`');
    });
    const failure = await shellClient().accounts().catch(failureOf);
    expect(failure).toMatchObject({ code: 'internal' });
    expect((failure as IpcFailure).message).not.toContain('engine');
  });
});
