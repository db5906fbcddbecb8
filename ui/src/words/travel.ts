import { said, t } from './t';

export const travel = said(() => ({
  title: t('travel-title'),
  lead: t('travel-lead'),
  search: t('travel-search'),
  found: (n: number): string => t('travel-found', { n }),
  more: (n: number): string => t('travel-more', { n }),
  none: t('travel-none'),
  recent: t('travel-recent'),
  nowIn: (place: string): string => t('travel-now-in', { place }),
  back: (place: string): string => t('travel-back', { place }),
  own: t('travel-own'),
  ahead: (hours: string): string => t('travel-ahead', { hours }),
  behind: (hours: string): string => t('travel-behind', { hours }),
  same: t('travel-same'),
  tomorrow: (time: string): string => t('travel-tomorrow', { time }),
  yesterday: (time: string): string => t('travel-yesterday', { time }),
}));
