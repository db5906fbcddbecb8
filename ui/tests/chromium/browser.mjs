// Opens scenes in Debian's Chromium, with time zone, locale and colours of the test's choice.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
}

/** A page forgets little of what it showed: after so many scenes it makes room for another. */
const MOST_SCENES = 25;

/** Pages that wait for the next scene, by what only a new context could change. */
const idle = new Map();

/** A page of its own. */
async function newPage(browser, options) {
  const context = await browser.newContext(options);
  return { page: await context.newPage(), release: () => context.close() };
}

/** A page that others had before. A new one costs more than a scene: it comes with a window. */
async function sharedPage(browser, options) {
  const key = JSON.stringify(options);
  if (!idle.has(key)) idle.set(key, []);
  const waiting = idle.get(key);
  const { page, scenes } = waiting.pop() ?? {
    page: await (await browser.newContext(options)).newPage(),
    scenes: 0,
  };
  const release = async () => {
    if (scenes + 1 === MOST_SCENES) return page.context().close();
    for (const event of ['pageerror', 'console', 'request', 'dialog']) {
      page.removeAllListeners(event);
    }
    await page.mouse.up();
    await page.mouse.move(0, 0);
    await page.goto('about:blank');
    waiting.push({ page, scenes: scenes + 1 });
  };
  return { page, release };
}

/** Opens a scene and collects everything that must not happen in it. */
export async function openScene(browser, url, scene, look = {}) {
  const {
    width = 1280,
    height = 800,
    theme = 'light',
    zone = 'UTC',
    locale = 'en-GB',
    language = 'system',
    reducedMotion = null,
    contrast = null,
    forcedColors = null,
    shared = false,
    ...more
  } = look;
  const open = shared ? sharedPage : newPage;
  const { page, release } = await open(browser, { timezoneId: zone, locale, ...more });
  await page.setViewportSize({ width, height });
  await page.emulateMedia({
    media: null,
    colorScheme: theme,
    reducedMotion,
    contrast,
    forcedColors,
  });
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) faults.push(`request: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(`${url}/scenes.html?scene=${scene}&locale=${locale}&language=${language}`);
  await page.evaluate(() => document.fonts.ready);
  // What is beside the days is built behind the first picture.
  await page.waitForFunction(
    () =>
      document.querySelector('#app > *') !== null &&
      document.querySelector('[data-opening]') === null,
  );
  return { page, faults, close: release };
}
