/**
 * How loud a failure is said, and whether the same can be done again from where it is said. The
 * words and the one thing that helps come with the failure.
 */
import type { ErrorCode, IpcFailure } from '../ipc/client';

/** How loud: a status that passes by, or an alert that interrupts. */
export type Severity = 'status' | 'alert';

/** What passes by itself, or is nobody's to mend. */
const QUIET: ReadonlySet<ErrorCode> = new Set([
  'offline',
  'network_login',
  'throttled',
  'not_found',
]);

export function severityOf(failure: IpcFailure): Severity {
  return QUIET.has(failure.code) ? 'status' : 'alert';
}

/** Signing in again and the like stand beside the account. */
export function canTryAgain(failure: IpcFailure): boolean {
  return failure.remedy === 'try_again' || failure.remedy === 'wait';
}
