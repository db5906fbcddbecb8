import type { SearchField } from '../ipc/client';
import { said, t } from './t';

const fields: Readonly<Record<SearchField, string>> = said(() => ({
  title: t('search-in-title'),
  place: t('search-in-place'),
  people: t('search-in-people'),
  body: t('search-in-body'),
}));

export const search = said(() => ({
  title: t('search-title'),
  list: t('search-list'),
  placeholder: t('search-placeholder'),
  hint: t('search-hint'),
  phrases: t('search-phrases'),
  order: t('search-order'),
  next: t('search-next'),
  later: t('search-later'),
  thisMonth: t('search-this-month'),
  /** Where the words were found, before what stands around them. */
  inField: (field: SearchField): string => fields[field],
  found: (n: number): string => t('search-found', { n }),
  more: (n: number): string => t('search-more', { n }),
  many: t('search-many'),
  indexing: (n: number): string => t('search-indexing', { n }),
  nothing: (text: string): string => t('search-nothing', { text }),
  nothingHelp: t('search-nothing-help'),
  wordMissing: t('search-word-missing'),
  failed: t('search-failed'),
  slow: t('search-slow'),
  move: t('search-move'),
  open: t('search-open'),
}));
