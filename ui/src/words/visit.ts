import type { ProviderKind } from '../ipc/client';
import { providers } from './common';
import { list, said, t } from './t';

export const visit = said(() => ({
  label: (months: string): string => t('visit-label', { months }),
  going: (months: string): string => t('visit-going', { months }),
  retry: t('visit-retry'),
  offline: (who: readonly ProviderKind[]): string =>
    t('visit-offline', { who: list(who.map((provider) => providers[provider])) }),
  failed: (account: string, message: string): string =>
    account === ''
      ? t('visit-failed', { message })
      : t('visit-failed-account', { account, message }),
}));
