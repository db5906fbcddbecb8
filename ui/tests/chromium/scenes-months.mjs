// Scenes of the month and the year.
const month = '[data-testid="month"] [data-testid="event"]';
const counted = '[data-testid="year"] [aria-label$=" events"]';

const list = async (page) => {
  await page.focus('[data-day="20777"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-testid="day-list"]');
};

export const monthScenes = [
  { name: 'month', until: month, all: true },
  { name: 'month-compact', until: month },
  { name: 'month-heavy', until: '[data-testid="event"]', act: (page) => page.keyboard.press('m') },
  { name: 'month-list', scene: 'month', until: month, act: list, all: true },
  {
    name: 'month-details',
    scene: 'month',
    until: month,
    act: async (page) => {
      await list(page);
      for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-testid="details-join"]');
    },
    wide: true,
  },
  {
    name: 'month-focus',
    scene: 'month',
    until: month,
    act: async (page) => {
      await page.focus('[data-day="20777"]');
      await page.keyboard.press('ArrowDown');
    },
    wide: true,
  },
  { name: 'month-loading', until: '[data-testid="month"] [aria-busy="true"]' },
  {
    name: 'month-forced-colors',
    scene: 'month',
    until: month,
    look: { forcedColors: 'active' },
    wide: true,
  },
  { name: 'month-arabic', scene: 'month', until: month, look: { locale: 'ar-EG' } },
  { name: 'month-pseudo', scene: 'month', until: month, look: { language: 'qps' } },
  { name: 'month-german', scene: 'month', until: month, look: { locale: 'de-DE' }, wide: true },
  { name: 'year', until: counted, all: true },
  { name: 'year-edge', until: '[data-testid="year"] .unknown', wide: true },
  { name: 'year-loading', until: '[data-testid="year"] [aria-busy="true"]', wide: true },
  { name: 'year-unreadable', until: '[data-testid="year"] [role="alert"]', wide: true },
  {
    name: 'year-forced-colors',
    scene: 'year',
    until: counted,
    look: { forcedColors: 'active' },
    wide: true,
  },
  { name: 'year-arabic', scene: 'year', until: '.shade-3', look: { locale: 'ar-EG' }, wide: true },
];
