import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { shellClient, type Client } from './ipc/client';

async function client(): Promise<Client> {
  // `vite dev` in a browser has no shell behind it; the packaged app never contains the fake.
  if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window)) {
    const { fakeClient } = await import('./ipc/fake');
    return fakeClient();
  }
  return shellClient();
}

const target = document.getElementById('app');
if (target !== null) mount(App, { target, props: { client: await client() } });
