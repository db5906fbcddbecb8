import { said, t } from './t';

export const colleague = said(() => ({
  menu: t('colleague-menu'),
  title: t('colleague-title'),
  lead: t('colleague-lead'),
  label: t('colleague-label'),
  placeholder: t('colleague-placeholder'),
  add: t('colleague-add'),
  adding: t('colleague-adding'),
  consent: t('colleague-consent'),
  signIn: t('colleague-sign-in'),
}));
