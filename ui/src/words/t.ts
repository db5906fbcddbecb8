/**
 * `t(id, args)`: a message of the Fluent catalogues in `locales/`, in the language that is spoken.
 *
 * Which language is spoken is known only when the modules with words are there already: they hand
 * over how their words are made (`said`), and `speak` has them made. From then on they are plain
 * strings and not getters; a change of language reloads the window.
 */
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { directionOf, languageFor, localeIn, languages, type Language } from './languages';
import { accented, bracketed } from './pseudo';

export { directionOf, languageFor, languages, localeIn, type Language };

/** What a message is told: numbers choose plural forms and are written as the language does. */
export type Arguments = Record<string, string | number>;

/** The text of the files of one language, by path. */
type Files = Record<string, string>;

/** One language, ready to format. */
export interface Speaker {
  readonly language: Language;
  /** The message, or `undefined` where the catalogue does not have it. */
  say(id: string, args?: Arguments): string | undefined;
}

const englishFiles: Files = import.meta.glob('../../locales/en/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** One chunk for each language. */
const catalogues: Record<Language, () => Promise<Files>> = {
  en: async () => englishFiles,
  qps: async () => englishFiles,
  de: async () => (await import('./catalogues/de')).files,
  ar: async () => (await import('./catalogues/ar')).files,
};

/** In tests a message that is missing, or told too little, is an error. */
const strict = import.meta.env.MODE === 'test';

let current: Speaker | null = null;
let tag = 'en';
/** English, where another language lacks a message, and before any is chosen. */
let fallback: Speaker | null = null;

/** Words that wait for a language, in the order of their modules. */
const unsaid: (() => void)[] = [];

/** What words are before there is a language: a mistake to read. */
const silence = new Proxy(
  {},
  {
    get(_, name) {
      throw new Error(`${String(name)} was read before there is a language to say it in`);
    },
  },
);

/**
 * Loads a language and speaks it from now on, with the numbers of `locale`. Where its catalogue
 * cannot be loaded, English stays.
 */
export async function speak(language: Language, locale: string = language): Promise<void> {
  const files = await catalogues[language]();
  tag = language === 'qps' ? 'en' : localeIn(language, locale);
  current = speaker(language, files, tag);
  for (const say of unsaid.splice(0)) say();
}

/**
 * The words that `build` makes, once there is a language to make them in; whoever reads them earlier
 * fails.
 */
export function said<T extends object>(build: () => T): T {
  if (current !== null) return build();
  const words = Object.create(silence) as T;
  unsaid.push(() => {
    Object.setPrototypeOf(words, Object.prototype);
    Object.assign(words, build());
  });
  return words;
}

/** The language that is spoken. */
export function spoken(): Language {
  return current?.language ?? 'en';
}

function inEnglish(): Speaker {
  return (fallback ??= speaker('en', englishFiles));
}

/** The message `id`, told `args`. */
export function t(id: string, args?: Arguments): string {
  return translated(id, args, current ?? inEnglish(), inEnglish, strict);
}

/** "a, b and c", as the language has it. */
export function list(items: readonly string[]): string {
  return new Intl.ListFormat(tag, { type: 'conjunction', style: 'long' }).format(items);
}

/** "1 day 2 hours", as the language has it. */
export function unitList(items: readonly string[]): string {
  return new Intl.ListFormat(tag, { type: 'unit', style: 'narrow' }).format(items);
}

/** A message of the first of two languages that has it. */
export function translated(
  id: string,
  args: Arguments | undefined,
  speaker: Speaker,
  fallback: () => Speaker,
  strict: boolean,
): string {
  const text = speaker.say(id, args);
  if (text !== undefined) return text;
  if (strict) throw new Error(`no message ${id} in ${speaker.language}`);
  return fallback().say(id, args) ?? id;
}

/** Builds the bundle of one language; `tag` is the locale that its numbers and plurals follow. */
export function speaker(language: Language, files: Files, tag: string = language): Speaker {
  const pseudo = language === 'qps';
  const bundle = new FluentBundle(pseudo ? 'en' : tag, {
    // Left to right alone needs no marks; with them, a name in the other script stays in its place.
    useIsolating: pseudo || directionOf(language) === 'rtl',
    transform: pseudo ? accented : undefined,
  });
  for (const text of Object.values(files)) bundle.addResource(new FluentResource(text));
  return {
    language,
    say: (id, args) => {
      const pattern = bundle.getMessage(id)?.value;
      if (pattern === undefined || pattern === null) return undefined;
      const problems: Error[] = [];
      const text = bundle.formatPattern(pattern, args, problems);
      const problem = problems[0];
      if (strict && problem !== undefined) throw new Error(`${id}: ${problem.message}`);
      return pseudo ? bracketed(text) : text;
    },
  };
}
