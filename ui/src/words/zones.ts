import { said, t } from './t';

export const zones = said(() => ({
  /** Over the own hours, where those of other zones stand beside them. */
  here: t('zones-here'),
  change: (before: string, after: string): string => t('zones-change', { before, after }),
  travelling: (zone: string): string => t('zones-travelling', { zone }),
  back: t('zones-back'),
}));
