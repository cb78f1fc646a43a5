// Visits a site full of hostile texts without its policy: node hostile.mjs <site> <asked.json> <path of Chromium>.
// Every sign of a script that ran is a failure: a mark on the window, a dialog, a message, a request elsewhere.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, normalize, relative } from 'node:path';
import { chromium } from 'playwright-core';
import { FLAGS, TYPES } from './support.mjs';

const [site, askedFile, executablePath] = process.argv.slice(2);
const { texts, addresses } = JSON.parse(await readFile(askedFile, 'utf8'));

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  let path = join(site, normalize(decodeURIComponent(pathname)));
  if (pathname.endsWith('/')) path += 'index.html';
  try {
    let body = await readFile(path);
    // The policy in the page itself goes too.
    if (path.endsWith('.html')) {
      body = body.toString().replace(/<meta[^>]*http-equiv="?Content-Security-Policy[^>]*>/gi, '');
    }
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    response.end(body);
  } catch {
    const missing = await readFile(join(site, 'zh/404.html')).catch(() => 'missing');
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(missing);
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const base = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({ executablePath, args: FLAGS });
const context = await browser.newContext({ bypassCSP: true });
const ran = [];
await context.addInitScript(() => {
  // Frames answer for their windows too.
  globalThis.hit = () => {
    (globalThis.top ?? globalThis).__hits = ((globalThis.top ?? globalThis).__hits ?? 0) + 1;
    console.log('HIT');
  };
});
const page = await context.newPage();
page.on('dialog', (dialog) => {
  ran.push(`dialog on ${page.url()}`);
  dialog.dismiss();
});
page.on('console', (message) => message.text() === 'HIT' && ran.push(`ran on ${page.url()}`));
// The page for missing pages names the address of the site.
const own = [base, 'http://localhost/'];
page.on('request', (request) => own.some((address) => request.url().startsWith(address)) || /^(data|blob|about):/.test(request.url()) || ran.push(`request to ${request.url()}`));

/** Looks at a page as a reader would: over every link and button, too. */
async function visit(path) {
  await page.goto(base + path, { waitUntil: 'load' });
  const state = await page.evaluate(() => {
    // What a hostile text tries to be: an element or an attribute that no template writes.
    const made = document.querySelectorAll('[onerror],[onload],[onfocus],[onmouseover],[ontoggle],[onbegin],[srcdoc],iframe,object,embed,base,math,meta[http-equiv=refresh],a[href^="javascript:"],a[href^="data:"]');
    for (const element of document.querySelectorAll('a, button, summary, input')) {
      element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
      element.dispatchEvent(new FocusEvent('focus'));
    }
    const scripts = [...document.scripts].filter((script) => !script.src && !/json/.test(script.type));
    const data = [...document.scripts].filter((script) => /json/.test(script.type));
    data.forEach((script) => JSON.parse(script.textContent));
    return { made: [...made].map((element) => element.outerHTML), scripts: scripts.length, hits: globalThis.__hits ?? 0, data: data.length };
  });
  assert.deepEqual(state.made, [], path);
  assert.equal(state.scripts, 0, `${path} has a script of its own`);
  assert.equal(state.hits, 0, path);
  return state;
}

// The browser is one in which hostile texts do run: else nothing below would prove anything.
await page.goto(`${base}zh/`);
await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit()>'));
await page.waitForFunction(() => globalThis.__hits === 1);
assert.deepEqual(ran, [`ran on ${base}zh/`]);
ran.length = 0;

const files = (await readdir(site, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
  .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)));
let data = 0;
for (const file of files.sort()) data += (await visit(file)).data;
assert.ok(files.length > 4 * texts.length && data > texts.length, `${files.length} pages, ${data} blocks of data`);

let asked = 0;
for (const address of addresses) {
  for (const text of texts) {
    await visit(address + encodeURIComponent(text));
    if (address.includes('search/')) await page.waitForSelector('.hit, .empty, .status:not(:empty)', { timeout: 20_000 });
    asked += 1;
  }
}
for (const text of texts.filter((text) => !text.startsWith('//'))) {
  await visit(`zh/${encodeURIComponent(text)}`);
  asked += 1;
}
// Typed, so that hits are shown while they change.
await page.goto(`${base}zh/search/`);
for (const text of texts) {
  await page.fill('form.search input', text);
  await page.waitForTimeout(60);
  asked += 1;
}
assert.equal(await page.evaluate(() => globalThis.__hits ?? 0), 0);
await browser.close();
server.close();
assert.deepEqual(ran, []);
console.log(`${files.length} pages, ${asked} addresses and queries, 0 executions`);
