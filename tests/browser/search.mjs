// The published search in a real browser: node search.mjs <site> <queries.json> <path of Chromium>.
// `queries.json`: [{lang, query, ids}], the answers of the native engine.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { host, launch, step } from './support.mjs';

const [site, queriesFile, executablePath] = process.argv.slice(2);
const queries = JSON.parse(await readFile(queriesFile, 'utf8'));

const server = await host(site);
const { asked, base } = server;
const chromium = await launch(executablePath);
const { failures } = chromium;
const open = (path, options) => chromium.open(base + path, options);

const BOX = 'form.search input';
const hits = (page) => page.locator('.hit').count();

await step('nothing is loaded before the visitor turns to the search', async () => {
  asked.length = 0;
  const page = await open('zh/plans/2023/tasks/5/');
  await page.waitForTimeout(300);
  assert.deepEqual(asked.filter((path) => path.startsWith('/search/')), []);
  await page.context().close();
});

await step('typing in the box of any page shows hits, and a hit lands on the words', async () => {
  const page = await open('en/plans/2023/');
  await page.keyboard.press('/');
  await page.keyboard.type('trademark squatting', { delay: 15 });
  await page.waitForSelector('.panel .hit mark');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/en\/plans\/2023\/tasks\/12\//);
  await page.context().close();
});

await step('Escape closes the panel and keeps the box', async () => {
  const page = await open('zh/');
  await page.focus(BOX);
  await page.keyboard.type('专利');
  await page.waitForSelector('.panel .hit');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.panel').isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.name), 'q');
  await page.context().close();
});

await step('the page filters, and its address can be sent to a colleague', async () => {
  const page = await open('zh/search/');
  await page.fill(BOX, '地理标志');
  await page.waitForSelector('.hit');
  const before = await page.locator('.status').textContent();
  await page.locator('.facets fieldset').first().locator('label', { hasText: '2023年' }).locator('input').check();
  await page.waitForFunction((text) => document.querySelector('.status')?.textContent !== text, before);
  const [status, url] = [await page.locator('.status').textContent(), page.url()];
  assert.match(url, /plan=2023/);
  const other = await open(url.slice(base.length));
  await other.waitForFunction((text) => document.querySelector('.status')?.textContent === text, status);
  assert.equal(await hits(other), await hits(page));
  await page.goBack();
  await page.waitForFunction((text) => document.querySelector('.status')?.textContent === text, before);
  await page.context().close();
  await other.context().close();
});

await step('an input method may compose without being disturbed', async () => {
  const page = await open('zh/search/');
  await page.focus(BOX);
  const client = await page.context().newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'zhuanli', selectionStart: 7, selectionEnd: 7 });
  await page.waitForTimeout(400);
  assert.equal(await hits(page), 0);
  await client.send('Input.insertText', { text: '专利' });
  await page.waitForSelector('.hit');
  await page.context().close();
});

await step('words of the same meaning are searched at once, and can be left out', async () => {
  const page = await open(`zh/search/?q=${encodeURIComponent('商标抢注')}`);
  await page.waitForSelector('.synonyms');
  const many = await hits(page);
  await page.locator('#search-widen').click();
  await page.waitForFunction((n) => document.querySelectorAll('.hit').length < n, many);
  await page.waitForSelector('.elsewhere a[hreflang="en"]');
  await page.context().close();
});

await step('a time in words is a filter, and can be searched for as typed', async () => {
  const page = await open(`zh/search/?q=${encodeURIComponent('2025年底前完成的任务')}`);
  await page.waitForSelector('.understood');
  assert.match(await page.locator('.understood').textContent(), /2025/);
  assert.match(await page.locator('.status').textContent(), /14/);
  assert.doesNotMatch(await page.locator('.results').textContent(), /\[object/);
  await page.locator('.understood button').click();
  await page.waitForFunction(() => !document.querySelector('.understood'));
  assert.match(page.url(), /only/);
  await page.context().close();
});

await step('the other language has as many hits as it says', async () => {
  const page = await open(`zh/search/?q=${encodeURIComponent('非遗')}`);
  const link = page.locator('.elsewhere a[hreflang="en"]');
  await link.waitFor();
  const said = Number((await link.textContent()).match(/\d+/)[0]);
  assert.ok(said > 0);
  await link.click();
  await page.waitForSelector('html[lang="en"] .hit');
  assert.equal(await hits(page), said);
  assert.ok(await page.locator('.hit [lang="zh"] mark').count() > 0, 'the words of the original are shown');
  await page.context().close();
});

await step('a search that finds nothing, or not everything, says so', async () => {
  const page = await open(`zh/search/?q=${encodeURIComponent('龘龘龘')}`);
  await page.waitForSelector('.empty');
  await page.fill(BOX, '专利 龘龘龘');
  await page.waitForSelector('.hit');
  assert.match(await page.locator('.status').textContent(), /没有一项包含全部/);
  await page.context().close();
});

await step('a missing piece is reported, and tried again', async () => {
  let broken = true;
  server.failing = (path) => broken && path.startsWith('/search/pieces/');
  const page = await open(`zh/search/?q=${encodeURIComponent('专利')}`);
  await page.waitForSelector('.results .state', { timeout: 60_000 });
  broken = false;
  await page.locator('.results .state button').click();
  await page.waitForSelector('.hit', { timeout: 60_000 });
  server.failing = () => false;
  await page.context().close();
});

await step('without scripts the page leads to the list of all tasks', async () => {
  const page = await open('zh/search/', { javaScriptEnabled: false });
  await page.locator('noscript a, .state a').first().click();
  await page.waitForURL(/\/zh\/tasks\//);
  await page.context().close();
});

await step('browser, Node and native give the same hits in the same order', async () => {
  const page = await open('zh/search/');
  const inBrowser = await page.evaluate(
    async ({ base, queries }) => {
      const { open } = await import(`${base}search/gongbao-search.js`);
      const engine = await open(base);
      const answers = [];
      for (const { query, lang } of queries) {
        const { hits } = await engine.search(query, { lang, limit: 1000 });
        answers.push(hits.map((hit) => hit.id));
      }
      return answers;
    },
    { base, queries },
  );
  const { open: openInNode } = await import(pathToFileURL(join(site, 'search/gongbao-search.js')));
  const engine = await openInNode(base);
  for (const [index, { query, lang, ids }] of queries.entries()) {
    assert.deepEqual(inBrowser[index], ids, `browser: ${query}`);
    const { hits: found } = await engine.search(query, { lang, limit: 1000 });
    assert.deepEqual(found.map((hit) => hit.id), ids, `Node: ${query}`);
  }
  engine.close();
  await page.context().close();
});

const middle = (values, part) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)];

await step('how long it takes (measured, not judged)', async () => {
  const page = await open('zh/search/');
  await page.fill(BOX, '专利');
  await page.waitForSelector('.hit');
  const times = [];
  for (let round = 0; round < 3; round++) {
    for (const { query } of queries.filter(({ lang }) => lang === 'zh')) {
      times.push(
        await page.evaluate(
          (query) =>
            new Promise((done) => {
              const input = document.querySelector('.search-page input[name=q]');
              const results = document.querySelector('.results');
              const start = performance.now();
              const seen = new MutationObserver(() => {
                seen.disconnect();
                done(performance.now() - start);
              });
              seen.observe(results, { childList: true });
              input.value = query;
              input.dispatchEvent(new Event('input', { bubbles: true }));
            }),
          query,
        ),
      );
    }
  }
  console.log(`warm, typed to first hit: median ${middle(times, 0.5).toFixed(1)} ms, p95 ${middle(times, 0.95).toFixed(1)} ms`);
  await page.context().close();
  const cold = async (throttled) => {
    const fresh = await open('zh/');
    if (throttled) {
      const client = await fresh.context().newCDPSession(fresh);
      const bytes = (10 * 1024 * 1024) / 8;
      await client.send('Network.enable');
      await client.send('Network.emulateNetworkConditions', { offline: false, latency: 100, downloadThroughput: bytes, uploadThroughput: bytes });
    }
    const start = performance.now();
    await fresh.focus(BOX);
    await fresh.fill(BOX, '专利');
    await fresh.waitForSelector('.panel .hit', { timeout: 30_000 });
    const time = performance.now() - start;
    await fresh.context().close();
    return time;
  };
  const times10 = [await cold(false), await cold(false), await cold(false)];
  console.log(`cold on localhost, focus to first hits: median ${middle(times10, 0.5).toFixed(0)} ms`);
  console.log(`cold at 10 Mbit/s and 100 ms: ${(await cold(true)).toFixed(0)} ms`);
});

await chromium.close();
server.close();
assert.deepEqual(failures, [], 'no script failed and no policy was broken');
