/**
 * The languages that the window speaks, and which of them suits a locale.
 */

/** A language with a catalogue in `locales/`, and the pseudo-locale that the tests read. */
export type Language = 'en' | 'de' | 'ar' | 'qps';

/** What people can choose, each under its own name. The pseudo-locale is not for them. */
export const languages: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
  { code: 'ar', name: 'العربية' },
];

const rightToLeft: ReadonlySet<Language> = new Set<Language>(['ar']);

/** The way that its script runs; the value of `dir`. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return rightToLeft.has(language) ? 'rtl' : 'ltr';
}

/** The language for a BCP 47 tag: de-AT reads German; what we have no catalogue for, English. */
export function languageFor(locale: string | undefined): Language {
  const spoken = parsed(locale)?.language;
  if (spoken === PSEUDO) return PSEUDO;
  return languages.find((language) => language.code === spoken)?.code ?? 'en';
}

/**
 * The locale to format dates and numbers with, so that they speak the language of the words: the
 * system's own where it is of that language, otherwise the language in the system's region, which
 * keeps its clock and its first day of the week.
 */
export function localeIn(language: Language, system: string | undefined): string {
  const of = parsed(system);
  if (language === PSEUDO) return system ?? 'en';
  if (of === undefined) return language;
  if (of.language === language) return of.toString();
  return new Intl.Locale(language, of.region === undefined ? {} : { region: of.region }).toString();
}

const PSEUDO = 'qps';

function parsed(locale: string | undefined): Intl.Locale | undefined {
  if (locale === undefined) return undefined;
  try {
    return new Intl.Locale(locale);
  } catch {
    return undefined;
  }
}
