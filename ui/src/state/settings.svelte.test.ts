import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeClient } from '../ipc/fake';
import { Settings } from './settings.svelte';

let visibility: DocumentVisibilityState = 'visible';
let stop = (): void => {};

beforeEach(() => {
  vi.useFakeTimers();
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

function begin() {
  const client = fakeClient();
  const settings = new Settings(client, () => {});
  settings.adopt(null);
  stop = settings.start();
  const stored = () =>
    client.calls
      .filter(({ command }) => command === 'setPreferences')
      .map(({ args }) => (JSON.parse(String(args[0])) as { view?: string }).view);
  return { settings, stored };
}

test('changes are gathered, and stored when no more come', () => {
  const { settings, stored } = begin();
  settings.set({ view: 'month' });
  settings.set({ view: 'year' });
  expect(stored()).toEqual([]);
  vi.advanceTimersByTime(400);
  expect(stored()).toEqual(['year']);
});

test('a window that goes keeps what was changed just before', () => {
  const { settings, stored } = begin();
  settings.set({ view: 'month' });
  window.dispatchEvent(new Event('pagehide'));
  expect(stored()).toEqual(['month']);
  vi.advanceTimersByTime(400);
  expect(stored()).toEqual(['month']);
});

test('a window that is put away does too, and nothing is stored when it comes back', () => {
  const { settings, stored } = begin();
  settings.set({ view: 'agenda' });
  document.dispatchEvent(new Event('visibilitychange'));
  expect(stored()).toEqual([]);
  visibility = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  expect(stored()).toEqual(['agenda']);
  window.dispatchEvent(new Event('pagehide'));
  expect(stored()).toEqual(['agenda']);
});
