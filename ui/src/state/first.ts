/** What the first picture needs, asked for before the window's program is loaded. */
import { periodOf } from '../calendar/layout/periods';
import type { Bootstrap, Client } from '../ipc/client';
import { Events } from './events.svelte';
import { readPreferences } from './preferences';
import { questionOf, shapeOf } from './question';

export interface First {
  bootstrap: Bootstrap;
  /** The days that will be shown, on their way; `null` where a first run shows none. */
  events: Events | null;
}

/** Nobody is signed in: the window asks who it shall be. */
export function isFirstRun({ accounts, sample }: Bootstrap): boolean {
  return accounts.length === 0 && !sample;
}

export async function askFirst(client: Client): Promise<First> {
  return firstOf(client, await client.bootstrap());
}

/** Asks for the days that a start shows: they come while the program is read. */
export async function firstOf(client: Client, bootstrap: Bootstrap): Promise<First> {
  if (isFirstRun(bootstrap)) return { bootstrap, events: null };
  const preferences = readPreferences(bootstrap.preferences);
  const shape = shapeOf(preferences, bootstrap);
  const events = new Events(client, questionOf(preferences, bootstrap), shape.firstDayOfWeek);
  if (events.zone === bootstrap.zone) events.clock = bootstrap.clock;
  if (events.clock === null) await events.tick();
  // From before the question on: what changes while it is on its way is asked again.
  events.start();
  const { view } = preferences;
  const day = preferences.day ?? events.clock?.day ?? null;
  // A year is counted, not listed.
  if (day !== null && view !== 'year') events.show(periodOf(view, day, shape));
  return { bootstrap, events };
}
