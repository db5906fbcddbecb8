/**
 * What helps against a failure, by remedy: the one button that stands beside it. How loud it is
 * said goes by its code. The words come with the failure.
 */
import type { AccountView, ErrorCode, IpcFailure, Remedy } from '../ipc/client';
import { words } from '../words';

/** What is wrong with an account; `null` where nothing is. */
export function problemOf(
  account: Pick<AccountView, 'state' | 'problem' | 'problemCode'>,
): string | null {
  const { state, problem, problemCode } = account;
  if (state === 'ready' || state === 'syncing') return null;
  if (problem === null) return words.sidebar.problems[state];
  return problemCode === null ? problem : words.failure.said(problemCode, problem);
}

/** What the button beside an account says; `null` where there is nothing to press. */
export function helpFor(remedy: Remedy): string | null {
  switch (remedy) {
    case 'sign_in':
      return words.sidebar.signInAgain;
    case 'ask_admin':
      return words.sidebar.copyAdminLink;
    case 'choose_account':
      return words.sidebar.useAnother;
    case 'check_registration':
      return words.sidebar.checkRegistration;
    case 'try_again':
      return words.sidebar.syncNow;
    case 'wait':
    case 'nothing':
      return null;
  }
}

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
