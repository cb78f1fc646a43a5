// A site whose texts are in Chinese only, in a real browser:
// node untranslated.mjs <site> <its port> <path of Chromium>.
import assert from 'node:assert/strict';
import { host, launch, step } from './support.mjs';

const [site, port, executablePath] = process.argv.slice(2);
const server = await host(site, port);
const { base } = server;
const chromium = await launch(executablePath);
const open = (path, options) => chromium.open(base + path, options);

const NOTE = 'Not translated yet.';

await step('the English pages show the original, below a note', async () => {
  for (const path of ['en/plans/2025/', 'en/plans/2025/tasks/1/']) {
    const page = await open(path, { javaScriptEnabled: false });
    const block = page.locator('.document .block', { hasText: '修改《乙办法》' }).first();
    const [text, note] = [block.locator('[lang="zh-Hans"]'), block.locator('.state', { hasText: NOTE })];
    assert.ok((await note.boundingBox()).y < (await text.boundingBox()).y);
    await page.locator('#view-original').check();
    assert.equal(await note.isVisible(), false);
    assert.ok(await text.isVisible());
    await page.locator('#view-both').check();
    assert.ok((await note.isVisible()) && (await text.isVisible()));
    await page.context().close();
  }
});

await step('the search says that nothing is in English, and leads to the original', async () => {
  const page = await open(`en/search/?q=${encodeURIComponent('办法')}`);
  await page.waitForSelector('.empty');
  assert.equal(await page.locator('.empty').textContent(), 'None of the texts is in English yet.');
  await page.locator('.elsewhere a[hreflang="zh"] span[lang="zh"]', { hasText: '中文' }).click();
  await page.waitForURL(/\/zh\/search\/\?q=/);
  await page.waitForSelector('.hit');
  await page.context().close();
});

await step('so does the box on every page', async () => {
  const page = await open('en/');
  await page.focus('form.search input');
  await page.keyboard.type('办法');
  await page.locator('.panel .see-all').click();
  await page.waitForURL(/\/en\/search\/\?q=/);
  await page.context().close();
});

assert.deepEqual(chromium.failures, []);
await chromium.close();
server.close();
