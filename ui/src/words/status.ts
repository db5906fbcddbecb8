import { said, t } from './t';

export const status = said(() => ({
  label: t('status-label'),
  upToDate: (ago: string | null): string =>
    ago === null ? t('status-up-to-date') : t('status-up-to-date-since', { ago }),
  syncing: (stored: number): string =>
    stored > 0 ? t('status-syncing-events', { n: stored }) : t('status-syncing'),
  offline: (ago: string | null): string =>
    ago === null ? t('status-offline') : t('status-offline-since', { ago }),
  failing: (email: string): string => t('status-failing', { email }),
  needsSignIn: (email: string): string => t('status-needs-sign-in', { email }),
  needsYou: (email: string): string => t('status-needs-you', { email }),
  waiting: t('status-waiting'),
  empty: t('status-empty'),
  zone: (zone: string): string =>
    t('status-zone', { zone: zone.replace(/^Etc\//, '').replaceAll('_', ' ') }),
}));
