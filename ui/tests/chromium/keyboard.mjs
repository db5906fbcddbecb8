// Everything that reads, done without a mouse: the table of keys, and the ways that have none.
// A journey that touches the mouse fails, and each grid is one stop of the Tab key.
import { openScene } from './browser.mjs';
import { assert, check } from './checks.mjs';

/** More stops than any window has. */
const MOST_STOPS = 150;

async function journey(name, browser, url, scene, run, look = {}) {
  await check(`without a mouse: ${name}`, async () => {
    const { page, faults, close } = await openScene(browser, url, scene, look);
    try {
      await page.evaluate(() => {
        window.pointed = 0;
        addEventListener('pointerdown', () => (window.pointed += 1), { capture: true });
      });
      await run(page);
      assert.equal(await page.evaluate(() => window.pointed), 0, 'the mouse was used');
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  });
}

const id = (testid) => `[data-testid="${testid}"]`;
const seen = (page, testid) => page.waitForSelector(id(testid));
const gone = (page, selector) => page.waitForSelector(selector, { state: 'detached' });
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const title = (page) => page.innerText('h1');
const waitForFocus = (page, selector) =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector);
const focused = (page, selector) =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector);
const calls = (page, command) =>
  page.evaluate(
    (name) => window.fake.calls.filter((call) => call.command === name).map((call) => call.args),
    command,
  );

/** Presses Tab until something that fits has the focus. */
async function tabTo(page, selector, key = 'Tab') {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    if (await focused(page, selector)) return;
  }
  assert.fail(`${key} never comes to ${selector}`);
}

/** What Tab stops at within a part of the window, once around. */
async function stopsWithin(page, selector) {
  const stops = [];
  await page.evaluate(() => {
    document.activeElement?.blur();
    window.visited = new Set();
  });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((within) => {
      const { activeElement: here } = document;
      const name = here.ariaLabel ?? here.textContent.trim().slice(0, 40);
      const isEnd = here === document.body || window.visited.has(here);
      window.visited.add(here);
      return [isEnd, here.closest(within) !== null, name];
    }, selector);
    if (at[0]) break;
    if (at[1]) stops.push(at[2]);
  }
  return stops;
}

/** In the page: the engine tells that there is nothing any more. */
function takeAll() {
  window.fake.setOccurrences([]);
  window.fake.tell('eventsChanged', { fromDay: -100000, toDay: 100000 });
}

const VIEWS = [
  ['d', 'week'],
  ['m', 'month'],
  ['a', 'agenda'],
  ['y', 'year'],
  ['w', 'week'],
  ['3', 'month'],
  ['4', 'agenda'],
  ['5', 'year'],
  ['2', 'week'],
  ['1', 'week'],
  ['x', 'week'],
  ['Shift+W', 'week'],
];

export async function checkKeyboard(browser, url) {
  const at = (name, scene, run, look) => journey(name, browser, url, scene, run, look);

  await at('every view by its keys, each another title or grid', 'week', async (page) => {
    await seen(page, 'event');
    for (const [key, view] of VIEWS) {
      await press(page, key);
      await seen(page, view);
    }
  });

  await at('through time and back to today', 'week', async (page) => {
    await seen(page, 'event');
    const here = await title(page);
    await press(page, 'j', 'j', 'k');
    assert.notEqual(await title(page), here);
    await press(page, 't');
    await page.waitForFunction((text) => document.querySelector('h1').innerText === text, here);
    await press(page, 'g');
    await page.keyboard.type('14 march 2027');
    await press(page, 'Enter');
    await page.waitForSelector('h1:text("March 2027")');
  });

  await at('an event by the grid: open, Join, dial in, back to the chip', 'week', async (page) => {
    await seen(page, 'event');
    await tabTo(page, '[data-cell] > .day');
    await press(page, 'Enter');
    assert.ok(await focused(page, id('event-open')), 'Enter goes into the day');
    await press(page, 'Enter');
    await seen(page, 'details');
    await press(page, 'Escape');
    await gone(page, id('details'));
    assert.ok(await focused(page, id('event-open')), 'Esc goes back to the event');
    await press(page, 'Escape');
    assert.ok(await focused(page, '.day'), 'Esc goes back to the day');
  });

  await at('from event to event, with details that follow', 'week', async (page) => {
    await seen(page, 'event');
    const at = () =>
      page.evaluate(() => document.activeElement.closest('[data-testid="event"]')?.dataset.id);
    await press(page, 'n');
    const first = await at();
    await press(page, 'n');
    const second = await at();
    assert.notEqual(second, first);
    await press(page, 'b');
    assert.equal(await at(), first);
    await press(page, 'Enter');
    await seen(page, 'details');
    await tabTo(page, `${id('details')} *`);
    await press(page, 'Escape');
    await gone(page, id('details'));
  });

  await at('Join of the meeting that is on', 'week', async (page) => {
    await seen(page, 'now-bar');
    await press(page, 'Control+j');
    await page.waitForFunction(
      () =>
        window.fake.calls.some((call) => call.command === 'join') ||
        document.activeElement?.matches('[data-testid="join-next"]'),
    );
  });

  await at('days by Alt and their number', 'week', async (page) => {
    await seen(page, 'event');
    for (const [key, column] of [
      ['Alt+2', 1],
      ['Alt+7', 6],
    ]) {
      await press(page, key);
      assert.ok(await focused(page, `[data-cell$="-${column}"] > .day`), key);
    }
  });

  await at('a filter: typed, completed, mended, cleared', 'week', async (page) => {
    await seen(page, 'event');
    await press(page, 'f');
    await page.keyboard.type('importance:');
    await page.waitForSelector(`${id('filter-offer')}:has-text("high")`);
    await press(page, 'ArrowDown', 'Enter');
    const value = await page.waitForFunction((selector) => {
      const { value } = document.querySelector(selector);
      return /^importance:[a-z]+/.test(value) ? value : null;
    }, id('filter-text'));
    const typed = await value.jsonValue();
    await press(page, 'Enter');
    await page.waitForFunction(
      (text) =>
        window.fake.calls.some((call) => call.command === 'range' && call.args[0].filter === text),
      typed.trim(),
    );
    await press(page, 'Escape');
    await page.waitForFunction(
      (selector) => document.querySelector(selector).value === '',
      id('filter-text'),
    );
  });

  await at('a chip of the filter, and its view saved', 'week', async (page) => {
    await seen(page, 'event');
    await tabTo(page, id('filter-high'));
    await press(page, 'Space');
    await page.waitForFunction(
      (selector) => document.querySelector(selector).value.includes('importance:high'),
      id('filter-text'),
    );
    await tabTo(page, id('save-view'));
    await press(page, 'Enter');
    await seen(page, 'view-name');
    await page.keyboard.type('Only what matters');
    await press(page, 'Enter');
    await page.waitForFunction(() =>
      window.fake.calls.some((call) => call.command === 'setSavedViews'),
    );
    const [[views]] = await calls(page, 'setSavedViews');
    assert.equal(views.at(-1).name, 'Only what matters');
  });

  await at(
    'search: as one types, down the hits, to the event in its place',
    'find',
    async (page) => {
      await seen(page, 'event');
      await press(page, '/');
      await page.keyboard.type('quarterly');
      await seen(page, 'search-hit');
      await press(page, 'ArrowDown', 'Enter');
      await seen(page, 'details');
    },
  );

  await at('the palette: a command, a view, a date in words', 'find', async (page) => {
    await seen(page, 'event');
    const palette = async (text) => {
      await press(page, 'Control+k');
      await seen(page, 'palette-option');
      await page.keyboard.type(text);
      await page.waitForFunction(
        (selector) => document.querySelector(`${selector}[aria-selected="true"]`) !== null,
        id('palette-option'),
      );
      await press(page, 'Enter');
    };
    await palette('month');
    await seen(page, 'month');
    const here = await title(page);
    await palette('14 march 2027');
    await page.waitForFunction((text) => document.querySelector('h1').innerText !== text, here);
    assert.match(await title(page), /March 2027/);
    await palette('health');
    await seen(page, 'health-account');
    await press(page, 'Escape');
    await gone(page, 'dialog');
  });

  await at('the sidebar: a calendar hidden, its menu opened, folded away', 'week', async (page) => {
    await seen(page, 'event');
    await tabTo(page, 'nav input[type="checkbox"], aside input[type="checkbox"]');
    await press(page, 'Space');
    await page.waitForFunction(() =>
      window.fake.calls.some((call) => call.command === 'setCalendarsVisible'),
    );
    await tabTo(page, '[aria-haspopup="menu"]');
    await press(page, 'Enter');
    await page.waitForSelector('[role="menu"]');
    await waitForFocus(page, '[role^="menuitem"]');
    await press(page, 'Escape');
    await gone(page, '[role="menu"]');
    await waitForFocus(page, '[aria-haspopup="menu"]');
    await press(page, 'Control+b');
    await gone(page, id('account'));
    await waitForFocus(page, '[aria-controls="sidebar"]');
  });

  await at('a setting: searched, reached, switched', 'sheets', async (page) => {
    await seen(page, 'event');
    await press(page, 'Control+,');
    await seen(page, 'settings-search');
    await tabTo(page, id('settings-search'));
    await page.keyboard.type('week numbers');
    await page.waitForSelector('dialog .panel button:has-text("Week numbers")');
    await tabTo(page, 'dialog .panel button');
    await press(page, 'Enter');
    await waitForFocus(page, 'dialog [role="switch"]');
    await press(page, 'Space', 'Escape');
    await gone(page, 'dialog');
  });

  await at('another zone and back', 'week', async (page) => {
    await seen(page, 'event');
    await press(page, 'z');
    await seen(page, 'zone-search');
    await page.keyboard.type('kolk');
    await page.waitForSelector('dialog [role="option"]');
    await press(page, 'Enter');
    await gone(page, 'dialog');
    await page.waitForFunction(() =>
      window.fake.calls.some(
        (call) => call.command === 'range' && call.args[0].zone === 'Asia/Calcutta',
      ),
    );
    await press(page, 'z');
    await tabTo(page, id('zone-back'));
    await press(page, 'Enter');
    await gone(page, 'dialog');
  });

  await at('what changed, down to the event', 'sheets', async (page) => {
    await seen(page, 'event');
    await press(page, 'u');
    await seen(page, 'change');
    await tabTo(page, `${id('change')} button`);
    await press(page, 'Escape');
    await gone(page, 'dialog');
  });

  await at('the list of keys', 'week', async (page) => {
    await seen(page, 'event');
    await press(page, '?');
    await page.waitForSelector('dialog kbd');
    await press(page, 'Escape');
    await gone(page, 'dialog');
  });

  await at('the month by arrows into the next one, and a day of it', 'week', async (page) => {
    await seen(page, 'event');
    await press(page, 'm');
    await seen(page, 'month');
    await tabTo(page, `${id('month')} [data-day]`);
    const day = () => page.evaluate(() => Number(document.activeElement.dataset.day));
    const from = await day();
    await press(page, 'ArrowRight', 'ArrowDown');
    await page.waitForFunction(
      (wanted) => Number(document.activeElement.dataset.day) === wanted,
      from + 8,
    );
    await press(page, 'ArrowLeft', 'ArrowUp');
    await page.waitForFunction(
      (wanted) => Number(document.activeElement.dataset.day) === wanted,
      from,
    );
  });

  await at('the year to a day', 'week', async (page) => {
    await seen(page, 'event');
    await press(page, 'y');
    await tabTo(page, `${id('year')} [data-day]`);
    await press(page, 'ArrowRight', 'Enter');
    await seen(page, 'week');
  });

  await at('days that cannot be shown, tried again', 'week', async (page) => {
    await seen(page, 'event');
    await page.evaluate(() =>
      window.fake.fail('range', { code: 'internal', message: 'The disk is full.' }),
    );
    await press(page, 'j', 'j', 'j', 'j');
    await page.waitForSelector('main .problem button');
    await page.evaluate(() => window.fake.fail('range', null));
    await tabTo(page, 'main .problem button');
    await press(page, 'Enter');
    await gone(page, 'main .problem');
  });

  await at('the first run, to this week', 'choosing', async (page) => {
    await seen(page, 'signin-microsoft');
    await tabTo(page, id('signin-microsoft'));
    await press(page, 'Enter');
    await seen(page, 'first-run-done');
    await tabTo(page, id('first-run-done'));
    await press(page, 'Enter');
    await seen(page, 'your-week-done');
    await tabTo(page, id('your-week-done'));
    await press(page, 'Enter');
    await seen(page, 'screen');
  });

  for (const [name, selector, change] of [
    ['another week', '.day', (page) => press(page, 'j')],
    ['another view', '.day', (page) => press(page, 'm')],
    ['the list of days', '[data-testid="agenda"]', (page) => press(page, 'a')],
    ['an event that goes', '.day', (page) => page.evaluate(takeAll)],
    ['a sheet closed', id('event-open'), (page) => press(page, '?', 'Escape')],
    ['the filter left', '.day', (page) => press(page, 'f', 'Escape')],
  ]) {
    for (const open of [false, true]) {
      const from = open ? 'open details' : 'an event';
      await at(`the focus is not lost from ${from} by ${name}`, 'week', async (page) => {
        await seen(page, 'event');
        await press(page, 'n');
        if (open) {
          await press(page, 'Enter');
          await waitForFocus(page, id('details'));
        }
        await change(page);
        await waitForFocus(page, selector);
      });
    }
  }

  await at('what is done and disabled leaves the focus near', 'sheets', async (page) => {
    await seen(page, 'event');
    await press(page, 'u');
    await seen(page, 'change');
    await tabTo(page, 'dialog header .head button');
    await press(page, 'Enter');
    await page.waitForSelector('dialog header .head button:disabled');
    await waitForFocus(page, 'dialog :enabled');
  });

  await at('a text that is no filter is cleared by the key as well', 'week', async (page) => {
    await seen(page, 'event');
    await press(page, 'f');
    await page.keyboard.type('importance:hihg ');
    await seen(page, 'filter-problem');
    await page.evaluate(() => document.activeElement.blur());
    await press(page, 'Shift+F');
    await page.waitForFunction(
      (selector) => document.querySelector(selector).value === '',
      id('filter-text'),
    );
  });

  for (const [sheet, key, text] of [
    ['the search', '/', 'madt'],
    ['the palette', 'Control+k', 'mont'],
    ['another zone', 'z', 'kolk'],
    ['a date', 'g', '14.6'],
  ]) {
    await at(`letters typed right after the key of ${sheet} all arrive`, 'find', async (page) => {
      await seen(page, 'event');
      await press(page, key);
      await page.keyboard.type(text);
      await waitForFocus(page, 'dialog input');
      assert.equal(await page.inputValue('dialog input'), text);
    });
  }

  for (const [view, key, grid] of [
    ['week', 'w', '[data-testid="week"]'],
    ['day', 'd', '[data-testid="week"]'],
    ['month', 'm', '[data-testid="month"]'],
    ['year', 'y', '[data-testid="year"]'],
    ['agenda', 'a', '[data-testid="agenda"] [role="listitem"]'],
    ['mini month', 'w', '.mini table'],
  ]) {
    await at(`the ${view} is one stop of the Tab key`, 'week', async (page) => {
      await seen(page, 'event');
      await press(page, key);
      await page.waitForSelector(grid);
      const stops = await stopsWithin(page, grid);
      assert.equal(stops.length, 1, `stops: ${stops.join('; ')}`);
    });
  }
}
