// The built UI in a real browser, over the fake client and under the app's own content security
// policy: what the packaged files contain, how every scene looks to axe and to the eye, what
// hostile markup can do, and what a person can do with it.
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';
import { finish } from './checks.mjs';
import { checkBehaviour } from './behaviour.mjs';
import { checkDetails } from './details.mjs';
import { checkMarkup } from './markup.mjs';
import { checkPackage } from './package.mjs';
import { checkScenes } from './scenes.mjs';
import { serve } from './server.mjs';
import { checkVisits } from './visits.mjs';

const ui = fileURLToPath(new URL('../../', import.meta.url));
const pictures = `${ui}test-results`;

await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });

await checkPackage(`${ui}dist`);
const server = await serve(`${ui}dist-scenes`);
const browser = await launch();
try {
  await checkScenes(browser, server.url, pictures);
  await checkBehaviour(browser, server.url);
  await checkDetails(browser, server.url);
  await checkVisits(browser, server.url);
  await checkMarkup(browser, server.url);
} finally {
  await browser.close();
  server.close();
}
process.exitCode = finish();
