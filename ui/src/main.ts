import './app.css';
import { mount } from 'svelte';
import { shellClient, type Client } from './ipc/client';
import { usableLocale } from './shared/locale';
import { askFirst } from './state/first';
import { readPreferences } from './state/preferences';
import { settle } from './words/settle';

async function client(): Promise<Client> {
  // `vite dev` in a browser has no shell behind it; the packaged app never contains the fake.
  if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window)) {
    const { fakeClient } = await import('./ipc/fake');
    return fakeClient();
  }
  return shellClient();
}

async function start(target: HTMLElement): Promise<void> {
  const shell = await client();
  const first = askFirst(shell);
  // The program is read while the data are fetched. If these cannot be opened, the window says so
  // in the system's language.
  const program = import('./App.svelte');
  const stored = await first.then(
    ({ bootstrap }) => bootstrap.preferences,
    () => null,
  );
  const { language } = readPreferences(stored);
  const locale = await settle(language, usableLocale(navigator.language));
  const { default: App } = await program;
  mount(App, { target, props: { client: shell, first, locale } });
}

const target = document.getElementById('app');
// Not awaited here: the program imports this file's parts, and would wait for it to end.
if (target !== null) void start(target);
