// The search on a phone, from the box to a hit and back: node phone.mjs <site> <path of Chromium>.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { host, launch, step } from './support.mjs';

const [site, executablePath] = process.argv.slice(2);
const server = await host(site);
const { base } = server;
const chromium = await launch(executablePath);

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** Pixels from the top of the page by which the first hit begins. */
const FIRST_HIT = 460;
/** Pixels by which a hit may be elsewhere than where it was left. */
const NEAR = 2;

const open = (path, options = {}) => chromium.open(base + path, { ...PHONE, ...options });
const shut = (page) => page.context().close();
const address = (lang, query, rest = '') => `${lang}/search/?q=${encodeURIComponent(query)}${rest}`;
const top = (page, selector) => page.locator(selector).first().evaluate((element) => element.getBoundingClientRect().top);
const status = (page) => page.locator('.search-page .status').textContent();
const total = async (page) => Number((await status(page)).match(/\d+/)[0]);

/** Opens a search and waits until all of it is shown. */
async function search(path, options) {
  const page = await open(path, options);
  await page.waitForSelector('.results-foot p, .removals');
  return page;
}

/** The visitor's own language, and words for the journeys in it. */
const WORDS = {
  zh: { synonyms: '商标抢注', time: '2025年底前完成的任务', plain: '专利', foreign: 'GI' },
  en: { synonyms: 'trademark squatting', time: 'what is due in 2025', plain: 'patents', foreign: '专利' },
};

for (const [lang, words] of Object.entries(WORDS)) {
  await step(`the first hit is in view, ${lang}`, async () => {
    for (const query of Object.values(words)) {
      const page = await search(address(lang, query));
      const first = await top(page, '.hit');
      console.log(`   ${query}: ${Math.round(first)} px`);
      assert.ok(first < FIRST_HIT, `${query}: the first hit begins at ${first} px`);
      await shut(page);
    }
  });

  await step(`synonyms are left out and taken back, ${lang}`, async () => {
    const page = await search(address(lang, words.synonyms));
    const many = await total(page);
    await page.locator('#search-widen').tap();
    await page.waitForFunction(() => location.search.includes('only='));
    assert.ok((await total(page)) < many);
    assert.equal(await page.locator('.synonyms').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'search-widen', 'the focus stays');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.synonyms');
    assert.equal(await total(page), many);
    await shut(page);
  });

  await step(`chips are removed by keyboard and by touch, ${lang}`, async () => {
    const page = await search(address(lang, words.time, '&kind=task&due=none'));
    const sizes = await page.locator('.chips button').evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
    assert.ok(sizes.length >= 3 && sizes.every((size) => size >= 24), `${sizes}`);
    await page.locator('#chip-0').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !location.search.includes('kind='));
    assert.equal(await page.evaluate(() => document.activeElement.id), 'chip-0', 'the focus is on the next chip');
    await page.locator('#chip-0').tap();
    await page.waitForFunction(() => !location.search.includes('due='));
    await page.locator('.chips .understood button').tap();
    await page.waitForFunction(() => !document.querySelector('.chips .understood'));
    assert.match(page.url(), /only/, 'the words are searched for as typed');
    await page.locator('#search-widen').tap();
    await page.waitForSelector('.chips .understood');
    await shut(page);
  });

  await step(`filters are folded away, ${lang}`, async () => {
    const page = await search(address(lang, words.plain));
    const button = page.locator('#search-filters');
    assert.equal(await page.locator('.facets').isVisible(), false);
    await button.tap();
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    const before = await status(page);
    await page.locator('.facets input').first().check();
    await page.waitForFunction((text) => document.querySelector('.status').textContent !== text, before);
    await page.locator('.facets .fold').tap();
    assert.equal(await page.locator('.facets').isVisible(), false);
    await page.locator('#chip-0').waitFor();
    await shut(page);
  });

  await step(`filters that leave nothing are named, and removed, ${lang}`, async () => {
    const page = await search(address(lang, words.plain, '&year=2022&due=ongoing&topic=nothing'));
    assert.equal(await page.locator('.hit').count(), 0);
    const buttons = page.locator('.removals button');
    assert.equal(await buttons.count(), 4, 'one for each filter, and one for all');
    const said = await buttons.nth(1).textContent();
    await buttons.nth(1).tap();
    await page.waitForSelector('.hit');
    const found = await total(page);
    assert.ok(found > 0 && said.includes(String(found)), `${said}: ${found}`);
    assert.match(page.url(), /year=2022&due=ongoing/);
    await page.goBack();
    await page.waitForSelector('.removals');
    await buttons.last().tap();
    await page.waitForSelector('.hit');
    assert.doesNotMatch(page.url(), /year|due|topic/);
    await shut(page);
  });

  await step(`hits are walked through, and the way back leads to where one was, ${lang}`, async () => {
    const page = await search(address(lang, words.plain));
    const links = await page.locator('.hit a').evaluateAll((all) => all.map(({ href }) => new URL(href).pathname));
    const all = await total(page);
    const link = page.locator('.hit a').nth(3);
    await link.scrollIntoViewIfNeeded();
    const before = await link.evaluate((element) => element.getBoundingClientRect().top);
    await link.tap();
    const bar = page.locator('.results-bar');
    const place = async (at) => {
      await page.waitForURL((url) => url.pathname === links[at - 1]);
      await bar.waitFor();
      assert.match(await bar.locator('.place').textContent(), new RegExp(`\\b${at}\\b.*\\b${all}\\b`));
    };
    await place(4);
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('results')).length), 0);
    await page.reload();
    await place(4);
    await bar.locator('.back').tap();
    await page.waitForFunction((path) => new URL(document.activeElement.href ?? 'x:').pathname === path, links[3]);
    const after = await page.locator('.hit a').nth(3).evaluate((element) => element.getBoundingClientRect().top);
    assert.ok(Math.abs(after - before) <= NEAR, `${before} px, then ${after} px`);
    await page.locator('.hit a').nth(3).tap();
    await place(4);
    await bar.locator('.next').tap();
    await place(5);
    await bar.locator('.previous').tap();
    await place(4);
    await bar.locator('.next').focus();
    await page.keyboard.press('Enter');
    await place(5);
    await page.goBack();
    await place(4);
    await page.goForward();
    await place(5);
    await bar.locator('.back').tap();
    await page.waitForFunction((path) => new URL(document.activeElement.href ?? 'x:').pathname === path, links[4]);
    await shut(page);
  });

  await step(`only a page that was reached from the results has a bar, ${lang}`, async () => {
    const page = await search(address(lang, words.plain));
    const href = await page.locator('.hit a').first().getAttribute('href');
    await page.goto(new URL(href, page.url()).href);
    assert.equal(await page.locator('.results-bar').count(), 0);
    await page.goBack();
    await page.locator('.hit a').first().tap();
    await page.locator('.results-bar').waitFor();
    await page.goto(`${base}${lang}/plans/2023/tasks/1/`);
    await page.waitForTimeout(100);
    assert.equal(await page.locator('.results-bar').count(), 0);
    await shut(page);
  });

  await step(`the last hit that was loaded leads on to the rest, ${lang}`, async () => {
    const page = await search(address(lang, words.plain));
    assert.ok((await total(page)) > 20);
    await page.locator('.hit a').nth(19).tap();
    await page.locator('.results-bar .next').tap();
    await page.waitForFunction(() => [...document.querySelectorAll('.hit a')].indexOf(document.activeElement) === 20);
    await shut(page);
  });

  await step(`the panel ends above the keyboard, and scrolls, ${lang}`, async () => {
    for (const path of [`${lang}/`, `${lang}/plans/2023/`]) {
      const page = await open(path);
      await page.locator('form.search input').tap();
      await page.setViewportSize({ width: 390, height: 480 });
      await page.keyboard.type(words.plain);
      await page.waitForSelector('.panel .hit');
      const look = await page.locator('.panel').evaluate((panel) => {
        const { top, bottom, left, right } = panel.getBoundingClientRect();
        const box = document.querySelector('form.search input').getBoundingClientRect();
        return { top, bottom, left, right, box: box.bottom, height: visualViewport.height, scrolls: panel.scrollHeight > panel.clientHeight };
      });
      assert.ok(look.top >= look.box && look.bottom <= look.height && look.left >= 0 && look.right <= 390, JSON.stringify(look));
      assert.ok(look.scrolls && look.bottom - look.top > 150, JSON.stringify(look));
      await shut(page);
    }
  });

  await step(`all results are saved as a table and as references, ${lang}`, async () => {
    const page = await search(address(lang, words.synonyms));
    const found = await total(page);
    const save = async (format) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`#search-${format}`).tap()]);
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
    };
    const [csv, ris] = [await save('csv'), await save('ris')];
    assert.equal(csv.text.trim().split('\r\n').length, found + 1);
    assert.match(ris.name, /\.ris$/);
    const records = ris.text.trim().split(/\r\n\r\n/);
    assert.equal(records.length, found);
    for (const record of records) {
      assert.match(record, /^TY {2}- GOVDOC\r\nTI {2}- \S[^]*\r\nT2 {2}- \S[^]*\r\nUR {2}- http[^]*\r\nER {2}-/);
      assert.equal(/\r\nN1 {2}- .*unofficial translation/.test(record), lang === 'en', record);
    }
    assert.match(ris.text, /\r\nAU {2}- \S/);
    assert.match(ris.text, /\r\nPY {2}- 20\d\d\r\n/);
    await shut(page);
  });
}

await step('nothing moves when results come', async () => {
  for (const query of [WORDS.zh.synonyms, WORDS.zh.time]) {
    const page = await search(address('zh', query));
    const moved = await page.evaluate(
      () =>
        new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done(sum), 300);
        }),
    );
    assert.ok(moved < 0.02, `${query}: ${moved}`);
    await shut(page);
  }
});

await step('hits of one page are walked through', async () => {
  const page = await search('zh/search/?plan=2023&kind=requirement');
  await page.locator('.hit a').first().tap();
  const bar = page.locator('.results-bar');
  await bar.locator('.next').tap();
  await page.waitForFunction(() => /2/.test(document.querySelector('.results-bar .place').textContent.split('，')[0]));
  const hash = await page.evaluate(() => location.hash);
  await page.goBack();
  await page.waitForFunction(() => /1/.test(document.querySelector('.results-bar .place').textContent.split('，')[0]));
  assert.notEqual(await page.evaluate(() => location.hash), hash);
  await shut(page);
});

await step('the other language is followed, and has as many hits as it says', async () => {
  const page = await search(address('zh', '非遗'));
  const link = page.locator('.elsewhere a[hreflang="en"]');
  await link.waitFor();
  const said = Number((await link.textContent()).match(/\d+/)[0]);
  await link.tap();
  await page.waitForSelector('html[lang="en"] .hit');
  assert.equal(await page.locator('.hit').count(), said);
  await shut(page);
});

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const MODES = { light: {}, dark: { colorScheme: 'dark' }, 'large type': { large: true }, narrow: { viewport: { width: 320, height: 640 }, large: true } };

for (const [mode, { large, ...options }] of Object.entries(MODES)) {
  await step(`nobody is kept out: ${mode}`, async () => {
    const wrong = [];
    const look = async (page, what) => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
      for (const { id, nodes } of violations) wrong.push(...nodes.map(({ target, failureSummary }) => `${what} ${id} at ${target}: ${failureSummary}`));
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) wrong.push(`${what} is ${over} px too wide`);
    };
    for (const [lang, words] of Object.entries(WORDS)) {
      const page = await open(`${lang}/`, options);
      if (large) await page.locator('button[data-large-type]').tap();
      await page.goto(base + address(lang, words.time, '&kind=task'));
      await page.waitForSelector('.results-foot button');
      await look(page, `${lang} results`);
      await page.locator('#search-filters').tap();
      await look(page, `${lang} filters`);
      await page.locator('.hit a').first().tap();
      await page.locator('.results-bar').waitFor();
      await look(page, `${lang} bar`);
      await page.goto(base + address(lang, words.plain, '&year=2022&due=ongoing&topic=nothing'));
      await page.waitForSelector('.removals');
      await look(page, `${lang} nothing found`);
      await shut(page);
    }
    assert.deepEqual(wrong, []);
  });
}

await chromium.close();
server.close();
assert.deepEqual(chromium.failures, [], 'no script failed and no policy was broken');
