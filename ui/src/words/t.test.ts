import { afterEach, describe, expect, test, vi } from 'vitest';
import { languageFor, localeIn } from './languages';
import { directionOf, list, speak, speaker, spoken, t, translated, unitList } from './t';

const english = speaker('en', {
  'a.ftl': 'hello = Hello, { $name }\nonly-english = Here',
});
const german = speaker('de', { 'a.ftl': 'hello = Hallo, { $name }' });

afterEach(() => speak('en'));

describe('a message', () => {
  test('is said in the language that speaks', () => {
    expect(translated('hello', { name: 'Ada' }, german, () => english, true)).toBe('Hallo, Ada');
  });

  test('that is missing is said in English, and what nobody knows by its id', () => {
    expect(translated('only-english', undefined, german, () => english, false)).toBe('Here');
    expect(translated('nowhere', undefined, german, () => english, false)).toBe('nowhere');
  });

  test('that is missing fails a test', () => {
    expect(() => translated('only-english', undefined, german, () => english, true)).toThrow(
      'no message only-english in de',
    );
    expect(() => t('nowhere')).toThrow('nowhere');
  });

  test('that is told too little fails a test', () => {
    expect(() => t('grid-more')).toThrow('grid-more');
  });
});

describe('English', () => {
  test('is spoken before another is chosen, without a mark around what it is told', () => {
    expect(spoken()).toBe('en');
    expect(t('event-join-title', { title: 'Standup' })).toBe('Join Standup');
  });

  test.each([
    [0, 'Friday, no events'],
    [1, 'Friday, 1 event'],
    [2, 'Friday, 2 events'],
    [1200, 'Friday, 1,200 events'],
  ])('counts %i', (events, expected) => {
    expect(t('grid-cell', { day: 'Friday', events })).toBe(expected);
  });
});

describe('another language', () => {
  test('is loaded before its words are read, and gives way to English again', async () => {
    await speak('de');
    expect(spoken()).toBe('de');
    expect(t('common-join')).toBe('Beitreten');
    await speak('en');
    expect(t('common-join')).toBe('Join');
  });

  test('makes constants of words that waited for it, and of those that come later', async () => {
    vi.resetModules();
    const fresh = await import('./t');
    const { words } = await import('./index');
    const { settings } = await import('./settings');
    expect(() => words.nav).toThrow('nav was read before');
    expect(() => settings.title).toThrow('title was read before');
    await fresh.speak('de');
    expect(words.nav.today).toBe('Heute');
    expect(words.join).toBe('Beitreten');
    expect(words.grid.more(3)).toBe('+3 weitere');
    expect(settings.of.theme.label).toBe('Design');
    expect(fresh.said(() => ({ later: fresh.t('common-join') })).later).toBe('Beitreten');
  });

  test('lists as it is used to', async () => {
    expect(list(['a', 'b'])).toBe('a and b');
    expect(unitList(['1 day', '2 hours'])).toBe('1 day 2 hours');
    await speak('de');
    expect(list(['a', 'b'])).toBe('a und b');
    await speak('ar');
    expect(list(['a', 'b'])).toBe('a وb');
  });
});

describe('Arabic', () => {
  const bare = (text: string): string => text.replace(/[\u2068\u2069]/g, '');

  test.each([
    [1, 'قبل دقيقة'],
    [2, 'قبل دقيقتين'],
    [3, 'قبل 3 دقائق'],
    [10, 'قبل 10 دقائق'],
    [11, 'قبل 11 دقيقة'],
    [59, 'قبل 59 دقيقة'],
  ])('has a form for %i minutes', async (n, expected) => {
    await speak('ar', 'ar-AE');
    expect(bare(t('time-minutes-ago', { n }))).toBe(expected);
  });

  test('counts events in six forms', async () => {
    await speak('ar', 'ar-AE');
    const said = [0, 1, 2, 5, 20, 100].map((events) =>
      bare(t('grid-cell', { day: 'الجمعة', events })),
    );
    expect(new Set(said).size).toBe(6);
  });

  test('writes digits as the region does', async () => {
    await speak('ar', 'ar-EG');
    expect(bare(t('common-number', { n: 1234.5 }))).toBe('١٬٢٣٤٫٥');
    await speak('ar', 'ar-AE');
    expect(bare(t('common-number', { n: 1234.5 }))).toBe('1,234.5');
  });

  test('keeps a name in the other script in its place', async () => {
    await speak('ar');
    expect(t('event-join-title', { title: 'Standup (weekly)' })).toBe(
      'الانضمام إلى \u2068Standup (weekly)\u2069',
    );
  });
});

describe('the pseudo-locale', () => {
  test('is English with accents, longer, in brackets and with marks', async () => {
    await speak('qps');
    expect(t('common-join')).toBe('[Ĵöîñ~~]');
    expect(t('event-join-title', { title: 'Standup' })).toBe('[Ĵöîñ \u2068Standup\u2069~~~~~~]');
  });

  test('counts as English does', async () => {
    await speak('qps');
    expect(t('grid-cell', { day: 'Fri', events: 1 })).toMatch(/^\[.*éṽéñţ~+\]$/);
  });
});

test.each([
  ['en-GB', 'en'],
  ['de-AT', 'de'],
  ['de', 'de'],
  ['ar-EG', 'ar'],
  ['AR', 'ar'],
  ['qps-ploc', 'qps'],
  ['fr-FR', 'en'],
  ['C', 'en'],
  ['', 'en'],
  ['not a tag', 'en'],
  [undefined, 'en'],
])('for %s the window speaks %s', (locale, language) => {
  expect(languageFor(locale)).toBe(language);
});

test.each([
  ['de', 'de-AT', 'de-AT'],
  ['de', 'en-US', 'de-US'],
  ['en', 'de-DE', 'en-DE'],
  ['en', 'fr', 'en'],
  ['ar', 'ar-u-nu-latn', 'ar-u-nu-latn'],
  ['ar', undefined, 'ar'],
  ['qps', 'en-GB', 'en-GB'],
] as const)('%s on a system in %s formats as %s', (language, system, locale) => {
  expect(localeIn(language, system)).toBe(locale);
});

test('only Arabic runs from right to left', () => {
  expect((['en', 'de', 'ar', 'qps'] as const).map(directionOf)).toEqual([
    'ltr',
    'ltr',
    'rtl',
    'ltr',
  ]);
});
