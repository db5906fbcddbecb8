/** How all accounts together are doing, as one line. Pure. */
import type { AccountState, AccountView } from '../ipc/client';

export type Summary = AccountState | 'empty';

/** What to say of the accounts; `account` is the one that it is about, where it is about one. */
export interface StatusSummary {
  state: Summary;
  account: AccountView | null;
  /** The oldest of the accounts' last rounds: everything shown is at least that fresh. */
  syncedAt: string | null;
}

/** What needs the user comes before what passes by itself. */
const ORDER: readonly AccountState[] = ['syncing', 'needs_sign_in', 'failing', 'offline', 'ready'];

export function summarise(accounts: readonly AccountView[]): StatusSummary {
  const syncedAt = oldest(accounts.map((account) => account.lastSyncedAt));
  for (const state of ORDER) {
    const account = accounts.find((one) => one.state === state);
    if (account !== undefined) return { state, account, syncedAt };
  }
  return { state: 'empty', account: null, syncedAt: null };
}

function oldest(instants: readonly (string | null)[]): string | null {
  const known = instants.filter((instant) => instant !== null);
  if (known.length < instants.length) return null;
  return known.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}
