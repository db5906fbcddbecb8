import { said, t } from './t';

export const nav = said(() => ({
  today: t('nav-today'),
  showSidebar: t('nav-show-sidebar'),
  hideSidebar: t('nav-hide-sidebar'),
  help: t('nav-help'),
  sync: t('nav-sync'),
  goTo: t('nav-go-to'),
  previousMonth: t('nav-previous-month'),
  nextMonth: t('nav-next-month'),
  miniMonth: t('nav-mini-month'),
}));
