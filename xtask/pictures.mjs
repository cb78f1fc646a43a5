// The pictures of the README: node xtask/pictures.mjs GONGBAO SITE COPY FILE PICTURES TEXT
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { writeFile } from 'node:fs/promises';

const [gongbao, site, copy, file, pictures, text] = process.argv.slice(2);
const { chromium } = createRequire(`${site}/tests/browser/`)('playwright-core');

/** Serves a site; gives its address once it is there, and a way to end it. */
function serve(folder, port) {
  const server = spawn(gongbao, ['serve', '--site', folder, '--port', `${port}`]);
  const address = new Promise((resolve, reject) => {
    const heard = (data) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(`${data}`);
      if (found) resolve(found[0]);
    };
    server.stdout.on('data', heard);
    server.stderr.on('data', heard);
    server.on('exit', () => reject(new Error(`gongbao serve ended in ${folder}`)));
  });
  return { address, end: () => server.kill() };
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const servers = [];

async function open(address, width, height) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function take(page, name) {
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${pictures}/${name}.jpg`, type: 'jpeg', quality: 70 });
}

try {
  servers.push(serve(site, 4710), serve(copy, 4720));
  const [real, edited] = await Promise.all(servers.map((server) => server.address));
  await take(await open(`${real}en/plans/promotion-plan/tasks/71/`, 390, 780), 'task');
  const timeline = await open(`${real}en/timeline/`, 1000, 660);
  await timeline.locator('.chart svg').scrollIntoViewIfNeeded();
  await timeline.evaluate(() => window.scrollBy(0, document.querySelector('.chart svg').getBoundingClientRect().top - 40));
  await take(timeline, 'timeline');
  const page = await open(`${edited}en/plans/2023/`, 1000, 660);
  await page.waitForTimeout(1500);
  await writeFile(file, text);
  await page.waitForSelector('gongbao-overlay', { timeout: 30000, state: 'attached' });
  await page.waitForTimeout(3000);
  await take(page, 'preview');
} finally {
  await browser.close();
  servers.forEach((server) => server.end());
}
