// Opens drawings and documents that passed the check, as hostile pages and careless hosts would:
// node documents.mjs <built site> <refused files> <address of gongbao serve> <names.json> <path of Chromium>.
// Each is loaded by itself, as a picture, as an object, embedded and in a frame – from the preview, from a
// host that says nothing, and from one that follows `_headers`. Not one script may run, not one page lead away.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { FLAGS, TYPES, headerRules, headersOf } from './support.mjs';

const [site, refusedFolder, preview, namesFile, executablePath] = process.argv.slice(2);
const { passed, refused } = JSON.parse(await readFile(namesFile, 'utf8'));

/** Types of a host that opens as much as it can. */
const MORE = { '.htm': 'text/html', '.html': 'text/html', '.shtml': 'text/html', '.xhtml': 'application/xhtml+xml', '.xht': 'application/xhtml+xml', '.svgz': 'image/svg+xml', '.xsl': 'text/xsl', '.xml': 'text/xml', '.rss': 'application/rss+xml', '.rdf': 'application/xml', '.csv': 'text/csv' };

/** The type of a file and what it is compressed with, as servers find them that know no better. */
function typeOf(path, body) {
  let name = path.toLowerCase();
  let encoding = name.endsWith('.svgz') ? 'gzip' : undefined;
  if (name.endsWith('.gz')) [name, encoding] = [name.slice(0, -3), 'gzip'];
  const text = body.toString('utf8').trimStart().replace(/^\uFEFF/, '').trimStart();
  const sniffed = text.startsWith('<?xml') ? 'text/xml' : text.startsWith('<') ? 'text/html' : 'application/octet-stream';
  return { type: MORE[extname(name)] ?? TYPES[extname(name)] ?? sniffed, encoding };
}

/** A static host of a folder. Pages of its own, below `/__embed/`, embed what they are asked to. */
async function host(folder, rules) {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    if (pathname === '/__embed/') {
      const address = searchParams.get('of').replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><img src="${address}"><object data="${address}"></object><embed src="${address}"><iframe src="${address}"></iframe>`);
      return;
    }
    try {
      const body = await readFile(join(folder, normalize(decodeURIComponent(pathname))));
      const { type, encoding } = typeOf(pathname, body);
      response.writeHead(200, { 'content-type': type, ...(encoding && { 'content-encoding': encoding }), ...headersOf(rules, pathname) });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { base: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

const rules = headerRules(await readFile(join(site, '_headers'), 'utf8'));
const plain = await host(site, []);
const told = await host(site, rules);
const wild = await host(refusedFolder, []);

const browser = await chromium.launch({ executablePath, args: FLAGS });
const page = await (await browser.newContext({ acceptDownloads: false })).newPage();
const acts = [];
let expected = [];
page.on('console', (message) => message.text() === 'HIT' && acts.push('ran'));
page.on('dialog', (dialog) => {
  acts.push('dialog');
  dialog.dismiss();
});
page.on('popup', () => acts.push('popup'));
page.on('framenavigated', (frame) => {
  const known = expected.includes(frame.url()) || /^(about:|chrome-error:)/.test(frame.url()) || frame.url() === '';
  if (!known) acts.push(`went to ${frame.url()}`);
});
// Nothing leaves this machine; that it was tried is an act.
await page.route(/example\.(net|org)/, (route) => {
  acts.push(`asked for ${route.request().url()}`);
  route.abort();
});

/** What a document did when its address was opened; a download is nothing. */
async function open(address, also = []) {
  acts.length = 0;
  expected = [address, ...also];
  await page.goto(address, { waitUntil: 'load', timeout: 15_000 }).catch((error) => {
    if (!/ERR_|Download/.test(error.message)) acts.push(`did not stay: ${error.message}`);
  });
  await page.waitForTimeout(25);
  return [...acts];
}

// The generators do make what acts: else nothing below would prove anything.
const acting = [];
for (const name of refused) if ((await open(wild.base + encodeURI(name))).length > 0) acting.push(name);
assert.ok(acting.length > 40, `only ${acting.length} of the refused files act: ${acting}`);

let loads = 0;
const failures = [];
for (const [title, base] of [['preview', preview], ['plain host', plain.base], ['host with _headers', told.base]]) {
  for (const name of passed) {
    const address = base + encodeURI(name);
    const embedding = `${plain.base}__embed/?of=${encodeURIComponent(address)}`;
    for (const done of [await open(address), await open(embedding, [address])]) {
      if (done.length > 0) failures.push(`${title}: ${name}: ${done}`);
    }
    loads += 5;
  }
}
const { headers } = await fetch(told.base + encodeURI(passed[0]));
assert.match(headers.get('content-security-policy') ?? '', /sandbox/, '_headers has a policy for documents');
await browser.close();
[plain, told, wild].forEach((server) => server.close());
assert.deepEqual(failures, []);
console.log(
  `${passed.length + refused.length} drawings and documents: ${refused.length} refused, of which ${acting.length} act when they are not; ` +
    `${passed.length} passed, loaded ${loads} times: 0 script executions, 0 navigations`,
);
