import { said, t } from './t';

/** The saved views in the sidebar. */
export const viewList = said(() => ({
  title: t('view-list-title'),
  empty: t('view-list-empty'),
  save: t('view-list-save'),
  events: (n: number): string => t('view-list-events', { n }),
  name: t('view-list-name'),
  taken: t('view-list-taken'),
  shortcut: t('view-list-shortcut'),
  noShortcut: t('view-list-no-shortcut'),
  shortcutOf: (keys: string, view: string): string => t('view-list-shortcut-of', { keys, view }),
  replace: t('view-list-replace'),
  remove: t('view-list-remove'),
  removeNow: (name: string): string => t('view-list-remove-now', { name }),
  keep: t('view-list-keep'),
}));
