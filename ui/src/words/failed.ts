import { t } from './t';

export const failed = {
  title: t('failed-title'),
};
