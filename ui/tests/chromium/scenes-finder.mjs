// Scenes of the agenda, the search and the palette.
const agenda = '[data-testid="agenda"] [data-testid="event"]';
const ready = '[data-testid="event"]';

/** Types into a panel that a key opens, and waits for what is found. */
const typed = (key, text, until) => async (page) => {
  await page.keyboard.press(key);
  await page.waitForSelector('[role="combobox"]');
  await page.fill('dialog [role="combobox"]', text);
  if (until !== undefined) await page.waitForSelector(until);
};

const scroll = (by) => async (page) => {
  await page.evaluate((pixels) => {
    document.querySelector('[data-testid="agenda"]').scrollTop += pixels;
  }, by);
  await page.waitForTimeout(200);
};

export const finderScenes = [
  { name: 'agenda', until: agenda, all: true },
  { name: 'agenda-compact', until: agenda, all: true },
  { name: 'agenda-crowded', until: agenda },
  { name: 'agenda-weekend', scene: 'agenda-crowded', until: agenda, act: scroll(9000), all: true },
  { name: 'agenda-past', scene: 'agenda', until: agenda, act: scroll(-900) },
  { name: 'agenda-empty', until: '[data-testid="agenda"] h2', all: true },
  { name: 'agenda-loading', until: '[data-testid="agenda"][aria-busy="true"]' },
  { name: 'agenda-unreadable', until: '[role="alert"]' },
  {
    name: 'agenda-focus',
    scene: 'agenda',
    until: agenda,
    act: async (page) => {
      await page.focus('[data-testid="agenda"] [tabindex="0"]');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'agenda-details',
    scene: 'agenda',
    until: agenda,
    act: async (page) => {
      await page.click('[data-title="Sprint planning"] [data-testid="event-open"]');
      await page.waitForSelector('[data-testid="details-join"]');
    },
    all: true,
  },
  {
    name: 'agenda-forced-colors',
    scene: 'agenda',
    until: agenda,
    look: { forcedColors: 'active' },
    wide: true,
  },
  { name: 'agenda-arabic', scene: 'agenda', until: agenda, look: { locale: 'ar-EG' } },
  { name: 'agenda-german', scene: 'agenda', until: agenda, look: { locale: 'de-DE' }, wide: true },
  {
    name: 'agenda-american',
    scene: 'agenda',
    until: agenda,
    look: { locale: 'en-US' },
    small: true,
  },
  { name: 'search-first', scene: 'find', until: ready, act: (page) => page.keyboard.press('/') },
  {
    name: 'search',
    scene: 'find',
    until: ready,
    act: typed('/', 'plan', '[data-testid="search-hit"]'),
    all: true,
  },
  {
    name: 'search-nothing',
    scene: 'find',
    until: ready,
    act: typed('/', 'pterodactyl', 'text=Nothing found'),
  },
  {
    name: 'search-failed',
    scene: 'find-failing',
    until: ready,
    act: typed('/', 'plan', '[data-testid="search-panel"] [role="alert"]'),
  },
  {
    name: 'search-arabic',
    scene: 'find',
    until: ready,
    act: typed('/', 'plan', '[data-testid="search-hit"]'),
    look: { locale: 'ar-EG' },
  },
  {
    name: 'palette',
    scene: 'find',
    until: ready,
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.waitForSelector('[data-testid="palette-option"]');
    },
    all: true,
  },
  {
    name: 'palette-typed',
    scene: 'find',
    until: ready,
    act: typed('Control+k', 'pe', '[data-testid="palette-option"]'),
    all: true,
  },
  {
    name: 'palette-date',
    scene: 'find',
    until: ready,
    act: typed('Control+k', 'next friday', '[data-id^="date/"]'),
  },
  {
    name: 'palette-many',
    scene: 'find-many',
    until: '[data-testid="screen"]',
    act: typed('Control+k', 'team 4', '[data-testid="palette-option"]'),
    wide: true,
  },
  {
    name: 'palette-forced-colors',
    scene: 'find',
    until: ready,
    act: typed('Control+k', 'we', '[data-testid="palette-option"]'),
    look: { forcedColors: 'active' },
    wide: true,
  },
];
