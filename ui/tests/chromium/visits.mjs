// Going to days that are not synced.
import { openScene } from './browser.mjs';
import { assert, check } from './checks.mjs';

async function withScene(browser, url, scene, run) {
  const { page, faults, close } = await openScene(browser, url, scene, {
    reducedMotion: 'reduce',
  });
  try {
    await page.waitForSelector('[data-testid="event"]');
    await run(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

const calls = (page, command) =>
  page.evaluate(
    (name) => window.fake.calls.filter((call) => call.command === name).map((call) => call.args),
    command,
  );

export async function checkVisits(browser, url) {
  await check('the keyboard goes to a date, which is fetched with progress and given up', () =>
    withScene(browser, url, 'beyond', async (page) => {
      await page.keyboard.press('g');
      await page.keyboard.type('14.6.2019');
      await page.keyboard.press('Enter');
      await page.waitForSelector('h1:text("16 June 2019")');
      assert.match(await page.evaluate(() => document.activeElement.ariaLabel), /^Friday 14 June/);
      await page.waitForSelector('[data-testid="visit-line"]');
      assert.match(await page.innerText('[data-testid="status"]'), /^Fetching June 2019…$/);
      assert.deepEqual(await calls(page, 'visitDays'), [[18057, 7]]);
      await page.keyboard.press('t');
      await page.waitForSelector('[data-testid="visit-line"]', { state: 'detached' });
      assert.equal((await calls(page, 'cancelVisit')).length, 1);
    }),
  );

  await check('the mouse goes to a date too', () =>
    withScene(browser, url, 'week', async (page) => {
      await page.click('[data-testid="go-to"]');
      await page.fill('[data-testid="go-to-date"]', 'June 2019');
      await page.click('button:text-is("Go")');
      await page.waitForSelector('h1:text("2 June 2019")');
      assert.deepEqual(await calls(page, 'visitDays'), []);
    }),
  );

  await check('progress moves nothing but itself', () =>
    withScene(browser, url, 'beyond', async (page) => {
      const boxes = () =>
        page.$$eval('header, [role="grid"], [role="columnheader"], footer', (parts) =>
          parts.map((part) => JSON.stringify(part.getBoundingClientRect())),
        );
      await page.click('[data-testid="next"]');
      await page.click('[data-testid="next"]');
      await page.waitForSelector('[data-testid="event"]', { state: 'detached' });
      const before = await boxes();
      await page.waitForSelector('[data-testid="visit-line"]');
      assert.deepEqual(await boxes(), before);
    }),
  );

  await check('offline stays one quiet note, and Retry is reached by keyboard', () =>
    withScene(browser, url, 'beyond-offline', async (page) => {
      await page.click('[data-testid="next"]');
      await page.click('[data-testid="next"]');
      await page.waitForSelector('[data-testid="visit-problem"]');
      assert.equal(await page.locator('[role="alert"]').count(), 0);
      await page.focus('[data-testid="visit-problem"] button');
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        () => window.fake.calls.filter((call) => call.command === 'visitDays').length === 2,
      );
    }),
  );
}
