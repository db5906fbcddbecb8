/** What every component of the window may use, handed down once from App. */
import { getContext, setContext } from 'svelte';
import type { Client } from '../ipc/client';
import type { TimeText } from '../shared/time';
import type { Now } from './now.svelte';
import type { Session } from './session.svelte';
import type { Settings } from './settings.svelte';
import type { SignIn } from './sign-in.svelte';

export interface Dayline {
  client: Client;
  session: Session;
  settings: Settings;
  signIn: SignIn;
  text: TimeText;
  now: Now;
}

const KEY = Symbol('dayline');

export function provideDayline(dayline: Dayline): Dayline {
  return setContext(KEY, dayline);
}

export function useDayline(): Dayline {
  return getContext<Dayline>(KEY);
}
