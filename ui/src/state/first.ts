/** What the first picture needs, asked for before the window's program is loaded. */
import type { Bootstrap, Client, ClockView } from '../ipc/client';
import { readPreferences } from './preferences';

export interface First {
  bootstrap: Bootstrap;
  /** Now, where the days are shown; `null` where it is not known yet. */
  clock: ClockView | null;
}

export async function askFirst(client: Client): Promise<First> {
  const bootstrap = await client.bootstrap();
  const { travelZone } = readPreferences(bootstrap.preferences);
  // Without it the days ask again, and say what is wrong.
  const clock = await client.clock(travelZone ?? bootstrap.zone).catch(() => null);
  return { bootstrap, clock };
}
