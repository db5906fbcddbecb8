// What the app's own folder may and may not contain.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert, check } from './checks.mjs';

export async function checkPackage(dist) {
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  const names = await readdir(join(dist, 'assets'));
  const scripts = names.filter((name) => name.endsWith('.js'));
  const code = await Promise.all(
    scripts.map((name) => readFile(join(dist, 'assets', name), 'utf8')),
  );

  await check('the page has neither inline scripts nor inline styles', () => {
    assert.doesNotMatch(page, /<style|style=|\son[a-z]+=/i);
    for (const [, attributes] of page.matchAll(/<script([^>]*)>/g))
      assert.match(attributes, /\ssrc="\.\//);
  });
  await check('the packaged code contains no sample people and no style attributes', () => {
    assert.ok(code.length > 0);
    for (const text of code) {
      assert.doesNotMatch(text, /ada@contoso\.com|Sprint planning/);
      assert.doesNotMatch(text, /setAttribute\(["'`]style/);
      assert.doesNotMatch(text, /<[a-z]+[^>"'`]* style=/);
    }
  });
  await check('fonts are files of their own', () => {
    assert.ok(names.some((name) => name.endsWith('.woff2')));
  });
}
