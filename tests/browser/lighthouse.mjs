// Lighthouse on five pages as a phone sees them: node lighthouse.mjs <site> <its port> <path of Chromium>.
// Accessibility, best practices and SEO must be 100; the performance, which depends on what else
// the machine does, is printed.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch as launchChrome } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { FLAGS, host } from './support.mjs';

const [site, port, chromePath] = process.argv.slice(2);
const PAGES = ['zh/', 'en/plans/2023/', 'zh/plans/promotion-plan/tasks/27/', 'zh/timeline/', 'en/search/'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const server = await host(site, port);
const userDataDir = await mkdtemp(join(tmpdir(), 'lighthouse-'));
const chromeFlags = ['--headless', ...FLAGS];
const chrome = await launchChrome({ chromePath, chromeFlags, userDataDir, logLevel: 'silent' });
const wrong = [];
/** What Lighthouse finds. On a busy machine it may fail to look at all, which says nothing of the page. */
async function audit(url) {
  for (let tries = 1; ; tries++) {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'silent' });
    const unseen = Object.values(lhr.audits).filter(({ scoreDisplayMode }) => scoreDisplayMode === 'error');
    if (!unseen.length) return lhr;
    if (tries === 3) assert.fail(`${url}: ${unseen.map(({ id, errorMessage }) => `${id}: ${errorMessage}`).join('; ')}`);
  }
}

for (const path of PAGES) {
  const lhr = await audit(server.base + path);
  const scores = CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100));
  console.log(path.padEnd(36), CATEGORIES.map((name, index) => `${name} ${scores[index]}`).join('  '));
  for (const [index, name] of CATEGORIES.entries()) {
    if (name === 'performance' || scores[index] === 100) continue;
    const failed = lhr.categories[name].auditRefs.filter(({ id, weight }) => weight && lhr.audits[id].score !== 1 && lhr.audits[id].score !== null);
    wrong.push(`${path} ${name}: ${failed.map(({ id }) => `${id} ${JSON.stringify(lhr.audits[id].details?.items?.slice(0, 3))}`).join('; ')}`);
  }
}
await chrome.kill();
await rm(userDataDir, { recursive: true, force: true });
server.close();
assert.deepEqual(wrong, []);
