// What the scripts in this folder share: a static host as the guide describes one, a browser, steps.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { chromium } from 'playwright-core';

/** Media types by the endings of names. */
export const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
};
/** The flags of a browser that is driven: in a container, and with nothing in the background. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Serves a built site, compressed, with the headers that its `_headers` file asks for: at the
 * port it was built for, or at any.
 * `asked` is the log of paths; `failing` can be set to a function that says which paths fail.
 */
export async function host(site, port = 0) {
  const rules = headerRules(await readFile(join(site, '_headers'), 'utf8').catch(() => ''));
  const kept = new Map();
  const self = { asked: [], failing: () => false };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    self.asked.push(pathname);
    let path = join(site, normalize(decodeURIComponent(pathname)));
    if (pathname.endsWith('/')) path += 'index.html';
    try {
      if (self.failing(pathname)) throw new Error('told to fail');
      if (!kept.has(path)) kept.set(path, compressed(await readFile(path)));
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'br', ...headersOf(rules, pathname) });
      response.end(kept.get(path));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(Number(port), '127.0.0.1', ready));
  self.base = `http://127.0.0.1:${server.address().port}/`;
  self.close = () => server.close();
  return self;
}

function compressed(body) {
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

/** A `_headers` file: a path, which may end in `*`, and below it, indented, the headers it gets. */
export function headerRules(text) {
  const rules = [];
  for (const line of text.split('\n')) {
    if (!line.trim() || line.startsWith('#')) continue;
    if (!/^\s/.test(line)) rules.push({ path: line.trim(), headers: {} });
    else rules.at(-1).headers[line.slice(0, line.indexOf(':')).trim().toLowerCase()] = line.slice(line.indexOf(':') + 1).trim();
  }
  return rules;
}

/** The headers of all rules that fit a path. Values of the same header are joined, as hosts do. */
export function headersOf(rules, pathname) {
  const fits = ({ path }) => (path.endsWith('*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path);
  const joined = {};
  for (const { headers } of rules.filter(fits)) {
    for (const [name, value] of Object.entries(headers)) joined[name] = joined[name] ? `${joined[name]}, ${value}` : value;
  }
  return joined;
}

/** A browser, with `failures`: what scripts threw and what a policy refused, on any of its pages. */
export async function launch(executablePath) {
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const failures = [];
  async function open(url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const fail = (text) => failures.push(`${page.url()}: ${text}`);
    page.on('pageerror', (error) => fail(error.message));
    page.on('console', (message) => /Content Security Policy/i.test(message.text()) && fail(message.text()));
    await page.goto(url);
    return page;
  }
  return { browser, failures, open, close: () => browser.close() };
}

/** A part of a test, by name. */
export async function step(name, run) {
  await run();
  console.log(`ok ${name}`);
}

/** Pages that hold more than the first of their kind: targets, evidence, a merger, a deadline before publication. */
const TELLING = ['plans/promotion-plan/', 'plans/promotion-plan/tasks/14/', 'plans/promotion-plan/tasks/27/', 'plans/2023/tasks/9/'];

/** The first page of each kind that the sitemap lists in a language, and some more: paths below the base URL. */
export async function pages(site, lang) {
  const sitemap = await readFile(join(site, 'sitemap.xml'), 'utf8');
  const urls = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => new URL(url).pathname.slice(1));
  const kinds = new Map();
  for (const path of urls.filter((path) => path.startsWith(`${lang}/`))) {
    const [, kind = 'home', name, tasks] = path.split('/').filter(Boolean);
    const label = [kind, name && 'one', tasks && 'task'].filter(Boolean).join(' ');
    if (!kinds.has(label)) kinds.set(label, path);
  }
  const telling = TELLING.map((path) => `${lang}/${path}`).filter((path) => urls.includes(path));
  return [...new Set([...kinds.values(), ...telling, `${lang}/404.html`])];
}
