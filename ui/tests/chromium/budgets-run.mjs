// The budgets of the views, on a machine that does nothing else: `npm run budgets`. They are not
// part of the tests, which other programs slow down.
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';
import { checkBudgets } from './budgets.mjs';
import { finish } from './checks.mjs';
import { serve } from './server.mjs';

const server = await serve(fileURLToPath(new URL('../../dist-scenes', import.meta.url)));
const browser = await launch();
try {
  await checkBudgets(browser, server.url);
} finally {
  await browser.close();
  server.close();
}
process.exitCode = finish();
