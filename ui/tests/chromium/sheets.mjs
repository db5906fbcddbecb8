// What a person does in the settings and the other sheets: Esc goes back one step, keys are
// given by pressing them, and themes and zones hold at once.
import { openScene } from './browser.mjs';
import { assert, check } from './checks.mjs';
import { health, page as settingsPage } from './scenes-sheets.mjs';

async function inScene(browser, url, scene, run, look = {}) {
  const { page, faults, close } = await openScene(browser, url, scene, look);
  try {
    await page.waitForSelector('[data-testid="event"]');
    await run(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

const isOpen = async (page) => (await page.$('dialog[open]')) !== null;
const called = (page, command) =>
  page.evaluate(
    (name) => window.fake.calls.filter((call) => call.command === name).map((call) => call.args),
    command,
  );
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

export async function checkSheets(browser, url) {
  await check('Esc empties the search of the settings, then closes them', () =>
    inScene(browser, url, 'sheets', async (page) => {
      await settingsPage('appearance')(page);
      await page.fill('[data-testid="settings-search"]', 'zoom');
      await page.keyboard.press('Escape');
      assert.equal(await page.inputValue('[data-testid="settings-search"]'), '');
      assert.ok(await isOpen(page));
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog', { state: 'detached' });
    }),
  );

  await check('Esc gives up catching keys, and a question about them, and nothing else', () =>
    inScene(browser, url, 'sheets', async (page) => {
      await settingsPage('shortcuts')(page);
      const change = '[data-command="today"] [aria-pressed]';
      await page.click(change);
      await page.keyboard.press('Escape');
      assert.equal(await page.getAttribute(change, 'aria-pressed'), 'false');
      await page.click(change);
      await page.keyboard.press('j');
      await page.waitForSelector('[data-command="today"] [role="alert"]');
      await page.keyboard.press('Escape');
      assert.equal(await page.$('[data-command="today"] [role="alert"]'), null);
      assert.ok(await isOpen(page));
    }),
  );

  await check('a key that was given acts, and the one before does not', () =>
    inScene(browser, url, 'sheets', async (page) => {
      await settingsPage('shortcuts')(page);
      await page.click('[data-command="help"] [aria-pressed]');
      await page.keyboard.press('h');
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog', { state: 'detached' });
      await page.keyboard.press('?');
      assert.equal(await isOpen(page), false);
      await page.keyboard.press('h');
      await page.waitForSelector('[data-testid="help"]');
    }),
  );

  await check('themes hold at once, beside whatever the system wants', () =>
    inScene(
      browser,
      url,
      'sheets',
      async (page) => {
        await settingsPage('appearance')(page);
        const seen = {};
        for (const theme of ['Light', 'Dark', 'High contrast', 'As the system']) {
          await page.click(`[data-setting="theme"] label:has-text("${theme}")`);
          seen[theme] = await background(page);
        }
        assert.deepEqual(seen, {
          Light: 'oklch(1 0 0)',
          Dark: 'oklch(0.18 0.006 265)',
          'High contrast': 'oklch(0 0 0)',
          'As the system': 'oklch(0.18 0.006 265)',
        });
      },
      { theme: 'dark' },
    ),
  );

  await check('days are shown in another zone and back again', () =>
    inScene(browser, url, 'sheets', async (page) => {
      await page.keyboard.press('z');
      await page.waitForSelector('[data-testid="zone-search"]');
      await page.keyboard.type('denver');
      await page.keyboard.press('Enter');
      await page.waitForSelector('dialog', { state: 'detached' });
      await page.waitForFunction(() =>
        window.fake.calls.some(
          ({ command, args }) => command === 'range' && args[0].zone === 'America/Denver',
        ),
      );
      await page.keyboard.press('z');
      await page.click('[data-testid="zone-back"]');
      await page.waitForFunction(
        () =>
          window.fake.calls.findLast(({ command }) => command === 'range')?.args[0].zone ===
          'Europe/Berlin',
      );
    }),
  );

  await check('a change opens its event in its place, and is not marked by looking', () =>
    inScene(browser, url, 'sheets', async (page) => {
      await page.keyboard.press('u');
      await page.click('[data-testid="change"]:has-text("Quarterly planning") button');
      await page.waitForSelector('[data-testid="details"]');
      assert.equal(await isOpen(page), false);
      assert.deepEqual(await called(page, 'markChangesSeen'), []);
    }),
  );

  await check('the health page scrolls with the keyboard', () =>
    inScene(browser, url, 'sheets', async (page) => {
      await health(page);
      await page.waitForSelector('[data-testid="health-account"]');
      await page.focus('[data-testid="health"] .body');
      await page.keyboard.press('End');
      await page.waitForFunction(
        () => document.querySelector('[data-testid="health"] .body').scrollTop > 300,
      );
    }),
  );
}
