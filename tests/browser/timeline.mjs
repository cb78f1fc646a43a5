// The filter of the timeline in a real browser: node timeline.mjs <site> <path of Chromium>.
import assert from 'node:assert/strict';
import { host, launch } from './support.mjs';

const [site, executablePath] = process.argv.slice(2);
const server = await host(site);
const browser = await launch(executablePath);
const open = (path, options) => browser.open(server.base + path, options);
const ROWS = 'tr[data-plan]';
const seen = (page, rows = ROWS) => page.locator(`${rows}:visible`).count();
const search = (page) => new URL(page.url()).search;

for (const width of [390, 1280]) {
  for (const lang of ['zh', 'en']) {
    const page = await open(`${lang}/timeline/`, { viewport: { width, height: 900 } });
    const all = await page.locator(ROWS).count();
    assert.equal(await seen(page), all, 'at first all is there');

    await page.selectOption('select[name=topic]', 'patents');
    const patents = await page.locator(`${ROWS}[data-topic~=patents]`).count();
    assert.equal(await seen(page), patents, `${width}: what has another topic is hidden`);
    assert.equal(await page.locator('#timeline-filter output').textContent(), `${patents} / ${all}`);
    assert.equal(search(page), '?topic=patents');
    const ongoing = '.filtered li[data-plan]';
    assert.equal(await seen(page, ongoing), await page.locator(`${ongoing}[data-topic~=patents]`).count());

    await page.selectOption('select[name=year]', '2022');
    const both = await page.locator(`${ROWS}[data-topic~=patents][data-year="2022"]`).count();
    assert.ok(both > 0 && both < patents);
    assert.equal(await seen(page), both);
    assert.equal(await seen(page, 'h2[id^=y]'), 1, 'years without anything are hidden');

    const sent = await open(`${lang}/timeline/${search(page)}`, { viewport: { width, height: 900 } });
    assert.equal(await seen(sent), both, 'an address that is sent on shows the same');

    await page.goBack();
    assert.deepEqual([search(page), await seen(page)], ['?topic=patents', patents], 'the way back');
    await page.goBack();
    assert.deepEqual([search(page), await seen(page)], ['', all]);
    await page.goForward();
    assert.equal(await seen(page), patents);

    const wrong = await open(`${lang}/timeline/?topic=nothing&year=1066`, { viewport: { width, height: 900 } });
    assert.equal(await seen(wrong), all, 'a choice that is not there chooses nothing');
  }
}

const plain = await open('zh/timeline/?topic=patents', { javaScriptEnabled: false });
assert.equal(await seen(plain), await plain.locator(ROWS).count(), 'without scripts all is there');
assert.equal(await plain.locator('#timeline-filter').isVisible(), false);
assert.deepEqual(browser.failures, []);
console.log('ok timeline');
await browser.close();
server.close();
