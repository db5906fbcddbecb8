// What a person does in the agenda, the search and the palette.
import { openScene } from './browser.mjs';
import { assert, check, within } from './checks.mjs';

const agenda = '[data-testid="agenda"]';

async function inScene(browser, url, scene, run) {
  const { page, faults, close } = await openScene(browser, url, scene);
  try {
    await page.waitForSelector('[data-testid="event"]');
    await run(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

const frames = (page, count = 3) =>
  page.evaluate(async (many) => {
    for (let nth = 0; nth < many; nth += 1) await new Promise(requestAnimationFrame);
  }, count);

const ranges = (page) =>
  page.evaluate(() => window.fake.calls.filter((call) => call.command === 'range').length);

/** Where a row of the agenda is, by its key. */
const topOf = (page, key) =>
  page.evaluate(
    (wanted) => document.querySelector(`[data-key="${wanted}"]`)?.getBoundingClientRect().top,
    key,
  );

/** The first row that is wholly in view. */
const firstRow = (page) =>
  page.evaluate((selector) => {
    const list = document.querySelector(selector);
    const edge = list.getBoundingClientRect().top + 32;
    const rows = [...list.querySelectorAll('.event')];
    return rows.find((row) => row.getBoundingClientRect().top >= edge)?.dataset.key;
  }, agenda);

export async function checkFinder(browser, url) {
  await check('days that come before those in view do not move them', () =>
    inScene(browser, url, 'agenda-heavy', async (page) => {
      let grown = 0;
      for (let step = 0; step < 60; step += 1) {
        const before = await ranges(page);
        const row = await firstRow(page);
        const top = await topOf(page, row);
        await page.evaluate((selector) => {
          document.querySelector(selector).scrollTop -= 300;
        }, agenda);
        await frames(page, 4);
        assert.ok(Math.abs((await topOf(page, row)) - top - 300) <= 1, `step ${step}`);
        if ((await ranges(page)) > before) grown += 1;
      }
      assert.ok(grown >= 1, `grew ${grown} times`);
    }),
  );

  await check('the day on top is the one of the title, and Today comes back', () =>
    inScene(browser, url, 'agenda', async (page) => {
      await page.evaluate((selector) => {
        document.querySelector(selector).scrollTop += 4000;
      }, agenda);
      await page.waitForFunction(() =>
        /December 2026|January 2027/.test(document.querySelector('h1').textContent),
      );
      await page.click('[data-testid="today"]');
      await page.waitForFunction(() =>
        /November 2026/.test(document.querySelector('h1').textContent),
      );
      await frames(page);
      const head = await page.locator('[aria-current="date"]').last().boundingBox();
      const list = await page.locator(agenda).boundingBox();
      assert.ok(Math.abs(head.y - list.y) <= 1);
    }),
  );

  await check('the next month comes with the day on top, and its title stays', () =>
    inScene(browser, url, 'agenda', async (page) => {
      await page.click('[data-testid="next"]');
      await page.waitForFunction(() =>
        /December 2026/.test(document.querySelector('h1').textContent),
      );
      await frames(page, 6);
      assert.match(await page.innerText('h1'), /December 2026/);
    }),
  );

  await check('one walks through the agenda by keys beyond what is on screen, and back', () =>
    inScene(browser, url, 'agenda', async (page) => {
      await page.focus(`${agenda} [tabindex="0"]`);
      const from = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      for (let step = 0; step < 60; step += 1) await page.keyboard.press('ArrowDown');
      const list = await page.locator(agenda).boundingBox();
      const row = await page.locator('.event:focus-within').boundingBox();
      assert.ok(row.y >= list.y + 32 && row.y + row.height <= list.y + list.height + 1);
      for (let step = 0; step < 60; step += 1) await page.keyboard.press('ArrowUp');
      const to = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      assert.equal(to, from);
    }),
  );

  await check('a row that has the focus keeps it however far one scrolls', () =>
    inScene(browser, url, 'agenda-heavy', async (page) => {
      await page.focus(`${agenda} [tabindex="0"]`);
      const from = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      await page.mouse.move(800, 500);
      for (let step = 0; step < 10; step += 1) await page.mouse.wheel(0, 900);
      await frames(page, 10);
      const to = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      assert.equal(to, from);
    }),
  );

  await check('a click anywhere in a row opens its details, and on Join it joins', () =>
    inScene(browser, url, 'agenda', async (page) => {
      const row = page.locator('[data-title="Hiring sync"]').first();
      const box = await row.boundingBox();
      await page.mouse.click(box.x + box.width - 120, box.y + box.height / 2);
      await page.waitForSelector('[data-testid="details"]');
      await page.keyboard.press('Escape');
      await row.locator('[data-testid="join"]').click();
      const joined = await page.evaluate(() =>
        window.fake.calls.filter((call) => call.command === 'join'),
      );
      assert.equal(joined.length, 1);
    }),
  );

  await check('the agenda of 10,000 events has few elements', () =>
    inScene(browser, url, 'agenda-heavy', async (page) => {
      await page.keyboard.press('w');
      await page.waitForSelector('[role="grid"]');
      await page.keyboard.press('a');
      await page.waitForSelector(`${agenda} .event`);
      await frames(page);
      const elements = await page.evaluate(() => document.querySelectorAll('*').length);
      within('elements of the window', elements, 1500, 'elements');
    }),
  );

  await check('search opens an event in another week in its place, and Esc leads back to it', () =>
    inScene(browser, url, 'find', async (page) => {
      await page.keyboard.press('/');
      await page.fill('dialog [role="combobox"]', 'quarterly');
      await page.waitForSelector('[data-testid="search-hit"]');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-testid="details-join"], [data-testid="details"]');
      assert.equal(await page.locator('[data-testid="search-panel"]').count(), 0);
      await page.keyboard.press('Escape');
      const title = await page.evaluate(
        () => document.activeElement.closest('.event')?.dataset.title,
      );
      assert.equal(title, 'Quarterly planning');
    }),
  );

  await check('the palette gives the focus back where it was', () =>
    inScene(browser, url, 'find', async (page) => {
      await page.focus('[data-testid="today"]');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('week');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      const focused = () => page.evaluate(() => document.activeElement.dataset.testid);
      assert.equal(await focused(), 'today');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('month');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-testid="month"]');
      assert.equal(await focused(), 'today');
    }),
  );

  await check('what is chosen in a long list is in view, under its heading', () =>
    inScene(browser, url, 'find', async (page) => {
      await page.keyboard.press('Control+k');
      await page.waitForSelector('[data-testid="palette-option"]');
      for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowDown');
      for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowUp');
      const chosen = await page.locator('[aria-selected="true"]').boundingBox();
      const list = await page.locator('dialog .scroller').boundingBox();
      assert.ok(chosen.y >= list.y + 20 && chosen.y + chosen.height <= list.y + list.height);
    }),
  );
}
