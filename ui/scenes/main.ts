/** The App over the fake client, in the situation that `?scene=` names; for the tests in Chromium. */
import '../src/app.css';
import { mount } from 'svelte';
import { NOW } from '../src/ipc/fake-data';
import { fakeClient } from '../src/ipc/fake';
import { sanitize } from '../src/shared/sanitize';
import type { LanguageChoice } from '../src/state/preferences';
import { settle } from '../src/words/settle';
import { scenes } from './scenes';

const parameters = new URLSearchParams(location.search);
const scene = scenes[parameters.get('scene') ?? 'week'];
const target = document.getElementById('app');
if (scene !== undefined && target !== null) {
  const client = fakeClient(scene);
  // The tests ask the fake what was called, and hand the sanitiser hostile markup.
  Object.assign(window, { fake: client, sanitize });
  // Before there is a language, as in the window.
  const program = import('../src/App.svelte');
  const language = (parameters.get('language') ?? 'system') as LanguageChoice | 'qps';
  const locale = await settle(language, parameters.get('locale') ?? 'en-GB');
  const { default: App } = await program;
  mount(App, { target, props: { client, now: () => NOW, locale } });
}
