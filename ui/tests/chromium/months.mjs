// What a person does in the month and in the year.
import { openScene } from './browser.mjs';
import { assert, check } from './checks.mjs';

const TODAY = 20777;

async function withScene(browser, url, scene, until, run, look = {}) {
  const { page, faults, close } = await openScene(browser, url, scene, look);
  try {
    await page.waitForSelector(until);
    await run(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

const withMonth = (browser, url, run, look) =>
  withScene(browser, url, 'month', '[data-testid="month"] [data-testid="event"]', run, look);

const title = (page) => page.innerText('h1');
const focused = (page) => page.evaluate(() => document.activeElement.ariaLabel);

/** The first days of the weeks in view, from top to bottom, as they stand on screen. */
const inView = (page) =>
  page.evaluate(() => {
    const month = document.querySelector('[data-testid="month"]');
    const { bottom: end } = month.getBoundingClientRect();
    // The names of the weekdays lie over what is scrolled out.
    const { bottom: start } = month.querySelector('[role="rowgroup"]').getBoundingClientRect();
    const rows = Array.from(document.querySelectorAll('[data-week]'), (row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return { week: Number(row.dataset.week), top, bottom };
    });
    return rows
      .filter(({ top, bottom }) => bottom > start + 1 && top < end - 1)
      .map(({ week, top }) => ({ week, top: Math.round(top - start) }));
  });

export async function checkMonths(browser, url) {
  await check('the wheel goes on through the weeks, and the title with it', () =>
    withMonth(browser, url, async (page) => {
      await page.mouse.move(700, 500);
      const titles = new Set();
      for (let turn = 0; turn < 60; turn += 1) {
        await page.mouse.wheel(0, 170);
        await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
        const rows = await inView(page);
        rows.slice(1).forEach(({ week, top }, index) => {
          assert.equal(week - rows[index].week, 7);
          assert.ok(top > rows[index].top);
        });
        titles.add(await title(page));
      }
      await page.waitForFunction(() => document.querySelector('h1').textContent.includes('2028'));
      assert.ok(titles.size > 15, [...titles].join());
      assert.ok((await page.locator('[data-week]').count()) <= 24);
      await page.click('[data-testid="today"]');
      await page.waitForSelector(`[data-day="${TODAY}"]`);
      assert.equal(await title(page), 'November 2026');
      assert.equal((await inView(page))[0].week, TODAY - 25);
    }),
  );

  await check('the focus stays on its day while one looks elsewhere', () =>
    withMonth(browser, url, async (page) => {
      await page.focus(`[data-day="${TODAY}"]`);
      await page.mouse.move(700, 500);
      for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, 400);
      await page.waitForFunction(() => !document.querySelector('h1').textContent.includes('2026'));
      assert.match(await focused(page), /^Friday 20 November/);
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => document.activeElement.dataset.day === '20778');
      assert.ok((await inView(page)).some(({ week }) => week === TODAY - 4));
    }),
  );

  await check('a day a century away is shown, and one can go on from there', () =>
    withMonth(browser, url, async (page) => {
      await page.keyboard.press('g');
      await page.fill('[data-testid="go-to-date"]', '14 June 1926');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelector('h1').textContent === 'June 1926');
      const [first] = await inView(page);
      await page.click('[data-testid="next"]');
      await page.waitForFunction(() => document.querySelector('h1').textContent === 'July 1926');
      assert.equal((await inView(page))[0].week, first.week + 28);
    }),
  );

  await check('the month stays where the window gets another size', () =>
    withMonth(browser, url, async (page) => {
      for (const size of [
        { width: 720, height: 480 },
        { width: 1600, height: 1100 },
        { width: 1280, height: 800 },
      ]) {
        await page.setViewportSize(size);
        await page.evaluate(
          () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))),
        );
        assert.ok((await inView(page)).some(({ week }) => week === TODAY - 4));
        assert.equal(await title(page), 'November 2026');
      }
      assert.equal((await inView(page))[0].week, TODAY - 25);
    }),
  );

  await check('six weeks fit, and what stands in them does not meet', () =>
    withMonth(browser, url, async (page) => {
      assert.equal((await inView(page)).length, 6);
      const boxes = await page.$$eval('[data-week] :is(.event, .more, .date)', (parts) =>
        parts.map((part) => {
          const { left, right, top, bottom } = part.getBoundingClientRect();
          const row = part.closest('[data-week]').getBoundingClientRect();
          return { text: part.textContent, left, right, top, bottom, end: row.bottom };
        }),
      );
      for (const [index, a] of boxes.entries()) {
        assert.ok(a.bottom <= a.end + 0.5, `${a.text} leaves its week`);
        for (const b of boxes.slice(index + 1)) {
          const apart =
            a.right <= b.left + 1 ||
            b.right <= a.left + 1 ||
            a.bottom <= b.top + 0.5 ||
            b.bottom <= a.top + 0.5;
          assert.ok(apart, `${a.text} meets ${b.text}`);
        }
      }
    }),
  );

  await check('the keyboard alone opens an event of the list of a day, and goes back', () =>
    withMonth(browser, url, async (page) => {
      await page.focus(`[data-day="${TODAY}"]`);
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-testid="day-list"]');
      await page.keyboard.press('End');
      assert.match(await focused(page), /^Tidy the inbox/);
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-testid="details"] h2 >> text=Tidy the inbox');
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-testid="details"]', { state: 'detached' });
      assert.match(await focused(page), /^Tidy the inbox/);
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-testid="day-list"]', { state: 'detached' });
      assert.match(await focused(page), /^Friday 20 November/);
    }),
  );

  await check('a press on the button that opened a list closes it again', () =>
    withMonth(browser, url, async (page) => {
      const more = page.locator(`[data-cell="${TODAY}"] .more`);
      await more.click();
      await page.waitForSelector('[data-testid="day-list"]');
      // The list lies over it for the mouse; assistive technology reaches it.
      await more.dispatchEvent('click');
      await page.waitForSelector('[data-testid="day-list"]', { state: 'detached' });
      await more.click();
      await page.waitForSelector('[data-testid="day-list"]');
      await page.mouse.click(1200, 700);
      await page.waitForSelector('[data-testid="day-list"]', { state: 'detached' });
    }),
  );

  await check('today is in view in the year, however small the window', () =>
    withScene(
      browser,
      url,
      'year',
      `[data-day="${TODAY}"].shade-4`,
      async (page) => {
        const box = await page.locator(`[data-day="${TODAY}"]`).boundingBox();
        const view = await page.locator('[data-testid="year"] [role="group"]').boundingBox();
        assert.ok(box.y >= view.y && box.y + box.height <= view.y + view.height);
      },
      { width: 720, height: 480 },
    ),
  );
}
