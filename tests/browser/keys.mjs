// Keys that act by themselves, and their switch: node keys.mjs <site> <address of its preview> <path of Chromium>.
import assert from 'node:assert/strict';
import { host, launch, step } from './support.mjs';

const [site, preview, executablePath] = process.argv.slice(2);
const server = await host(site);
const chromium = await launch(executablePath);
const NAMES = { zh: /快捷键/, en: /shortcut/i };

const focused = (page) => page.evaluate(() => document.activeElement.name ?? '');
const overlay = (page) => page.evaluate(() => document.querySelector('gongbao-overlay').shadowRoot.textContent);

/** Presses the key from the body of the page: whether it led to the search. */
async function slash(page) {
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('/');
  return (await focused(page)) === 'q';
}

for (const [lang, name] of Object.entries(NAMES)) {
  await step(`the key / can be switched off, and stays off: ${lang}`, async () => {
    const page = await chromium.open(`${server.base}${lang}/plans/2025/`);
    const button = page.getByRole('button', { name });
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    assert.ok(await slash(page), 'the key leads to the search');
    await page.keyboard.press('Escape');
    await button.click();
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    assert.ok(!(await slash(page)), 'the key does nothing');
    for (const path of [`${lang}/`, `${lang}/search/`, `${lang}/plans/2025/tasks/1/`]) {
      await page.goto(server.base + path);
      await page.evaluate(() => document.activeElement.blur());
      assert.ok(!(await slash(page)), `nor on ${path}`);
      assert.equal(await button.getAttribute('aria-pressed'), 'false', path);
    }
    const other = await page.context().newPage();
    await other.goto(`${server.base}${lang}/tasks/`);
    await button.focus();
    await page.keyboard.press('Space');
    assert.ok(await slash(page), 'the switch switches on again, by keyboard too');
    await other.waitForFunction(() => document.querySelector('[data-keys]').getAttribute('aria-pressed') === 'true');
    assert.ok(await slash(other), 'in an open tab too');
    await page.context().close();
  });
}

await step('without scripts there is neither key nor switch', async () => {
  const page = await chromium.open(`${server.base}zh/`, { javaScriptEnabled: false });
  assert.equal(await page.locator('[data-keys]').isVisible(), false);
  await page.context().close();
});

await step('the keys of the preview follow the same switch', async () => {
  const page = await chromium.open(`${preview}zh/plans/2025/`);
  const panel = () => page.locator('gongbao-overlay .panel').count();
  await page.keyboard.press('e');
  await page.locator('gongbao-overlay .panel').waitFor();
  assert.ok((await overlay(page)).includes('zh.md:'));
  await page.locator('gongbao-overlay').getByRole('button', { name: /快捷键/ }).click();
  await page.keyboard.press('Escape');
  const button = page.locator('[data-keys]');
  assert.equal(await button.getAttribute('aria-pressed'), 'false', 'the switch of the page says so');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('e');
  assert.ok(!(await slash(page)));
  assert.equal(await panel(), 0, 'neither key acts');
  await button.click();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('e');
  await page.locator('gongbao-overlay .panel').waitFor();
  await page.context().close();
});

await step('a page loads however many tabs are open', async () => {
  const first = await chromium.open(`${preview}zh/`);
  const tabs = [];
  for (let n = 0; n < 9; n++) {
    const tab = await first.context().newPage();
    await tab.goto(`${preview}zh/plans/2025/`, { timeout: 20_000 });
    tabs.push(tab);
  }
  await first.context().close();
});

assert.deepEqual(chromium.failures, []);
await chromium.close();
server.close();
