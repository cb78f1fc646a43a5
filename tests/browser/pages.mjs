// Every kind of page in a real browser: node pages.mjs <site> <its port> <path of Chromium>.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { host, launch, pages, step } from './support.mjs';

const [site, port, executablePath] = process.argv.slice(2);
const server = await host(site, port);
const { base } = server;
const chromium = await launch(executablePath);
const open = (path, options) => chromium.open(base + path, options);
const shut = (page) => page.context().close();

const LANGUAGES = ['zh', 'en'];
const all = ['', ...(await pages(site, 'zh')), ...(await pages(site, 'en'))];

/** The ways a page can be looked at: options of a browser context, and whether in large type. */
const MODES = {
  light: {},
  dark: { colorScheme: 'dark' },
  'large type': { large: true },
};

/** Visits every kind of page in one context, in one mode. */
async function tour({ large = false, ...options }, look) {
  const page = await open('zh/', options);
  if (large) await page.locator(LARGE_TYPE).click();
  for (const path of all) {
    await page.goto(base + path);
    await look(page, path || '/');
  }
  await shut(page);
}
const LARGE_TYPE = 'button[data-large-type]';

await step('the HTML is valid', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
  const wrong = [];
  for (const path of all) {
    const file = path.endsWith('.html') ? path : `${path}index.html`;
    const { results } = await validator.validateString(await readFile(join(site, file), 'utf8'));
    for (const { messages } of results) {
      for (const { ruleId, message, line, column } of messages) wrong.push(`${file}:${line}:${column} ${ruleId}: ${message}`);
    }
  }
  assert.deepEqual(wrong, []);
});

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const [mode, options] of Object.entries(MODES)) {
  await step(`nobody is kept out: axe, ${mode}`, async () => {
    const wrong = [];
    await tour(options, async (page, path) => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
      for (const { id, nodes } of violations) {
        wrong.push(...nodes.map(({ target, failureSummary }) => `${path} ${id} at ${target}: ${failureSummary}`));
      }
    });
    assert.deepEqual(wrong, []);
  });
}

for (const large of [false, true]) {
  await step(`320 px are enough${large ? ', in large type too' : ''}`, async () => {
    const wrong = [];
    await tour({ viewport: { width: 320, height: 640 }, large }, async (page, path) => {
      const wide = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const sticksOut = (element) => element.getBoundingClientRect().right > width + 1;
        return [...document.body.querySelectorAll('*')].filter(sticksOut).slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
      });
      if (wide.length) wrong.push([path, ...wide]);
    });
    assert.deepEqual(wrong, []);
  });
}

await step('200 % zoom, forced colours and reduced motion keep everything in reach', async () => {
  const wrong = [];
  // 1280 px at 200 % are 640 px to a page.
  const options = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2, forcedColors: 'active', reducedMotion: 'reduce' };
  await tour(options, async (page, path) => {
    const moving = await page.evaluate(() => document.getAnimations().length);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (moving || over > 0) wrong.push({ path, moving, over });
  });
  assert.deepEqual(wrong, []);
});

await step('without scripts everything can be read, and nothing asks for them but the search', async () => {
  const wrong = [];
  await tour({ javaScriptEnabled: false }, async (page, path) => {
    const text = await page.locator('main').innerText();
    const dead = await page.locator('main :is(button, select):visible:not(.search *)').count();
    if (text.trim().length < 20 || dead) wrong.push({ path, characters: text.length, dead });
  });
  assert.deepEqual(wrong, []);
});

await step('nothing moves while a page loads', async () => {
  const wrong = [];
  await tour({ viewport: { width: 390, height: 844 } }, async (page, path) => {
    const shift = await page.evaluate(
      () =>
        new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done(sum), 150);
        }),
    );
    if (shift > 0.01) wrong.push({ path, shift });
  });
  assert.deepEqual(wrong, []);
});

await step('no page asks another host', async () => {
  const foreign = [];
  const page = await open('zh/');
  page.on('request', (request) => request.url().startsWith(base) || foreign.push(request.url()));
  for (const path of all) await page.goto(base + path);
  await shut(page);
  assert.deepEqual(foreign, []);
});

await step('counting days takes nothing back that the page says of days that have passed', async () => {
  const relations = async (options) => {
    const page = await open('en/timeline/', options);
    const texts = await page.locator('[data-due]').allTextContents();
    await shut(page);
    return texts;
  };
  const texts = await relations({});
  assert.ok(new Set(texts).size > 1, 'some have passed with nothing said, of some later documents show more');
  assert.deepEqual(texts, await relations({ javaScriptEnabled: false }));
});

/** Presses Tab until the focus is on what fits; the focus must be seen on the way. */
async function tabTo(page, selector, most = 150) {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(async () => {
      const element = document.activeElement;
      // The browser may still be scrolling to what has the focus.
      let box = element.getBoundingClientRect();
      for (let before; box.top !== before; ) {
        before = box.top;
        for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
        box = element.getBoundingClientRect();
      }
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      const covered = top && top !== element && !element.contains(top) && !top.contains(element) && getComputedStyle(top).position;
      return { covered: covered === 'fixed' || covered === 'sticky', text: element.outerHTML.slice(0, 100) };
    });
    assert.ok(!seen.covered, `the focus is covered: ${seen.text}`);
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`${selector} cannot be reached with Tab on ${page.url()}`);
}

await step('by keyboard: home, search, task, the other language, and back', async () => {
  const page = await open('zh/');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('href')), /^#/, 'the first stop skips to the content');
  await tabTo(page, 'form.search input');
  await page.keyboard.type('青少年');
  await page.waitForSelector('.panel .hit');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/zh\/plans\/.*\/tasks\//);
  const task = new URL(page.url()).pathname;
  await tabTo(page, 'a[hreflang="en"]');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === task.replace('/zh/', '/en/'));
  await page.goBack();
  await page.waitForURL((url) => url.pathname === task);
  await shut(page);
});

await step('by keyboard: the timeline is filtered at an address of its own', async () => {
  for (const lang of LANGUAGES) {
    const page = await open(`${lang}/timeline/`);
    const rows = () => page.locator('main tbody tr:visible, main li[data-plan]:visible').count();
    const before = await rows();
    await tabTo(page, 'main select[name="plan"]');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => location.search.length > 1);
    const after = await rows();
    assert.ok(after < before && after > 0, `${before} rows, then ${after}`);
    const other = await open(page.url().slice(base.length));
    assert.equal(await other.locator('main tbody tr:visible, main li[data-plan]:visible').count(), after);
    await shut(other);
    await shut(page);
  }
});

await step('by keyboard: both languages side by side, remembered on the next page', async () => {
  const page = await open('en/plans/2023/tasks/9/');
  await tabTo(page, '#view-original, #view-both, #view-translation, input[name="view"]');
  await page.keyboard.press('ArrowRight');
  await page.locator('#view-both').focus();
  await page.keyboard.press('Space');
  assert.ok(await page.locator('.document [lang="zh"], .document [lang="zh-CN"], .document [lang^="zh"]').first().isVisible());
  await page.goto(`${base}en/plans/2023/tasks/10/`);
  assert.ok(await page.locator('#view-both').isChecked());
  await shut(page);
});

/** The text of each page of a page printed to PDF, white space aside; nothing without poppler's pdftotext. */
async function printed(page) {
  const input = await page.pdf({ format: 'A4' });
  const text = execFileSync('pdftotext', ['-enc', 'UTF-8', '-', '-'], { input, encoding: 'utf8' });
  return text.split('\f').slice(0, -1).map(bare);
}
const bare = (text) => text.replace(/[\s\u200b\u00ad]/g, '');

/** How much of a text stands in another: stretches of eight characters, of which line and page ends cut some. */
function kept(text, whole) {
  if (text.length < 8) return whole.includes(text) ? 1 : 0;
  const stretches = [];
  for (let at = 0; at + 8 <= text.length; at += 8) stretches.push(text.slice(at, at + 8));
  return stretches.filter((stretch) => whole.includes(stretch)).length / Math.max(stretches.length, 1);
}

await step('on paper nothing is cut, and each sheet says which document it is', async () => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
  } catch {
    assert.ok(!process.env.CI, "CI needs poppler's pdftotext");
    return console.log('SKIPPED: there is no pdftotext');
  }
  for (const path of ['zh/plans/2023/', 'en/plans/2023/tasks/9/']) {
    const page = await open(path);
    const sheets = await printed(page);
    const whole = sheets.join('');
    const blocks = await page.locator('.document .block').allInnerTexts();
    const lost = blocks.map(bare).filter((text) => kept(text, whole) < 0.8);
    assert.deepEqual(lost, [], path);
    assert.ok(sheets.length < 40, `${path}: ${sheets.length} sheets`);
    for (const [index, sheet] of sheets.entries()) assert.match(sheet, /国知发保字〔2023〕4号/, `${path}, sheet ${index + 1}`);
    const target = await page.locator('main .document a.cite').first().evaluate((link) => new URL(link.href).pathname);
    assert.ok(whole.includes(target), `${path}: the address ${target} of a link is on paper`);
    await shut(page);
  }
});

await chromium.close();
server.close();
assert.deepEqual(chromium.failures, [], 'no script failed and no policy was broken');
