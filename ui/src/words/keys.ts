/** What is printed on the keys. */
import { said, t } from './t';

export const keys = said(() => ({
  control: t('keys-control'),
  enter: t('keys-enter'),
  escape: t('keys-escape'),
  home: t('keys-home'),
  end: t('keys-end'),
  pageUp: t('keys-page-up'),
  pageDown: t('keys-page-down'),
  space: t('keys-space'),
  alt: t('keys-alt'),
  shift: t('keys-shift'),
}));
