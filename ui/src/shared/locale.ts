/**
 * The language tag to format with. WebKitGTK reports the POSIX locale as "C", which Intl refuses;
 * like an unset one it gets English with 24 hours and weeks from Monday, as POSIX has them.
 */
export function usableLocale(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? POSIX;
  } catch {
    return POSIX;
  }
}

const POSIX = 'en-GB';
