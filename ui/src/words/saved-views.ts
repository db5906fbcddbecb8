import { said, t } from './t';

export const savedViews = said(() => ({
  title: t('saved-views-title'),
  name: t('saved-views-name'),
  save: t('saved-views-save'),
  replaces: t('saved-views-replaces'),
  shortcut: (digit: string): string => t('saved-views-shortcut', { digit }),
  noShortcut: t('saved-views-no-shortcut'),
}));
