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

/** Opens a scene and collects everything that must not happen in it. */
export async function openScene(browser, url, scene, look = {}) {
  const {
    width = 1280,
    height = 800,
    theme = 'light',
    zone = 'UTC',
    locale = 'en-GB',
    language = 'system',
    ...more
  } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    timezoneId: zone,
    locale,
    ...more,
  });
  const page = await context.newPage();
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
  return { page, faults, close: () => context.close() };
}
