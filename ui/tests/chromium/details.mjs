// Details with a word in every field, and with far too many of them.
import { openScene } from './browser.mjs';
import { assert, check } from './checks.mjs';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 720, height: 480 },
];

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

export async function checkDetails(browser, url) {
  await check('the keyboard reaches everything that details offer, in reading order', () =>
    withScene(browser, url, 'everything', {}, async (page) => {
      await page.click('[data-title="Sprint planning"] [data-testid="event-open"]');
      await page.waitForSelector('[data-testid="details-join"]');
      const reached = [];
      for (let press = 0; press < 20; press += 1) {
        await page.keyboard.press('Tab');
        reached.push(
          await page.evaluate(() => {
            const focused = document.activeElement;
            return focused.closest('[data-testid="details"]') === null
              ? ''
              : (focused.ariaLabel ?? focused.textContent.trim().replace(/\s+/g, ' '));
          }),
        );
      }
      assert.deepEqual(
        reached.filter((name) => name !== ''),
        [
          'Close',
          'Join Teams meeting',
          'Copy link',
          'Copy the meeting ID',
          'Copy the passcode',
          'Copy the phone number',
          'Copy the ID for the phone',
          'Open Café Nord on maps.example.com',
          'Open Plan.pdf',
          'See it on the event’s page',
          'the board',
          'History 1 1 change',
          'Series 0 0 other events',
          'Open in Outlook',
        ],
      );
    }),
  );

  await check('places and attachments open by event and index only', () =>
    withScene(browser, url, 'everything', {}, async (page) => {
      await page.click('[data-title="Sprint planning"] [data-testid="event-open"]');
      await page.click('[aria-label^="Open Café Nord"]');
      await page.click('[aria-label="Open Plan.pdf"]');
      const asked = await page.evaluate(() =>
        window.fake.calls
          .filter((call) => ['openPlace', 'openAttachment'].includes(call.command))
          .map((call) => [call.command, call.args[1]]),
      );
      assert.deepEqual(asked, [
        ['openPlace', 1],
        ['openAttachment', 0],
      ]);
      assert.match(page.url(), /scenes\.html/);
    }),
  );

  for (const size of SIZES) {
    await check(`texts without end stay inside of chips at ${size.width} px`, () =>
      withScene(browser, url, 'endless', size, async (page) => {
        const outside = await page.$$eval('[data-testid="event"]', (events) =>
          events.flatMap((event) => {
            const chip = event.getBoundingClientRect();
            return Array.from(event.querySelectorAll('*'), (part) => {
              const box = part.getBoundingClientRect();
              // The target of a chip reaches into the pixel that is free below it.
              const inside =
                box.left >= chip.left - 1.01 &&
                box.right <= chip.right + 1.01 &&
                box.top >= chip.top - 1.01 &&
                box.bottom <= chip.bottom + 1.01;
              const clipped = getComputedStyle(part.parentElement).overflow === 'hidden';
              const spills =
                part.scrollWidth > part.clientWidth + 1 ||
                part.scrollHeight > part.clientHeight + 1;
              const clips = getComputedStyle(part).overflow === 'hidden';
              return (inside || clipped) && (clips || clipped || !spills)
                ? ''
                : `${event.dataset.id} ${part.className}`;
            }).filter((one) => one !== '');
          }),
        );
        assert.deepEqual(outside, []);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${wider} px wider than the window`);
      }),
    );

    await check(`texts without end do not widen the details at ${size.width} px`, () =>
      withScene(browser, url, 'endless', size, async (page) => {
        for (const index of [0, 1, 2, 3]) {
          await page.click(`[data-id="long-${index}"] [data-testid="event-open"]`, {
            position: { x: 8, y: 8 },
          });
          await page.waitForSelector('[data-testid="details-join"]');
          for (const more of await page
            .locator('[data-testid="details"] li >> text=Show all')
            .all())
            assert.ok(await more.isVisible());
          await page.click('[data-testid="details"] h2 >> text=Show all');
          const panel = await page.$eval('[data-testid="details"]', (element) => {
            const box = element.getBoundingClientRect();
            const parts = Array.from(element.querySelectorAll('p, dd, li, h2, button, span'));
            return {
              wider: element.scrollWidth - element.clientWidth,
              inView: box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight,
              outside: parts
                .map((part) => ({ part, right: part.getBoundingClientRect().right }))
                .filter(({ right }) => right > box.right + 1)
                .map(({ part }) => part.className),
            };
          });
          assert.deepEqual(panel, { wider: 0, inView: true, outside: [] });
          await page.keyboard.press('Escape');
        }
      }),
    );
  }
}
