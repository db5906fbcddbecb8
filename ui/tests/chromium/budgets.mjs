// What the views cost, and what they may. Time is that of the main thread and not of the clock: what
// else the machine does must not count.
import assert from 'node:assert/strict';
import { openScene } from './browser.mjs';

const CHANGES = 9;
const SCROLLS = 60;
/** Frames that are timed together: asking for each would cost more than it. */
const AT_ONCE = 4;

/** Opens a scene with `spent()`, the milliseconds of the main thread so far. */
async function withBudget(browser, url, scene, run, look = {}) {
  const { page, faults, close } = await openScene(browser, url, scene, look);
  try {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1000 * metrics.find((metric) => metric.name === 'TaskDuration').value;
    };
    await run(page, spent);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

/** What an act costs, with the frames that it takes until `done` holds in the page. */
async function costOf(page, spent, act, done) {
  const before = await spent();
  await page.evaluate(act);
  await page.evaluate(async (condition) => {
    const frame = () => new Promise((next) => requestAnimationFrame(() => next()));
    const holds = new Function(`return ${condition}`);
    while (!holds()) await frame();
    await frame();
    await frame();
  }, done);
  return (await spent()) - before;
}

const p95 = (figures) => [...figures].sort((a, b) => a - b)[Math.ceil(figures.length * 0.95) - 1];
const median = (figures) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)];

const press = (key) => `dispatchEvent(new KeyboardEvent('keydown', { key: '${key}' }))`;
const MONTH_IS_HERE = `document.querySelectorAll('[data-testid="more-events"]').length >= 30`;

async function inMonth(page) {
  await page.waitForSelector('[data-testid="event"]');
  await page.keyboard.press('m');
  await page.waitForFunction(MONTH_IS_HERE);
}

/** Frames in which nothing happens, to be taken off. */
async function idle(page, spent) {
  return costOf(page, spent, 'void 0', 'true');
}

/** What frames cost in which a list is scrolled there and back, each. */
async function scrolled(page, spent, selector, pixels) {
  const costs = [];
  for (let turn = 0; turn < SCROLLS; turn += 1) {
    const before = await spent();
    await page.evaluate(
      async ({ list, frames, by }) => {
        const scroller = document.querySelector(list);
        for (let frame = 0; frame < frames; frame += 1) {
          scroller.scrollTop += by;
          await new Promise((next) => requestAnimationFrame(next));
        }
      },
      { list: selector, frames: AT_ONCE, by: turn < SCROLLS / 2 ? pixels : -pixels },
    );
    costs.push(((await spent()) - before) / AT_ONCE);
  }
  return costs;
}

async function week(browser, url, weigh) {
  await withBudget(browser, url, 'heavy', async (page, spent) => {
    await page.waitForSelector('[data-testid="week"]');
    const next = `document.querySelector('[data-testid="next"]').click()`;
    const there = `document.querySelectorAll('[data-testid="event"]').length >= 500`;
    weigh('a week of 500 events', await costOf(page, spent, next, there), 300);
  });
}

async function month(browser, url, weigh) {
  await withBudget(browser, url, 'month-heavy', async (page, spent) => {
    await page.waitForSelector('[data-testid="event"]');
    weigh('a month of 2,000 events', await costOf(page, spent, press('m'), MONTH_IS_HERE), 300);
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    weigh('elements of that window', elements, 1500, 'count');
  });
}

/** A change lays out its week alone. */
async function change(browser, url, weigh) {
  await withBudget(browser, url, 'month-heavy', async (page, spent) => {
    await inMonth(page);
    const rest = median([
      await idle(page, spent),
      await idle(page, spent),
      await idle(page, spent),
    ]);
    const costs = [];
    for (let turn = 0; turn < CHANGES; turn += 1) {
      // The fake has its new list before: that is not the window's work.
      await page.evaluate(async (which) => {
        const chips = Array.from(document.querySelectorAll('[data-testid="event"].line'));
        const { id } = chips[(which * 3) % chips.length].dataset;
        const question = { zone: 'Europe/Berlin', filter: '', mergeCopies: true };
        const everything = { fromDay: 20700, days: 200, ...question };
        const { occurrences } = await window.fake.range(everything);
        const { day } = occurrences.find((one) => one.id === id);
        window.fake.setOccurrences(
          occurrences.map((one) => (one.id === id ? { ...one, title: `Changed ${which}` } : one)),
        );
        Object.assign(window, { changedDay: day, changedId: id });
      }, turn);
      const cost = await costOf(
        page,
        spent,
        `fake.tell('eventsChanged', { fromDay: changedDay, toDay: changedDay })`,
        `document.querySelector('[data-id="' + changedId + '"]')?.dataset.title === 'Changed ${turn}'`,
      );
      costs.push(cost - rest);
    }
    weigh('a change of one event of 2,000', median(costs), 8);
  });
}

async function monthScroll(browser, url, weigh) {
  await withBudget(browser, url, 'month-heavy', async (page, spent) => {
    await inMonth(page);
    const costs = await scrolled(page, spent, '[data-testid="month"]', 40);
    weigh('a frame of scrolling that month (p95)', p95(costs), 33);
    await page.waitForFunction(MONTH_IS_HERE);
  });
}

async function year(browser, url, weigh) {
  await withBudget(browser, url, 'month', async (page, spent) => {
    await page.waitForSelector('[data-testid="month"] [data-testid="event"]');
    const yearIsHere = `document.querySelectorAll('[data-testid="year"] .shade-3').length > 0`;
    const monthIsHere = `document.querySelectorAll('[data-testid="month"] .event').length > 60`;
    weigh('from the month to the year', await costOf(page, spent, press('y'), yearIsHere), 150);
    weigh('and back', await costOf(page, spent, press('m'), monthIsHere), 150);
  });
}

async function agenda(browser, url, weigh) {
  await withBudget(browser, url, 'agenda-heavy', async (page, spent) => {
    await page.waitForSelector('[data-testid="event"]');
    await page.keyboard.press('w');
    await page.waitForSelector('[role="grid"]');
    const there = `document.querySelector('[data-testid="agenda"] .event') !== null`;
    weigh('an agenda of 10,000 events', await costOf(page, spent, press('a'), there), 300);
    await idle(page, spent);
    const costs = await scrolled(page, spent, '[data-testid="agenda"]', 60);
    weigh('a frame of scrolling that agenda (p95)', p95(costs), 33);
  });
}

async function sidebar(browser, url, weigh) {
  await withBudget(browser, url, 'many-calendars', async (page, spent) => {
    await page.waitForSelector('[data-calendar]');
    assert.equal(await page.locator('[data-calendar]').count(), 303);
    const cost = (act) => costOf(page, spent, act, 'true');
    const type = (text) => `{
      const field = document.querySelector('#sidebar input[type="search"]');
      field.value = '${text}';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }`;
    const toggle = `document.querySelector('[aria-controls="sidebar"]').click()`;
    const box = `document.querySelector('[data-box="room-12"]').click()`;
    weigh('one of 300 calendars switched', await cost(box), 150);
    weigh('300 calendars searched', await cost(type('room 1')), 150);
    weigh('that search cleared', await cost(type('')), 150);
    await cost(toggle);
    weigh('a sidebar of 300 calendars shown', await cost(toggle), 300);
  });
}

const VIEWS = [week, month, change, monthScroll, year, agenda, sidebar];

/** Every figure once a round: what it is of, its values, the most that their median may be. */
export async function measure(browser, url, rounds) {
  const figures = new Map();
  const weigh = (what, value, most, unit = 'ms') => {
    const figure = figures.get(what) ?? { what, unit, most, values: [] };
    figure.values.push(value);
    figures.set(what, figure);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const view of VIEWS) await view(browser, url, weigh);
  }
  return [...figures.values()];
}
