import { said, t } from './t';

export const failed = said(() => ({
  title: t('failed-title'),
}));
