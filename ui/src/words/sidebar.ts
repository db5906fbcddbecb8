import type { AccountState, CloudView } from '../ipc/client';
import { said, t } from './t';

const states: Readonly<Record<AccountState, string>> = said(() => ({
  ready: t('sidebar-state-ready'),
  syncing: t('sidebar-state-syncing'),
  offline: t('sidebar-state-offline'),
  needs_sign_in: t('sidebar-state-needs-sign-in'),
  failing: t('sidebar-state-failing'),
}));

const clouds: Readonly<Record<CloudView, string>> = said(() => ({
  global: '',
  'us-gov-high': t('sidebar-cloud-gcc-high'),
  'us-gov-dod': t('sidebar-cloud-dod'),
  china: t('sidebar-cloud-china'),
}));

export const sidebar = said(() => ({
  label: t('sidebar-label'),
  accounts: t('sidebar-accounts'),
  add: t('sidebar-add'),
  menu: (email: string): string => t('sidebar-menu', { email }),
  choose: t('sidebar-choose'),
  remove: t('sidebar-remove'),
  removeTitle: (email: string): string => t('sidebar-remove-title', { email }),
  removeBody: t('sidebar-remove-body'),
  removeConfirm: t('sidebar-remove-confirm'),
  signInAgain: t('sidebar-sign-in-again'),
  signInTitle: (email: string): string => t('sidebar-sign-in-title', { email }),
  copyAdminLink: t('sidebar-copy-admin-link'),
  useAnother: t('sidebar-use-another'),
  checkRegistration: t('sidebar-check-registration'),
  syncNow: t('sidebar-sync-now'),
  cloud: (cloud: CloudView): string => clouds[cloud],
  synced: (ago: string): string => t('sidebar-synced', { ago }),
  notSynced: t('sidebar-not-synced'),
  owner: (name: string): string => t('sidebar-owner', { name }),
  readOnly: (name: string): string => t('sidebar-read-only', { name }),
  storing: (name: string, n: number): string =>
    n === 0 ? t('sidebar-storing', { name }) : t('sidebar-storing-events', { name, n }),
  state: (state: AccountState): string => states[state],
  problems: {
    offline: t('sidebar-problem-offline'),
    needs_sign_in: t('sidebar-problem-needs-sign-in'),
    failing: t('sidebar-problem-failing'),
  },
  none: t('sidebar-none'),
}));
