import type { ViewKind } from '../state/preferences';
import { said, t } from './t';

const names: Record<ViewKind, string> = said(() => ({
  day: t('views-day'),
  'work-week': t('views-work-week'),
  week: t('views-week'),
  days: t('views-days'),
  month: t('views-month'),
  agenda: t('views-agenda'),
  year: t('views-year'),
}));

export const views = said(() => ({
  name: (view: ViewKind): string => names[view],
  /** "Days" with how many: "3 days". */
  nDays: (n: number): string => t('views-n-days', { n }),
  choose: t('views-choose'),
  /** Names a grid: "Week, 16 – 22 November 2026". */
  label: (view: ViewKind, title: string): string => t('views-label', { view: names[view], title }),
  previous: (view: ViewKind): string => t('views-previous', { view }),
  next: (view: ViewKind): string => t('views-next', { view }),
  toolbar: t('views-toolbar'),
  search: t('views-search'),
  settings: t('views-settings'),
  more: t('views-more'),
  commands: t('views-commands'),
  health: t('views-health'),
  print: t('views-print'),
}));
