// Hostile descriptions: nothing runs, nothing loads, nothing navigates.
import { openScene } from './browser.mjs';
import { assert, check } from './checks.mjs';

const GONE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)></svg>',
  '<svg><script href="data:,alert(1)"></script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<style>@import "https://example.com/x.css"</style>',
  '<form action="https://example.com"><input name=y><button>go</button></form>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">',
  '<object data="https://example.com"></object><embed src="https://example.com">',
  '<base href="https://example.com">',
  '<meta http-equiv=refresh content="0;url=https://example.com">',
  '<link rel=stylesheet href="https://example.com/x.css">',
  '<video src="https://example.com/x.mp4" autoplay></video>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><script>alert(1)</script></template>',
];

const LINKS =
  '<a href="https://one.example" onclick="alert(1)" target=_blank>1</a><a>none</a>' +
  '<p><a data-link="9" href="javascript:alert(1)" style="position:fixed">2</a></p><a href="mailto:a@b.c">3</a>';

export async function checkMarkup(browser, url) {
  const { page, faults, close } = await openScene(browser, url, 'week');
  await page.waitForSelector('[data-testid="event"]');
  const insert = (html) =>
    page.evaluate((given) => {
      const root = document.createElement('div');
      root.innerHTML = window.sanitize(given);
      document.body.append(root);
      const left = Array.from(root.querySelectorAll('*'), (one) => one.outerHTML);
      const attributes = Array.from(root.querySelectorAll('*')).flatMap((one) =>
        Array.from(one.attributes, ({ name }) => name),
      );
      return { left, attributes, text: root.textContent };
    }, html);

  for (const html of GONE) {
    await check(`nothing active is left of ${html.slice(0, 50)}`, async () => {
      const { left } = await insert(html);
      assert.deepEqual(
        left.filter((one) => !/^<p>/.test(one)),
        [],
      );
    });
  }

  await check('plain markup and its text stay', async () => {
    const { left, text } = await insert('<p>One <b>two</b></p><ul><li>three</li></ul>');
    assert.equal(left.length, 4);
    assert.equal(text, 'One twothree');
  });

  await check('attributes that style, name or act go', async () => {
    const { attributes } = await insert(
      '<p style="color:red" class=x id=y onclick=z() title=t>text</p>',
    );
    assert.deepEqual(
      attributes.filter((name) => name !== 'title'),
      [],
    );
  });

  await check('links lose their target and keep their number, in document order', async () => {
    const { left, attributes } = await insert(LINKS);
    const numbers = left.flatMap(
      (one) => /^<a[^>]*data-link="(\d)"[^>]*>(\d)/.exec(one)?.slice(1) ?? [],
    );
    assert.deepEqual(numbers, ['0', '1', '1', '2', '2', '3']);
    for (const name of ['href', 'style', 'onclick', 'target'])
      assert.ok(!attributes.includes(name), name);
  });

  await check('a link in a description opens by event and number only', async () => {
    await page.click('[data-title="Sprint planning"] .open');
    await page.click('[data-testid="details"] [role="link"]');
    const asked = await page.evaluate(() =>
      window.fake.calls.filter((call) => call.command === 'openDescriptionLink'),
    );
    assert.deepEqual(
      asked.map((call) => call.args[1]),
      [0],
    );
    assert.match(page.url(), /scenes\.html/);
  });

  await check('all of that caused no script, no request and no message', async () => {
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    // Parsing hostile markup makes the policy report what it blocks; only what got through counts.
    assert.deepEqual(
      faults.filter((fault) => !/^console: .*Content Security Policy/.test(fault)),
      [],
    );
  });
  await close();
}
