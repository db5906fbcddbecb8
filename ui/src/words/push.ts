import { said, t } from './t';

export const push = said(() => ({
  menu: t('push-menu'),
  title: (email: string): string => t('push-title', { email }),
  atOnce: t('push-at-once'),
  relay: (host: string): string => t('push-relay', { host }),
  noRelay: t('push-no-relay'),
  notConnected: (host: string): string => t('push-not-connected', { host }),
  until: (moment: string): string => t('push-until', { moment }),
  told: (ago: string): string => t('push-told', { ago }),
  toldAfter: (ago: string, seconds: number): string => t('push-told-after', { ago, seconds }),
  neverTold: t('push-never-told'),
}));
