/** Words of more than one part of the window. */
import type { ProviderKind } from '../ipc/client';
import { said, t } from './t';

export const providers: Readonly<Record<ProviderKind, string>> = said(() => ({
  microsoft: t('common-microsoft'),
  google: t('common-google'),
}));

export const common = said(() => {
  const comma = t('common-comma');
  return {
    app: t('common-app'),
    untitled: t('common-untitled'),
    join: t('common-join'),
    close: t('common-close'),
    cancel: t('common-cancel'),
    back: t('common-back'),
    done: t('common-done'),
    tryAgain: t('common-try-again'),
    dismiss: t('common-dismiss'),
    number: (n: number): string => t('common-number', { n }),
    /** "high importance, over": what is known of a thing, without what is empty. */
    commas: (parts: readonly string[]): string => parts.filter((part) => part !== '').join(comma),
  };
});
