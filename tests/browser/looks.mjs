// How every kind of page looks, against small pictures of how it looked when somebody last looked:
// node looks.mjs <site> <its port> <path of Chromium> <folder for what differs>.
// With GONGBAO_UPDATE set the pictures are made anew.
import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compare, decode, encode, shrink } from './pictures.mjs';
import { host, launch, pages, step } from './support.mjs';

const [site, port, executablePath, results] = process.argv.slice(2);
const update = Boolean(process.env.GONGBAO_UPDATE);
const kept = join(import.meta.dirname, 'looks');
const server = await host(site, port);
const chromium = await launch(executablePath);

/**
 * The share of points that may differ, as `pictures.mjs` counts them. Letters without hinting, which are
 * set a little wider or narrower, came to 0.34 %; a page without its hairlines to 0.7 %.
 */
const TOLERANCE = 0.005;
/** What of a page is kept, in CSS pixels from its top, and by what it is made smaller. */
const PHONE = { width: 390, height: 1400, scale: 6 };
const DESK = { width: 1280, height: 1280, scale: 8 };
/** The ways in which every kind of page is looked at. */
const LOOKS = [
  { lang: 'zh', scheme: 'light', ...PHONE },
  { lang: 'zh', scheme: 'dark', ...DESK },
  { lang: 'en', scheme: 'dark', ...PHONE },
  { lang: 'en', scheme: 'light', ...DESK },
];
/** What is looked at besides: on few pages, or in ways of their own. */
const TASK = 'plans/2023/tasks/9/';
const PLAN = 'plans/2023/';
const MORE = [
  { path: '', lang: '', scheme: 'light', ...DESK },
  { path: `zh/${TASK}`, lang: 'zh', scheme: 'light', large: true, ...PHONE },
  { path: `en/${PLAN}`, lang: 'en', scheme: 'light', large: true, ...DESK },
  { path: `zh/${TASK}`, lang: 'zh', scheme: 'light', both: true, ...DESK },
  { path: `en/${TASK}`, lang: 'en', scheme: 'light', both: true, ...PHONE },
  { path: `zh/${PLAN}`, lang: 'zh', scheme: 'light', media: 'print', ...DESK, width: 704 },
  { path: `en/${TASK}`, lang: 'en', scheme: 'light', media: 'print', ...DESK, width: 704 },
];

/** What a picture is called: `plans_2024-zh-390-light.png`. */
function named({ path, lang, width, scheme, large, both, media }) {
  const page = path.replace(/^(zh|en)\//, '').replace(/\.html$|\/$/g, '').replace(/\W+/g, '_');
  const mode = [large && 'large', both && 'both', media].filter(Boolean);
  return `${[page || (lang ? 'home' : 'door'), lang, width, scheme, ...mode].filter(Boolean).join('-')}.png`;
}

/** A window for pages that are looked at alike. `style` is laid over the theme's own. */
async function open({ width, height, scheme, large, media }, style = '') {
  const page = await chromium.open('about:blank', { viewport: { width, height }, colorScheme: scheme });
  // The day on which the site was built, so that days are counted alike.
  await page.clock.setFixedTime(new Date('2026-11-21T04:00:00Z'));
  await page.emulateMedia({ media });
  if (style) {
    await page.route(/\.css$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${await answer.text()}\n${style}` });
    });
  }
  if (large) {
    await page.goto(`${server.base}zh/404.html`);
    await page.locator('button[data-large-type]').click();
  }
  return page;
}

/** A page as it looks, made small. */
async function picture(page, { path, both, scale }) {
  await page.goto(server.base + path);
  if (both) await page.locator('#view-both').check();
  // Its script puts the cursor into the box.
  if (path.endsWith('/search/')) await page.waitForSelector('.search-page input:focus');
  return shrink(decode(await page.screenshot({ animations: 'disabled' })), scale);
}

/** Compares with the picture that is kept; where they differ both and the difference are written down. */
async function judge(name, after, wrong) {
  if (update) return writeFile(join(kept, name), encode(after));
  const bytes = await readFile(join(kept, name)).catch(() => undefined);
  if (!bytes) return void wrong.push(`${name} is not kept`);
  const { share, difference } = compare(decode(bytes), after);
  if (share <= TOLERANCE) return;
  const write = (suffix, picture) => writeFile(join(results, name.replace('.png', suffix)), encode(picture));
  await Promise.all([write('.actual.png', after), write('.difference.png', difference)]);
  wrong.push(`${name}: ${(share * 100).toFixed(1)} % differ, see ${join(results, name.replace('.png', '.difference.png'))}`);
}

/** How wide some words are in the fonts that pages are set in: other fonts, other pictures. */
async function fonts() {
  const page = await chromium.open('about:blank');
  const widths = await page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d');
    const families = ['system-ui', 'sans-serif', 'serif', 'Georgia, serif', '"Noto Serif CJK SC"', '"Noto Sans CJK SC"'];
    return families.map((family) => {
      canvas.font = `40px ${family}`;
      return `${family}: ${Math.round(canvas.measureText('The Gazette of 2024, 公报').width)}`;
    });
  });
  await page.context().close();
  return widths;
}

/** Whether the fonts are those of the pictures; without them there is nothing to compare. */
async function comparable() {
  const file = join(kept, 'fonts.json');
  const here = await fonts();
  if (update) {
    await rm(kept, { recursive: true, force: true });
    await mkdir(kept);
    await writeFile(file, `${JSON.stringify(here, null, 2)}\n`);
    return true;
  }
  const there = JSON.parse(await readFile(file, 'utf8'));
  if (here.join() === there.join()) return true;
  console.log(`SKIPPED: pages are set in other fonts here than in the pictures (Debian's fonts-noto-cjk): ${here}`);
  return false;
}

/** What is looked at, those together that share a window. */
async function windows() {
  const every = LOOKS.map(async (look) => (await pages(site, look.lang)).map((path) => ({ path, ...look })));
  return [...MORE.map((look) => [look]), ...(await Promise.all(every))];
}

if (await comparable()) {
  await step('pages look as they looked when somebody looked', async () => {
    await rm(results, { recursive: true, force: true });
    await mkdir(results, { recursive: true });
    const wrong = [];
    const names = new Set();
    for (const alike of await windows()) {
      const page = await open(alike[0]);
      for (const look of alike) {
        names.add(named(look));
        await judge(named(look), await picture(page, look), wrong);
      }
      await page.context().close();
    }
    for (const name of await readdir(kept)) if (name.endsWith('.png') && !names.has(name)) wrong.push(`${name} is of no page any more`);
    assert.deepEqual(wrong, [], 'if this is how they are to look, GONGBAO_UPDATE=1 keeps new pictures');
  });

  /** What must not pass, each on a page of its own kind. */
  const SPOILT = {
    'a block that moved': ['main { padding-top: 4rem }', { path: `zh/${TASK}`, ...LOOKS[0] }],
    'a colour scheme that broke': ['body { background: #fff; color: #000 }', { path: `zh/${TASK}`, ...LOOKS[1] }],
    'columns that overlap': ['.columns { grid-template-columns: 6rem minmax(0, 1fr) !important } .toc { width: 17rem !important }', { path: 'en/plans/2024/', ...LOOKS[3] }],
    'a list without its lines': ['* { border-color: transparent !important }', { path: 'en/tasks/', ...LOOKS[3] }],
    'larger letters': ['html { font-size: 112% }', { path: 'en/timeline/', ...LOOKS[3] }],
  };
  for (const [what, [style, look]] of Object.entries(SPOILT)) {
    await step(`${what} does not pass`, async () => {
      const page = await open(look, style);
      const { share } = compare(decode(await readFile(join(kept, named(look)))), await picture(page, look));
      await page.context().close();
      console.log(`   ${(share * 100).toFixed(1)} % differ`);
      assert.ok(share > TOLERANCE, `only ${(share * 100).toFixed(1)} % differ`);
    });
  }
}

await chromium.close();
server.close();
