// The sidebar under a real pointer and with 300 calendars, and details where there is little room.
import { openScene } from './browser.mjs';
import { assert, check } from './checks.mjs';

/** A window of 720 × 480 whose web view is zoomed to 150 %, as the text size has it. */
const LARGE_TEXT = { width: 480, height: 320 };

async function withScene(browser, url, scene, look, run) {
  const { page, faults, close } = await openScene(browser, url, scene, look);
  try {
    await page.waitForSelector('[data-testid="event"]');
    await run(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

const called = (page, command) =>
  page.evaluate((name) => window.fake.calls.filter((call) => call.command === name), command);
const order = (page) =>
  page.$$eval('[data-calendar]', (rows) => rows.map((row) => row.dataset.calendar));

async function drag(page, id, onto, { dy, drop = true }) {
  const from = await page.locator(`[data-calendar="${id}"]`).boundingBox();
  const to = await page.locator(onto).boundingBox();
  await page.mouse.move(from.x + 60, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + dy, { steps: 6 });
  if (drop) await page.mouse.up();
}

export async function checkSidebar(browser, url) {
  await check('a calendar is dragged into a group, and the drop switches nothing', () =>
    withScene(browser, url, 'arranged', {}, async (page) => {
      await drag(page, 'ms/Calendar', '[data-calendar="go/Family"]', { dy: 4 });
      assert.deepEqual((await order(page)).slice(0, 3), [
        'ms/Platform team',
        'ms/Calendar',
        'go/Family',
      ]);
      await drag(page, 'go/Personal', '[data-group="1"] h2', { dy: 8 });
      assert.equal((await order(page))[3], 'go/Personal');
      assert.deepEqual(await called(page, 'setCalendarsVisible'), []);
      await page.waitForFunction(() =>
        window.fake.calls.some((call) => call.command === 'setPreferences'),
      );
      await page.click('[data-calendar="go/Family"] label');
      assert.equal((await called(page, 'setCalendarsVisible')).length, 1);
    }),
  );

  await check('Esc ends a drag without a change, and another account takes nothing', () =>
    withScene(browser, url, 'arranged', {}, async (page) => {
      const before = await order(page);
      await drag(page, 'ms/Calendar', '[data-calendar="go/Family"]', { dy: 4, drop: false });
      await page.waitForSelector('.ghost');
      await page.keyboard.press('Escape');
      assert.equal(await page.$('.ghost'), null);
      await page.mouse.up();
      await drag(page, 'ms/Calendar', '[data-calendar="go/Holidays"]', { dy: 4 });
      assert.deepEqual(await order(page), before);
      assert.deepEqual(await called(page, 'setCalendarsVisible'), []);
    }),
  );

  await check('from the first picture on, the days stand where they will, beside the sidebar', () =>
    withScene(browser, url, 'arranged', {}, async (page) => {
      await page.addInitScript(() => {
        window.pictures = [];
        const look = () => {
          const main = document.querySelector('main');
          if (main !== null) {
            const { left, width } = main.getBoundingClientRect();
            const chips = document.querySelectorAll('[data-testid="event"]').length;
            const opening = document.querySelector('[data-opening]') !== null;
            window.pictures.push({ left, width, chips, opening });
          }
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      await page.reload();
      await page.waitForSelector('[data-calendar]');
      const pictures = await page.evaluate(() => window.pictures);
      const first = pictures.filter(({ opening }) => opening);
      assert.ok(first.length > 0 && first.every(({ chips }) => chips > 0));
      for (const { left, width } of pictures) assert.deepEqual([left, width], [240, 1040]);
    }),
  );

  await check('Tab passes 300 calendars in a few presses', () =>
    withScene(browser, url, 'many-calendars', {}, async (page) => {
      await page.focus('#sidebar input[type="search"]');
      let presses = 0;
      const inside = () => page.evaluate(() => document.activeElement.closest('#sidebar') !== null);
      while ((await inside()) && presses < 30) {
        await page.keyboard.press('Tab');
        presses += 1;
      }
      assert.ok(presses < 15, `${presses} presses`);
    }),
  );

  for (const locale of ['en-GB', 'ar-EG']) {
    await check(`details stay inside of a small window with large text, ${locale}`, () =>
      withScene(browser, url, 'copies', { ...LARGE_TEXT, locale }, async (page) => {
        for (const title of ['Sprint planning', 'Quarterly planning', 'Football']) {
          await page.evaluate((name) => {
            const event = document.querySelector(
              `[data-title="${name}"] [data-testid="event-open"]`,
            );
            event.scrollIntoView({ block: 'center' });
            event.click();
          }, title);
          await page.waitForSelector('[data-testid="details"] h2');
          await page.waitForFunction(
            () =>
              getComputedStyle(document.querySelector('[data-testid="details"]')).visibility ===
              'visible',
          );
          const seen = await page.$eval('[data-testid="details"]', (panel) => {
            const box = panel.getBoundingClientRect();
            panel.scrollTop = panel.scrollHeight;
            const close = panel.querySelector('.close').getBoundingClientRect();
            return {
              inside:
                box.left >= 0 &&
                box.top >= 0 &&
                box.right <= innerWidth &&
                box.bottom <= innerHeight,
              wider: panel.scrollWidth - panel.clientWidth,
              close: close.top >= box.top && close.bottom <= box.bottom,
            };
          });
          assert.deepEqual(seen, { inside: true, wider: 0, close: true }, title);
          await page.keyboard.press('Escape');
        }
      }),
    );
  }

  await check('a menu stays inside of a small window with large text', () =>
    withScene(browser, url, 'arranged', LARGE_TEXT, async (page) => {
      if ((await page.$('#sidebar')) === null) await page.keyboard.press('Control+b');
      const row = page.locator('[data-calendar="go/Holidays"]');
      await row.scrollIntoViewIfNeeded();
      await row.click({ button: 'right' });
      const inside = await page.$eval('[role="menu"]', (menu) => {
        const box = menu.getBoundingClientRect();
        return (
          box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight
        );
      });
      assert.ok(inside);
    }),
  );

  await check('a copy and another event of the series open from the details', () =>
    withScene(browser, url, 'copies', {}, async (page) => {
      await page.click('[data-title="Sprint planning"] [data-testid="event-open"]');
      await page.click('[data-testid="details"] >> text=Personal');
      await page.waitForFunction(
        () => window.fake.calls.findLast((call) => call.command === 'details').args[0] === 'copy-1',
      );
      await page.waitForSelector('[data-testid="details"] .calendar >> text=Personal');
      await page.click('[data-testid="details"] >> text=Platform team');
      await page.waitForSelector('[data-testid="details"] .calendar >> text=Platform team');
      await page.click('[data-testid="details"] [aria-expanded] >> text=Series');
      await page.click('[data-testid="details"] ol >> text=4 December');
      await page.waitForSelector(
        '[aria-label^="Sprint planning, Friday 4 December"][role="dialog"]',
      );
      assert.ok(await page.isVisible('[data-id="planning-1"]'));
    }),
  );
}
