import { t } from './t';

export const sample = {
  banner: t('sample-banner'),
  leave: t('sample-leave'),
};
