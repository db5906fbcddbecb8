/** The App over the fake client, in the situation that `?scene=` names; for the tests in Chromium. */
import '../src/app.css';
import { mount } from 'svelte';
import App from '../src/App.svelte';
import { NOW } from '../src/ipc/fake-data';
import { fakeClient } from '../src/ipc/fake';
import { sanitize } from '../src/shared/sanitize';
import { scenes } from './scenes';

const parameters = new URLSearchParams(location.search);
const scene = scenes[parameters.get('scene') ?? 'week'];
const target = document.getElementById('app');
if (scene !== undefined && target !== null) {
  const client = fakeClient(scene);
  // The tests ask the fake what was called, and hand the sanitiser hostile markup.
  Object.assign(window, { fake: client, sanitize });
  mount(App, {
    target,
    props: { client, now: () => NOW, locale: parameters.get('locale') ?? 'en-GB' },
  });
}
