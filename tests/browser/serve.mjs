// `gongbao serve` in a real browser: node serve.mjs <address> <folder of the site> <path of Chromium>.
import assert from "node:assert/strict";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { FLAGS, step } from "./support.mjs";

const [address, folder, executablePath] = process.argv.slice(2);
const file = join(folder, "content/plans/2025/zh.md");
const style = join(folder, "themes/default/assets/style.css");
const original = await readFile(file, "utf8");
const edit = (from, to) => writeFile(file, original.replace(from, to));

const browser = await chromium.launch({ executablePath, args: FLAGS });
const page = await browser.newPage({ viewport: { width: 800, height: 400 } });
const failures = [];
page.on("pageerror", (error) => failures.push(error));
page.on("console", (message) => message.type() === "error" && failures.push(message.text()));

/** Waits until a function that runs in the page gives a true value. */
const until = (what, test, argument) =>
  page.waitForFunction(test, argument, { timeout: 20_000 }).catch(() => assert.fail(`never: ${what}`));
const overlay = () => page.evaluate(() => document.querySelector("gongbao-overlay").shadowRoot.textContent);

/** Makes a text long, and waits until the page has it. */
async function lengthen() {
  await edit("第2项工作", "第2项工作，写得长了许多。".repeat(40));
  await until("the edit", () => document.body.textContent.includes("写得长了许多"));
}

await page.goto(`${address}/zh/plans/2025/`);
// A mark that a reload would wipe away.
await page.evaluate(() => (window.here = true));

await step("an edit appears without a reload, and place and view stay", async () => {
  await page.locator("#view-both").check();
  await page.evaluate(() => {
    document.querySelector("nav.toc").showPopover();
    document.querySelector("#task-30").scrollIntoView();
  });
  const place = () => page.evaluate(() => document.querySelector("#task-30").getBoundingClientRect().top);
  const before = await place();
  await lengthen();
  assert.ok(Math.abs((await place()) - before) <= 2, `moved from ${before} to ${await place()}`);
  assert.ok(await page.locator("#view-both").isChecked());
  assert.ok(await page.evaluate(() => document.querySelector("nav.toc").matches(":popover-open")), "contents stay open");
  assert.ok(await page.evaluate(() => window.here));
});

await step("what scripts made of a page they make of its next version too", async () => {
  const list = await browser.newPage();
  await list.goto(`${address}/zh/tasks/?when=2025`);
  const rows = list.locator(".task-row");
  const shown = rows.filter({ visible: true });
  assert.equal(await shown.count(), 1);
  const all = await rows.count();
  await edit("3. 推进第3项工作。", "3. 推进第3项工作，另有他事。");
  await list.waitForFunction(() => document.querySelector("main").textContent.includes("另有他事"), null, { timeout: 20_000 });
  assert.equal(await rows.count(), all);
  assert.equal(await shown.count(), 1, "what was filtered stays away");
  assert.ok(await list.locator("#as-of").isHidden(), "days are counted from the reader's own");
  await list.close();
});

await step("an error lies over the last good page, and goes when it is mended", async () => {
  await lengthen();
  await edit("2025年12月底前", "2025年13月底前");
  // A file may be read while it is being written; what that shows is gone with the next reading.
  await until("the error", () =>
    document.querySelector("gongbao-overlay").shadowRoot.textContent.includes("impossible-date"));
  const text = await overlay();
  for (const part of ["content/plans/2025/zh.md:11:", "impossible-date", "2025年13月", "日历上没有", "the calendar has no"]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.ok((await page.textContent("main")).includes("写得长了许多"), "the last good page is there");
  await page.keyboard.press("Escape");
  assert.ok(!(await overlay()).includes("impossible-date"), "Escape puts it away");
  await edit("2025年12月底前", "2025年14月底前");
  await until("the next error", () =>
    document.querySelector("gongbao-overlay").shadowRoot.textContent.includes("14月"));
  await writeFile(file, original);
  await until("its end", () =>
    !document.querySelector("gongbao-overlay").shadowRoot.querySelector("[role=alert]"));
  await until("the mended page", () => !document.body.textContent.includes("写得长了许多"));
  assert.ok(await page.evaluate(() => window.here));
});

await step("a style appears without a reload", async () => {
  await writeFile(style, "main { outline: 7px solid rgb(1, 2, 3); }");
  await until("the style", () => getComputedStyle(document.querySelector("main")).outlineWidth === "7px");
  assert.equal(await page.locator('head link[rel="stylesheet"]').count(), 1);
  assert.ok(await page.evaluate(() => window.here));
});

await step("a key shows where a paragraph comes from", async () => {
  await page.evaluate(() => document.querySelector("#task-2").scrollIntoView());
  await page.mouse.move(0, 0);
  await page.keyboard.press("e");
  await until("the place", () =>
    /content\/plans\/2025\/zh\.md:\d+/.test(document.querySelector("gongbao-overlay").shadowRoot.textContent));
  await page.keyboard.press("Escape");
  assert.ok(!(await overlay()).includes("zh.md:"), "Escape puts it away");
});

await step("warnings wait in a quiet panel", async () => {
  assert.ok(/^1 .*个警告$/.test(await overlay()), await overlay());
  await page.locator("gongbao-overlay button").click();
  assert.ok((await overlay()).includes("missing-translation"));
  await page.keyboard.press("Escape");
});

await step("a draft is shown and marked", async () => {
  await writeFile(file, original.replace("title = ", "draft = true\ntitle = "));
  await until("the mark", () => document.querySelector(".draft"));
  await writeFile(file, original);
  await until("its end", () => !document.querySelector(".draft"));
});

await step("an open search answers from the text as it is now", async () => {
  const search = await browser.newPage();
  await search.goto(`${address}/zh/search/?q=${encodeURIComponent("鸿雁传书")}`);
  await search.waitForSelector(".empty");
  await edit("第2项工作", "第2项工作，鸿雁传书");
  await search.waitForSelector(".hit mark", { timeout: 20_000 });
  await writeFile(file, original);
  await search.waitForSelector(".empty", { timeout: 20_000 });
  await search.close();
});

await step("a page that goes comes back", async () => {
  await rename(join(folder, "content/plans/2025"), join(folder, "content/plans/2026"));
  await until("the page for missing pages", () => document.body.classList.contains("page-not-found"));
  await rename(join(folder, "content/plans/2026"), join(folder, "content/plans/2025"));
  // Pages of different kinds may have different scripts: the browser then loads them anew by itself.
  await until("the page again", () => document.querySelector("#task-2") !== null);
});

// A page that has gone is reported by the browser itself.
const unexpected = failures.filter((failure) => !String(failure).includes("404"));
assert.deepEqual(unexpected, []);
await browser.close();
