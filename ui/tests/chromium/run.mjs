// The built UI in a real browser, over the fake client and under the app's own content security
// policy: what the packaged files contain, how every scene looks to axe and to the eye, what
// hostile markup can do, and what a person can do with it.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';
import { eachOf, finish } from './checks.mjs';
import { checkBehaviour } from './behaviour.mjs';
import { checkDetails } from './details.mjs';
import { checkFinder } from './finder.mjs';
import { checkKeyboard } from './keyboard.mjs';
import { checkMarkup } from './markup.mjs';
import { checkMonths } from './months.mjs';
import { checkPackage } from './package.mjs';
import { checkScenes } from './scenes.mjs';
import { serve } from './server.mjs';
import { checkSheets } from './sheets.mjs';
import { checkSidebar } from './sidebar.mjs';
import { checkVisits } from './visits.mjs';

const ui = fileURLToPath(new URL('../../', import.meta.url));
const pictures = `${ui}test-results`;
/** Those that are kept beside the tests, for whoever wants to see Dayline without building it. */
const kept = `${ui}../tests/scenes`;
const KEPT = [
  'week-light-1280x800',
  'week-dark-720x480',
  'day-dark-1280x800',
  'month-dark-1280x800',
  'month-light-720x480',
  'agenda-light-1280x800',
  'year-light-720x480',
  'details-light-1280x800',
  'search-dark-720x480',
  'palette-typed-light-1280x800',
  'settings-found-dark-720x480',
  'health-dark-1280x800',
  'changes-light-720x480',
  'theme-contrast-light-1280x800',
  'your-week-light-720x480',
  'week-arabic-light-720x480',
  'month-arabic-light-1280x800',
  'month-arabic-dark-720x480',
  'agenda-arabic-dark-720x480',
  'year-arabic-light-1280x800',
  'copies-details-light-1280x800',
  'copies-details-arabic-dark-1280x800',
  'search-arabic-dark-720x480',
  'settings-arabic-dark-720x480',
  'changes-arabic-light-1280x800',
  'arranged-arabic-dark-1280x800',
];

await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });

await checkPackage(`${ui}dist`);
const server = await serve(`${ui}dist-scenes`);
const browser = await launch();
try {
  await checkScenes(browser, server.url, pictures);
  const journeys = [
    checkKeyboard,
    checkDetails,
    checkSheets,
    checkMonths,
    checkVisits,
    checkMarkup,
  ];
  await eachOf(journeys, 2, (journey) => journey(browser, server.url));
  // These weigh what something costs, and have the machine for themselves.
  await checkBehaviour(browser, server.url);
  await checkSidebar(browser, server.url);
  await checkFinder(browser, server.url);
} finally {
  await browser.close();
  server.close();
}
await rm(kept, { recursive: true, force: true });
await mkdir(kept, { recursive: true });
for (const name of KEPT) await copyFile(`${pictures}/${name}.png`, `${kept}/${name}.png`);
process.exitCode = finish();
