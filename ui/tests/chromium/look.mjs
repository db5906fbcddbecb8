// How the window fits what it shows: words of any length, thin days, densities and contrast.
import { openScene } from './browser.mjs';
import { assert, check } from './checks.mjs';

const ready = '[data-testid="event"]';

async function withScene(browser, url, scene, look, run) {
  const { page, faults, close } = await openScene(browser, url, scene, look);
  try {
    await page.waitForSelector(ready);
    await run(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

/** What is wider than its place, of elements that would cut or spill their words. */
const spilling = (page, selector) =>
  page.$$eval(selector, (all) =>
    all
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => `${one.outerHTML.slice(0, 120)}: ${one.scrollWidth} > ${one.clientWidth}`),
  );

const sizes = (page) =>
  page.evaluate(() => {
    const tall = (selector) => document.querySelector(selector).getBoundingClientRect().height;
    const padding = (selector) =>
      parseFloat(getComputedStyle(document.querySelector(selector)).paddingInlineStart);
    return {
      allDay: tall('[data-cell^="all-day"] .open'),
      calendar: tall('[data-calendar] label'),
      chip: padding('[data-cell^="hours"] .event:not(.narrow)'),
    };
  });

export async function checkLook(browser, url) {
  const titleIsWhole = async (page) => assert.deepEqual(await spilling(page, 'h1'), []);
  const hasMenu = (page) => page.waitForSelector('[data-testid="view-menu"]');
  const hasSwitch = (page) => page.waitForSelector('[data-testid="view-week"]');

  await check('words 40 % longer put the views into a menu, and leave the title whole', () =>
    withScene(browser, url, 'week', { language: 'qps' }, async (page) => {
      await hasMenu(page);
      await titleIsWhole(page);
      await page.setViewportSize({ width: 1600, height: 800 });
      await hasSwitch(page);
      await titleIsWhole(page);
    }),
  );

  await check('the room beside the sidebar counts, not the window’s', () =>
    withScene(browser, url, 'week', { width: 1180 }, async (page) => {
      await hasMenu(page);
      await page.keyboard.press('Control+b');
      await hasSwitch(page);
      await titleIsWhole(page);
      await page.keyboard.press('Control+b');
      await hasMenu(page);
    }),
  );

  await check('in a wide window no usual title is cut', () =>
    withScene(browser, url, 'week', {}, async (page) => {
      for (let week = 0; week < 7; week += 1) {
        await titleIsWhole(page);
        await hasSwitch(page);
        await page.click('[data-testid="next"]');
      }
    }),
  );

  for (const look of [{ language: 'qps' }, { locale: 'de-DE' }, { locale: 'ar-EG' }]) {
    await check(`“all day” stays in its column, ${JSON.stringify(look)}`, () =>
      withScene(browser, url, 'week', look, async (page) => {
        assert.deepEqual(
          await spilling(page, '.lane [role="rowheader"], .lane [role="rowheader"] span'),
          [],
        );
        const lines = await page.$eval('.lane [role="rowheader"] span', (words) =>
          Math.round(words.getBoundingClientRect().height / 12),
        );
        assert.ok(lines <= (look.language === 'qps' ? 2 : 1), `${lines} lines`);
      }),
    );
  }

  await check('a problem without spaces stays in the sidebar', () =>
    withScene(browser, url, 'sheets-many', {}, async (page) => {
      await page.waitForSelector('#sidebar .problem');
      assert.deepEqual(
        await spilling(page, '#sidebar .problem, #sidebar .problem p, #sidebar .line'),
        [],
      );
    }),
  );

  await check('with more contrast every coloured ground has an edge', () =>
    withScene(browser, url, 'theme-contrast', {}, async (page) => {
      const edgeless = (selector, part) =>
        page.$$eval(
          selector,
          (all, pseudo) =>
            all
              .filter((one) => {
                const { borderTopColor, borderTopWidth } = getComputedStyle(one, pseudo);
                return borderTopWidth === '0px' || /, 0\)|\/ 0\)/.test(borderTopColor);
              })
              .map((one) => one.outerHTML.slice(0, 120)),
          part,
        );
      assert.deepEqual(await edgeless('[data-testid="week"] .event', null), []);
      assert.deepEqual(await edgeless('.chip', null), []);
      await page.keyboard.press('m');
      await page.waitForSelector('[data-testid="month"] .event.bar');
      assert.deepEqual(await edgeless('[data-testid="month"] .event.bar', '::before'), []);
    }),
  );

  await check('compact is lower and closer, and everything stays a target', async () => {
    let usual;
    await withScene(browser, url, 'agenda', {}, async (page) => {
      await page.keyboard.press('w');
      await page.waitForSelector('[data-cell^="all-day"] .open');
      usual = await sizes(page);
    });
    await withScene(browser, url, 'agenda-compact', {}, async (page) => {
      await page.keyboard.press('w');
      await page.waitForSelector('[data-cell^="all-day"] .open');
      const compact = await sizes(page);
      for (const [what, size] of Object.entries(compact)) {
        assert.ok(size < usual[what], `${what}: ${size}, usually ${usual[what]}`);
        if (what !== 'chip') assert.ok(size >= 24, `${what}: ${size}`);
      }
    });
  });

  await check('half of the only day has room for time, place and the word for Join', () =>
    withScene(browser, url, 'week', {}, async (page) => {
      await page.keyboard.press('d');
      await page.waitForSelector('[data-title="Hiring sync"] .when');
      assert.match(await page.innerText('[data-title="Hiring sync"] .when'), /14:00/);
      assert.equal(await page.innerText('[data-title="Hiring sync"] .join'), 'Join');
    }),
  );
}
