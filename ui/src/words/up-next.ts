import { said, t } from './t';

const HOUR = 60;

export const upNext = said(() => ({
  label: t('up-next-label'),
  until: (time: string): string => t('up-next-until', { time }),
  next: t('up-next-next'),
  dismiss: (title: string): string => t('up-next-dismiss', { title }),
  at: (time: string, wait: string): string => t('up-next-at', { time, wait }),
  inMinutes: (minutes: number): string => {
    const hours = Math.floor(minutes / HOUR);
    const rest = minutes % HOUR;
    if (hours === 0) return t('up-next-in-minutes', { minutes });
    return rest === 0
      ? t('up-next-in-hours', { hours })
      : t('up-next-in-hours-and-minutes', { hours, minutes: rest });
  },
  nothing: t('up-next-nothing'),
  noLink: t('up-next-no-link'),
}));
