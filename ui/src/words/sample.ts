import { said, t } from './t';

export const sample = said(() => ({
  banner: t('sample-banner'),
  leave: t('sample-leave'),
}));
