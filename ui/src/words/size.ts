import { said, t } from './t';

/** Sizes of files; `n` is rounded. */
export const size = said(() => ({
  bytes: (n: number): string => t('size-bytes', { n }),
  kilobytes: (n: number): string => t('size-kilobytes', { n }),
  megabytes: (n: number): string => t('size-megabytes', { n }),
  gigabytes: (n: number): string => t('size-gigabytes', { n }),
  overGigabytes: (n: number): string => t('size-over-gigabytes', { n }),
}));
