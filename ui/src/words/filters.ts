import { said, t } from './t';

export const filters = said(() => ({
  label: t('filters-label'),
  high: t('filters-high'),
  normal: t('filters-normal'),
  low: t('filters-low'),
  importance: t('filters-importance'),
  category: t('filters-category'),
  teams: t('filters-teams'),
  link: t('filters-link'),
  unanswered: t('filters-unanswered'),
  hidden: (n: number): string => t('filters-hidden', { n }),
  clear: t('filters-clear'),
  field: t('filters-field'),
  placeholder: t('filters-placeholder'),
  offers: t('filters-offers'),
  useInstead: (text: string): string => t('filters-use-instead', { text }),
  save: t('filters-save'),
}));
