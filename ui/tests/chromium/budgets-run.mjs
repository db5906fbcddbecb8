// Measures the views and prints the figures as JSON; `cargo xtask bench views` judges them. They are
// not part of the tests, which other programs slow down.
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';
import { measure } from './budgets.mjs';
import { serve } from './server.mjs';

const ROUNDS = 5;

const server = await serve(fileURLToPath(new URL('../../dist-scenes', import.meta.url)));
const browser = await launch();
try {
  console.log(JSON.stringify(await measure(browser, server.url, ROUNDS)));
} finally {
  await browser.close();
  server.close();
}
