/** Settles which language the window speaks and which way its lines run, before it is built. */
import type { LanguageChoice } from '../state/preferences';
import { directionOf, languageFor, localeIn, speak, type Language } from './t';

/** Speaks the language chosen, else the system's; answers the locale of dates and numbers. */
export async function settle(
  choice: LanguageChoice | 'qps',
  systemLocale: string,
): Promise<string> {
  const language: Language = choice === 'system' ? languageFor(systemLocale) : choice;
  await speak(language, systemLocale);
  document.documentElement.lang = language === 'qps' ? 'en' : language;
  document.documentElement.dir = directionOf(language);
  return localeIn(language, systemLocale);
}
