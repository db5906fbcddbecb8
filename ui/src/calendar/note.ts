/** The one sentence that a week needs when its picture alone could mislead. Pure. */
import type { AccountView, RangeView } from '../ipc/client';
import type { VisitPhase } from '../state/visits.svelte';
import { words } from '../words';

/** What to say under the week, or `null`. */
export function noteOf(
  view: RangeView,
  accounts: readonly AccountView[],
  visit: VisitPhase,
): string | null {
  const calendars = accounts.flatMap((account) => account.calendars);
  const connected = calendars.filter((calendar) => calendar.isConnected);
  if (connected.length > 0 && connected.every((calendar) => !calendar.isVisible)) {
    return words.grid.allOff;
  }
  if (view.occurrences.length === 0 && view.hiddenByFilter > 0) {
    return words.grid.filteredOut(view.hiddenByFilter);
  }
  // While days are fetched nobody knows what they hold.
  if (view.beyondSynced) return visit === 'ended' ? words.grid.beyond : null;
  if (view.occurrences.length > 0) return null;
  const waiting = accounts.some(
    (account) => account.lastSyncedAt === null && account.state === 'syncing',
  );
  return waiting ? words.grid.firstSync : words.grid.empty;
}
