/** The one sentence that the days shown need when their picture alone could mislead. Pure. */
import type { AccountView } from '../ipc/client';
import type { ViewKind } from '../state/preferences';
import type { VisitPhase } from '../state/visits.svelte';
import { words } from '../words';

/** What is known of the days shown. */
export interface Shown {
  /** Occurrences that are shown. */
  events: number;
  hiddenByFilter: number;
  beyondSynced: boolean;
  view: ViewKind;
}

/** What to say under the days, or `null`. */
export function noteOf(
  shown: Shown,
  accounts: readonly AccountView[],
  visit: VisitPhase,
): string | null {
  const calendars = accounts.flatMap((account) => account.calendars);
  const connected = calendars.filter((calendar) => calendar.isConnected);
  if (connected.length > 0 && connected.every((calendar) => !calendar.isVisible)) {
    return words.grid.allOff;
  }
  if (shown.events === 0 && shown.hiddenByFilter > 0) {
    return words.grid.filteredOut(shown.hiddenByFilter);
  }
  // While days are fetched nobody knows what they hold.
  if (shown.beyondSynced) return visit === 'ended' ? words.grid.beyond : null;
  if (shown.events > 0) return null;
  const waiting = accounts.some(
    (account) => account.lastSyncedAt === null && account.state === 'syncing',
  );
  if (waiting) return words.grid.firstSync;
  // The agenda says of each stretch without events that it has none.
  return shown.view === 'agenda' ? null : words.grid.empty(shown.view);
}
