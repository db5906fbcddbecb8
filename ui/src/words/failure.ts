import type { ErrorCode } from '../ipc/client';
import { spoken, t } from './t';

/** Said when they are asked for: the door to the engine is open before the language is chosen. */
const sentences: Readonly<Record<ErrorCode, () => string>> = {
  offline: () => t('failure-offline'),
  network_login: () => t('failure-network-login'),
  needs_sign_in: () => t('failure-needs-sign-in'),
  needs_verification: () => t('failure-needs-verification'),
  needs_consent: () => t('failure-needs-consent'),
  scopes_missing: () => t('failure-scopes-missing'),
  needs_admin: () => t('failure-needs-admin'),
  wrong_account: () => t('failure-wrong-account'),
  account_blocked: () => t('failure-account-blocked'),
  misconfigured: () => t('failure-misconfigured'),
  no_access: () => t('failure-no-access'),
  sign_in_denied: () => t('failure-sign-in-denied'),
  sign_in_expired: () => t('failure-sign-in-expired'),
  sign_in_invalid: () => t('failure-sign-in-invalid'),
  sign_in_failed: () => t('failure-sign-in-failed'),
  not_configured: () => t('failure-not-configured'),
  keyring: () => t('failure-keyring'),
  throttled: () => t('failure-throttled'),
  provider_answer: () => t('failure-provider-answer'),
  database_damaged: () => t('failure-database-damaged'),
  database_newer: () => t('failure-database-newer'),
  disk: () => t('failure-disk'),
  not_found: () => t('failure-not-found'),
  link_refused: () => t('failure-link-refused'),
  invalid: () => t('failure-invalid'),
  internal: () => t('failure-internal'),
};

/** The engine speaks English, and knows more than the code; other languages say what the code does. */
export const failure = {
  said: (code: ErrorCode, message: string): string =>
    spoken() === 'en' ? message : sentences[code](),
  internal: sentences.internal,
};
