/**
 * What a failure asks of the reader: one table from its code to how loud it is said and to the one
 * action beside it. The words come with the failure.
 */
import type { ErrorCode } from '../ipc/client';

/** How loud: a status that passes by, or an alert that interrupts. */
export type Severity = 'status' | 'alert';

/** What can be done about it here. Signing in again stands beside the account. */
export interface Remedy {
  severity: Severity;
  tryAgain: boolean;
}

export const remedies: Record<ErrorCode, Remedy> = {
  offline: { severity: 'status', tryAgain: true },
  needs_sign_in: { severity: 'alert', tryAgain: false },
  sign_in_denied: { severity: 'alert', tryAgain: true },
  sign_in_expired: { severity: 'alert', tryAgain: true },
  sign_in_invalid: { severity: 'alert', tryAgain: true },
  sign_in_failed: { severity: 'alert', tryAgain: true },
  not_configured: { severity: 'alert', tryAgain: false },
  keyring: { severity: 'alert', tryAgain: true },
  throttled: { severity: 'status', tryAgain: true },
  provider_answer: { severity: 'alert', tryAgain: true },
  database_damaged: { severity: 'alert', tryAgain: false },
  database_newer: { severity: 'alert', tryAgain: false },
  disk: { severity: 'alert', tryAgain: true },
  not_found: { severity: 'status', tryAgain: false },
  link_refused: { severity: 'alert', tryAgain: false },
  invalid: { severity: 'alert', tryAgain: false },
  internal: { severity: 'alert', tryAgain: true },
};
