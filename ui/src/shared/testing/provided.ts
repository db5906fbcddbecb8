/** Shows a component over the fake, with session and desk as the window has them. */
import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { fakeClient, type FakeClient, type FakeOptions } from '../../ipc/fake';
import { NOW } from '../../ipc/fake-data';
import { timeText } from '../time';
import { Desk, type Sheet } from '../../state/desk.svelte';
import { Now } from '../../state/now.svelte';
import { Session } from '../../state/session.svelte';
import { Settings } from '../../state/settings.svelte';
import { SignIn } from '../../state/sign-in.svelte';
import Provided from './Provided.svelte';

export interface Shown {
  client: FakeClient;
  desk: Desk;
  session: Session;
  settings: Settings;
  /** The arguments of every call of a command. */
  called(command: string): unknown[][];
}

export async function show(
  of: Component,
  options: FakeOptions & { sheet?: Sheet } = {},
): Promise<Shown> {
  const client = fakeClient(options);
  const session = new Session(client);
  const bootstrap = await client.bootstrap();
  // What is shown asks for its own days.
  session.adopt({ bootstrap, events: null });
  await session.askBeside();
  const settings = new Settings(client, () => {});
  settings.adopt(bootstrap.preferences);
  const signIn = new SignIn(client);
  const desk = new Desk({ client, session, settings, signIn, bootstrap });
  desk.sheet = options.sheet ?? null;
  await desk.events.tick();
  const text = timeText('en-GB');
  const dayline = { client, session, settings, signIn, text, now: new Now(() => NOW) };
  render(Provided, { props: { dayline, desk, of } });
  const called = (command: string): unknown[][] =>
    client.calls.filter((call) => call.command === command).map((call) => call.args);
  return { client, desk, session, settings, called };
}
