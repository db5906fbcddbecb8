// Every scene: no fault in the console, no request outside, no violation found by axe, a picture.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { openScene } from './browser.mjs';
import { assert, check, eachOf } from './checks.mjs';
import { finderScenes } from './scenes-finder.mjs';
import { monthScenes } from './scenes-months.mjs';
import { sheetScenes } from './scenes-sheets.mjs';
import { sidebarScenes } from './scenes-sidebar.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Scenes are still pictures: nothing in them is timed, and a machine has two cores at least. */
const AT_ONCE = 2;

const WIDE = { width: 1280, height: 800 };
const SMALL = { width: 720, height: 480 };
const ready = '[data-testid="event"]';

const planning = async (page) => {
  await page.click('[data-title="Sprint planning"] [data-testid="event-open"]');
  await page.waitForSelector('[data-testid="details-join"]');
};

const shortly = async (page) => {
  for (let week = 0; week < 2; week += 1) await page.click('[data-testid="next"]');
};

const scenes = [
  { name: 'week', until: ready, all: true },
  { name: 'details', scene: 'week', until: ready, act: planning, all: true },
  { name: 'everything', until: ready, act: planning, all: true },
  {
    name: 'endless',
    until: ready,
    act: async (page) => {
      await page.click('[data-id="long-1"] [data-testid="event-open"]');
      await page.waitForSelector('[data-testid="details-join"]');
    },
    all: true,
  },
  {
    name: 'day',
    scene: 'week',
    until: ready,
    act: async (page) => {
      await page.keyboard.press('d');
      // The day's own counts, which come after it.
      await page.waitForSelector('[data-testid="filter-high"] >> text="1"');
    },
    all: true,
  },
  { name: 'zones', until: ready, all: true },
  { name: 'travelling', until: ready },
  { name: 'clock-change', until: ready },
  {
    name: 'filter-typing',
    scene: 'week',
    until: ready,
    act: async (page) => {
      await page.keyboard.press('f');
      await page.keyboard.type('category:');
      await page.waitForSelector('[data-testid="filter-offer"]');
    },
    all: true,
  },
  {
    name: 'filter-mistake',
    scene: 'week',
    until: ready,
    act: async (page) => {
      await page.keyboard.press('f');
      await page.keyboard.type('importance:hihg');
      await page.waitForSelector('[data-testid="filter-problem"]');
    },
  },
  {
    name: 'save-view',
    scene: 'week',
    until: ready,
    act: async (page) => {
      await page.click('[data-testid="filter-high"]');
      await page.click('[data-testid="save-view"]');
      await page.fill('[data-testid="view-name"]', 'High this week');
    },
  },
  {
    name: 'your-week',
    scene: 'choosing',
    until: '[data-testid="signin-microsoft"]',
    act: async (page) => {
      await page.click('[data-testid="signin-microsoft"]');
      await page.click('[data-testid="first-run-done"]');
      await page.waitForSelector('[data-testid="your-week"]');
    },
    all: true,
  },
  { name: 'week-arabic', scene: 'week', until: ready, look: { language: 'ar' }, all: true },
  {
    name: 'week-pseudo',
    scene: 'week',
    until: ready,
    look: { language: 'qps' },
  },
  {
    name: 'details-pseudo',
    scene: 'week',
    until: ready,
    act: planning,
    look: { language: 'qps' },
  },
  {
    name: 'beyond',
    until: ready,
    act: async (page) => {
      await shortly(page);
      await page.waitForSelector('[data-testid="visit-line"]');
      await page.evaluate(() => {
        const [fromDay, days] = window.fake.calls.findLast(
          (call) => call.command === 'visitDays',
        ).args;
        window.fake.tell('visiting', { fromDay, days, done: 2, total: 5 });
      });
      await page.waitForSelector('[aria-valuenow="40"]');
    },
    all: true,
  },
  {
    name: 'beyond-offline',
    until: ready,
    act: async (page) => {
      await shortly(page);
      await page.waitForSelector('[data-testid="visit-problem"]');
    },
    all: true,
  },
  {
    name: 'go-to',
    scene: 'week',
    until: ready,
    act: async (page) => {
      await page.keyboard.press('g');
      await page.fill('[data-testid="go-to-date"]', '14 June 2019');
    },
    all: true,
  },
  { name: 'onboarding', until: '[data-testid="look-around"]', all: true },
  {
    name: 'national',
    scene: 'onboarding',
    until: '[data-testid="look-around"]',
    act: async (page) => {
      await page.click('button[aria-controls$="-national"]');
      await page.waitForSelector('[data-testid="signin-china"]');
    },
    all: true,
  },
  {
    name: 'waiting-microsoft',
    scene: 'onboarding',
    until: '[data-testid="signin-microsoft"]',
    act: async (page) => {
      await page.click('[data-testid="signin-microsoft"]');
      await page.waitForSelector('text=Finish signing in');
    },
    all: true,
  },
  {
    name: 'sign-in-needs-admin',
    scene: 'onboarding',
    until: '[data-testid="signin-microsoft"]',
    act: async (page) => {
      await page.click('[data-testid="signin-microsoft"]');
      await page.waitForSelector('text=Finish signing in');
      await page.evaluate(() => {
        const message =
          'Your organisation wants its administrator to allow Dayline first. Send them the link.';
        window.fake.tell('signInFinished', {
          attempt: 'attempt-1',
          accountId: null,
          error: { code: 'needs_admin', remedy: 'ask_admin', message, retryAfterMs: null },
          adminConsentLink:
            'https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=00000000-0000-0000-0000-000000000000&scope=User.Read+Calendars.Read',
        });
      });
      await page.waitForSelector('text=Copy the link');
    },
    all: true,
  },
  { name: 'ask-admin', until: ready, all: true },
  {
    name: 'remedies',
    until: ready,
    act: async (page) => {
      if ((await page.$('[data-testid="account"]')) === null)
        await page.keyboard.press('Control+b');
      await page.waitForSelector('text=Check the registration');
    },
    all: true,
  },
  {
    name: 'push',
    until: ready,
    act: async (page) => {
      if ((await page.$('[data-testid="account"]')) === null)
        await page.keyboard.press('Control+b');
      await page.waitForSelector('[aria-label="Changes arrive at once"]');
      await page.click('[data-email="ada@contoso.com"] [aria-haspopup="menu"]');
      await page.click('text=How changes arrive…');
      await page.waitForSelector('text=Connected to relay.example.org.');
    },
    all: true,
  },
  {
    name: 'colleague',
    until: ready,
    act: async (page) => {
      // At 720 the sidebar is put away.
      if ((await page.$('[data-testid="account"]')) === null)
        await page.keyboard.press('Control+b');
      await page.click('[data-email="ada@contoso.com"] [aria-haspopup="menu"]');
      await page.click('text=Add a colleague’s calendar…');
      await page.fill('input[type="email"]', 'carol@contoso.com');
      await page.click('text=Add calendar');
      await page.waitForSelector('text=You sign in with your browser');
    },
    all: true,
  },
  {
    name: 'choosing',
    until: '[data-testid="signin-microsoft"]',
    act: async (page) => {
      await page.click('[data-testid="signin-microsoft"]');
      await page.waitForSelector('[data-testid="calendar-choice"]');
    },
    all: true,
  },
  {
    name: 'unconfigured',
    until: '[data-testid="signin-google"]',
    act: (page) => page.click('[data-testid="signin-google"]'),
  },
  {
    name: 'waiting',
    scene: 'onboarding',
    until: '[data-testid="signin-google"]',
    act: (page) => page.click('[data-testid="signin-google"]'),
  },
  { name: 'keyring', until: '[role="alert"]' },
  {
    name: 'filtered',
    scene: 'week',
    until: ready,
    act: async (page) => {
      await page.click('[data-testid="filter-high"]');
      await page.click('[data-testid="filter-category"][data-name="Client A"]');
      await page.waitForSelector('[data-testid="filters-clear"]');
    },
  },
  { name: 'empty', until: '[data-testid="week"]', all: true },
  { name: 'offline', until: ready, all: true },
  { name: 'error', until: ready, all: true },
  { name: 'unreadable', until: '[role="alert"]' },
  { name: 'loading', until: '[aria-busy="true"]' },
  { name: 'syncing', until: '[data-state="syncing"]' },
  { name: 'sample', until: ready },
  { name: 'joins', until: ready, all: true },
  { name: 'crowded', until: ready, all: true },
  {
    name: 'more',
    scene: 'crowded',
    until: '[data-testid="more-timed"]',
    act: (page) => page.click('[data-testid="more-timed"]'),
    all: true,
  },
  {
    name: 'help',
    scene: 'week',
    until: ready,
    act: (page) => page.keyboard.press('?'),
  },
  {
    name: 'menu',
    scene: 'week',
    until: ready,
    act: (page) => page.click('[aria-haspopup="menu"]'),
    wide: true,
  },
  {
    name: 'sidebar',
    scene: 'week',
    until: ready,
    act: (page) => page.keyboard.press('Control+b'),
    small: true,
  },
  {
    name: 'week-forced-colors',
    scene: 'week',
    until: ready,
    look: { forcedColors: 'active' },
    wide: true,
  },
  {
    name: 'week-more-contrast',
    scene: 'week',
    until: ready,
    look: { contrast: 'more' },
    wide: true,
  },
  { name: 'week-german', scene: 'week', until: ready, look: { locale: 'de-DE' }, wide: true },
  { name: 'week-american', scene: 'week', until: ready, look: { locale: 'en-US' }, all: true },
  ...finderScenes,
  ...sidebarScenes,
  ...sheetScenes,
  ...monthScenes,
];

/** The sizes of a scene's window, and the themes in which it is looked at there. */
function windowsOf(scene) {
  const windows = [
    { ...WIDE, themes: ['light', 'dark'] },
    { ...SMALL, themes: ['dark', 'light'] },
  ];
  return windows
    .filter(({ width }) => !(scene.wide && width === 720) && !(scene.small && width === 1280))
    .map(({ themes, ...size }) => ({ ...size, themes: scene.all ? themes : themes.slice(0, 1) }));
}

const EVERYTHING = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What another theme can change. */
const COLORS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

async function violations(page, runOnly) {
  const { violations: found } = await page.evaluate(
    (rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }),
    runOnly,
  );
  return found.map(({ id, nodes }) => {
    const where = nodes
      .slice(0, 4)
      .map((node) => `${node.html.slice(0, 160)}\n    ${node.failureSummary}`);
    return `${id} (${nodes.length}): ${where.join('\n  ')}`;
  });
}

export async function checkScenes(browser, url, pictures, only = []) {
  const wanted = scenes.filter(({ name }) => only.length === 0 || only.includes(name));
  const shots = wanted.flatMap((scene) => windowsOf(scene).map((window) => ({ scene, window })));
  await eachOf(shots, AT_ONCE, async ({ scene, window: { width, height, themes } }) => {
    await check(`scene ${scene.name} at ${width}×${height}, ${themes.join(' and ')}`, async () => {
      const [theme, ...others] = themes;
      const options = { width, height, theme, reducedMotion: 'reduce', shared: true };
      const shown = scene.scene ?? scene.name;
      const { page, faults, close } = await openScene(browser, url, shown, {
        ...options,
        ...scene.look,
      });
      const picture = (name) =>
        page.screenshot({ path: `${pictures}/${scene.name}-${name}-${width}x${height}.png` });
      try {
        await page.waitForSelector(scene.until);
        await scene.act?.(page);
        await picture(theme);
        await page.evaluate(axe);
        assert.deepEqual(await violations(page, EVERYTHING), [], theme);
        for (const other of others) {
          await page.emulateMedia({ colorScheme: other });
          await picture(other);
          assert.deepEqual(await violations(page, COLORS), [], other);
        }
        assert.deepEqual(faults, []);
      } finally {
        await close();
      }
    });
  });
}
