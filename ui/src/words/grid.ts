import type { ViewKind } from '../state/preferences';
import { said, t } from './t';

export const grid = said(() => ({
  allDay: t('grid-all-day'),
  more: (n: number): string => t('grid-more', { n }),
  moreBetween: (n: number, start: string, end: string): string =>
    t('grid-more-between', { n, start, end }),
  fewer: t('grid-fewer'),
  cell: (day: string, events: number): string => t('grid-cell', { day, events }),
  allDayCell: (day: string, events: number): string => t('grid-all-day-cell', { day, events }),
  loading: t('grid-loading'),
  weekNumber: (n: number): string => t('grid-week-number', { n: String(n) }),
  empty: (view: ViewKind): string => t('grid-empty', { view }),
  filteredOut: (n: number): string => t('grid-filtered-out', { n }),
  allOff: t('grid-all-off'),
  firstSync: t('grid-first-sync'),
  beyond: t('grid-beyond'),
  failed: t('grid-failed'),
}));
