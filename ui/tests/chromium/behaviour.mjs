// What a person does, in zones and locales that are easy to get wrong, and what it may cost.
import { openScene } from './browser.mjs';
import { assert, check, within } from './checks.mjs';
import { checkLook } from './look.mjs';

const WIDE = { width: 1280, height: 800 };
const SMALL = { width: 720, height: 480 };
const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'];
const calls = (page, command) =>
  page.evaluate((name) => window.fake.calls.filter((call) => call.command === name), command);

async function withWeek(browser, url, look, run) {
  const { page, faults, close } = await openScene(browser, url, 'week', look);
  try {
    await page.waitForSelector('[data-testid="event"]');
    await run(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

export async function checkBehaviour(browser, url) {
  // The engine has placed everything already: the machine's own zone must change nothing.
  const seen = new Map();
  for (const zone of ZONES) {
    await check(`the week is the same on a machine in ${zone}`, () =>
      withWeek(browser, url, { zone }, async (page) => {
        const text = await page.innerText('[data-testid="screen"]');
        const first = seen.values().next().value ?? text;
        seen.set(zone, text);
        assert.equal(text, first);
        assert.match(text, /Times in Europe\/Berlin/);
      }),
    );
  }

  await check('an Arabic locale shows the seven days too', () =>
    withWeek(browser, url, { locale: 'ar' }, async (page) => {
      assert.equal(await page.locator('[role="columnheader"]').count(), 7);
    }),
  );

  await check('painted is told once, with what is on screen', () =>
    withWeek(browser, url, {}, async (page) => {
      await page.waitForFunction(() =>
        window.fake.calls.some((call) => call.command === 'painted'),
      );
      await page.click('[data-testid="next"]');
      await page.click('[data-testid="today"]');
      await page.waitForSelector('[data-title="Sprint planning"]');
      assert.deepEqual(await calls(page, 'painted'), [{ command: 'painted', args: [31] }]);
    }),
  );

  await check('every Join button in view takes the click in its middle', () =>
    withWeek(browser, url, {}, async (page) => {
      const joins = await page.locator('[data-testid="join"]').all();
      assert.ok(joins.length >= 5);
      for (const [index, join] of joins.entries()) {
        await join.click();
        assert.equal((await calls(page, 'join')).length, index + 1);
      }
      assert.equal(await page.locator('[data-testid="details"]').count(), 0);
    }),
  );

  await check(
    'Join never lies on the words of its event, however short or narrow it is',
    async () => {
      for (const size of [WIDE, SMALL]) {
        const { page, close } = await openScene(browser, url, 'joins', size);
        await page.waitForSelector('[data-testid="event"]');
        const met = await page.$$eval('[data-testid="event"].joinable', (events) =>
          events.flatMap((event) => {
            const join = event.querySelector('.join').getBoundingClientRect();
            return Array.from(event.querySelectorAll('.title, .when, .labels, .bars'), (words) => {
              const box = words.getBoundingClientRect();
              // The outermost 2 px of the button are invisible.
              const apart =
                box.width === 0 ||
                box.right <= join.left + 2 ||
                box.left >= join.right - 2 ||
                box.bottom <= join.top + 3 ||
                box.top >= join.bottom - 2;
              return apart ? '' : `${event.dataset.id} ${words.className}`;
            }).filter((one) => one !== '');
          }),
        );
        await close();
        assert.deepEqual(met, []);
      }
    },
  );

  await check('no chip of a day covers another', () =>
    withWeek(browser, url, {}, async (page) => {
      const boxes = await page.$$eval('[data-cell^="hours"] [data-testid="event"]', (events) =>
        events.map((event) => {
          const { left, right, top, bottom } = event.getBoundingClientRect();
          return { title: event.dataset.title, left, right, top, bottom };
        }),
      );
      for (const [index, a] of boxes.entries()) {
        for (const b of boxes.slice(index + 1)) {
          const apart =
            a.right <= b.left + 0.5 ||
            b.right <= a.left + 0.5 ||
            a.bottom <= b.top + 0.5 ||
            b.bottom <= a.top + 0.5;
          assert.ok(apart, `${a.title} meets ${b.title}`);
        }
      }
    }),
  );

  await check('of many events at a time each has 44 px or is counted in a list', async () => {
    const { page, faults, close } = await openScene(browser, url, 'crowded');
    try {
      await page.waitForSelector('[data-testid="more-timed"]');
      const widths = await page.$$eval('[data-cell^="hours"] [data-testid="event"]', (events) =>
        events.map(
          (event) =>
            event.getBoundingClientRect().width +
            parseFloat(getComputedStyle(event).marginInlineEnd),
        ),
      );
      assert.ok(Math.min(...widths) >= 44, `${Math.min(...widths)} px`);

      const day = page.locator('[data-cell="hours-2"]');
      const before = await day.locator('[data-testid="event"]').count();
      const counted = Number(
        await day.locator('[data-testid="more-timed"]').getAttribute('data-count'),
      );
      await day.locator('[data-testid="more-timed"]').focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-testid="more-list"]');
      assert.equal(await day.locator('[data-testid="event"]').count(), before + counted);

      const focused = () => page.evaluate(() => document.activeElement.ariaLabel);
      const first = await focused();
      await page.keyboard.press('ArrowDown');
      assert.notEqual(await focused(), first);
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-testid="details"]');
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-testid="details"]', { state: 'detached' });
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-testid="more-list"]', { state: 'detached' });
      assert.match(await focused(), /^\+\d more/);
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  });

  await check('the keyboard alone opens, joins and closes an event', () =>
    withWeek(browser, url, {}, async (page) => {
      await page.focus('[data-cell="hours-4"] > .day');
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-testid="details-join"]');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      assert.equal(
        await page.evaluate(() => document.activeElement.dataset.testid),
        'details-join',
      );
      await page.keyboard.press('Enter');
      assert.equal((await calls(page, 'join')).length, 1);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('[data-testid="details"]').count(), 0);
      assert.match(await page.evaluate(() => document.activeElement.ariaLabel), /^Design review/);
    }),
  );

  await check('a click beside the details closes them, a click on another event moves them', () =>
    withWeek(browser, url, {}, async (page) => {
      await page.click('[data-title="Dentist"] .open');
      await page.waitForSelector('[data-testid="details"] h2 >> text=Dentist');
      await page.click('[data-title="Football"] .open');
      await page.waitForSelector('[data-testid="details"] h2 >> text=Football');
      await page.mouse.click(400, 700);
      await page.waitForSelector('[data-testid="details"]', { state: 'detached' });
    }),
  );

  await check('copying puts the checked link on the clipboard', () =>
    withWeek(browser, url, { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      await page.click('[data-title="Sprint planning"] .open');
      await page.click('button:text("Copy link")');
      await page.waitForSelector('text=Link copied');
      const text = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(text, 'https://teams.microsoft.com/l/meetup-join/example');
    }),
  );

  await check('at 200 % zoom of a small window everything is still reachable', () =>
    withWeek(browser, url, { width: 640, height: 400, deviceScaleFactor: 2 }, async (page) => {
      const outside = await page.$$eval('header button, footer p', (parts) =>
        parts
          .filter((part) => part.getBoundingClientRect().right > innerWidth)
          .map((part) => part.outerHTML),
      );
      assert.deepEqual(outside, []);
      await page.keyboard.press('Control+b');
      await page.waitForSelector('[data-testid="account"]');
    }),
  );

  await check('a week of 500 events is laid out as a whole, not event by event', async () => {
    const { page, close } = await openScene(browser, url, 'heavy');
    try {
      await page.waitForSelector('[data-testid="week"]');
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      const layouts = async () => {
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find((metric) => metric.name === 'LayoutCount').value;
      };
      const before = await layouts();
      await page.evaluate(async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
        document.querySelector('[data-testid="next"]').click();
        while (document.querySelectorAll('[data-testid="event"]').length < 500) await frame();
        await frame();
        await frame();
      });
      within('layouts', (await layouts()) - before, 6, 'layouts');
    } finally {
      await close();
    }
  });

  await checkLook(browser, url);
}
