// Scenes of the settings, the health page, what changed, the list of keys, and the themes.
const ready = '[data-testid="event"]';
const settings = '[data-testid="settings"]';

/** Opens a page of the settings. */
export const page = (name) => async (view) => {
  await view.keyboard.press('Control+,');
  await view.waitForSelector(settings);
  await view.click(`${settings} [data-page="${name}"]`);
};

const opened = (key, until) => async (view) => {
  await view.keyboard.press(key);
  await view.waitForSelector(until);
};

/** There is no key for it; the palette and the menu have it. */
export const health = async (view) => {
  await view.keyboard.press('Control+k');
  await view.waitForSelector('dialog [role="combobox"]');
  await view.fill('dialog [role="combobox"]', 'health of syncing');
  await view.keyboard.press('Enter');
  await view.waitForSelector('[data-testid="health"]');
};

const both =
  (...acts) =>
  async (view) => {
    for (const act of acts) await act(view);
  };

const pages = [
  'accounts',
  'calendars',
  'appearance',
  'time',
  'shortcuts',
  'join',
  'push',
  'privacy',
];
const small = { width: 480, height: 320, deviceScaleFactor: 1.5 };

export const sheetScenes = [
  ...[...pages, 'advanced'].map((name) => ({
    name: `settings-${name}`,
    scene: 'sheets',
    until: ready,
    act: page(name),
  })),
  {
    name: 'settings-search',
    scene: 'sheets',
    until: ready,
    act: both(page('appearance'), (view) =>
      view.fill('[data-testid="settings-search"]', 'working'),
    ),
    all: true,
  },
  {
    name: 'settings-found',
    scene: 'sheets',
    until: ready,
    act: both(page('appearance'), async (view) => {
      await view.fill('[data-testid="settings-search"]', 'am pm');
      await view.keyboard.press('Enter');
      await view.waitForSelector('.found');
    }),
  },
  {
    name: 'settings-take-over',
    scene: 'sheets',
    until: ready,
    act: both(page('shortcuts'), async (view) => {
      await view.click('[data-command="today"] [aria-pressed]');
      await view.keyboard.press('j');
      await view.waitForSelector('[data-command="today"] [role="alert"]');
    }),
    all: true,
  },
  {
    name: 'settings-other-zones',
    scene: 'sheets',
    until: ready,
    act: both(page('time'), async (view) => {
      await view.click('text=Add a time zone');
      await view.keyboard.type('kath');
      await view.waitForSelector('[role="option"]');
    }),
  },
  { name: 'settings-own-keys', scene: 'sheets-own-keys', until: ready, act: page('shortcuts') },
  { name: 'settings-many', scene: 'sheets-many', until: ready, act: page('calendars'), all: true },
  { name: 'settings-many-accounts', scene: 'sheets-many', until: ready, act: page('accounts') },
  { name: 'settings-unreadable', scene: 'sheets-unreadable', until: ready, act: page('join') },
  {
    name: 'settings-forced-colors',
    scene: 'sheets',
    until: ready,
    act: page('time'),
    look: { forcedColors: 'active' },
    wide: true,
  },
  {
    name: 'settings-large-text',
    scene: 'sheets',
    until: ready,
    act: page('time'),
    look: small,
    small: true,
  },
  {
    name: 'settings-arabic',
    scene: 'sheets',
    until: ready,
    act: page('appearance'),
    look: { locale: 'ar-EG' },
  },
  {
    name: 'settings-pseudo',
    scene: 'sheets',
    until: ready,
    act: page('appearance'),
    look: { language: 'qps' },
  },
  {
    name: 'settings-german',
    scene: 'sheets',
    until: ready,
    act: page('calendars'),
    look: { locale: 'de-DE' },
  },
  { name: 'health', scene: 'sheets-troubled', until: ready, act: health, all: true },
  {
    name: 'health-table',
    scene: 'sheets',
    until: ready,
    act: both(health, (view) => view.click('[data-testid="health"] figcaption button >> nth=0')),
  },
  {
    name: 'health-below',
    scene: 'sheets',
    until: ready,
    act: both(health, (view) =>
      view.evaluate(() => {
        document.querySelector('[data-testid="health"] .body').scrollTop = 780;
      }),
    ),
    all: true,
  },
  { name: 'health-many', scene: 'sheets-many', until: ready, act: health },
  { name: 'health-unreadable', scene: 'sheets-unreadable', until: ready, act: health },
  {
    name: 'health-forced-colors',
    scene: 'sheets-troubled',
    until: ready,
    act: health,
    look: { forcedColors: 'active' },
    wide: true,
  },
  {
    name: 'changes',
    scene: 'sheets',
    until: ready,
    act: opened('u', '[data-testid="change"]'),
    all: true,
  },
  {
    name: 'changes-many',
    scene: 'sheets-many',
    until: ready,
    act: opened('u', '[data-testid="change"]'),
    all: true,
  },
  {
    name: 'changes-nothing',
    scene: 'sheets-nothing',
    until: ready,
    act: opened('u', '[data-testid="changes"] h3'),
    all: true,
  },
  {
    name: 'changes-unreadable',
    scene: 'sheets-unreadable',
    until: ready,
    act: opened('u', '[data-testid="changes"] [role="alert"]'),
  },
  {
    name: 'changes-arabic',
    scene: 'sheets',
    until: ready,
    act: opened('u', '[data-testid="change"]'),
    look: { locale: 'ar-EG' },
    wide: true,
  },
  {
    name: 'changes-silent',
    scene: 'sheets-silent',
    until: ready,
    act: opened('u', 'text=Reading the list…'),
  },
  {
    name: 'zone',
    scene: 'sheets-nothing',
    until: ready,
    act: opened('z', '[data-testid="zone-search"]'),
    all: true,
  },
  ...['light', 'dark', 'contrast'].map((name) => ({
    name: `theme-${name}`,
    until: ready,
    all: true,
  })),
];
