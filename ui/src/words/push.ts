import type { RelayProblem } from '../ipc/client';
import { said, t } from './t';

export const push = said(() => ({
  menu: t('push-menu'),
  title: (email: string): string => t('push-title', { email }),
  atOnce: t('push-at-once'),
  relay: (host: string): string => t('push-relay', { host }),
  noRelay: t('push-no-relay'),
  notConnected: (host: string): string => t('push-not-connected', { host }),
  problem: {
    unreachable: t('push-problem-unreachable'),
    not_a_relay: t('push-problem-not-a-relay'),
    busy: t('push-problem-busy'),
    unknown: t('push-problem-unknown'),
    not_admitted: t('push-problem-not-admitted'),
    replaced: t('push-problem-replaced'),
  } satisfies Record<RelayProblem, string>,
  until: (moment: string): string => t('push-until', { moment }),
  told: (ago: string): string => t('push-told', { ago }),
  toldAfter: (ago: string, seconds: number): string => t('push-told-after', { ago, seconds }),
  neverTold: t('push-never-told'),
}));
